"""The rules of the observation schema: by column with pandera, across columns by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pandera.pandas as pa

from geo.editions import COUNTRY_CODE, areas, editions
from metrics.catalog import Catalog, Indicator
from metrics.observations.periods import Fault, period_faults
from metrics.observations.schema import (
    GRAINS,
    INDEX_NAMES,
    KEY_COLUMNS,
    NUMBER_COLUMNS,
    OBSERVATION_COLUMNS,
    QUALIFIERS,
    ROLES,
    STATES,
    STATES_WITH_FIGURE,
    Problem,
    cell_text,
    problem,
)

Place: TypeAlias = Callable[[int], tuple[str, int]]
_NOT_NEGATIVE = ("count", "amount", "duration")
_CHOICES = {"role": ROLES, "grain": GRAINS, "state": STATES, "qualifier": QUALIFIERS}


def find_problems(frame: pd.DataFrame, catalog: Catalog) -> list[Problem]:
    """Find everything wrong; see `metrics.observations.validate`."""
    missing = [column for column in OBSERVATION_COLUMNS if column not in frame]
    if missing:
        return [
            problem(("", 1), column, "no such column", ", ".join(OBSERVATION_COLUMNS), "Add it")
            for column in missing
        ]
    places = _places(frame)
    plain = frame[list(OBSERVATION_COLUMNS)].reset_index(drop=True)
    found = [*_column_problems(plain, catalog, places)]
    if not found:
        # Only on sound columns do the rules across columns make sense.
        for fault in (*_faults(plain, catalog), *period_faults(plain)):
            found += _told(fault, plain, places)
    return sorted(found, key=lambda p: (p.file, p.row))


def _places(frame: pd.DataFrame) -> Place:
    """Return what tells the file of a row, and its number there."""
    if tuple(frame.index.names) == INDEX_NAMES:
        return lambda at: (str(frame.index[at][0]), int(frame.index[at][1]))
    # Row 1 would be the header.
    return lambda at: ("", at + 2)


def _schema(catalog: Catalog) -> pa.DataFrameSchema:
    known = {"indicator": tuple(catalog.indicators), "origin": tuple(catalog.origins)}
    columns = {
        name: pa.Column(str, pa.Check.isin(allowed), coerce=False)
        for name, allowed in (_CHOICES | known).items()
    }
    columns |= {name: pa.Column(float, nullable=True) for name in NUMBER_COLUMNS}
    return pa.DataFrameSchema(
        {name: columns.get(name, pa.Column(str)) for name in OBSERVATION_COLUMNS}
    )


def _column_problems(plain: pd.DataFrame, catalog: Catalog, places: Place) -> Iterator[Problem]:
    try:
        _schema(catalog).validate(plain, lazy=True, inplace=True)
    except pa.errors.SchemaErrors as error:
        allowed = {name: ", ".join(choice) for name, choice in _CHOICES.items()}
        allowed |= {
            "indicator": "an id declared in data/indicators",
            "origin": "an id declared in data/origins",
        }
        allowed |= dict.fromkeys(NUMBER_COLUMNS, "numbers")
        for case in error.failure_cases.itertuples():
            place = places(int(case.index)) if pd.notna(case.index) else ("", 1)
            column = str(case.column)
            yield problem(
                place,
                column,
                str(case.failure_case),
                allowed.get(column, "text, empty where nothing is known"),
                "Correct it, or declare it where it is declared",
            )


def _told(fault: Fault, plain: pd.DataFrame, places: Place) -> Iterator[Problem]:
    for at in plain.index[fault.bad.fillna(value=False).astype(bool)]:
        allowed = fault.allowed if isinstance(fault.allowed, str) else str(fault.allowed[at])
        value = cell_text(plain[fault.column][at])
        yield problem(places(at), fault.column, value, allowed, fault.remedy)


def _of_indicator(
    plain: pd.DataFrame, catalog: Catalog, read: Callable[[Indicator], Any]
) -> pd.Series:
    ids, names = pd.factorize(plain["indicator"])
    known = [read(catalog.indicators[name]) for name in names]
    return pd.Series(known).take(ids).set_axis(plain.index) if len(ids) else pd.Series(dtype=object)


def _faults(plain: pd.DataFrame, catalog: Catalog) -> Iterator[Fault]:
    yield from _area_faults(plain)
    yield from _figure_faults(plain, catalog)
    yield from _part_faults(plain, catalog)
    yield Fault("locator", plain["locator"] == "", "a place in the origin", "Say where it stands")
    yield Fault(
        "note",
        (plain["state"] == "split") & (plain["note"] == ""),
        "a reason",
        "Say which change divided the unit",
    )
    yield Fault(
        "indicator",
        _again(plain),
        f"one row for each {', '.join(KEY_COLUMNS)}",
        "The same observation is there already; drop one or tell them apart by locator",
    )


def _again(plain: pd.DataFrame) -> pd.Series:
    if plain["locator"].is_unique:  # it is part of the key
        return pd.Series(False, index=plain.index)
    return plain.duplicated(list(KEY_COLUMNS), keep="first")


def _area_faults(plain: pd.DataFrame) -> Iterator[Fault]:
    ids = [edition.id for edition in editions()]
    country = plain["area"] == COUNTRY_CODE
    yield Fault(
        "edition",
        country & (plain["edition"] != ""),
        "nothing",
        f"The whole country ({COUNTRY_CODE}) is one series across editions",
    )
    unknown = ~country & ~plain["edition"].isin(ids)
    yield Fault("edition", unknown, ", ".join(ids), "Name the edition the figure was published on")
    told, known = plain["edition"] + " " + plain["area"], _known()
    absent = pd.Series([key not in known for key in told], plain.index) & ~country & ~unknown
    yield Fault(
        "area",
        absent,
        "a code of data/editions/areas_" + plain["edition"][absent] + ".csv",
        "The same code can be another place in another edition: check both",
    )


@cache
def _known() -> frozenset[str]:
    """Return every area there is, as its edition and its code."""
    return frozenset(
        f"{edition.id} {area.code}" for edition in editions() for area in areas(edition.id)
    )


def _figure_faults(plain: pd.DataFrame, catalog: Catalog) -> Iterator[Fault]:
    kind = _of_indicator(plain, catalog, lambda i: i.kind)
    figure = plain["state"].isin(STATES_WITH_FIGURE)
    numeric = ~kind.isin(["status", "date"])
    value, category = plain["value"], plain["category"]
    yield Fault("value", figure & numeric & value.isna(), "a number", "Missing is never zero")
    no_value = (~figure | ~numeric) & value.notna()
    yield Fault("value", no_value, "nothing", "Its kind or its state has no number")
    no_category = (~figure | numeric) & (category != "")
    yield Fault("category", no_category, "nothing", "Its kind or its state has no category")
    yield from _category_faults(plain, catalog, kind, figure)
    yield Fault(
        "value",
        (kind.isin(_NOT_NEGATIVE) & (value < 0)) | ((kind == "rank") & (value < 1)),
        "0 or more; a rank 1 or more",
        "Correct the figure",
    )
    largest = _of_indicator(plain, catalog, lambda i: i.max_value).astype("float64")
    over = value > largest
    yield Fault(
        "value", over, "at most " + largest[over].map(str).astype("str"), "Correct the figure"
    )


def _category_faults(
    plain: pd.DataFrame, catalog: Catalog, kind: pd.Series, figure: pd.Series
) -> Iterator[Fault]:
    said = plain[figure & (kind == "status")]
    declared = _of_indicator(said, catalog, lambda i: tuple(c.id for c in i.categories))
    pairs = zip(declared, said["category"], strict=True)
    other = [category not in ids for ids, category in pairs]
    yield Fault(
        "category",
        _among(plain, said.index[np.array(other, dtype=bool)]),
        declared.map(", ".join),
        "Declare the category with the indicator, or take one of these",
    )
    dates = plain.loc[figure & (kind == "date"), "category"]
    no_date = pd.to_datetime(dates, format="ISO8601", errors="coerce").isna()
    no_date |= ~dates.str.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?")
    bad = _among(plain, dates.index[no_date])
    yield Fault("category", bad, "a date, YYYY-MM-DD, YYYY-MM or YYYY", "Correct the date")


def _among(plain: pd.DataFrame, rows: pd.Index) -> pd.Series:
    found = pd.Series(False, index=plain.index)
    found[rows] = True
    return found


def _part_faults(plain: pd.DataFrame, catalog: Catalog) -> Iterator[Fault]:
    numerator, denominator = plain["numerator"], plain["denominator"]
    parts = numerator.notna() & denominator.notna()
    alone = numerator.notna() != denominator.notna()
    yield Fault("denominator", alone, "with a numerator", "Give both or neither")
    zero = denominator <= 0
    yield Fault("denominator", zero, "more than 0", "Nothing can be divided by it")
    unnamed = _of_indicator(plain, catalog, lambda i: i.numerator is None).astype(bool)
    yield Fault("numerator", parts & unnamed, "nothing", "Its indicator does not name its parts")
    counted = _of_indicator(plain, catalog, lambda i: i.kind in ("count", "amount"))
    yield Fault(
        "numerator",
        parts & counted.astype(bool) & (numerator != plain["value"]),
        "the value itself",
        "The parts of a count say that it is so many of so many",
    )
    figure = plain["state"].isin(STATES_WITH_FIGURE)
    yield Fault("numerator", parts & ~figure, "nothing", "Its state has no figure")
