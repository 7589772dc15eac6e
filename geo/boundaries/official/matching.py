"""Say which unit each polygon of a file is of: by code, else by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.boundaries.official.columns import (
    MOST_COLUMNS,
    SAME_UNIT,
    as_codes,
    code_column,
    in_place,
    is_text,
    located,
    parent_column,
    type_column,
)
from geo.boundaries.official.features import united
from geo.boundaries.official.records import Candidate, Finding, Refused, Source, Weight
from geo.boundaries.official.sound import in_country
from geo.editions import Level
from geo.names import fold, resolve_many

if TYPE_CHECKING:
    import geopandas as gpd

# The share of rows that a column of names must match to be taken for one.
MOSTLY_NAMES: Final = 0.5
Codes = list[str | None]


@dataclass(frozen=True, slots=True)
class Fields:
    """Columns of codes, of names, and of the provinces that these lie in; found where None."""

    code: str | None = None
    name: str | None = None
    parent: str | None = None


def matched(
    frame: gpd.GeoDataFrame,
    edition: str,
    level: Level,
    source: Source,
    *,
    fields: Fields = Fields(),
) -> tuple[Candidate, list[Finding]]:
    """Match the rows of a file to units.

    Parameters
    ----------
    frame
        Polygons in EPSG:4326 with their columns.

    Raises
    ------
    Refused
        If rows match no unit, or several that are not parts of one the same; all are named.
    """
    table = pd.DataFrame(frame.drop(columns="geometry"))
    for column in (fields.code, fields.name, fields.parent):
        if column is not None and column not in table:
            columns = ", ".join(map(str, table.columns))[:400]
            values = {"column": column[:40], "columns": columns}
            raise Refused([Finding("column_unknown", Weight.REFUSED, values)])
    drawn = frame.geometry.to_numpy()
    codes, findings = _codes(table, drawn, edition, level, fields)
    try:
        others = None if fields.name else _other_names(table, drawn, codes, edition, level)
        shapes, found = united(frame, codes, others, edition, level)
    except Refused as refused:
        raise Refused([*findings, *refused.findings]) from None
    return Candidate(edition, level, shapes, source), [*findings, *found]


def _codes(
    table: pd.DataFrame, drawn: np.ndarray, edition: str, level: Level, fields: Fields
) -> tuple[Codes, list[Finding]]:
    column = fields.code
    if column is None and fields.name is None:
        column = code_column(table, drawn, edition, level)
    if column is not None:
        codes = as_codes(table[column], edition, level)
        n = sum(code is not None for code in codes)
        values = {"n": str(n), "column": str(column)}
        return codes, [Finding("matched_code", Weight.NOTE, values)]
    found = _names(table, drawn, edition, level, fields)
    if found is None:
        columns = ", ".join(map(str, table.columns))[:400]
        values = {"edition": edition, "columns": columns}
        raise Refused([Finding("no_column", Weight.REFUSED, values)])
    return found


def _other_names(
    table: pd.DataFrame, drawn: np.ndarray, codes: Codes, edition: str, level: Level
) -> Codes | None:
    """Give the codes that the names of a file mean, where codes repeat, to compare."""
    known = [code for code in codes if code is not None]
    if len(set(known)) == len(known):
        return None
    found = _names(table, drawn, edition, level, Fields())
    return None if found is None else found[0]


def _names(
    table: pd.DataFrame, drawn: np.ndarray, edition: str, level: Level, fields: Fields
) -> tuple[Codes, list[Finding]] | None:
    """Find the column of names, with those of types and provinces where there are such."""
    parent = fields.parent
    if parent is None and level is not Level.PROVINCE:
        parent = parent_column(table, edition)
    types = type_column(table)
    texts = [c for c in list(table.columns)[:MOST_COLUMNS] if is_text(table[c])]
    apart = (parent, types)
    if types is None:  # a number alone is no name
        texts = [c for c in texts if not table[c].dropna().astype(str).str.isdigit().all()]
    wanted = [fields.name] if fields.name is not None else [c for c in texts if c not in apart]
    best: tuple[Codes, list[Finding]] | None = None
    least = 0 if fields.name is not None else max(1, int(MOSTLY_NAMES * len(table)))
    most = 0
    for column in wanted:
        named = _Names(table, (column, types, parent), drawn, edition, level)
        codes, methods = named.resolved()
        n = sum(code is not None for code in codes)
        distinct = len(set(codes) - {None})
        if n < least or (best is not None and distinct <= most):
            continue
        told = ", ".join(f"{name} {count}" for name, count in methods.most_common())
        values = {"n": str(n), "column": str(column), "methods": told}
        found = [Finding("matched_name", Weight.NOTE, values)]
        if types is not None and types != column:
            found.append(Finding("type_column", Weight.NOTE, {"column": types}))
        if named.by_place:
            values = {"n": str(named.by_place)}
            found.append(Finding("place_parent", Weight.NOTE, values))
        best, most = (codes, found), distinct
    return best


class _Names:
    """A column of names, and what is tried to make codes of it."""

    def __init__(
        self,
        table: pd.DataFrame,
        columns: tuple[str | None, str | None, str | None],
        drawn: np.ndarray,
        edition: str,
        level: Level,
    ) -> None:
        column, types, parent = columns
        self._names = table[column].astype(object)
        self._typed = None if types in (None, column) else _with_types(self._names, table[types])
        self._parents = None if parent in (None, column) else table[parent]
        self._drawn, self._edition, self._level = drawn, edition, level
        self.by_place = 0

    def resolved(self) -> tuple[Codes, Counter[str]]:
        """Resolve the names; those that several units share by where the polygon lies."""
        codes: Codes = [None] * len(self._names)
        methods: Counter[str] = Counter()
        names = [column for column in (self._typed, self._names) if column is not None]
        for column in names:
            self._try(codes, methods, column, self._parents)
        if None in codes and in_country(self._drawn):
            before = codes.count(None)
            if self._level is not Level.PROVINCE:
                places = pd.Series(located(self._drawn, self._edition), index=self._names.index)
                for column in names:
                    self._try(codes, methods, column, places, check=True)
            if self._parents is not None:
                for column in names:
                    self._try(codes, methods, column, None, check=True)
            self.by_place = before - codes.count(None)
        return codes, methods

    def _try(
        self,
        codes: Codes,
        methods: Counter[str],
        column: pd.Series,
        parents: pd.Series | None,
        *,
        check: bool = False,
    ) -> None:
        """Fill in what is still open; checked ones must lie near their unit."""
        left = [i for i, code in enumerate(codes) if code is None]
        if not left:
            return
        some = None if parents is None else parents.iloc[left].tolist()
        answers = resolve_many(
            column.iloc[left].tolist(), some, edition=self._edition, level=self._level
        )
        good = answers["match_method"].isin(SAME_UNIT).tolist()
        found: Codes = [
            str(code) if ok else None for code, ok in zip(answers["area_code"], good, strict=True)
        ]
        near = np.ones(len(left), dtype=bool)
        if check:
            near = in_place(found, self._drawn[left], self._edition, self._level)
        for i, code, ok, method in zip(left, found, near, answers["match_method"], strict=True):
            if code is not None and ok:
                codes[i] = code
                methods[str(method)] += 1


def _with_types(names: pd.Series, types: pd.Series) -> pd.Series:
    """Write the type before each name that does not begin with it."""

    def typed(name: Any, kind: Any) -> object:
        if pd.isna(name) or pd.isna(kind):
            return name
        word = str(kind).strip()
        begins = fold(str(name)).plain.startswith(fold(word).plain)
        return name if begins else f"{word} {str(name).strip()}"

    made = [typed(name, kind) for name, kind in zip(names, types, strict=True)]
    return pd.Series(made, index=names.index, dtype=object)
