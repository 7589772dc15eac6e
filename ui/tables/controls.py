"""The controls of the page of tables. Each writes its choice into the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from base.words import Lang, decimals_of, number, pick, t, tn
from geo.editions import COUNTRY_CODE, Level, editions
from metrics.briefs import DIMENSIONS, SORTS, present
from metrics.importing import read_number
from metrics.store import Store, kept_in_store
from ui.address import mapped_editions
from ui.scene import source_name, where_name
from ui.shell import ask, by_name, put, search_places, select, show
from ui.tables.asked import COLUMNS, FIRST_COLUMNS, MOST_INDICATORS, PIVOT, SHOWS, Asked
from ui.tables.tables import column_name, dataset_name, edition_name

MOST_TYPED = 80
# A new filter leads to the first page.
PAGE = ("page",)


def show_control(asked: Asked, lang: Lang) -> None:
    """Show the choice between rows, a pivot, and how fresh figures are."""
    ask(
        st.segmented_control,
        t("tables.pick.show", lang),
        SHOWS,
        key="ask_show",
        value=asked.show,
        act=lambda way: put("show", way, *PAGE),
        format_func=lambda way: t(f"tables.show.{way}", lang),
        label_visibility="collapsed",
    )


def filters(store: Store, asked: Asked, lang: Lang) -> None:
    """Show the filters that are asked for most."""
    known = present(store)
    first, second, third, fourth = st.columns([1.3, 2, 1.3, 1.3], vertical_alignment="bottom")
    with first:
        ask(
            st.text_input,
            t("tables.pick.text", lang),
            key="ask_text",
            value=asked.text,
            act=lambda typed: put("text", typed.strip(), *PAGE),
            max_chars=MOST_TYPED,
        )
    with second:
        indicator_filter(store, asked, lang)
    with third:
        ids = [COUNTRY_CODE, *(e.id for e in editions() if e.id in known["edition"])]
        texts = {id_: edition_name(id_, lang) for id_ in ids}
        _select("map", texts, asked.map, lang, drop=(*PAGE, "place"))
    with fourth:
        _place(asked, lang)
    columns = st.columns(4)
    with columns[0]:
        levels = [x for x in Level if str(x) in known["level"]]
        _select(
            "level",
            {str(x): _capital(tn(f"level.{x}", 1, lang)) for x in levels},
            asked.level,
            lang,
        )
    for column, name in zip(columns[1:3], ("since", "until"), strict=True):
        with column:
            _select(name, _years(known["year"], getattr(asked, name)), getattr(asked, name), lang)
    with columns[3]:
        if asked.show == PIVOT:
            _pivot(asked, lang)
        else:
            texts = {sort: t(f"tables.sort.{sort}", lang) for sort in SORTS}
            select("sort", t("tables.pick.sort", lang), texts, asked.sort, PAGE)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _select(
    name: str, texts: Mapping[str, str], chosen: str, lang: Lang, drop: tuple[str, ...] = PAGE
) -> None:
    everything = {"": t(f"tables.all.{name}", lang)}
    # What an address may ask for although no figure is of it any more.
    own = {chosen: chosen} if chosen and chosen not in texts else {}
    select(name, t(f"tables.pick.{name}", lang), {**everything, **texts, **own}, chosen, drop)


def _years(known: Iterable[int], chosen: str) -> dict[str, str]:
    ends = tuple(known)
    years = range(ends[-1], ends[0] - 1, -1) if ends else range(0)
    return {str(year): str(year) for year in years} | ({chosen: chosen} if chosen else {})


def indicator_filter(store: Store, asked: Asked, lang: Lang) -> None:
    """Show the choice of indicators."""
    texts = _indicator_texts(store, lang)
    ask(
        st.multiselect,
        t("tables.pick.indicators", lang),
        list(texts),
        key="ask_indicators",
        value=[id_ for id_ in asked.indicators if id_ in texts],
        act=lambda ids: put("indicators", ",".join(ids), *PAGE),
        format_func=texts.__getitem__,
        max_selections=MOST_INDICATORS,
        placeholder=t("tables.all.indicators", lang),
    )


@kept_in_store(8)
def _indicator_texts(store: Store, lang: Lang) -> dict[str, str]:
    known = {id_: pick(store.catalog.indicator(id_).short, lang) for id_ in store.indicators()}
    return by_name(known)


def _place(asked: Asked, lang: Lang) -> None:
    """Show the search for a place of the map chosen, of the newest one where none is."""
    on = asked.map if asked.map in mapped_editions() else mapped_editions()[0]
    if asked.place:
        name = where_name(asked.map, asked.place, lang)
        st.button(
            t("tables.place.drop", lang, name=name),
            key="ask_place_drop",
            help=t("tables.place.within", lang),
            on_click=lambda: put("place", "", *PAGE),
        )
        return

    def chosen(key: str) -> None:
        code = key.partition(":")[2]
        if code and code != COUNTRY_CODE:
            put("map", on, *PAGE)
            put("place", code)

    search_places(
        "tables_place",
        lang,
        chosen,
        edition=on,
        only=True,
        label=t("tables.pick.place", lang),
        clear=True,
    )


def _pivot(asked: Asked, lang: Lang) -> None:
    texts = {d: t(f"tables.dimension.{d}", lang) for d in DIMENSIONS}
    left, right = st.columns(2)
    with left:
        select("by", t("tables.pick.by", lang), texts, asked.by, PAGE)
    with right:
        select("across", t("tables.pick.across", lang), texts, asked.across, PAGE)


def more_filters(store: Store, asked: Asked, lang: Lang) -> None:
    """Show the filters that are asked for less often, and which columns there are."""
    known, catalog = present(store), store.catalog
    names = ("role", "state", "qualifier")
    options = {name: {v: t(f"tables.{name}.{v}", lang) for v in known[name]} for name in names}
    origins = {id_: source_name(catalog.origin(id_), lang) for id_ in known["origin"]}
    options["origin"] = _told_apart(origins)
    options["dataset"] = {id_: dataset_name(id_, lang) for id_ in known["dataset"]}
    for column, (name, texts) in zip(st.columns(5), options.items(), strict=True):
        with column:
            _select(name, texts, getattr(asked, name), lang)
    low, high, columns = st.columns([1, 1, 3])
    with low:
        _number("least", asked.least, lang)
    with high:
        _number("most", asked.most, lang)
    with columns:
        if asked.show != PIVOT:
            _columns(asked, lang)


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Sort by name; sources of one name are told apart by what is theirs alone."""
    many = {name for name in names.values() if list(names.values()).count(name) > 1}
    told = {id_: f"{name} ({id_})" if name in many else name for id_, name in names.items()}
    return by_name(told)


def _number(name: str, chosen: str, lang: Lang) -> None:
    def typed(text: str) -> None:
        read = read_number(text.strip(), "comma" if lang == "vi" else "point")
        plain = "" if read.value is None else f"{read.value:.6f}".rstrip("0").rstrip(".")
        put(name, plain, *PAGE)

    written = number(float(chosen), lang, decimals_of(float(chosen), 6)) if chosen else ""
    label = t(f"tables.pick.{name}", lang)
    ask(st.text_input, label, key=f"ask_{name}", value=written, act=typed, max_chars=24)


def _columns(asked: Asked, lang: Lang) -> None:
    ask(
        st.multiselect,
        t("tables.pick.columns", lang),
        COLUMNS,
        key="ask_columns",
        value=list(asked.columns),
        act=lambda wanted: put("columns", ",".join(name for name in COLUMNS if name in wanted)),
        format_func=lambda name: column_name(name, lang),
        placeholder=", ".join(column_name(name, lang) for name in FIRST_COLUMNS),
    )


def pager(page: int, last: int, lang: Lang) -> None:
    """Show where among the pages the reader is, and the ways to the others."""
    if last <= 1:
        return
    with st.container(key="pager", horizontal=True, gap="small", vertical_alignment="center"):
        for name, to, usable in (
            ("first", 1, page > 1),
            ("previous", page - 1, page > 1),
            ("next", page + 1, page < last),
            ("last", last, page < last),
        ):
            st.button(
                t(f"tables.page.{name}", lang),
                key=f"page_{name}",
                disabled=not usable,
                on_click=put,
                args=("page", "" if to == 1 else str(to)),
            )
            if name == "previous":
                n, of = number(page, lang), number(last, lang)
                show("p.atlas-small", t("tables.page.of", lang, n=n, of=of))
