"""Observations of sheets, and what was recognised in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from base.words import Message
from geo.editions import COUNTRY_CODE, Area, areas
from metrics.observations import NUMBER_COLUMNS, OBSERVATION_COLUMNS
from metrics.refresh import Source
from metrics.refresh.adapters.portal.added import origin_id, part_id, score_id
from metrics.refresh.adapters.portal.departments import Placed, place, provinces
from metrics.refresh.adapters.portal.groups import GROUPS, TOTAL
from metrics.refresh.adapters.portal.marks import Mark, marks_of
from metrics.refresh.adapters.portal.options import PortalOptions
from metrics.refresh.adapters.portal.sheet import Sheet, Unit
from metrics.refresh.adapters.portal.spans import Span, span_of

_NAMED: Final = 10
_MOST_NOTES: Final = 200
_SAME: Final = ["indicator", "edition", "area", "period_start", "period_end", "grain"]
Row = dict[str, Any]


def frame_of(
    source: Source, options: PortalOptions, sheets: Sequence[Sheet]
) -> tuple[pd.DataFrame, list[Message]]:
    """Make observations of sheets.

    Returns
    -------
    DataFrame, list of Message
        Observations, and notes for whoever reads the difference. Where two sheets speak of one
        figure, the later one is taken.
    """
    rows: list[Row] = []
    told: list[list[Message]] = []
    own = {(s.time.date(), u.code): u.scores for s in sheets if s.within is None for u in s.units}
    for sheet in sorted(sheets, key=lambda one: one.time):
        whole = sheet.whole.scores if sheet.whole else {}
        scores = whole or own.get((sheet.time.date(), sheet.within or ""), {})
        told.append([])
        rows += _rows(source, options, sheet, scores, told[-1])
    frame = pd.DataFrame(rows, columns=list(OBSERVATION_COLUMNS))
    frame = frame.astype(dict.fromkeys(NUMBER_COLUMNS, "float64"))
    twice = frame.duplicated(_SAME, keep="last")
    # Those of the newest sheet first, in case there are too many.
    notes = [note for of_sheet in reversed(told) for note in of_sheet]
    if twice.any():
        notes.insert(0, Message("refresh.portal_note.twice", {"n": int(twice.sum())}))
    return frame[~twice].reset_index(drop=True), notes[:_MOST_NOTES]


def _rows(
    source: Source,
    options: PortalOptions,
    sheet: Sheet,
    own: Mapping[str, float],
    notes: list[Message],
) -> Iterator[Row]:
    if not _is_wanted(options, sheet):
        return
    span = span_of(sheet)
    placed = place([(unit.code, unit.name) for unit in sheet.units], sheet.within)
    marks = marks_of(sheet, own)
    same = _same(source, span)
    notes += _sheet_notes(sheet, span, placed)
    lacking: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for unit in sheet.units:
        if unit.code in placed.areas:
            area = placed.areas[unit.code]
            for row in _unit_rows(options, sheet, unit, lacking):
                mark = marks.get((unit.code, row.pop("group", "")))
                told.update([mark.kind] if mark else [])
                yield same | _at(area, f"{sheet.file}, {unit.code}", mark) | row
    if sheet.whole and options.provinces:
        yield from (same | row for row in _whole_rows(options, sheet, sheet.whole, notes))
    for kind, n in sorted(told.items()):
        notes.append(Message(f"refresh.portal_note.{kind}", {"file": sheet.name, "n": n}))
    if lacking:
        values = {"file": sheet.name, "what": ", ".join(sorted(lacking))}
        notes.append(Message("refresh.portal_note.no_indicator", values))


def _whole_rows(
    options: PortalOptions, sheet: Sheet, whole: Unit, notes: list[Message]
) -> Iterator[Row]:
    """Give what is said of the country, or besides its line among the provinces of one of them."""
    area: Area | None = None
    mark: Mark | None = Mark("country", Message("refresh.portal_mark.country"))
    if sheet.within is None:
        notes.append(Message("refresh.portal_note.country", {"file": sheet.name}))
    else:
        area, mark = provinces()[sheet.within], None
        whole = replace(whole, total=None, scores={})
    for row in _unit_rows(options, sheet, whole, Counter()):
        row.pop("group", None)
        yield _at(area, f"{sheet.file}, {whole.code or whole.name}", mark) | row


def _is_wanted(options: PortalOptions, sheet: Sheet) -> bool:
    return options.provinces if sheet.within is None else sheet.within in options.communes


def _unit_rows(
    options: PortalOptions, sheet: Sheet, unit: Unit, lacking: Counter[str]
) -> Iterator[Row]:
    time = sheet.asked.time
    if "index" in options.figures:
        if unit.total is not None:
            yield {"indicator": score_id(TOTAL, time), "value": unit.total, "group": TOTAL}
        for code, score in unit.scores.items():
            name = score_id(GROUPS[code].name, time)
            yield {"indicator": name, "value": score, "group": code}
    if "indicators" in options.figures:
        for indicator, part in unit.parts.items():
            name_of_span = part_id(indicator, time)
            if name_of_span is None:
                lacking[indicator] += 1
                continue
            # The indicator of a month does not name its parts.
            parted = name_of_span == indicator
            yield {
                "indicator": name_of_span,
                "value": part.value,
                "numerator": part.numerator if parted else None,
                "denominator": part.denominator if parted else None,
                "qualifier": "computed" if part.computed else "exact",
            }


def _same(source: Source, span: Span) -> Row:
    """Give the columns that all observations of a sheet share."""
    return {
        "role": "result",
        "period_start": str(span.start),
        "period_end": str(span.end),
        "grain": span.grain,
        "period_text": span.text,
        "category": "",
        "state": "reported",
        "numerator": None,
        "denominator": None,
        "qualifier": "exact",
        "origin": origin_id(source),
    }


def _at(area: Area | None, locator: str, mark: Mark | None) -> Row:
    """Give the columns of a place: an area, or the country."""
    return {
        "edition": area.edition if area else "",
        "area": area.code if area else COUNTRY_CODE,
        "locator": locator,
        "note": mark.note() if mark else "",
    }


def _sheet_notes(sheet: Sheet, span: Span, placed: Placed) -> Iterator[Message]:
    """Tell what was left out of a sheet, and what its figures hold for."""
    file = {"file": sheet.name}
    if span.to_date:
        yield Message("refresh.portal_note.to_date", {**file, "day": str(span.end)})
    if sheet.agencies:
        yield Message("refresh.portal_note.agencies", {**file, "n": sheet.agencies})
    if sheet.left:
        yield Message("refresh.portal_note.left", {**file, "what": ", ".join(sheet.left)})
    if sheet.unsure:
        yield Message("refresh.portal_note.unsure", file)
    for group in sheet.unread:
        yield Message("refresh.portal_note.unread", {**file, "group": group})
    for kind in ("retyped", "former", "unknown", "apart"):
        names: list[str] = getattr(placed, kind)
        if names:
            values = {**file, "n": len(names), "names": _listed(names)}
            yield Message(f"refresh.portal_note.{kind}", values)
    absent = _absent(sheet, placed)
    if absent:
        values = {**file, "n": len(absent), "names": _listed([area.name_vi for area in absent])}
        yield Message("refresh.portal_note.absent", values)


def _absent(sheet: Sheet, placed: Placed) -> list[Area]:
    """Find the areas of the level that no department is."""
    if sheet.within is None:
        every: Iterable[Area] = provinces().values()
    else:
        home = provinces()[sheet.within]
        every = (
            areas(home.edition, next(iter(placed.areas.values())).level, parent=home.code)
            if (placed.areas)
            else ()
        )
    found = {area.code for area in placed.areas.values()}
    return [area for area in every if area.code not in found]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
