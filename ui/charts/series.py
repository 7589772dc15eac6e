"""The chart of a time series, in HTML and SVG, with the same figures as a table.

Positions across are percentages, so that the chart fits any width while its type keeps its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from base.words import Lang, day, number, pick, t
from geo.editions import COUNTRY_CODE, area
from metrics.relate import Series, series
from metrics.store import Store, kept_in_store
from ui.address import PUBLISHED, UNPINNED, pin_colours
from ui.charts.plot import chart
from ui.scene import (
    FIGURES,
    RAW_KINDS,
    Scene,
    basis_name,
    period_text,
    place_name,
    records,
    sources_named,
    state_text,
    unit_text,
    value_text,
    with_unit,
)

CHARTS_KEPT = 128
# What has no scale of its own is told in the table only.
UNDRAWN_KINDS = frozenset({"status", "date"})


def series_html(
    store: Store,
    indicator_id: str,
    edition: str,
    codes: Sequence[str],
    lang: Lang,
    *,
    pins: Sequence[str] | None = None,
    open_table: bool = False,
) -> str:
    """Write the time series of several areas: heading, chart, table.

    Parameters
    ----------
    edition, codes
        The areas, at most as many as there are colours for pins, and one.
    pins
        Codes in the order of their colours; by default `codes`.
    open_table
        Whether the table stands open.

    Returns
    -------
    str
        HTML, everything in it escaped. Where there is one point in time only, it says so and gives
        the table; "" where there is no figure at all.

    Raises
    ------
    LookupError
        If indicator, edition or an area do not exist.
    """
    order = tuple(codes) if pins is None else tuple(pins)
    return _html(store, (indicator_id, edition, tuple(codes)), order, lang, open_table)


@kept_in_store(CHARTS_KEPT)
def _html(
    store: Store,
    asked: tuple[str, str, tuple[str, ...]],
    pins: tuple[str, ...],
    lang: Lang,
    open_table: bool,
) -> str:
    indicator_id, edition, codes = asked
    found = series(store, indicator_id, edition, codes)
    if found.frame.empty:
        return ""
    colours = {code: pin_colours(pins).get(code, UNPINNED) for code in codes}
    rows = [row | {"colour": colours[row["code"]]} for row in _worded(store, found, lang)]
    drawn = [row for row in rows if _is_drawn(row)]
    heading = pick(found.indicator.short, lang)
    unit = unit_text(found.indicator, lang)
    head = f"<b>{escape(t('series.title', lang, what=heading))}</b>"
    if unit:
        head += f" <small>· {escape(unit)}</small>"
    several = len(found.dates) > 1 and found.indicator.kind not in UNDRAWN_KINDS
    drawing = chart(found, drawn, lang) if several else ""
    lead = f"<p>{escape(lead_text(found, lang))}</p>"
    opened = " open" if open_table or not several else ""
    table = (
        f"<details{opened}><summary>{escape(t('series.table', lang))}</summary>"
        f"{_table(rows, found, lang)}</details>"
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in notes_of(found, several, lang))
    return (
        f'<figure class="atlas-series"><figcaption>{head}{lead}</figcaption>{drawing}'
        f'<ul class="notes">{notes}</ul>{table}</figure>'
    )


def areas_of(scene: Scene) -> tuple[str, ...]:
    """Return the areas whose series is drawn: the pinned ones, and the place looked at.

    A raw count of the whole country would press those of its parts to the foot of the chart.
    """
    view = scene.view
    towers = view.place == COUNTRY_CODE and scene.indicator.kind in RAW_KINDS
    return view.pins if view.pins and towers else tuple(dict.fromkeys((*view.pins, view.place)))


def drawn_rows(store: Store, found: Series, lang: Lang) -> list[dict[str, Any]]:
    """Return the figures of a series that have a place in a chart, with their words.

    Returns
    -------
    list of dict
        Rows of the frame with ``name``, ``written`` (the figure), ``told`` (with its unit) and
        ``sources``.
    """
    return [row for row in _worded(store, found, lang) if _is_drawn(row)]


def _worded(store: Store, found: Series, lang: Lang) -> list[dict[str, Any]]:
    return [
        row
        | {
            "name": place_name(area(found.edition, row["code"]), lang),
            "written": value_text(row, found.indicator, lang),
            "told": _told(row, found, lang),
            "sources": sources_named(store, row["origins"], lang),
        }
        for row in records(found.frame)
    ]


def _is_drawn(row: Mapping[str, Any]) -> bool:
    return row["state"] in FIGURES and not pd.isna(row["value"])


def none_text(edition: str, codes: Iterable[str], lang: Lang) -> str:
    """Say that places have no figure; what was worked out for all of them together is none."""
    names = ", ".join(place_name(area(edition, code), lang) for code in codes)
    return t("series.none", lang, names=names)


def lead_text(found: Series, lang: Lang) -> str:
    """Say over which time there are figures; plainly so where it is one point or none."""
    dates = found.dates
    if not dates:
        return none_text(found.edition, found.codes, lang)
    first, last = (_period_at(found, end, lang) for end in (dates[0], dates[-1]))
    if len(dates) == 1:
        return t("series.single", lang, when=first)
    n = number(len(dates), lang)
    return t("series.several", lang, n=n, first=first, last=last)


def _period_at(found: Series, end: Any, lang: Lang) -> str:
    frame = found.frame
    return period_text(records(frame[frame["period_end"] == pd.Timestamp(end)])[0], lang)


def notes_of(found: Series, drawn: bool, lang: Lang) -> Iterable[str]:
    """Say what the reader must know of a series, also of its lines if they are drawn."""
    frame = found.frame
    if frame["is_carried"].any():
        yield t("series.carried", lang)
    if found.seam is not None:
        yield t("series.seam.note", lang, day=day(found.seam, lang))
    if (frame["conflicting"] & frame["value"].notna()).any():
        yield t("series.conflict", lang)
    if drawn and frame["grain"].nunique() > 1:
        yield t("series.grains", lang)
    without = [code for code in found.codes if code not in set(frame["code"])]
    if without:
        names = ", ".join(place_name(area(found.edition, code), lang) for code in without)
        yield t("series.without", lang, names=names)


def _told(row: Mapping[str, Any], found: Series, lang: Lang) -> str:
    """Write a figure with its unit, or why there is none."""
    text = with_unit(value_text(row, found.indicator, lang), found.indicator, lang)
    return text or state_text(str(row["state"]), lang)


def _basis(row: Mapping[str, Any], found: Series, lang: Lang) -> str:
    level = area(found.edition, str(row["code"])).level
    if row["is_carried"]:
        return basis_name(str(row["on_edition"]), level, lang)
    return basis_name(PUBLISHED, level, lang)


def _table(rows: list[dict[str, Any]], found: Series, lang: Lang) -> str:
    heads = "".join(
        f'<th scope="col">{escape(t(f"series.{name}", lang))}</th>'
        for name in ("place", "period", "value", "basis", "source")
    )
    body, last = [], None
    for row in rows:
        first = row["code"] != last
        last = row["code"]
        name = ""
        if first:
            key = f'<i class="pin" style="background:{row["colour"]}"></i>'
            name = f"{key}{escape(str(row['name']))}"
        cells = [
            f'<th scope="row">{name}</th>',
            f"<td>{escape(period_text(row, lang))}</td>",
            f"<td>{escape(str(row['told']))}{_doubt(row, lang)}</td>",
            f"<td>{escape(_basis(row, found, lang))}</td>",
            f"<td>{escape(str(row['sources']))}</td>",
        ]
        mark = ' class="top"' if first else ""
        body.append(f"<tr{mark}>{''.join(cells)}</tr>")
    return (
        f'<table class="atlas-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def _doubt(row: Mapping[str, Any], lang: Lang) -> str:
    if row["conflicting"] and not pd.isna(row["value"]):
        return f" <small>({escape(t('series.conflict.one', lang))})</small>"
    if row["state"] == "recomputed":
        return f" <small>({escape(state_text('recomputed', lang))})</small>"
    return ""
