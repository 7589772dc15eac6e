"""Rows that are no place of the map: told, with what is lost of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.editions import edition
from geo.names import Method
from metrics.importing.cells import (
    ERROR,
    WARNING,
    Block,
    Finding,
    Severity,
    looks_numeric,
    named,
    shown,
)
from metrics.importing.mapping import Mapping, is_unmatched
from metrics.importing.names import GROUP
from metrics.importing.places.groups import is_doubtful_group, is_total_row


def place_findings(
    places: pd.DataFrame,
    block: Block,
    mapping: Mapping,
    strangers: dict[str, list[int]],
    *,
    leave_out: bool,
) -> list[Finding]:
    """Find rows without a place: of another map, of none, or with figures beside nothing."""
    found = []
    n = int((places["code"] != "").sum())
    for other, rows in strangers.items():
        name = named(edition(other))
        values = {
            "n": len(rows),
            "rows": ", ".join(map(str, rows[:8])),
            "edition": name,
            "here": named(edition(mapping.edition)),
            "matched": n,
        }
        rule = "mixed_editions" if n else "other_edition"
        found.append(Finding(ERROR, rule, block.sheet, rows[0], mapping.place, "", values))
    told = {row for rows in strangers.values() for row in rows}
    severity: Severity = WARNING if leave_out else ERROR
    found += _without_place(places, block, mapping, severity)
    columns = [block.columns.index(m.column) for m in mapping.measures]
    open_ = places[is_unmatched(places)]
    for at, row in zip(open_.index, open_.to_dict("records"), strict=True):
        if int(row["row"]) in told:
            continue
        near = named(*row["suggestions"])
        values = {"value": row["place"][:60], "note": row["note"], "near": near or "–"}
        # What has no cell of figures at all is a heading among the rows: nothing is lost of it.
        bare = columns and all(block.rows[at][c] is None for c in columns)
        grade: Severity = WARNING if bare else severity
        rule = "heading_row" if bare else "place"
        line, place = int(row["row"]), row["place"][:60]
        found.append(Finding(grade, rule, block.sheet, line, mapping.place, place, values))
    return found


def _without_place(
    places: pd.DataFrame, block: Block, mapping: Mapping, severity: Severity
) -> list[Finding]:
    """Find figures that no place is written beside, and sums of groups: neither is stored."""
    found = []
    columns = [block.columns.index(m.column) for m in mapping.measures]
    methods = [str(Method.EMPTY), str(Method.PLACEHOLDER), GROUP]
    for at in np.flatnonzero(places["method"].isin(methods).to_numpy()).tolist():
        row, method = block.rows[at], places["method"].iat[at]
        cell = next((row[c] for c in columns if looks_numeric(row[c])), None)
        place = str(places["place"].iat[at])[:60]
        doubtful = method == GROUP and cell is not None and is_doubtful_group(place, mapping)
        if cell is None or (is_total_row(row, mapping) and not doubtful):
            continue
        rule = "group" if method == GROUP else "no_place"
        rule = "lettered_group" if doubtful else rule
        told = {"value": shown(cell), "place": place}
        grade = WARNING if method == GROUP else severity
        line = int(block.numbers[at])
        found.append(Finding(grade, rule, block.sheet, line, mapping.place, place, told))
    return found
