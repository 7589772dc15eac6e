"""The rows that come out of a conversion, and the sums that prove it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from base.reading import DecimalMark
from geo.convert.combine import Cell, Columns, combine
from geo.convert.numbers import write_number
from geo.convert.read import OUT_COLUMNS
from geo.convert.records import Missing, Rule, Sum, Total
from geo.convert.units import Group, Share, unit_name
from geo.crosswalk import Crosswalk

# Decimals of a coverage and of a share in a list of parts.
COVERAGE_DECIMALS = 6
SHARE_DECIMALS = 4


def convert_groups(
    rows: Mapping[Group, Mapping[str, int]],
    shares: Mapping[str, Sequence[Share]],
    rules: Sequence[Rule],
    columns: Columns,
    *,
    made: Crosswalk,
    decimal: DecimalMark,
) -> tuple[list[dict[str, Any]], list[Missing], dict[str, Fraction]]:
    """Make the rows of every group.

    Returns
    -------
    rows : list of dict
        By column; ``by`` holds the group.
    missing : list of Missing
        What kept figures from being made.
    sums : dict
        By column of a `Sum`, the sum of what came out.
    """
    targets: dict[str, list[str]] = defaultdict(list)
    for target, parts in shares.items():
        for share in parts:
            targets[share.code].append(target)
    order = {code: at for at, code in enumerate(made.to_codes)}
    out: list[dict[str, Any]] = []
    missing: list[Missing] = []
    sums = {rule.column: Fraction(0) for rule in rules if isinstance(rule, Sum)}
    for group, of_group in rows.items():
        touched = {target for code in of_group for target in targets[code]}
        for target in sorted(touched, key=order.__getitem__):
            parts = shares[target]
            cells = [combine(rule, parts, of_group, columns) for rule in rules]
            out.append(
                {
                    "by": group,
                    "code": target,
                    "name": unit_name(made.to_edition, target, made.level_to),
                    "parts": "; ".join(_part(share, of_group, made, decimal) for share in parts),
                    "exact": "true" if all(share.whole for share in parts) else "false",
                    **_made(rules, cells, decimal),
                }
            )
            missing += _missing(group, rules, cells, of_group, made)
            for rule, cell in zip(rules, cells, strict=True):
                if isinstance(rule, Sum) and isinstance(cell.value, Fraction):
                    sums[rule.column] += cell.value
    return out, missing, sums


def _made(rules: Sequence[Rule], cells: Sequence[Cell], decimal: DecimalMark) -> dict[str, Any]:
    least = min(cells, key=lambda cell: cell.coverage)
    scale = 10**COVERAGE_DECIMALS
    # Rounded down, so that what is incomplete is never called complete.
    covered = Fraction(int(least.coverage * scale), scale)
    methods = [f"{rule.out}: {cell.method}" for rule, cell in zip(rules, cells, strict=True)]
    return {
        "values": [
            cell.value if isinstance(cell.value, str) else write_number(cell.value, decimal)
            for cell in cells
        ],
        "method": "; ".join(methods),
        "coverage": write_number(covered, decimal),
        "coverage_by": least.basis,
    }


def _part(share: Share, rows: Mapping[str, int], made: Crosswalk, decimal: DecimalMark) -> str:
    text = f"{share.code} {unit_name(made.from_edition, share.code, made.level_from)}"
    if not share.whole:
        known = None if share.share is None else round(share.share, SHARE_DECIMALS)
        text += f" × {write_number(known, decimal) or '?'}"
    return text if share.code in rows else f"{text} (–)"


def _missing(
    group: Group,
    rules: Sequence[Rule],
    cells: Sequence[Cell],
    rows: Mapping[str, int],
    made: Crosswalk,
) -> list[Missing]:
    return [
        Missing(
            group,
            rule.out if code in rows else "",
            code,
            unit_name(made.from_edition, code, made.level_from),
        )
        for rule, cell in zip(rules, cells, strict=True)
        for code in cell.lacking
    ]


def totals_of(
    rules: Sequence[Rule], columns: Columns, sums: Mapping[str, Fraction]
) -> tuple[Total, ...]:
    """Compare what was given with what came out, for every column that is added up."""
    return tuple(
        Total(
            rule.column,
            sum((cell for cell in columns.numbers[rule.column] if cell is not None), Fraction(0)),
            sums[rule.column],
        )
        for rule in rules
        if isinstance(rule, Sum)
    )


def frame_of(
    rows: Sequence[Mapping[str, Any]], rules: Sequence[Rule], by: Sequence[str]
) -> pd.DataFrame:
    """Lay the rows out: groups, code and name, values, then how they came about."""
    before, after = OUT_COLUMNS[:2], OUT_COLUMNS[2:]
    header = [*by, *before, *(rule.out for rule in rules), *after]
    cells = [
        [*row["by"], *(row[c] for c in before), *row["values"], *(row[c] for c in after)]
        for row in rows
    ]
    return pd.DataFrame(cells, columns=header, dtype="str")
