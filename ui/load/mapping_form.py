"""The form that says what the columns of a table are: proposed, and all of it editable."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from base.html import el
from base.words import Lang, period, t
from geo.editions import Level, area, areas, editions
from geo.names import normalise
from metrics.importing import Mapping, Time
from metrics.store import Store
from ui.load.loading import Given, proposed
from ui.load.mapping_measures import Form, asked_period, measures_form, words_form
from ui.load.settling import map_words
from ui.shell import show, status

LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
LABELS = {
    "place": "import.place",
    "parent": "import.parent",
    "period_column": "import.period_column",
    "indicator_column": "import.indicator_column",
    "note": "import.note_column",
}


def mapping_form(file: Given, store: Store, lang: Lang, team: str) -> Mapping | None:
    """Show what the columns seem to be and let the reader correct it.

    Returns
    -------
    Mapping or None
        None where something that was typed makes no sense; that is said.
    """
    start = proposed(file, store, team)
    if start.export:
        status(t("import.export", lang))
        return start
    columns = file.block.columns
    show("div.atlas-text", el("h2", t("import.mapping", lang)))
    told = st.container()
    with st.expander(t("import.mapping.change", lang)):
        left, right = st.columns(2, gap="medium")
    with left:
        edition_id, level = _map(start, lang, file.key)
        place = _column("place", columns, start.place, lang, file.key) or start.place
        parent = _column("parent", (None, *columns), start.parent, lang, file.key)
        heads = False
        within = None
        if parent is None and level is not Level.PROVINCE:
            within = _within(start, edition_id, lang, file.key)
        if parent is None and within is None and level is not Level.PROVINCE:
            label = t("import.parent_rows", lang)
            heads = st.checkbox(label, value=start.parent_rows, key=f"heads {file.key}")
    with right:
        period_column = _column(
            "period_column", (None, *columns), start.period_column, lang, file.key
        )
        # Parts of a year ("Quý 3") are of the year of the whole table.
        time, sound = start.period if period_column == start.period_column else None, True
        if period_column is None:
            time, sound = asked_period(
                t("import.period", lang), start.period, lang, f"period {file.key}"
            )
        names = _column(
            "indicator_column", (None, *columns), start.indicator_column, lang, file.key
        )
        note = _column("note", (None, *columns), start.note, lang, file.key)
        decimal = st.radio(
            t("import.decimal", lang),
            ("comma", "point"),
            index=int(start.decimal == "point"),
            format_func=lambda mark: t(f"import.decimal.{mark}", lang),
            horizontal=True,
            key=f"decimal {file.key}",
        )
    taken = {place, parent, period_column, names, note} - {None}
    form = Form(file, start, store, lang)
    measures, meant = measures_form(form, taken=taken, long=names is not None)
    words = words_form(form, names) if names else {}
    if not sound or measures is None:
        return None
    changes = {
        "edition": edition_id,
        "level": level,
        "place": place,
        "parent": parent,
        "parent_rows": heads,
        "within": within,
        "period_column": period_column,
        "period": time,
        "indicator_column": names,
        "indicators": words,
        "note": note,
        "decimal": decimal,
        "measures": measures,
        "categories": start.categories | meant,
    }
    found = start.model_copy(update=changes)
    with told:
        show("p.atlas-text", read_as(found, lang))
    file.keep(start, found)
    return found


def read_as(mapping: Mapping, lang: Lang) -> str:
    """Say in one line how a table is read: on which map, of where, when, and by which mark."""
    parts = [map_words(mapping.edition, mapping.level, lang)]
    parts.append(t("import.read_as.place", lang, column=mapping.place))
    if mapping.within:
        home = area(mapping.edition, mapping.within)
        parts.append(home.name_vi if lang == "vi" else home.name_en)
    if mapping.period_column:
        parts.append(t("import.read_as.period_column", lang, column=mapping.period_column))
    elif times := [time for time in _times(mapping) if time]:
        said = [period(time.start, time.end, time.grain, lang) for time in times]
        parts.append(said[0] if len(said) == 1 else f"{said[0]} … {said[-1]}")
    mark = t(f"import.decimal.{mapping.decimal}", lang)
    parts.append(t("import.read_as.decimal", lang, mark=mark))
    return " · ".join(parts)


def _times(mapping: Mapping) -> list[Time | None]:
    return list(dict.fromkeys(m.period or mapping.period for m in mapping.measures))


def map_options() -> list[tuple[str, Level]]:
    """Return the maps that a table may be written on, the newest first."""
    return [
        (e.id, level)
        for e in reversed(editions())
        for level in LEVELS
        if level in e.levels and areas(e.id, level)
    ]


def _map(start: Mapping, lang: Lang, key: str) -> tuple[str, Level]:
    options = map_options()

    def name(option: tuple[str, Level]) -> str:
        return map_words(*option, lang)

    here = (start.edition, start.level)
    first = options.index(here) if here in options else 0
    label = t("import.map", lang)
    return st.selectbox(label, options, index=first, format_func=name, key=f"edition {key}")


def _within(start: Mapping, edition_id: str, lang: Lang, key: str) -> str | None:
    """Ask for the one province that all rows are in."""
    names = {
        place.code: place.name_vi if lang == "vi" else place.name_en
        for place in areas(edition_id, Level.PROVINCE)
    }
    options = [None, *names]
    known = start.within if edition_id == start.edition else None
    return st.selectbox(
        t("import.within", lang),
        options,
        index=options.index(known) if known in options else 0,
        format_func=lambda code: findable(names[code]) if code else t("import.none", lang),
        key=f"within {key} {edition_id}",
    )


def findable(name: str) -> str:
    """Write a name so that it is found without diacritics, too: "Đà Nẵng · da nang"."""
    bare = normalise(name)
    return name if bare == name.lower() else f"{name} · {bare}"


def _column(
    name: str, options: Sequence[str | None], start: str | None, lang: Lang, key: str
) -> str | None:
    names = list(options)
    return st.selectbox(
        t(LABELS[name], lang),
        names,
        index=names.index(start) if start in names else 0,
        format_func=lambda column: t("import.none", lang) if column is None else column,
        key=f"{name} {key}",
    )
