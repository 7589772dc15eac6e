"""What a table leaves open, as questions with two or three readings to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from geo.editions import area, editions, has_area
from metrics.importing.cells import Block, Finding, named, shown
from metrics.importing.figures import read_short
from metrics.importing.mapping import (
    Mapping,
    Report,
    Time,
    column_period,
    period_above,
    sheet_period,
)
from metrics.importing.names import Fit, fits
from metrics.importing.time import COUNTED_FROM, find_period

# Questions that are answered by typing a period.
TYPED: Final = ("no_period", "period_said", "period_relative", "time_unread")
SCALES: Final = (1, 1_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand what is asked about.

    Attributes
    ----------
    key, values
        The message ``import.reading_of.<key>`` and what its placeholders stand for.
    said
        What it says, for `metrics.importing.settle.settled`.
    """

    key: str
    values: dict[str, Any]
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: by which finding, of which column, and what may be answered.

    Attributes
    ----------
    rule, column
        Of the finding; together they tell the question.
    row, example
        A cell that it is about; row 0 and "" where it is about the whole.
    readings
        Two or more; none where a period is to be typed.
    """

    rule: str
    column: str
    row: int
    example: str
    readings: tuple[Reading, ...] = field(default=())

    @property
    def key(self) -> str:
        """What an answer is kept under."""
        return f"{self.rule} {self.column}"


Ask = Callable[[Finding, Block, Mapping], Iterator[Reading]]


def questions(report: Report, block: Block) -> list[Question]:
    """Return the questions among the findings of a report, each once."""
    found: dict[str, Question] = {}
    for finding in report.findings:
        ask = _ASKED.get(finding.rule)
        if ask is None or finding.severity != "error":
            continue
        readings = _distinct(ask(finding, block, report.mapping))
        if len(readings) < 2 and finding.rule not in TYPED:
            continue
        column = finding.column
        one = Question(finding.rule, column, finding.row, finding.value, readings)
        found.setdefault(one.key, one)
    return list(found.values())


def _distinct(readings: Iterator[Reading]) -> tuple[Reading, ...]:
    kept: dict[str, Reading] = {}
    for reading in readings:
        kept.setdefault(repr(reading.said), reading)
    return tuple(kept.values())


def _maps(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    """Offer the map that was taken, and those that at least half of the names are of."""
    del finding
    names = block.column(mapping.place)
    parents = block.column(mapping.parent) if mapping.parent else None
    if parents is None and mapping.within:
        parents = [mapping.within] * len(names)
    here = (mapping.edition, mapping.level)
    found = sorted(fits(names, parents), key=lambda fit: (fit.edition, fit.level) != here)
    for fit in found:
        # The map of before the last one is offered where it is nearer to the names.
        worse = any(one.level is fit.level and one.n >= fit.n for one in found[: found.index(fit)])
        if (fit.edition, fit.level) != here and (fit.share < 0.5 or (worse and _is_old(fit))):
            continue
        level = str(fit.level)
        said = {"edition": fit.edition, "level": level, "settled": ["edition", "level"]}
        yield Reading("map", {"edition": fit.edition, "level": level, "n": fit.n}, said)


def _is_old(fit: Fit) -> bool:
    return fit.edition not in [one.id for one in editions()[-2:]]


def _provinces(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    del block
    codes = [finding.values["here"], *str(finding.values["said"]).split(", ")]
    for code in codes:
        if has_area(mapping.edition, code):
            name = named(area(mapping.edition, code))
            said = {"within": code, "edition": mapping.edition, "settled": ["within"]}
            yield Reading("within", {"name": name}, said)


def _periods(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    """Offer every period that the title, the sheet and the heading speak of."""
    above = period_above(block)
    titled = [p for title in block.titles if (p := find_period(title))]
    of_sheet = sheet_period(block, titled)
    known = [mapping.period.period()] if mapping.period else []
    known += [p for p in (above, of_sheet, column_period(finding.column, above)) if p]
    known += titled
    seen = set()
    for period in known:
        if (period.start, period.end) in seen:
            continue
        seen.add((period.start, period.end))
        time = Time.of(period).model_dump(mode="json")
        said = {"period": time, "period_column": None, "part_column": None, "settled": ["period"]}
        yield Reading("period", {"period": period}, said)


def _days_outside(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    """Offer the period of the title, and the days of the column."""
    yield from _periods(finding, block, mapping)
    yield Reading("place", {"column": finding.column}, {"settled": ["period"]})


def _decimals(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    del block, mapping
    for mark in ("comma", "point"):
        parted = ("," in finding.value) == (mark == "comma")
        said = {"decimal": mark, "settled": ["decimal"]}
        kind = "decimal.fraction" if parted else "decimal.thousands"
        yield Reading(kind, {"value": finding.value}, said)


def _hundreds(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    del block, mapping
    for times in (100, 1):
        cell = finding.values.get("other", finding.value)
        yield Reading(f"percent.{times}", {"cell": cell}, {"scales": {finding.column: times}})


def _small(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    del block
    told = {"cell": finding.value}
    rest = [m.model_dump(mode="json") for m in mapping.measures if m.column != finding.column]
    yield Reading("small.1", told, {"scales": {finding.column: 1}})
    yield Reading("small.out", told, {"measures": rest})


def _units(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    del block, mapping
    for times in SCALES:
        yield Reading("times", {"times": times}, {"scales": {finding.column: times}})


def _roles(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    del block, mapping
    for role in (str(finding.values["said"]), str(finding.values["taken"])):
        yield Reading("role", {"role": role}, {"roles": {finding.column: role}})


def _none(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    """Offer nothing: it is to be typed."""
    del finding, block, mapping
    yield from ()


def _first_days(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    del finding, block, mapping
    for kind in ("month", "day"):
        yield Reading(f"first_days.{kind}", {}, {"first_days": kind})


def _day_serials(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    del block, mapping
    for one in COUNTED_FROM:
        told = {"value": finding.value, "day": finding.values[f"from_{one}"]}
        yield Reading("day_serials", told, {"serial_days": one})


def _suffixed(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    """Offer the number that a suffix makes, and no figure."""
    del block
    for kind in ("times", "empty"):
        told = _read_as(finding, mapping, suffixed=kind)
        yield Reading(f"suffixed.{kind}", told, {"suffixes": {finding.column: kind}})


def _slashed(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    """Offer the share, where it may be one, the first number, and no figure."""
    del block
    share = ("percent",) if finding.rule == "slashed" else ()
    for kind in (*share, "first", "empty"):
        told = _read_as(finding, mapping, slashed=kind)
        yield Reading(f"slashed.{kind}", told, {"slashes": {finding.column: kind}})


def _read_as(finding: Finding, mapping: Mapping, **said: str) -> dict[str, str]:
    """Return a cell, and the number that it is where something is said of such cells."""
    measure = next(m for m in mapping.measures if m.column == finding.column)
    mark = measure.decimal or mapping.decimal
    number = read_short(finding.value, mark, measure.model_copy(update=said))
    return {"value": finding.value, "read": shown(number.value)}


def _places(finding: Finding, block: Block, mapping: Mapping) -> Iterator[Reading]:
    del block
    for column in (mapping.place, finding.column):
        said = {"place": column, "settled": ["place"]}
        yield Reading("place", {"column": column}, said)


_ASKED: Final[dict[str, Ask]] = {
    "level_heading": _maps,
    "edition_period": _maps,
    "other_edition": _maps,
    "within_said": _provinces,
    "period_said": _periods,
    "no_period": _periods,
    "time_unread": _periods,
    "days_outside": _days_outside,
    "period_relative": _none,
    "role_said": _roles,
    "decimal_unsaid": _decimals,
    "fractions": _hundreds,
    "mixed_percent": _hundreds,
    "fractions_some": _small,
    "unit": _units,
    "other_unit": _units,
    "first_days": _first_days,
    "second_place": _places,
    "day_serials": _day_serials,
    "suffixed": _suffixed,
    "slashed": _slashed,
    "slashed_count": _slashed,
}
