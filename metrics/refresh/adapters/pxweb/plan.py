"""Which cells of a table are asked for, and in how many questions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from metrics.refresh.adapters.cubes import fault, named, read_time
from metrics.refresh.adapters.pxweb.options import PxWebOptions
from metrics.refresh.adapters.pxweb.tables import Variable

# More questions than a slow and polite run has time for.
MOST_ASKS: Final = 400


@dataclass(frozen=True, slots=True)
class Part:
    """One question: the codes that are asked of each variable; `name` is that of its reply."""

    name: str
    codes: Mapping[str, tuple[str, ...]]

    @property
    def cells(self) -> int:
        """How many cells it asks for."""
        return math.prod(map(len, self.codes.values()))


def selection(
    table: Sequence[Variable], options: PxWebOptions, file: str
) -> dict[str, tuple[str, ...]]:
    """Return which codes of which variables are asked for.

    Raises
    ------
    ShapeError
        If the source names what the table lacks, or does not say which of several values is meant.
    """
    named_so = {v.code: v for v in table} | {
        v.text: v for v in reversed(table) if v.text not in {w.code for w in table}
    }
    for name in (options.area, options.time, options.measure, *options.fixed, *options.eliminated):
        if name and name not in named_so:
            raise fault(file, "variables", name, "one_of", known=named(v.code for v in table))
    fixed = {named_so[name].code: said for name, said in options.fixed.items()}
    eliminated = {named_so[name].code for name in options.eliminated}
    wanted = {named_so[name].code for name in (options.area, options.time) if name}
    if options.indicators and options.measure:
        wanted.add(named_so[options.measure].code)
    found: dict[str, tuple[str, ...]] = {}
    for one in table:
        if one.code in fixed:
            found[one.code] = (_code(one, fixed[one.code], file),)
        elif one.code in eliminated:
            if not one.elimination:
                raise fault(file, one.code, "", "eliminable")
        elif (
            one.code in wanted
            or one.role in ("time", "geo")
            or len(one.values) == 1
            or (options.indicators and not options.measure and one.role == "metric")
        ):
            found[one.code] = one.values
        else:
            values = zip(one.values, one.labels, strict=True)
            known = named(f"{code} ({label.strip()})" for code, label in values)
            raise fault(file, one.code, len(one.values), "fixed", known=known)
        if found.get(one.code) == one.values:
            found[one.code] = _narrowed(one, named_so, options, file)
    return found


def _narrowed(
    one: Variable, named_so: Mapping[str, Variable], options: PxWebOptions, file: str
) -> tuple[str, ...]:
    """Leave the values that are wanted: measures that are named, the newest periods."""
    time = named_so[options.time] if options.time else None
    if one is time or (time is None and one.role == "time"):
        return _newest(one, options, file)
    measure = named_so[options.measure] if options.measure else None
    if options.indicators and (one is measure or (measure is None and one.role == "metric")):
        kept = tuple(_code(one, said, file) for said in options.indicators)
        return tuple(code for code in one.values if code in kept)
    return one.values


def _newest(time: Variable, options: PxWebOptions, file: str) -> tuple[str, ...]:
    ends = {}
    for code, label in zip(time.values, time.labels, strict=True):
        said = label.strip()
        said_so = next((options.periods[k] for k in (code, said) if k in options.periods), said)
        if said_so is None:
            continue
        read = read_time(said_so) or read_time(code)
        if read is None:
            raise fault(file, time.code, said if said == code else f"{code}: {said}", "period")
        ends[code] = read[0].end
    if not ends:
        raise fault(file, time.code, named(time.labels), "period")
    kept = sorted(ends, key=ends.__getitem__)[-(options.latest or len(ends)) :]
    return tuple(code for code in time.values if code in kept)


def _code(one: Variable, said: str, file: str) -> str:
    pairs = list(zip(one.values, one.labels, strict=True))
    found = {code for code, label in pairs if said in (code, label.strip())}
    if len(found) != 1:
        known = named(f"{code} ({label.strip()})" for code, label in pairs)
        raise fault(file, one.code, said, "one_of", known=known)
    return found.pop()


def parts_of(
    whole: Mapping[str, tuple[str, ...]], most: int, refused: set[str], file: str
) -> list[Part]:
    """Part what is asked so that each question has at most so many cells.

    Parameters
    ----------
    refused
        Names of the questions that the service refused as too large: they are parted again.

    Raises
    ------
    ShapeError
        If it takes more than `MOST_ASKS` questions, or a single cell was refused.
    """
    found = []
    for part in _parted(Part("data", whole), most, refused, file):
        found.append(part)
        if len(found) > MOST_ASKS:
            cells = math.prod(map(len, whole.values()))
            raise fault(file, "", cells, "asks", most=MOST_ASKS, cells=most)
    return found


def _parted(part: Part, most: int, refused: set[str], file: str) -> Iterator[Part]:
    if part.cells <= most and part.name not in refused:
        yield part
        return
    longest = max(part.codes, key=lambda code: len(part.codes[code]))
    codes = part.codes[longest]
    if len(codes) == 1:
        raise fault(file, part.name, part.cells, "asks", most=MOST_ASKS, cells=most)
    half = (len(codes) + 1) // 2
    for at, some in enumerate((codes[:half], codes[half:]), 1):
        inner = Part(f"{part.name}-{at}", {**part.codes, longest: some})
        yield from _parted(inner, most, refused, file)
