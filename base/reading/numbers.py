"""Numbers as people write them: one mark before the decimals, another between thousands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

DecimalMark = Literal["comma", "point"]
# As long as any figure of a country needs; more is no number but an attack or an accident.
MAX_DIGITS: Final = 40
_PLAIN: Final = {
    "comma": re.compile(r"[+-]?[0-9]+(?:,[0-9]+)?"),
    "point": re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?"),
}
_GROUPED: Final = {
    "comma": re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
    "point": re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
}
# A column of counts is written with either mark between thousands.
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
# Either thousands or three decimals.
_EITHER: Final = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_SHAPE: Final = re.compile(r"[+-]?[\d.,]+")
# What stands in a cell without a figure; a dash is not a zero.
_NO_FIGURE: Final = re.compile(
    r"(?:|[-–—.…xX*?/]+|\(\*+\)|n/?a|nan|null|none|không có(?: số liệu)?|chưa có(?: số liệu)?|"
    r"không báo cáo|chưa báo cáo|chưa có báo cáo|kbc|chưa thống kê|no data)",
    re.IGNORECASE,
)
_COMMA: Final = re.compile(r"[-+]?[0-9]+,[0-9]+")


def plain_digits(text: str, decimal: DecimalMark, *, grouped: bool = True) -> str | None:
    """Write a number as Python reads it.

    Parameters
    ----------
    decimal
        Which mark stands before the decimals.
    grouped
        Whether the other may stand between thousands.

    Returns
    -------
    str or None
        None where the text is no number written so.

    Examples
    --------
    >>> plain_digits("-1.234,5", "comma"), plain_digits("1,234", "point", grouped=False)
    ('-1234.5', None)
    """
    if len(text) > MAX_DIGITS:
        return None
    if _PLAIN[decimal].fullmatch(text):
        return text.replace(",", ".")
    if not grouped or not _GROUPED[decimal].fullmatch(text):
        return None
    thousands = "." if decimal == "comma" else ","
    return text.replace(thousands, "").replace(",", ".")


def says_no_figure(text: str) -> bool:
    """Tell whether a cell says that there is no figure: empty, "-", "…", "chưa có số liệu"."""
    return _NO_FIGURE.fullmatch(text) is not None


def is_either(text: str) -> bool:
    """Tell whether a number may be thousands or have three decimals: "1.234", "12,340"."""
    return _EITHER.fullmatch(text) is not None


def mark_of(texts: Iterable[str]) -> DecimalMark | None:
    """Tell which mark stands before the decimals in some numbers; None where nothing tells.

    A `Counter` of texts has each as often as it counts.

    Examples
    --------
    >>> mark_of(["1.234", "90,5"]), mark_of(["1.234"])
    ('comma', None)
    """
    comma = point = 0
    counts = texts if isinstance(texts, Counter) else Counter(texts)
    for cell, n in counts.items():
        if not (match := _SHAPE.search(cell)):
            continue
        text = match.group()
        dots, commas = text.count("."), text.count(",")
        if dots and commas:
            last_comma = text.rfind(",") > text.rfind(".")
            comma, point = comma + n * last_comma, point + n * (not last_comma)
        elif dots > 1 or (commas == 1 and not is_either(text)):
            comma += n
        elif commas > 1 or (dots == 1 and not is_either(text)):
            point += n
    if comma == point:
        return None
    return "comma" if comma > point else "point"


def number_column(cells: pd.Series, *, count: bool = False) -> np.ndarray:
    """Read a column of numbers whose decimal mark nobody names; a comma is one.

    Parameters
    ----------
    count
        Whether it counts people or things: then 1.234 and 1,234 are a thousand and more, as
        written in Vietnamese and in English.

    Returns
    -------
    ndarray
        Of floats; NaN where a cell is empty, infinite or cannot be read.
    """
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    if cells.dtype.kind not in "iufb":
        cells = cells.astype("str").str.strip()
        if count:
            grouped = cells.str.fullmatch(_THOUSANDS).fillna(False).to_numpy(dtype=bool)
            cells = cells.where(~grouped, cells.str.replace(r"[.,]", "", regex=True))
        comma = cells.str.fullmatch(_COMMA).fillna(False).to_numpy(dtype=bool)
        cells = cells.where(~comma, cells.str.replace(",", ".", regex=False))
    read = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isfinite(read), read, np.nan)
