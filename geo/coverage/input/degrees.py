"""Read coordinates as people write them: decimal, with a comma, in degrees, minutes and seconds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.coverage.ground import Floats
from geo.coverage.input.columns import numbers, texts

if TYPE_CHECKING:
    import pandas as pd

# The many signs that are typed for degrees, minutes and seconds.
_SIGNS: Final = str.maketrans(
    {**dict.fromkeys("º˚⁰", "°"), **dict.fromkeys("′’‘´`", "'"), **dict.fromkeys("″”“", '"')}
)
_SIDE: Final = r"(?:n|s|e|w|b|đ|bắc|nam|đông|tây|north|south|east|west)"
_DECIMAL: Final = r"\d{1,%d}(?:[.,]\d+)?"
_ANGLE: Final = re.compile(
    rf"""\s*(?P<before>{_SIDE})?[\s:.]*
    (?P<sign>[-+])?(?P<degrees>{_DECIMAL % 3})\s*(?:°|độ|deg|d|o|[:\s])?\s*
    (?:(?P<minutes>{_DECIMAL % 2})\s*(?:'|phút|min|m|[:\s])?\s*
    (?:(?P<seconds>{_DECIMAL % 2})\s*(?:"|giây|sec|s)?)?)?
    \s*(?P<after>{_SIDE})?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_SOUTH_OR_WEST: Final = frozenset({"s", "w", "nam", "tây", "south", "west"})
_LONGEST: Final = 60
_WKT_POINT: Final = re.compile(r"\s*point\s*z?\s*\((.*)\)\s*", re.IGNORECASE)
# Between two coordinates in one cell: what cannot be a decimal comma.
_APART: Final = (re.compile(r"\s*[;|/]\s*"), re.compile(r"\s*,\s+"), re.compile(r"\s+"))
_LETTERED: Final = re.compile(rf"(.*?\d[^,;\d]*?{_SIDE})[\s,;]+(.*{_SIDE}\s*)", re.IGNORECASE)
_PLAIN_PAIR: Final = re.compile(r"\s*(-?\d+\.\d+)\s*,\s*(-?\d+\.\d+)\s*")


def read_angle(text: str) -> float:
    r"""Read one longitude or latitude.

    Parameters
    ----------
    text
        Such as ``21.0283``, ``21,0283°``, ``21°01'42"N``, ``N 21 01 42`` or ``105o51'12'' Đ``.

    Returns
    -------
    float
        Degrees, NaN where it is none.

    Examples
    --------
    >>> read_angle("21°01'42\"N"), read_angle("105,8542")
    (21.028333333333332, 105.8542)
    """
    found = _ANGLE.fullmatch(text.translate(_SIGNS).replace("''", '"')[:_LONGEST])
    if found is None or (found["before"] and found["after"]):
        return float("nan")
    parts = [found[name] for name in ("degrees", "minutes", "seconds")]
    given = [part for part in parts if part is not None]
    # Only the last part may have decimals, and sixty of one are one of the next.
    if any(not part.isdigit() for part in given[:-1]):
        return float("nan")
    values = [float(part.replace(",", ".")) for part in given]
    if any(value >= 60 for value in values[1:]):
        return float("nan")
    size = sum(value / 60**at for at, value in enumerate(values))
    side = (found["before"] or found["after"] or "").lower()
    back = (found["sign"] == "-") != (side in _SOUTH_OR_WEST)
    return -size if back else size


def degrees(frame: pd.DataFrame, column: str | None) -> Floats:
    """Read a column of longitudes or latitudes, however they are written.

    Returns
    -------
    ndarray
        Degrees (metres where the column holds such), NaN where a cell is empty or unreadable.
    """
    read = numbers(frame, column)
    if column is None or frame[column].dtype.kind in "iufb":
        return read
    suspects = np.flatnonzero(np.isnan(read))
    cells = texts(frame.iloc[suspects], column)
    known = {cell: read_angle(cell) for cell in set(cells) - {""}}
    read[suspects] = [known.get(cell, np.nan) for cell in cells]
    return read


def split_pair(text: str) -> tuple[str, str]:
    """Take two coordinates in one cell apart; ("", "") where there are not two."""
    inside = _WKT_POINT.fullmatch(text)
    text = inside[1] if inside else text.strip()
    text = text.translate(_SIGNS).strip("()[] ")[: 2 * _LONGEST]
    for pattern in (_PLAIN_PAIR, _LETTERED):
        found = pattern.fullmatch(text)
        if found:
            return found[1], found[2]
    for between in _APART:
        parts = between.split(text)
        if len(parts) == 2 and all(parts):
            return parts[0], parts[1]
    return "", ""
