"""Single cells of exports: nothing in them runs, breaks a file or grows without bound."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

# A cell that begins like this is run as a formula by spreadsheets (OWASP, CSV injection). One that
# already begins with apostrophes before it gets one more, so that taking one away is exact.
FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
# A number is no formula, whatever its sign.
_NUMBER: Final = re.compile(r"[+-][0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?")
APOSTROPHE: Final = "'"
RISKY: Final = frozenset("'=+-@\t\r\n＝＋－＠")  # what a cell to be neutralised begins with
# What no XML holds and what breaks readers of CSV. Tab and line ends are text.
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT: Final = "\ufffd"
# The most that a cell of Excel holds; a longer one would be cut there without a word.
LONGEST_CELL: Final = 32_767
SHORT: Final = LONGEST_CELL // 4  # surely fits
CUT: Final = " […]"


def neutralise(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula, by an apostrophe before it.

    Examples
    --------
    >>> neutralise("=1+2"), neutralise("-0.6475")
    ("'=1+2", '-0.6475')
    """
    return APOSTROPHE + text if FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def restore(text: str) -> str:
    """Undo `neutralise`, exactly."""
    return text[1:] if text.startswith(APOSTROPHE) and FORMULA.match(text) else text


def bounded(text: str) -> str:
    """Replace control characters, and cut what no spreadsheet cell can hold, saying so.

    Unlike `neutralise`, this cannot be undone.
    """
    if len(text) < SHORT and text.isprintable():
        return text
    clean = CONTROL.sub(REPLACEMENT, text)
    # Two characters of room: one for the apostrophe, and Excel counts astral characters twice.
    if len(clean.encode("utf-16-le")) // 2 < LONGEST_CELL:
        return clean
    kept = clean.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(CUT) - 2)]
    return kept.decode("utf-16-le", "ignore") + CUT


def cell(text: str) -> str:
    """Make a text safe for a cell of CSV or XLSX."""
    if text[:1] not in RISKY and len(text) < SHORT and text.isprintable():
        return text
    return neutralise(bounded(text))


def neutralised(frame: pd.DataFrame) -> pd.DataFrame:
    """Neutralise the texts of a table that is to be written as CSV; what is missing becomes ""."""
    made = frame.copy(deep=False)
    for at, column in enumerate(frame.columns):
        if frame[column].dtype.kind not in "iufb":
            texts = frame[column].astype(object).where(frame[column].notna(), "")
            made.isetitem(at, [neutralise(str(text)) for text in texts])
    return made


def plain_number(value: float) -> str:
    """Write a number with the fewest digits that mean exactly it, never with an exponent.

    Examples
    --------
    >>> plain_number(91.40), plain_number(1065150.0), plain_number(float("nan"))
    ('91.4', '1065150', '')
    """
    import numpy as np  # noqa: PLC0415 - this package starts small processes

    if math.isnan(value):
        return ""
    if value.is_integer():
        return str(int(value))
    return np.format_float_positional(value, trim="-")


def mapped(column: pd.Series, function: Callable[[Any], Any]) -> np.ndarray:
    """Apply a function to each distinct value of a column once.

    Parameters
    ----------
    column
        Any values; nothing missing but NaN among numbers.

    Returns
    -------
    np.ndarray
        Of objects, as long as the column.
    """
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    places, distinct = pd.factorize(column, use_na_sentinel=False)
    made = np.empty(len(distinct), dtype=object)
    made[:] = [function(value) for value in distinct.tolist()]
    return made[places]
