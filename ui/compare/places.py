"""Some places side by side: what is known of several of them, ranked and held against the first."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd

from base.html import Markup, el, link
from base.reading import neutralise, plain_number
from base.words import Lang, number, pick, t
from geo.editions import Area, Level, area
from metrics.catalog import Indicator
from metrics.exporting import sheet_code, sheet_number, sheet_writer
from metrics.panel import WITHHELD, panel
from metrics.store import Store, kept_in_store
from ui.address import View, pin_colours
from ui.scene import (
    FEWEST_FOR_COLOUR,
    FIGURES,
    covered,
    decimals,
    known_of,
    period_text,
    place_name,
    placed_text,
    records,
    sources_named,
    stops,
    unit_text,
    value_text,
)

FEWEST: Final = 2
# So many dates back a common period is looked for.
MOST_BACK: Final = 6
WORDED: Final = ("status", "date")
KEPT: Final = 32
PLUS: Final = "+"

Period = tuple[Any, Any, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """The figure of one place.

    Attributes
    ----------
    text, value
        The figure as written and as a number; "" and None where there is none.
    when
        Its period in words.
    rank, of, placed
        Its rank among so many areas whose figures compare with its own, and that in words.
    against
        What it is more than the first place has, where their periods and levels are the same.
    sources
        Names of its sources.
    """

    text: str = ""
    value: float | None = None
    when: str = ""
    rank: int | None = None
    of: int = 0
    placed: str = ""
    against: float | None = None
    sources: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator with the figure of each place, in the order of the places.

    Attributes
    ----------
    common
        Whether all figures are of one period.
    """

    indicator: Indicator
    cells: tuple[Cell, ...]
    common: bool


def side_by_side(store: Store, view: View) -> tuple[Line, ...]:
    """List what is known of at least two of the places pinned, what is done there first."""
    return _lines(store, view.edition, view.pins, view.lang)


@kept_in_store(KEPT)
def _lines(store: Store, edition: str, codes: tuple[str, ...], lang: Lang) -> tuple[Line, ...]:
    places = [area(edition, code) for code in codes]
    known = [known_of(store, edition, code) for code in codes]
    order = dict.fromkeys(
        one.indicator
        for level in dict.fromkeys(place.level for place in places)
        for one in covered(store, edition, level, None)
    )
    return tuple(
        _line(store, id_, places, lang)
        for id_ in order
        if sum(id_ in ids for ids in known) >= FEWEST
        and store.catalog.indicators[id_].kind != "date"
    )


def _line(store: Store, id_: str, places: Sequence[Area], lang: Lang) -> Line:
    """Write the figures of the newest period that all places share, else the newest of each."""
    indicator = store.catalog.indicators[id_]
    newest: list[dict[str, Any] | None] | None = None
    dates: list[date | None] = [None]
    dates += [stop.at for stop in _stops(store, id_, places[0])[1 : MOST_BACK + 1]]
    having = 0
    for at in dates:
        rows = [_row(store, id_, place, at) for place in places]
        shared = {_period(row) for row in rows if row is not None}
        n = sum(row is not None for row in rows)
        if newest is None:
            newest, having = rows, n
        if len(shared) == 1 and n == having:
            return Line(indicator, _cells(store, indicator, places, (rows, at), lang), common=True)
    return Line(
        indicator, _cells(store, indicator, places, (newest or [], None), lang), common=False
    )


def _stops(store: Store, id_: str, place: Area) -> Any:
    return stops(store, View(edition=place.edition, level=place.level, indicator=id_))


@kept_in_store(KEPT)
def _frame(
    store: Store, id_: str, where: tuple[str, Level, str | None], at: date | None
) -> pd.DataFrame:
    """Return the figures of an edition's level within an area, which the places of it share."""
    return panel(store, id_, *where, at=at).frame


def _row(store: Store, id_: str, place: Area, at: date | None) -> dict[str, Any] | None:
    frame = _frame(store, id_, (place.edition, place.level, None), at)
    found = frame[(frame["code"] == place.code) & frame["state"].isin(FIGURES)]
    return records(found)[0] if len(found) else None


def _period(row: dict[str, Any]) -> Period:
    start = row["period_start"]
    return (None if pd.isna(start) else start, row["period_end"], str(row["grain"]))


def _cells(
    store: Store,
    indicator: Indicator,
    places: Sequence[Area],
    found: tuple[Sequence[dict[str, Any] | None], date | None],
    lang: Lang,
) -> tuple[Cell, ...]:
    rows, at = found
    first = rows[0]
    cells = []
    for place, row in zip(places, rows, strict=True):
        if row is None:
            cells.append(Cell())
            continue
        value = None if indicator.kind in WORDED or pd.isna(row["value"]) else float(row["value"])
        rank, of, placed = _placed(store, indicator, place, at, lang)
        alike = first is not None and row is not first and _period(row) == _period(first)
        alike = alike and place.level is places[0].level and indicator.kind not in ("rank", *WORDED)
        alike = alike and WITHHELD not in (row["aside"], (first or row)["aside"])
        cells.append(
            Cell(
                value_text(row, indicator, lang),
                value,
                period_text(row, lang),
                rank,
                of,
                placed,
                value - float(first["value"]) if alike and first and value is not None else None,
                sources_named(store, row.get("origins") or (row["origin"],), lang),
            )
        )
    return tuple(cells)


def _placed(
    store: Store, indicator: Indicator, place: Area, at: date | None, lang: Lang
) -> tuple[int | None, int, str]:
    """Rank a place among all of its level, else within its province; say it in words too."""
    if indicator.kind in (*WORDED, "rank") or indicator.direction == "neutral":
        return None, 0, ""
    inside = place.parent if place.level in (Level.DISTRICT, Level.COMMUNE) else None
    for parent in dict.fromkeys((None, inside)):
        frame = _frame(store, indicator.id, (place.edition, place.level, parent), at)
        rank, of = frame.loc[frame["code"] == place.code, "rank"].iloc[0], frame["rank"].count()
        if not pd.isna(rank) and of >= FEWEST_FOR_COLOUR:
            where = place_name(area(place.edition, parent), lang) if parent else ""
            tied = int((frame["rank"] == rank).sum()) - 1
            return int(rank), int(of), placed_text(int(rank), int(of), tied, lang, where)
    return None, 0, ""


def signed(value: float, indicator: Indicator, lang: Lang) -> str:
    """Write a difference with its sign."""
    written = min(decimals(indicator, value), max(indicator.decimals, 2))
    text = number(value, lang, written, fixed=True)
    return f"{PLUS}{text}" if value > 0 else text


def table_html(lines: Sequence[Line], view: View, page: str) -> Markup:
    """Write the table: an indicator a row, a place a column.

    Parameters
    ----------
    page
        Name of the page that the names of indicators lead to.
    """
    lang, colours = view.lang, pin_colours(view.pins)
    heads = [el("th", t("side.indicator", lang), scope="col")]
    names = [place_name(area(view.edition, code), lang) for code in colours]
    for name, colour in zip(names, colours.values(), strict=True):
        heads.append(el("th", el("i.pin", style=f"background:{colour}"), name, scope="col"))
    body = []
    for line in lines:
        there = view.to(indicator=line.indicator.id).params()
        unit = unit_text(line.indicator, lang)
        linked = link(f"{page}?{urlencode(there)}", pick(line.indicator.short, lang))
        shared = next((cell.when for cell in line.cells if cell.when), "") if line.common else ""
        about = " · ".join(part for part in (unit, shared) if part)
        head = el("th", linked, el("small", about), scope="row")
        cells = [
            _cell_html(cell, line, lang, name) for cell, name in zip(line.cells, names, strict=True)
        ]
        here = line.indicator.id == view.indicator
        body.append(el("tr.here" if here else "tr", head, *cells))
    first = place_name(area(view.edition, view.pins[0]), lang)
    caption = el("caption", t("side.caption", lang, first=first))
    table = el("table.atlas-table", caption, el("thead", el("tr", *heads)), el("tbody", *body))
    return el(
        "div.atlas-side", table, tabindex="0", role="region", aria_label=t("nav.places", lang)
    )


def _cell_html(cell: Cell, line: Line, lang: Lang, place: str) -> Markup:
    if not cell.text:
        return el("td", el("small", t("state.no_data", lang)), data_label=place)
    told = []
    if cell.placed:
        told.append(cell.placed)
    if cell.against is not None:
        told.append(signed(cell.against, line.indicator, lang))
    if not line.common:
        told.append(cell.when)
    return el("td", el("b", cell.text), el("small", " · ".join(told)), data_label=place)


def csv_bytes(lines: Sequence[Line], view: View) -> bytes:
    """Write the table for a spreadsheet, a figure a row, with a byte order mark."""
    lang = view.lang
    out = io.StringIO()
    writer = sheet_writer(out, lang)
    names = ("indicator", "unit", "place", "code", "value", "period", "rank", "of", "against")
    writer.writerow([*(t(f"side.{name}", lang) for name in names), t("series.source", lang)])
    for line in lines:
        for code, cell in zip(view.pins, line.cells, strict=True):
            place = place_name(area(view.edition, code), lang, full=True)
            about = (pick(line.indicator.short, lang), unit_text(line.indicator, lang), place)
            value = neutralise(cell.text) if cell.value is None else _told(cell.value, lang)
            against = "" if cell.against is None else _told(round(cell.against, 6), lang)
            ranked = ("" if cell.rank is None else cell.rank, cell.of or "")
            row = (*map(neutralise, about), sheet_code(code), value, neutralise(cell.when))
            writer.writerow([*row, *ranked, against, neutralise(cell.sources)])
    return out.getvalue().encode()


def _told(value: float, lang: Lang) -> str:
    return sheet_number(plain_number(value), lang)
