"""Convert a table by the units of one edition to the units of another.

Exact where units go over whole; where one is divided, shared out by a weight that is named. Nothing
is guessed, dropped or understated: see docs/harmonise.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from base.reading import DecimalMark
from base.words import DEFAULT_LANG, Lang
from geo.convert.combine import Columns
from geo.convert.read import OUT_COLUMNS, check, numbers, texts
from geo.convert.records import (
    KNOWN_WEIGHTS,
    ConvertError,
    LeftOut,
    Mean,
    Missing,
    Ratio,
    Result,
    Rule,
    SplitBy,
    Status,
    Sum,
    Total,
)
from geo.convert.rows import convert_groups, frame_of, totals_of
from geo.convert.units import Group, match_rows, shares_of, unique_rows, unlinked
from geo.crosswalk import crosswalk
from geo.editions import Level

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "KNOWN_WEIGHTS",
    "OUT_COLUMNS",
    "ConvertError",
    "LeftOut",
    "Mean",
    "Missing",
    "Ratio",
    "Result",
    "Rule",
    "Status",
    "Sum",
    "Total",
    "convert",
]


def convert(
    frame: pd.DataFrame,
    rules: Sequence[Rule],
    *,
    from_edition: str,
    to_edition: str,
    level_from: Level,
    level_to: Level | None = None,
    code: str | None = None,
    name: str | None = None,
    parent: str | None = None,
    by: Sequence[str] = (),
    split_by: SplitBy = "population",
    decimal: DecimalMark = "point",
    lang: Lang = DEFAULT_LANG,
) -> Result:
    """Convert a table.

    Parameters
    ----------
    frame
        Text cells, one row a unit (and group).
    rules
        What becomes of each value column; those without a rule do not come out.
    from_edition, to_edition, level_from, level_to
        Which units the rows are, and which are wanted; `level_to` is `level_from` where None.
    code, name
        Column of codes, or of names (`geo.names`): exactly one of them.
    parent
        Column of what the named units lie in.
    by
        Columns whose values are kept apart, a year for example.
    split_by
        What divided units are shared out by.
    decimal
        How numbers are written, in and out.
    lang
        Of the notes on rows left out.

    Returns
    -------
    Result
        Rows by group, then in official order; only units of which the table has a part.

    Raises
    ------
    ConvertError
        Where a column or a number is not as it must be.
    NoCrosswalkError
        Where it is not known how the units relate.

    Examples
    --------
    >>> import pandas as pd
    >>> from geo.editions import EDITION_2024, EDITION_2025
    >>> table = pd.DataFrame({"tỉnh": ["Đà Nẵng", "Quảng Nam"], "hồ sơ": ["10", "32"]})
    >>> result = convert(
    ...     table,
    ...     [Sum("hồ sơ")],
    ...     from_edition=EDITION_2024,
    ...     to_edition=EDITION_2025,
    ...     level_from=Level.PROVINCE,
    ...     name="tỉnh",
    ... )
    >>> result.frame[["code", "name", "hồ sơ", "method"]].values.tolist()
    [['48', 'Thành phố Đà Nẵng', '42', 'hồ sơ: sum']]
    """
    check(frame, rules, code=code, name=name, parent=parent, by=by)
    made = crosswalk(from_edition, to_edition, Level(level_from), Level(level_to or level_from))
    cells = texts(frame, str(code or name))
    parents = texts(frame, parent) if parent else None
    codes, left = match_rows(cells, parents, made, are_codes=code is not None, lang=lang)
    groups: list[Group] = [()] * len(cells)
    if by:
        groups = list(zip(*(texts(frame, column) for column in by), strict=True))
    rows, twice = unique_rows(codes, groups, cells, lang)
    shares = shares_of(made, split_by)
    lost = unlinked(codes, cells, shares, lang)
    columns = Columns(
        from_edition,
        numbers(frame, rules, decimal, {row.row for row in left if not row.is_loss}),
        {rule.column: texts(frame, rule.column) for rule in rules if isinstance(rule, Status)},
        split_by,
    )
    out, missing, sums = convert_groups(rows, shares, rules, columns, made=made, decimal=decimal)
    by_row = sorted([*left, *twice, *lost], key=lambda row: row.row)
    totals = totals_of(rules, columns, sums)
    return Result(frame_of(out, rules, by), tuple(by_row), tuple(dict.fromkeys(missing)), totals)
