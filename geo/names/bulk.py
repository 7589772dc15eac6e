"""Match whole columns: every distinct name once, suggestions for what is left."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd

from base.words import DEFAULT_LANG, Lang
from geo.editions import Area, Level, areas
from geo.names.answer import Answer, refuse, say
from geo.names.codes import code_width
from geo.names.explain import suggestions
from geo.names.index import index
from geo.names.methods import Method
from geo.names.resolve import answer
from geo.names.text import tidy

RESULT_COLUMNS = ("area_code", "match_method", "match_note")
# What one call may compare to make suggestions: beyond that, names go without.
MAX_COMPARISONS = 1_000_000
MAX_SUGGESTED = 1_000
# Short numbers are codes only in a column of codes.
_MOSTLY = 0.5
_SUGGEST_FOR = frozenset(
    {Method.UNKNOWN, Method.PARENT_UNKNOWN, Method.OTHER_LEVEL, Method.AUTHORITY}
)


@dataclass(frozen=True, slots=True)
class Match:
    """Hold what a name was matched to.

    Attributes
    ----------
    code
        Code of the area; None where there is none.
    method
        How it was matched, or why not: a `Method`.
    note
        What the reader should know; never empty where there is no code.
    suggestions
        Areas that may have been meant, to be shown and never to be joined. They may be of another
        level or edition, as each says.
    renamed
        Whether an older name means exactly a unit of today.
    """

    code: str | None
    method: Method
    note: str
    suggestions: tuple[Area, ...]
    renamed: bool


def match_all(
    pairs: Sequence[tuple[object, object]], edition: str, level: Level, lang: Lang
) -> list[Match]:
    """Match distinct names, each with its parent."""
    with _collector_paused():
        answers = [answer(name, edition, level, parent) for name, parent in pairs]
    if len(pairs) > 1 and level is not Level.PROVINCE:
        answers = _distrust_numbers(pairs, answers, edition, level)
    names = index(edition, level)
    budget = min(MAX_SUGGESTED, MAX_COMPARISONS // max(1, len(names.by_bare)))
    left = [i for i, a in enumerate(answers) if a.method in _SUGGEST_FOR and not a.near][:budget]
    if left:
        found = suggestions([tidy(pairs[i][0]) for i in left], names)
        for i, near in zip(left, found, strict=True):
            if near:
                old = answers[i]
                noted = old.noting("suggest", areas=near)
                answers[i] = Answer(old.method, None, noted.notes, near)
    return [
        Match(a.code, a.method, say(a, lang), () if a.matched else a.near, a.renamed)
        for a in answers
    ]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking all tables again and again: a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _distrust_numbers(
    pairs: Sequence[tuple[object, object]], answers: list[Answer], edition: str, level: Level
) -> list[Answer]:
    """Refuse short numbers in a column of names: 1 may be a code, an ordinal or a Quận 1."""
    width = code_width(edition, level)
    cells = [tidy(name) for name, _ in pairs]
    numbers = sum(cell.strip("'\"=").replace(".", "").isdigit() for cell in cells)
    if numbers > _MOSTLY * sum(bool(cell) for cell in cells):
        return answers
    refusal = refuse(Method.BAD_CODE, "number_among_names", width=width)
    return [
        refusal
        if one.method is Method.CODE and len(cell.split(".")[0].strip("'\"=")) < width
        else one
        for one, cell in zip(answers, cells, strict=True)
    ]


def match_columns(
    names: Iterable[object],
    parents: Iterable[object] | None,
    edition: str,
    level: Level,
    lang: Lang,
) -> pd.DataFrame:
    """Match a column of names, and one of parents.

    Returns
    -------
    DataFrame
        Columns `RESULT_COLUMNS`, ``suggestions`` and ``renamed``, on the index of `names` where it
        has one.

    Raises
    ------
    ValueError
        Where there are not as many parents as names.
    """
    column = names if isinstance(names, pd.Series) else pd.Series(list(names), dtype=object)
    name_ids, distinct = pd.factorize(column, use_na_sentinel=False)
    parent_ids: np.ndarray = np.zeros(len(column), dtype=np.int64)
    homes: list[object] = [None]
    if parents is not None:
        above = (
            parents if isinstance(parents, pd.Series) else pd.Series(list(parents), dtype=object)
        )
        if len(above) != len(column):
            raise ValueError(
                f"parents has {len(above)} rows for {len(column)} names; give one parent per name"
            )
        parent_ids, above_distinct = pd.factorize(above, use_na_sentinel=False)
        homes = list(above_distinct)
    both = name_ids.astype(np.int64) * len(homes) + parent_ids
    rows, pair_ids = pd.factorize(both)
    cells = [cell_value(value) for value in distinct]
    homes = [cell_value(value) for value in homes]
    pairs = [(cells[int(i) // len(homes)], homes[int(i) % len(homes)]) for i in pair_ids]
    matches = match_all(pairs, edition, level, lang)
    return pd.DataFrame(
        {
            "area_code": _take([m.code for m in matches], rows, column.index),
            "match_method": _take([str(m.method) for m in matches], rows, column.index),
            "match_note": _take([m.note for m in matches], rows, column.index),
            "suggestions": _take([m.suggestions for m in matches], rows, column.index),
            "renamed": _take([m.renamed for m in matches], rows, column.index),
        }
    )


def _take(values: list, rows: np.ndarray, index: pd.Index) -> pd.Series:
    """Repeat the values of distinct pairs on every row; None stays None."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return pd.Series(column[rows], index=index, dtype=object)


def cell_value(value: object) -> object:
    """Give the value of a cell; None for every kind of missing one."""
    return None if value is None or value is pd.NA or value is pd.NaT else value


def resolve(
    name: object, *, edition: str, level: Level, parent: object = None, lang: Lang = DEFAULT_LANG
) -> Match:
    """Match one name.

    Raises
    ------
    UnknownEdition, UnknownLevel
        Where edition or level do not exist.

    Examples
    --------
    >>> from geo.editions import EDITION_2024, EDITION_2025
    >>> resolve("TP.HCM", edition=EDITION_2024, level=Level.PROVINCE).code
    '79'
    >>> found = resolve("Quảng Nam", edition=EDITION_2025, level=Level.PROVINCE)
    >>> found.code, str(found.method)
    ('48', 'predecessor')
    >>> resolve("Châu Thành", edition=EDITION_2024, level=Level.DISTRICT).code is None
    True
    """
    areas(edition, level)  # refuses what does not exist
    return match_all([(cell_value(name), cell_value(parent))], edition, Level(level), lang)[0]


def resolve_many(
    names: Iterable[object],
    parents: Iterable[object] | None = None,
    *,
    edition: str,
    level: Level,
    lang: Lang = DEFAULT_LANG,
) -> pd.DataFrame:
    """Match a column of names.

    Parameters
    ----------
    names
        Names or codes as a table gives them.
    parents
        What each lies in; None where the table does not say.

    Returns
    -------
    DataFrame
        One row per name, on its index: area_code (None where there is none), match_method,
        match_note, suggestions (areas), renamed (bool). Among names, a number with fewer digits
        than a district or commune code has is not taken for a code.

    Raises
    ------
    UnknownEdition, UnknownLevel
        Where edition or level do not exist.
    ValueError
        Where there are not as many parents as names.
    """
    areas(edition, level)
    return match_columns(names, parents, edition, Level(level), lang)
