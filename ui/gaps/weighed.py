"""What measurements say of claims: sentences, a map, tables and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from base.html import Markup, el, items
from base.words import Lang, day, number, t, tn
from geo.coverage.evidence import VERDICTS, Weighed, lines, tables, thresholds_text
from geo.coverage.ground import Ints
from geo.coverage.output import FORMATS, left_out, marked_name, table_bytes
from geo.editions import COUNTRY_CODE, Level, areas, edition
from geo.figure import (
    DEFAULT_PRESET,
    Archipelago,
    FigureSpec,
    Fill,
    Key,
    Legend,
    MapBody,
    Shape,
)
from geo.maps import MapView
from ui.gaps.figured import dots_of, figure_buttons
from ui.gaps.found import MIMES, SHOWN, mark_html, more_html, table_html
from ui.gaps.gapmap import place_words, plain_view
from ui.gaps.pick import inside, lowest_name
from ui.gaps.rated import legend, legend_key
from ui.gaps.settings import MAP, PLACE, Settings, go
from ui.parts import show_map
from ui.shell import ask, by_name, show, show_html

# Confirmed, contradicted, unproven: apart in hue and in lightness.
COLORS: Final = ("#0072b2", "#b3261e", "#8d8d8d")
MOST_DOTS: Final = 4_000
MOST_NAMED: Final = 1_500
EVERY: Final = ""
# Tables that have no points.
_LISTS: Final = frozenset({"shares", "thresholds", "problems"})


def show_weighed(weighed: Weighed, settings: Settings, lang: Lang) -> None:
    """Show what measurements say of claims, and offer it as files."""
    if weighed.simulated:
        show_html(mark_html(weighed.simulated))
    if len(weighed.problems):
        with st.expander(t("gaps.left_out", lang)):
            show("div.atlas-text", items(left_out(weighed.problems, lang)))
    show("div.atlas-text", items(lines(weighed, lang)[1 if weighed.simulated else 0 :]))
    left, right = st.columns(2, gap="small", vertical_alignment="bottom")
    with left:
        place = _place(weighed, settings, lang)
    with right:
        network = _network(weighed, lang)
    rows = rows_of(weighed, place, network)
    view, told, counts = evidence_map(weighed, rows, place, lang)
    where = Settings(edition=weighed.options.edition, place=place)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        show_map(view, lang, key="map_evidence", chosen=lambda _: None)
        show_html(told)
    with right:
        show_html(shares_html(weighed, place, network, lang))
    spec = evidence_figure(weighed, view, where, counts, lang)
    stem = marked_name(f"evidence-{where.edition}-{place}", weighed.simulated)
    figure_buttons(spec, stem, "gaps_evidence_figure", lang)
    show_html(villages_html(weighed, rows, lang))
    show_html(cells_html(weighed, network, lang))
    _downloads(weighed, lang)


def _place(weighed: Weighed, settings: Settings, lang: Lang) -> str:
    """Ask for the place: the country, or a province that has claims."""
    on = weighed.options.edition
    known = set(weighed.villages["area_code"])
    names = {
        area.code: area.name_vi if lang == "vi" else area.name_en
        for area in areas(on, Level.PROVINCE)
        if inside(on, area.code) & known
    }
    here = settings.place if settings.edition == on else COUNTRY_CODE

    def chosen(code: str) -> None:
        go(MAP, on)
        go(PLACE, code)

    return str(
        ask(
            st.selectbox,
            t("gaps.place.choose", lang),
            [COUNTRY_CODE, *by_name(names)],
            key="gaps_evidence_place",
            value=here if here in names else COUNTRY_CODE,
            act=chosen,
            format_func=(names | {COUNTRY_CODE: t("gaps.country", lang)}).__getitem__,
        )
    )


def _network(weighed: Weighed, lang: Lang) -> str:
    """Ask for the network whose claims are looked at."""
    found = sorted(set(_networks(weighed.villages)) | set(_networks(weighed.cells)))
    return str(
        st.selectbox(
            t("gaps.evidence.network", lang),
            [EVERY, *found],
            format_func=lambda name: name or t("gaps.evidence.every", lang),
            key="gaps_evidence_network",
        )
    )


def _networks(rows: pd.DataFrame) -> list[str]:
    pairs = zip(rows["operator"], rows["technology"], strict=True)
    return [" ".join(part for part in pair if part) or "–" for pair in pairs]


def rows_of(weighed: Weighed, place: str, network: str) -> pd.DataFrame:
    """Return the claims of villages of a place and a network, contradicted ones first."""
    rows = weighed.villages
    if network:
        rows = rows[[name == network for name in _networks(rows)]]
    if place != COUNTRY_CODE:
        rows = rows[rows["area_code"].isin(inside(weighed.options.edition, place))]
    first = rows["verdict"].map({"contradicted": 0, "unproven": 1, "confirmed": 2}).to_numpy()
    tested = -(rows["for"] + rows["against"] + rows["perhaps"]).to_numpy()
    return rows.iloc[np.lexsort((tested, first))]


def evidence_map(
    weighed: Weighed, rows: pd.DataFrame, place: str, lang: Lang
) -> tuple[MapView, Markup, list[int]]:
    """Describe the map of villages with claims: the worst verdict of each, above the others.

    Returns
    -------
    view, legend, counts
        The last as `evidence_figure` takes them.
    """
    drawn = rows[rows["lon"].notna()].drop_duplicates("id")
    kind = drawn["verdict"].map({name: at for at, name in enumerate(VERDICTS)}).to_numpy(dtype=int)
    counts = np.bincount(kind, minlength=len(VERDICTS))
    some = _some(kind.astype(np.int64))
    shown, kind = drawn.iloc[some].iloc[::-1], kind[some][::-1]
    at = (shown[["lon", "lat"]].to_numpy(dtype=float) * 1e4).round().astype(int)
    names: list[str] = []
    if len(shown) <= MOST_NAMED:
        names = [
            f"{str(name or id_)[:60]}: {t(f'gaps.evidence.{verdict}', lang)}"
            for name, id_, verdict in zip(shown["name"], shown["id"], shown["verdict"], strict=True)
        ]
    keys = [
        legend_key(
            el("i.circle", style=f"background:{COLORS[n]}"),
            t(f"gaps.evidence.{verdict}", lang),
            int(counts[n]),
            lang,
        )
        for n, verdict in enumerate(VERDICTS)
    ]
    told = {"n": number(len(shown), lang), "of": number(len(drawn), lang)}
    foot = tn("gaps.evidence.foot", len(drawn), lang, **told)
    view = plain_view(
        Settings(edition=weighed.options.edition, place=place),
        lang,
        dots=[int(v) for v in np.column_stack((at, kind)).ravel()],
        names=names,
        colors=COLORS,
        alt=tn("gaps.alt.evidence", len(shown), lang, n=number(len(shown), lang)),
        simulated=weighed.simulated,
    )
    return view, legend(keys, foot), [int(n) for n in counts]


def evidence_figure(
    weighed: Weighed, view: MapView, settings: Settings, counts: Sequence[int], lang: Lang
) -> FigureSpec:
    """Describe the map of claims on paper: by which thresholds, of which files, of which day.

    Parameters
    ----------
    counts
        Villages of each of `VERDICTS`.
    """
    level = Level.PROVINCE if settings.place == COUNTRY_CODE else settings.lowest
    shapes = (
        Shape(one.code, str(Fill.PLAIN), one.short_vi if lang == "vi" else one.short_en)
        for one in areas(settings.edition, level)
        if not settings.province or one.parent == settings.province
    )
    keys = tuple(
        Key(t(f"gaps.evidence.{verdict}", lang), number(n, lang), color, marker=True)
        for verdict, n, color in zip(VERDICTS, counts, COLORS, strict=True)
    )
    where = edition(settings.edition)
    return FigureSpec(
        lang=lang,
        theme="light",
        preset=DEFAULT_PRESET,
        title=t("gaps.evidence.figure", lang, place=place_words(settings, lang)),
        body=MapBody(
            edition=settings.edition,
            level=level,
            shapes=tuple(replace(shape, told=shape.name) for shape in shapes),
            archipelagos=tuple(
                Archipelago(s.code, s.label, s.place, s.points, s.name) for s in view.symbols
            ),
            focus=settings.province or None,
            scale_at=t("figure.scale", lang),
            dots=dots_of(view),
        ),
        legend=Legend("", keys),
        note=thresholds_text(weighed.rules, lang),
        as_of=t("gaps.figure.day", lang, day=day(date.today(), lang)),
        source=t("figure.sources", lang, names=", ".join(weighed.read)),
        edition=f"{where.name_vi if lang == 'vi' else where.name_en}.",
        boundary=f"{view.credit}.",
        watermark=t("figure.simulated", lang) if weighed.simulated else "",
        alt=view.alt,
    )


def _some(kind: Ints) -> Ints:
    """Choose which villages are drawn where there are too many: those with a verdict first."""
    decided = np.flatnonzero(kind != VERDICTS.index("unproven"))
    others = np.flatnonzero(kind == VERDICTS.index("unproven"))
    room = max(0, MOST_DOTS - len(decided))
    if len(others) > room:
        others = others[np.linspace(0, len(others) - 1, room).round().astype(int)]
    if len(decided) > MOST_DOTS:
        decided = decided[np.linspace(0, len(decided) - 1, MOST_DOTS).round().astype(int)]
    return np.sort(np.r_[decided, others]).astype(np.int64)


def shares_html(weighed: Weighed, place: str, network: str, lang: Lang) -> Markup:
    """Count the claims of a place by network: how many were tested, with what verdict."""
    rows = rows_of(weighed, place, network)
    heads = ("network", "claims", "tested", "share_tested", *VERDICTS)
    body = []
    for name, group in rows.groupby(np.array(_networks(rows), dtype=object), sort=True):
        tested = int(((group["for"] + group["against"]) > 0).sum())
        share = 100 * tested / len(group)
        body.append(
            (
                str(name),
                number(len(group), lang),
                number(tested, lang),
                f"{number(share, lang, 1, fixed=True)}%",
                *(number(int((group["verdict"] == v).sum()), lang) for v in VERDICTS),
            )
        )
    made = table_html(heads, body, lang, simulated=weighed.simulated)
    title = el("h2.atlas-list", t("gaps.evidence.shares", lang))
    return title + made + el("p.atlas-text", t("gaps.evidence.note", lang))


def villages_html(weighed: Weighed, rows: pd.DataFrame, lang: Lang) -> Markup:
    """List claims of villages with what speaks for and against each."""
    heads = (
        *("village", "area", "network", "verdict", "for", "against", "perhaps", "dbm"),
        *("claimed_by", "claimed_on", "measured_by", "measured_on"),
    )
    on = weighed.options.edition
    body = [
        (
            str(row["name"] or row["id"]),
            lowest_name(on, str(row["area_code"]), lang),
            name,
            verdict_text(row, lang),
            *(number(int(row[c]), lang) for c in ("for", "against", "perhaps")),
            number(row["median_dbm"], lang, 1),
            str(row["claimed_by"] or row["claim_file"]),
            days_text([row["claimed_on"]], lang),
            str(row["measured_by"] or "–"),
            days_text([row["first"], row["last"]], lang),
        )
        for row, name in zip(
            rows.head(SHOWN).to_dict("records"), _networks(rows.head(SHOWN)), strict=True
        )
    ]
    made = table_html(heads, body, lang, simulated=weighed.simulated)
    title = el("h2.atlas-list", t("gaps.evidence.villages", lang))
    return title + made + more_html(len(rows) - SHOWN, lang)


def days_text(days: Sequence[str], lang: Lang) -> str:
    """Write the first and the last of some days; a dash for none."""
    said = [day(date.fromisoformat(one), lang) for one in dict.fromkeys(days) if one]
    return " – ".join(said) or "–"


def verdict_text(row: dict[Any, Any], lang: Lang) -> str:
    """Say a verdict, and why it is none."""
    said = t(f"gaps.evidence.{row['verdict']}", lang)
    if row["reason"]:
        said += f": {t('gaps.evidence.reason.' + str(row['reason']), lang)}"
    return said


def cells_html(weighed: Weighed, network: str, lang: Lang) -> Markup:
    """List claimed cells of H3 with measurements, contradicted ones first; "" for none."""
    rows = weighed.cells
    if network:
        rows = rows[[name == network for name in _networks(rows)]]
    if rows.empty:
        return Markup()
    first = rows["verdict"].map({"contradicted": 0, "unproven": 1, "confirmed": 2})
    rows = rows.iloc[np.argsort(first.to_numpy(), kind="stable")]
    heads = ("cell", "at", "network", "verdict", "for", "against", "perhaps", "claimed_by")
    body = [
        (
            str(row["h3"]),
            f"{number(row['lat'], lang, 4)}; {number(row['lon'], lang, 4)}",
            name,
            verdict_text(row, lang),
            *(number(int(row[c]), lang) for c in ("for", "against", "perhaps")),
            str(row["claimed_by"] or row["claim_file"]),
        )
        for row, name in zip(
            rows.head(SHOWN).to_dict("records"), _networks(rows.head(SHOWN)), strict=True
        )
    ]
    made = table_html(heads, body, lang, simulated=weighed.simulated)
    title = el("h2.atlas-list", t("gaps.evidence.cells", lang))
    return title + made + more_html(len(rows) - SHOWN, lang)


def file_of(weighed: Weighed, name: str, kind: str) -> tuple[str, bytes, str]:
    """Make a file of one table; its name and rows carry the mark where they are made up."""
    kind = "csv" if name in _LISTS else kind
    layer = marked_name(f"evidence-{name}", weighed.simulated)
    return f"{layer}.{kind}", table_bytes(tables(weighed)[name], kind, layer), MIMES[kind]


def _downloads(weighed: Weighed, lang: Lang) -> None:
    left, middle, right = st.columns([2, 2, 2], vertical_alignment="bottom")
    names: Sequence[str] = list(tables(weighed))
    with left:
        name = st.selectbox(
            t("gaps.download.table", lang),
            names,
            format_func=lambda key: t(f"gaps.evidence.table.{key.replace('-', '_')}", lang),
            key="gaps_evidence_table",
        )
    with middle:
        kind = st.selectbox(
            t("gaps.download.format", lang),
            list(FORMATS),
            format_func=lambda key: t(f"gaps.format.{key}", lang),
            key="gaps_evidence_format",
        )
    file, data, mime = file_of(weighed, name, kind)
    with right:
        st.download_button(t("gaps.download", lang), data, file, mime, on_click="ignore")
