"""What holds figures and is not taken: columns of a table, and rows that are in no table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from base.reading import Cell, Sheet
from metrics.importing.cells import (
    ERROR,
    JOIN,
    WARNING,
    Block,
    Finding,
    is_unnamed,
    looks_numeric,
    plain,
    shown,
    unit_of_cell,
)
from metrics.importing.figures import short_kind
from metrics.importing.mapping import Mapping
from metrics.importing.tables import is_figure, is_numbering

# Numbers that are no figures: those of the rows, and of the places.
NO_FIGURES: Final = re.compile(r"(?:stt|tt|no|so tt|so thu tu|#|ma|code)(?: .*)?")
MOST_NAMED: Final = 8
FEWEST_CELLS: Final = 2


def columns_left(block: Block, mapping: Mapping, delimiter: str) -> Iterator[Finding]:
    """Tell which columns with numbers, errors or formulas a mapping leaves out, in one finding.

    Parameters
    ----------
    delimiter
        Of a text file: where it is a comma, figures beyond the last heading may be the decimals
        of those before, and nothing is stored.
    """
    used = mapping.columns()
    left = {}
    for at, name in enumerate(block.columns):
        if name in used or NO_FIGURES.fullmatch(plain(name.rsplit(JOIN, 1)[-1])):
            continue
        n = _numbers(block, name) + sum(column == at for _, column in block.unvalued)
        if n:
            left[name] = n
    if not left:
        return
    named = [f"“{shown(name)}” ({n})" for name, n in list(left.items())[:MOST_NAMED]]
    last = block.columns[-1]
    if delimiter == "," and last in left and is_unnamed(last):
        where = (block.sheet, int(block.numbers[0]), last)
        yield Finding(ERROR, "comma_parted", *where, "", {"n": left[last]})
    rest = ", …" if len(left) > MOST_NAMED else ""
    told = {"columns": ", ".join(named) + rest, "n": len(left)}
    yield Finding(WARNING, "columns_left", block.sheet, 0, next(iter(left)), "", told)


def _numbers(block: Block, name: str) -> int:
    """Count the numbers of a column, and the errors that stand for them."""
    texts = block.texts(name)
    n = sum(many for text, many in texts.items() if _stands_for_one(text))
    # What is neither text nor empty is a number or a date.
    return n + sum(isinstance(cell, float) for cell in block.column(name))


def _stands_for_one(text: str) -> bool:
    """Tell whether a text is a number, one in short or with its unit, or an error for one."""
    if text.startswith("#") or looks_numeric(text):
        return True
    return short_kind(text) is not None or unit_of_cell(text) is not None


def rows_left(tables: Iterable[tuple[Sheet, Sequence[Block]]]) -> list[Finding]:
    """Tell which rows with figures are in no table, in one finding a sheet."""
    found = []
    for sheet, blocks in tables:
        taken: set[int] = set()
        for block in blocks:
            taken.update(block.numbers)
            taken.update(range(block.heading, block.numbers[0]))
        if len(taken) == len(sheet.numbers):
            continue
        left = [
            (number, sheet.rows[at])
            for at, number in enumerate(sheet.numbers)
            if number not in taken and _has_figures_of_its_own(sheet.rows[at])
        ]
        if left:
            lines = ", ".join(str(number) for number, _ in left[:MOST_NAMED])
            told = {"n": len(left), "rows": lines + (", …" if len(left) > MOST_NAMED else "")}
            cells = " | ".join(str(shown(cell)) for cell in left[0][1] if cell is not None)
            told |= {"cells": shown(cells)}
            where = (sheet.name, left[0][0], "")
            found.append(Finding(WARNING, "rows_left", *where, shown(cells), told))
    return found


def _has_figures_of_its_own(row: Sequence[Cell]) -> bool:
    """Tell whether a row holds figures beside something else, and does not number columns."""
    known = [cell for cell in row if cell is not None]
    return len(known) >= FEWEST_CELLS and any(map(is_figure, known)) and not is_numbering(row)
