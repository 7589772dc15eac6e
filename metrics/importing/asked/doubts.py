"""What the evidence in a table does not settle: questions, until a person has said it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from base.reading import Cell
from geo.editions import Level, area, edition, editions, has_area
from geo.names import MATCHED, Method, resolve_many
from metrics.catalog import Catalog
from metrics.importing.cells import ERROR, Block, Finding, named, plain, shown, worded
from metrics.importing.mapping import (
    Mapping,
    Time,
    column_period,
    first_days,
    is_first_day,
    is_relative,
    period_above,
    sheet_period,
)
from metrics.importing.names import level_named
from metrics.importing.proposal import (
    RESULT,
    TIMES,
    last_part,
    of_its_time,
    provinces_in,
    role_said,
)
from metrics.importing.time import Period, read_period

_DIGITS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
_NAMED = [str(method) for method in MATCHED - {Method.CODE, Method.PREDECESSOR, Method.COUNTRY}]
# A column of numbers of its own is no column of codes.
MOSTLY = 0.6
# Rows that are looked at for days: the first ones tell it.
MOST_ROWS = 5_000


def doubts(
    block: Block, mapping: Mapping, places: pd.DataFrame, catalog: Catalog
) -> Iterator[Finding]:
    """Ask about what a mapping takes a table for against what the table says itself.

    Parameters
    ----------
    places
        As `metrics.importing.places.match_places` has them.

    Yields
    ------
    Finding
        An error for each; its message names the option that settles it.
    """
    yield from _levels(block, mapping)
    yield from _provinces(block, mapping)
    yield from _periods(block, mapping)
    yield from _roles(block, mapping, catalog)
    yield from _codes(block, mapping, places)
    yield from _names(block, mapping, places)


def _levels(block: Block, mapping: Mapping) -> Iterator[Finding]:
    said = level_named(mapping.place)
    if said in (None, mapping.level) or "level" in mapping.settled:
        return
    level, other = (worded(f"names.level.{one}") for one in (mapping.level, said))
    told = {"heading": mapping.place, "level": level, "named": other}
    yield Finding(ERROR, "level_heading", block.sheet, 0, mapping.place, "", told)


def _provinces(block: Block, mapping: Mapping) -> Iterator[Finding]:
    if not mapping.within or "within" in mapping.settled:
        return
    said = provinces_in([text for text in (block.sheet, *block.titles) if text], mapping.edition)
    if said and mapping.within not in said:
        here, *others = (area(mapping.edition, code) for code in (mapping.within, *sorted(said)))
        told = {"here": here.code, "said": ", ".join(one.code for one in others)}
        told |= {"place": named(here), "places": named(*others)}
        yield Finding(ERROR, "within_said", block.sheet, 0, "", "", told)


def _periods(block: Block, mapping: Mapping) -> Iterator[Finding]:
    for measure in mapping.measures:
        if is_relative(measure.column) and measure.period is None:
            told = {"heading": measure.column}
            yield Finding(ERROR, "period_relative", block.sheet, 0, measure.column, "", told)
    if "period" in mapping.settled:
        return
    dated = [m.column for m in mapping.measures if m.period and is_first_day(m.column)]
    if dated and first_days(mapping.first_days, dated[0]) is None:
        told = {"heading": dated[0], "value": dated[0]}
        yield Finding(ERROR, "first_days", block.sheet, 0, dated[0], dated[0], told)
    whole = period_above(block)
    if mapping.period and not mapping.period_column:
        yield from _times_unread(block, mapping, mapping.period)
    if whole and mapping.period_column:
        yield from _days_outside(block, mapping.period_column, whole)
    if whole and _apart(mapping.period, whole):
        yield _period_said(block, "", mapping.period, whole)
    sheet = sheet_period(block, [whole] if whole else [])
    if whole and sheet and sheet.grain == whole.grain and _apart(Time.of(whole), sheet):
        yield _period_said(block, "", Time.of(whole), sheet)
    for measure in mapping.measures:
        said = column_period(measure.column, whole)
        if said and _apart(measure.period, said) and not is_relative(measure.column):
            yield _period_said(block, measure.column, measure.period, said)


def _times_unread(block: Block, mapping: Mapping, whole: Time) -> Iterator[Finding]:
    """Ask about a column of times that cannot be read, where all is taken for one period."""
    for column in block.columns:
        if column in mapping.columns() or not TIMES.fullmatch(plain(last_part(column))):
            continue
        cells = block.column(column)
        at = next((at for at, cell in enumerate(cells) if cell is not None), None)
        if at is not None:
            said = str(whole.end.year) if whole.grain == "year" else whole.text
            told = {"heading": column, "value": shown(cells[at]), "said": said}
            where = (block.sheet, int(block.numbers[at]), column)
            yield Finding(ERROR, "time_unread", *where, shown(cells[at]), told)


def _days_outside(block: Block, column: str, whole: Period) -> Iterator[Finding]:
    """Ask about days in the column of periods that are not in the period of the title."""
    for at, cell in enumerate(block.column(column)[:MOST_ROWS]):
        day = read_period(cell)
        if day is None or day.grain != "instant":
            return
        early = whole.grain != "instant" and whole.start is not None and day.end < whole.start
        if early or day.end > whole.end:
            told = {"heading": column, "value": f"{day.end:%d/%m/%Y}", "said": whole.text}
            where = (block.sheet, int(block.numbers[at]), column)
            yield Finding(ERROR, "days_outside", *where, shown(cell), told)
            return


def _roles(block: Block, mapping: Mapping, catalog: Catalog) -> Iterator[Finding]:
    """Ask about plans taken for results, and the other way round."""
    for measure in mapping.measures:
        said = role_said(measure.column, block.titles, catalog) or RESULT
        if said != measure.role and not measure.role_said:
            told = {"heading": measure.column, "taken": measure.role, "said": said}
            told |= {f"{way}_as": worded(f"import.role.{told[way]}") for way in ("taken", "said")}
            yield Finding(ERROR, "role_said", block.sheet, 0, measure.column, "", told)


def _apart(taken: Time | None, said: Period) -> bool:
    return taken is not None and (taken.start, taken.end) != (said.start, said.end)


def _period_said(block: Block, column: str, taken: Time | None, said: Period) -> Finding:
    told = {"taken": taken.text or str(taken.end) if taken else "", "said": said.text}
    return Finding(ERROR, "period_said", block.sheet, 0, column, said.text, told)


def _codes(block: Block, mapping: Mapping, places: pd.DataFrame) -> Iterator[Finding]:
    """Compare the codes beside the names with the areas that the names are of."""
    if mapping.code is None or mapping.code == mapping.place:
        return
    width = _DIGITS[mapping.level]
    codes = [_code(cell, width) for cell in block.column(mapping.code)]
    known = [code for code in codes if code]
    if sum(has_area(mapping.edition, code) for code in known) < MOSTLY * len(known):
        return
    for at, (code, meant) in enumerate(zip(codes, places["code"], strict=True)):
        if not code or not meant or code == meant:
            continue
        told = {"value": code, "place": str(places["place"].iat[at])[:60], "code": meant}
        line = int(block.numbers[at])
        yield Finding(ERROR, "code_name", block.sheet, line, mapping.code, code, told)


def _names(block: Block, mapping: Mapping, places: pd.DataFrame) -> Iterator[Finding]:
    """Compare the names of another column with the places that were taken."""
    known = (places["code"] != "").to_numpy()
    if "place" in mapping.settled or not known.any():
        return
    coded = (places["method"] == str(Method.CODE)).sum() >= MOSTLY * known.sum()
    for column in block.columns:
        if column in mapping.columns():
            continue
        meant = _meant(block.column(column), mapping, places)
        apart = np.flatnonzero(known & (meant != "") & (meant != places["code"].to_numpy()))
        if (meant != "").sum() < MOSTLY * known.sum() or not len(apart):
            continue
        for at in apart if coded else apart[:1]:
            other = block.rows[at][block.columns.index(column)]
            told = {"value": shown(other), "place": str(places["place"].iat[at])[:60]}
            told |= {"code": meant[at], "column": column, "heading": mapping.place}
            line, rule = int(block.numbers[at]), "code_name" if coded else "second_place"
            told |= {"value": told["place"], "place": told["value"]} if coded else {}
            yield Finding(ERROR, rule, block.sheet, line, column, shown(other), told)


def _meant(cells: list[Cell], mapping: Mapping, places: pd.DataFrame) -> np.ndarray:
    """Return the areas that cells name, in the provinces of the places beside them."""
    names = pd.Series([c if isinstance(c, str) else None for c in cells], dtype=object)
    none = np.full(len(cells), "", dtype=object)
    # A column of other words is told by its first ones.
    if not names.notna().any() or not _any_named(names.dropna().unique()[:40], mapping):
        return none
    homes = None
    if mapping.level is not Level.PROVINCE:
        codes = places["code"]
        above = {c: area(mapping.edition, c).parent for c in codes.unique() if c}
        homes = codes.map(above).astype(object).where(codes != "", None)
    read = resolve_many(names, homes, edition=mapping.edition, level=mapping.level)
    good = read["match_method"].isin(_NAMED).to_numpy()
    return np.where(good, read["area_code"].to_numpy(dtype=object), none)


def _any_named(names: np.ndarray, mapping: Mapping) -> bool:
    read = resolve_many(list(names), edition=mapping.edition, level=mapping.level)
    some = read["match_method"].isin([*_NAMED, str(Method.AMBIGUOUS)]).sum()
    return bool(some * 2 >= len(names))


def _code(cell: Cell, width: int) -> str:
    if isinstance(cell, float):
        return str(int(cell)).zfill(width) if cell == int(cell) else ""
    text = str(cell or "").strip()
    return text.zfill(width) if text.isdigit() else ""


def of_another_time(frame: pd.DataFrame, mapping: Mapping) -> Iterator[Finding]:
    """Ask about results of a time that the map was not in force at, once a period."""
    if frame.empty or "edition" in mapping.settled:
        return
    asked = (frame["role"] == "result") & (frame["period_end"] != "")
    results = frame.loc[asked, ["period_end", "period_text", "sheet", "row", "column"]]
    # "Cùng kỳ" stands beside what it is compared with, in the row of the same unit.
    beside = results["column"].isin([m.column for m in mapping.measures if is_relative(m.column)])
    if not beside.all():
        results = results[~beside]
    for end, rows in results.groupby("period_end"):
        when = pd.Timestamp(str(end)).date()
        if of_its_time(mapping.edition, [when]) is not False:
            continue
        newest = editions()[-1]
        other = newest if mapping.edition != newest.id else editions()[-2]
        first = rows.iloc[0]
        told = {
            "period": str(first["period_text"] or end),
            "edition": named(edition(mapping.edition)),
            "id": mapping.edition,
            "other": other.id,
            "other_name": named(other),
        }
        where = (str(first["sheet"]), int(first["row"]), "")
        yield Finding(ERROR, "edition_period", *where, told["period"], told)
