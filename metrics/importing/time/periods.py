"""What a table says of its time, as a period: "quý I/2026", "6 tháng đầu năm", "31/12/2025"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from base.reading import Cell
from metrics.importing.cells import plain
from metrics.importing.time.period import Period, month, quarter, whole_year
from metrics.importing.time.period_forms import FORMS

FIRST_YEAR, LAST_YEAR = 1990, 2100
# "Lũy kế đến hết tháng 9/2026": up to the end of what follows, from a start that is not said.
_CUMULATIVE: Final = re.compile(r"\b(?:luy ke|luy tien|cong don|tu dau nam|cumulative|ytd)\b")
_UP_TO: Final = re.compile(r"(?:tinh )?(?:den|toi)(?: het)?|het|until|up to")
# A part of a year whose year stands elsewhere: "Tháng 8" below "Năm 2026".
_OF_A_YEAR: Final = re.compile(
    r"(?:thang|t|quy|q|month|quarter) ?(?:\d{1,2}|i{1,3}|iv)|\d{1,2} thang(?: dau nam)?"
)
# "15h00 ngày 30/9/2026": the hour is no part of the day.
HOUR: Final = re.compile(
    r"\b\d{1,2}\s*(?:h|g|giờ|:)\s*\d{0,2}\s*(?:phút|p)?\s*,?\s*(?=ngày\b)", re.IGNORECASE
)
# Numbers as words, where nothing but a part of a year can be meant.
_WORDS: Final = {
    "mot": 1, "nhat": 1, "gieng": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
_NUMBERS: Final = "|".join(sorted(_WORDS, key=len, reverse=True))
_SPELT: Final = (
    re.compile(r"(?<=\bquy )(mot|nhat|hai|ba|tu|bon)\b"),
    re.compile(rf"\b({_NUMBERS})(?= thang (?:dau|cuoi)? ?(?:nam )?(?:19|20)\d\d)"),
    re.compile(rf"(?<=\bthang )({_NUMBERS})(?= nam (?:19|20)\d\d)"),
)

# "9T/2026" and "9 tháng/2026" are nine months; "T9/26", "quý III/26" and "30/9/26" are of 2026.
# "9/26" may be a day or a month: it stays unread.
_SHORT: Final = (
    (re.compile(r"\b(\d{1,2}) ?t(?= ?[-/]? ?(?:19|20)\d\d\b|/[12]\d\b| (?:dau|cuoi) nam\b)"),
     r"\1 thang"),
    (re.compile(r"\b((?:thang|t|quy|q) ?(?:\d{1,2}|i{1,3}|iv)|\d{1,2} thang)/(1[5-9]|2\d)$"),
     r"\1/20\2"),
    (re.compile(r"\b(\d{1,2}([-/.])\d{1,2}\2)(1[5-9]|2\d)$"), r"\g<1>20\3"),
    (re.compile(r"(?<=\d thang) ?[-/]? ?(?=(?:19|20)\d\d\b)"), " "),
)  # fmt: skip


def read_period(cell: Cell) -> Period | None:
    """Read a wording that is a period and nothing else.

    Parameters
    ----------
    cell
        Text, a date, or a number that is a year.

    Returns
    -------
    Period or None
        None where it is none, or names a day that does not exist.

    Examples
    --------
    >>> read_period("Quý I/2026").end.isoformat(), read_period("6 tháng đầu năm 2026").grain
    ('2026-03-31', 'year_to_date')
    """
    if isinstance(cell, date):
        return Period(cell, cell, "instant", cell.isoformat())
    if isinstance(cell, float | int):
        year = int(cell)
        return (
            whole_year(str(year), year)
            if cell == year and FIRST_YEAR <= year <= LAST_YEAR
            else None
        )
    if not cell or len(cell) > 120:
        return None
    words = spelt_out(plain(HOUR.sub("", cell)))
    if found := _up_to(" ".join(cell.split()), words):
        return found
    for pattern, reader in FORMS:
        if match := pattern.fullmatch(words):
            try:
                return reader(" ".join(cell.split()), match)
            except (ValueError, KeyError):
                continue
    return None


def spelt_out(words: str) -> str:
    """Write out what is short, and as digits the numbers that are words: "sáu tháng đầu năm"."""
    for pattern in _SPELT:
        words = pattern.sub(lambda match: str(_WORDS[match[1]]), words)
    for pattern, full in _SHORT:
        words = pattern.sub(full, words)
    return words


def _up_to(text: str, words: str) -> Period | None:
    """Read "lũy kế …" and "đến hết …": up to the last day of the period that is named."""
    said = _CUMULATIVE.match(words)
    rest = words[said.end() :].strip(" :-") if said else words
    until = _UP_TO.match(rest)
    if said and rest.startswith(("tu dau nam", "trong nam")):
        rest = rest.split(" ", 3)[-1] if rest.startswith("tu dau nam") else rest[10:]
        until = _UP_TO.match(rest.strip())
    if not said and not (until and until.group().endswith("het")):
        return None
    rest = rest.strip()[until.end() if until else 0 :].strip(" :-")
    named = read_period(rest) if rest else None
    if named is None or named.grain == "year_to_date":
        return None
    if not said:
        return Period(named.end, named.end, "instant", text)
    if "dau nam" in words or "trong nam" in words or named.grain == "year":
        return Period(date(named.end.year, 1, 1), named.end, "year_to_date", text)
    return Period(None, named.end, "unknown", text)


def is_cumulative(text: str) -> bool:
    """Tell whether a title or heading says that figures are counted up from a beginning."""
    return _CUMULATIVE.search(plain(text)) is not None


def counted_up(period: Period) -> Period:
    """Return the period of figures counted up to the end of another, from an unknown start."""
    if period.grain in ("unknown", "year_to_date", "instant"):
        return period
    return Period(None, period.end, "unknown", period.text)


def grain_headed(heading: str) -> str | None:
    """Return what dates under a heading are: "Tháng" month, "Ngày" instant; None if not said."""
    words = plain(heading)
    for grain, pattern in (
        ("instant", r"\b(?:ngay|date|day|thoi diem|as of)\b"),
        ("month", r"\b(?:thang|month)\b"),
        ("quarter", r"\b(?:quy|quarter)\b"),
        ("year", r"\b(?:nam|year)\b"),
    ):
        if re.search(pattern, words):
            return grain
    return None


def of_first_day(period: Period, grain: str) -> Period:
    """Return the month, quarter or year that a first day stands for; else the day itself."""
    day = period.end
    if grain == "month":
        return month(period.text, day.month, day.year)
    if grain == "quarter" and day.month % 3 == 1:
        return quarter(period.text, str(day.month // 3 + 1), day.year)
    if grain == "year" and day.month == 1:
        return whole_year(period.text, day.year)
    return period


def part_of_year(text: str, year: int) -> Period | None:
    """Read a heading that is a part of a year whose year stands above: "Tháng 8", "Quý II"."""
    words = spelt_out(plain(text))
    found = read_period(f"{words} {year}") if _OF_A_YEAR.fullmatch(words) else None
    return replace(found, text=f"{' '.join(text.split())} {year}") if found else None


def part_headed(heading: str, cell: Cell, year: int) -> Period | None:
    """Read a cell that says a part of a year below "Tháng" or "Quý": 8, "T8", "III".

    Examples
    --------
    >>> part_headed("Quý", "II", 2026).end.isoformat(), part_headed("Tháng", 13.0, 2026)
    ('2026-06-30', None)
    """
    grain = grain_headed(heading)
    text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell or "")
    if grain not in ("month", "quarter"):
        return part_of_year(text, year)
    if not re.fullmatch(r"\d{1,2}|i{1,3}|iv", plain(text)):
        return part_of_year(text, year)
    return part_of_year(f"{'thang' if grain == 'month' else 'quy'} {text}", year)
