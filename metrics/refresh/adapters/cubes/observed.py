"""Cells as observations: places, periods, indicators, units and what is said of single figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from base.words import Message, t
from geo.editions import COUNTRY_CODE
from geo.names import fold
from metrics.catalog import INDICATOR, ORIGIN, Catalog, Indicator
from metrics.importing import factor, read_unit, unit_in_heading
from metrics.observations import NUMBER_COLUMNS, OBSERVATION_COLUMNS
from metrics.refresh import Gathered, Source
from metrics.refresh.adapters.cubes.cube import Cells, Unit
from metrics.refresh.adapters.cubes.faults import fault, named
from metrics.refresh.adapters.cubes.options import CubeOptions, Measure
from metrics.refresh.adapters.cubes.places import Places, places_of
from metrics.refresh.adapters.cubes.statuses import ABSENT, SAID, statuses_of
from metrics.refresh.adapters.cubes.times import read_time

# The end of a heading that may be a unit: in parentheses, or behind a comma.
_BEHIND: Final = re.compile(r"[(,]\s*([^(),]+)\)?\s*$")
_TIMES: Final = re.compile(
    r"\b(?:hundreds?|thousands?|millions?|billions?|tram|nghin|ngan|trieu|ty)\b|000|10 ?\^", re.I
)
# What makes a figure one and not another.
FIGURE: Final = ("indicator", "role", "edition", "area", "period_start", "period_end", "grain")


@dataclass(slots=True)
class _Said:
    """What is told of the cells of all replies: names once, in the order that they came."""

    areas: set[str] = field(default_factory=set)
    measures: dict[str, None] = field(default_factory=dict)
    sums: dict[str, None] = field(default_factory=dict)
    strangers: dict[str, None] = field(default_factory=dict)
    unasked: dict[str, None] = field(default_factory=dict)
    missing: int = 0

    def notes(self) -> tuple[Message, ...]:
        """Return it as notes."""
        found = [
            Message(f"refresh.note.{key}", {"n": len(names), "names": named(names)})
            for key in ("sums", "strangers", "unasked")
            if (names := getattr(self, key))
        ]
        if self.missing:
            found.append(Message("refresh.note.missing", {"n": self.missing}))
        return tuple(found)


def gathered(
    parts: Sequence[Cells], source: Source, options: CubeOptions, catalog: Catalog
) -> Gathered:
    """Make observations of the cells of all replies of a run.

    Raises
    ------
    ShapeError
        If no area is known, a period, an indicator, a unit or a status is not, or a figure is
        told twice.
    """
    indicators = {one.id: one for one in options.records} | dict(catalog.indicators)
    wanted = {measure.indicator for measure in options.indicators.values()}
    wanted |= {options.indicator.indicator} if options.indicator else set()
    if strange := sorted(wanted - set(indicators)):
        raise fault(parts[0].file, "indicators", named(strange), "indicator")
    said = _Said()
    made = [_observed(one, source, options, indicators, said=said) for one in parts]
    if not said.areas:
        names = [label for one in parts for label in one.labels.get("area", {}).values()]
        raise fault(parts[0].file, options.area, named(names), "areas", edition=options.edition)
    if gone := [name for name in options.indicators if name not in said.measures]:
        raise fault(
            parts[0].file, options.measure, named(said.measures), "measures", names=named(gone)
        )
    out = pd.concat(made, ignore_index=True)
    if out.empty:
        raise fault(parts[0].file, "", 0, "figures")
    _once(out)
    return Gathered(
        frame=out[list(OBSERVATION_COLUMNS)],
        records=_records(source, options),
        notes=said.notes(),
        whole=options.whole,
    )


def _observed(
    cells: Cells,
    source: Source,
    options: CubeOptions,
    indicators: Mapping[str, Indicator],
    *,
    said: _Said,
) -> pd.DataFrame:
    """Make observations of the cells of one reply; its codes need not mean what others' do."""
    frame, labels = cells.frame, cells.labels
    places = _places(labels.get("area", {}), options, cells.file)
    said.areas |= {code for _, code in places.codes.values()}
    said.sums |= dict.fromkeys(places.sums)
    said.strangers |= dict.fromkeys(places.strangers)
    frame = frame[frame["area"].isin(list(places.codes))]
    measures = _measures(frame, labels.get("measure", {}), options, said)
    frame = frame[frame["measure"].isin(list(measures))].reset_index(drop=True)
    frame = _timed(frame, labels.get("time", {}), options, cells.file)
    out, missing = _with_statuses(
        _put(frame, places, measures, source), frame, options, file=cells.file
    )
    said.missing += missing
    out["value"] = _scaled(out["value"], frame.loc[out.index], measures, indicators, cells)
    return out.assign(file=cells.file)


def _records(source: Source, options: CubeOptions) -> tuple[tuple[str, str], ...]:
    """Return what comes with the figures: their origin, and indicators of their own."""
    own = [(INDICATOR, one.model_dump_json(exclude_defaults=True)) for one in options.records]
    origin = options.origin.origin(source).model_dump_json(exclude_defaults=True)
    return ((ORIGIN, origin), *own)


def _places(labels: Mapping[str, str], options: CubeOptions, file: str) -> Places:
    if not options.place:
        return places_of(labels, options, file)
    edition = "" if options.place == COUNTRY_CODE else options.edition
    return Places(dict.fromkeys(["", *labels], (edition, options.place)))


def _measures(
    frame: pd.DataFrame, labels: Mapping[str, str], options: CubeOptions, said: _Said
) -> dict[str, tuple[Measure, str]]:
    """Return what the values of the measure are, with their labels."""
    found = {}
    for code in frame["measure"].unique():
        label = labels.get(code, code).strip()
        said.measures |= dict.fromkeys((code, label))
        if measure := options.measure_of(code, label):
            found[code] = (measure, label)
        else:
            said.unasked[label] = None
    return found


def _timed(
    frame: pd.DataFrame, labels: Mapping[str, str], options: CubeOptions, file: str
) -> pd.DataFrame:
    """Add the columns of the period to each cell, and leave out those of what is none by right."""
    read = {}
    for code in frame["time"].unique():
        label = labels.get(code, code).strip()
        said = next((options.periods[k] for k in (code, label) if k in options.periods), label)
        if said is None:
            continue
        found, other = read_time(said), read_time(code) if said == label else None
        if found is None:
            found = other
        if found is None or (other and _key(other[0]) != _key(found[0])):
            got = code if code == label else f"{code}: {label}"
            raise fault(file, options.time, got, "period")
        period, status = found
        start = period.start.isoformat() if period.start else ""
        read[code] = (start, period.end.isoformat(), period.grain, label, status)
    frame = frame[frame["time"].isin(list(read))].reset_index(drop=True)
    names = ("period_start", "period_end", "grain", "period_text", "time_status")
    for at, name in enumerate(names):
        frame[name] = frame["time"].map({code: told[at] for code, told in read.items()})
    return frame


def _key(period: object) -> tuple[object, ...]:
    return tuple(getattr(period, name) for name in ("start", "end", "grain"))


def _put(
    frame: pd.DataFrame,
    places: Places,
    measures: Mapping[str, tuple[Measure, str]],
    source: Source,
) -> pd.DataFrame:
    """Put cells as observations, nothing said yet of single figures and units."""
    out = frame[["period_start", "period_end", "grain", "period_text", "value"]].copy()
    for at, name in enumerate(("edition", "area")):
        out[name] = frame["area"].map({value: one[at] for value, one in places.codes.items()})
    out["indicator"] = frame["measure"].map({c: m.indicator for c, (m, _) in measures.items()})
    out["role"] = frame["measure"].map({c: m.role for c, (m, _) in measures.items()})
    out = out.assign(category="", state="reported", qualifier="exact", note="")
    out = out.assign(numerator=np.nan, denominator=np.nan)
    out = out.assign(origin=source.dataset, locator=frame["where"])
    texts = [name for name in OBSERVATION_COLUMNS if name not in NUMBER_COLUMNS]
    return out.astype(dict.fromkeys(texts, "str"))


def _with_statuses(
    out: pd.DataFrame, frame: pd.DataFrame, options: CubeOptions, *, file: str
) -> tuple[pd.DataFrame, int]:
    """Work in what is said of single figures; count those that are missing and so no rows."""
    pairs = frame[["status", "time_status"]].drop_duplicates()
    absent = pd.Series("", index=out.index, dtype="str")
    for said, of_time in pairs.itertuples(index=False, name=None):
        at = (frame["status"] == said) & (frame["time_status"] == of_time)
        known = statuses_of(said, options.statuses)
        if known is None:
            bad = frame[at & frame["value"].notna()]
            if len(bad):
                where = str(bad["where"].iloc[0])
                raise fault(file, where, said, "status")
        every = {*(("missing",) if known is None else known), of_time}
        gone = next((one for one in ABSENT if one in every), "")
        absent[at] = gone
        out.loc[at, "note"] = " ".join(t(f"refresh.caveat.{s}", "vi") for s in SAID if s in every)
        if "estimated" in every:
            out.loc[at, "qualifier"] = "about"
        if "forecast" in every:
            out.loc[at & (out["role"] == "result"), "role"] = "forecast"
    absent[(absent == "") & out["value"].isna()] = "missing"
    missing = absent == "missing"
    other = ~missing & (absent != "")
    out.loc[other, "state"] = absent[other]
    out.loc[other, "value"] = np.nan
    out.loc[other, "qualifier"] = "exact"
    out.loc[other, "note"] = ""
    return out[~missing], int(missing.sum())


def _scaled(
    value: pd.Series,
    frame: pd.DataFrame,
    measures: Mapping[str, tuple[Measure, str]],
    indicators: Mapping[str, Indicator],
    cells: Cells,
) -> pd.Series:
    """Multiply figures into the unit of their indicator, by what the source says of its own."""
    value = value.copy()
    for code, (measure, label) in measures.items():
        at = frame["measure"] == code
        unit = cells.units.get(code, Unit())
        # The title of a table tells the unit of its only figures.
        headings = [label, cells.label] if len(measures) == 1 else [label]
        heading = label or cells.label
        said = unit.text or next((u for h in headings if (u := unit_in_heading(h)[1])), "")
        own = indicators[measure.indicator].unit.vi
        times = measure.scale
        if times is None and unit.power is not None:
            mine = read_unit(own)
            times = 10.0**unit.power / (mine.times if mine else 1)
        if times is None and not _may_scale(said or heading):
            times = factor(said, own, beside=True)
        if times is None:
            raise fault(cells.file, label or code, said or heading, "unit", own=own)
        # A thousandth is not exact in binary, a thousand is.
        value[at] = value[at] / round(1 / times) if times < 1 else value[at] * times
    return value


def _may_scale(text: str) -> bool:
    """Tell whether a wording that is no unit that is known seems to say thousands or millions."""
    inside = _BEHIND.search(text)
    said = inside[1] if inside else text
    return read_unit(said) is None and _TIMES.search(f"{fold(said).plain} {said}") is not None


def _once(out: pd.DataFrame) -> None:
    """Refuse a figure that two cells tell."""
    keys = out[list(FIGURE)]
    twice = out.index[keys.duplicated()]
    if len(twice):
        told = out[keys.eq(keys.loc[twice[0]]).all(axis=1)]
        file, where = told[["file", "locator"]].astype(str).iloc[0]
        raise fault(file, where, named(told["locator"]), "once")
