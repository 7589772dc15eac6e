"""Rows as a cube: JSON-stat 2.0.

Dimensions are the indicator, the area and the as-of date; others stand beside them only where rows
would fall on each other without. A cell that no row is of is simply absent; a cell without a figure
is null, and its status says why. What a number cannot say by itself (qualifier, origin) is in the
extension, by cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from pathlib import Path
from typing import Any, Final

import pandas as pd

from base.words import Refusal, pick, t
from metrics.exporting.about import About, Tally
from metrics.exporting.geo import gathered
from metrics.exporting.records import dumped, json_rows, metadata

VERSION: Final = "2.0"
# Dimensions there always are, and those that part rows only where it takes them, in this order.
ALWAYS: Final = ("indicator_id", "area", "period_end")
WHERE_NEEDED: Final = ("role", "grain", "period_start", "origin_ids", "locator", "dataset")
ROLES: Final = {"metric": ["indicator"], "geo": ["area"], "time": ["period"]}
NAMES: Final = {"indicator_id": "indicator", "period_end": "period", "origin_ids": "origins"}
# An area without a figure has no date either.
UNDATED: Final = "none"
# What is told of a cell besides its value and its state.
OF_A_CELL: Final = (
    *("qualifier", "origin_ids", "locator", "period_start", "grain", "period_text"),
    *("numerator", "denominator", "rank", "drawn_value", "drawn_unit", "note", "simulated"),
)
# Clients make room for every cell, also for those that no row is of.
MOST_CELLS: Final = 1_000_000
# A status and a date are words.
WORDS: Final = ("status", "date")


def write_jsonstat(
    frames: Iterator[pd.DataFrame], columns: Sequence[str], out: Path, about: About
) -> Tally:
    """Write a dataset of JSON-stat.

    Raises
    ------
    Refusal
        If two rows cannot be told apart, most cells would be empty, or there are more than
        `metrics.exporting.MOST_ROWS`.
    """
    rows, tally = gathered(frames)
    shown = rows[rows["shown"].astype(bool)] if "shown" in rows else rows
    others = rows.drop(shown.index)
    out.write_text(
        dumped(_dataset(shown[list(columns)], others, about, tally)), encoding="utf-8", newline="\n"
    )
    return tally


def _dataset(
    rows: pd.DataFrame, others: pd.DataFrame, about: About, tally: Tally
) -> dict[str, Any]:
    records = json_rows(rows)
    many = len({row["edition"] for row in records}) > 1
    for row in records:
        # The same code can be another place in another edition.
        row["area"] = f"{row['edition'] or ''}:{row['area_code']}" if many else row["area_code"]
    names = _dimensions(records)
    held = {name: list(dict.fromkeys(_id(row, name) for row in records)) for name in names}
    held["period_end"].sort()
    at = {name: {id_: n for n, id_ in enumerate(ids)} for name, ids in held.items()}
    sizes = [len(held[name]) for name in names]
    if (n := prod(sizes)) > MOST_CELLS:
        raise Refusal("export.refused.sparse", n=n, most=MOST_CELLS)
    cells = {str(_index([at[n][_id(row, n)] for n in names], sizes)): row for row in records}
    told = metadata(about, tally)
    return {
        "version": VERSION,
        "class": "dataset",
        "label": about.title,
        "source": "; ".join(f"{one['producer']}: {one['title']}" for one in told["sources"]),
        "note": [told["missing"], told["boundary_note"]],
        "id": [_name(name) for name in names],
        "size": sizes,
        "role": ROLES,
        "dimension": {_name(n): _dimension(n, held[n], records, about) for n in names},
        "value": {key: _value(row, about) for key, row in cells.items()},
        "status": {key: row["state"] for key, row in cells.items()},
        "extension": {
            **told,
            "edition": sorted(told["editions"]),
            "cells": {key: _told(row) for key, row in cells.items()},
            "alternatives": json_rows(others),
        },
    }


def _dimensions(records: list[dict[str, Any]]) -> list[str]:
    names = list(ALWAYS)
    for more in ("", *WHERE_NEEDED):
        names += [more] if more and len({_id(row, more) for row in records}) > 1 else []
        if len({tuple(_id(row, name) for name in names) for row in records}) == len(records):
            return names
    raise Refusal("export.refused.alike")


def _index(place: list[int], sizes: list[int]) -> int:
    at = 0
    for n, size in zip(place, sizes, strict=True):
        at = at * size + n
    return at


def _id(row: dict[str, Any], name: str) -> str:
    return str(row[name] or UNDATED)


def _name(name: str) -> str:
    return NAMES.get(name, name)


def _dimension(
    name: str, ids: list[str], records: list[dict[str, Any]], about: About
) -> dict[str, Any]:
    first = {_id(row, name): row for row in reversed(records)}
    column = "area_code" if name == "area" else name
    category: dict[str, Any] = {
        "index": ids,
        "label": {id_: _label(name, id_, first[id_], about) for id_ in ids},
    }
    if name == "indicator_id":
        found = {id_: about.catalog.indicator(id_) for id_ in ids}
        category["unit"] = {
            id_: {"label": pick(one.unit, about.lang), "decimals": one.decimals}
            for id_, one in found.items()
        }
    return {"label": t(f"export.column.{column}", about.lang), "category": category}


def _label(name: str, id_: str, row: dict[str, Any], about: About) -> str:
    if name == "area":
        return str(row["area_name"])
    if name == "indicator_id":
        return str(row["indicator"])
    if id_ == UNDATED:
        return t("export.undated", about.lang)
    return str(row["origins"]) if name == "origin_ids" else id_


def _value(row: dict[str, Any], about: About) -> float | str | None:
    kind = about.catalog.indicator(row["indicator_id"]).kind
    found: float | str | None = row["category"] if kind in WORDS else row["value"]
    return found


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in OF_A_CELL if row.get(name) is not None}
