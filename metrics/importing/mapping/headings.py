"""What the headings, the titles and the sheet of a table say of the time of its figures."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from metrics.importing.cells import JOIN, Block, plain, unit_in_heading
from metrics.importing.time import (
    Period,
    counted_up,
    find_period,
    grain_headed,
    is_cumulative,
    part_of_year,
    read_period,
)

INSTANT: Final = "instant"
# "Số dân 2025": a heading that ends in a year.
_LAST_YEAR: Final = re.compile(r"\s\(?((?:19|20)\d\d)\)?$")
_YEAR: Final = re.compile(r"\b((?:19|20)\d\d)\b")
# "Cùng kỳ năm 2025", "Tháng trước": another time than that of the table, told by it.
_SAME_TIME: Final = re.compile(r"\bcung ky\b")
_BEFORE: Final = re.compile(
    r"\b(?P<what>ky|thang|quy|nam)(?: bao cao)? (?:truoc|ngoai)(?! (?:day|khi|\d))"
)
# "Tăng so với cùng kỳ", "Từ kỳ trước chuyển qua": these are of the time of the table.
_COMPARED: Final = re.compile(
    r"\b(?:so voi|so sanh|tang|giam|chenh lech|bien dong|chuyen|ton)\b.*\b(?:cung ky|truoc)\b|"
    r"\btruoc\b.*\bchuyen\b"
)
_GRAINS: Final = {"thang": "month", "quy": "quarter", "nam": "year"}
_FIRST_DAY: Final = re.compile(r"(?:19|20)\d\d-\d\d-01")
# What a heading that is a period alone may say beside it: "Sơ bộ 2025", "Sơ bộ - Prel. 2025".
_HOW_SURE: Final = re.compile(
    r"(?:(?:so bo|chinh thuc|thuc hien|uoc(?: tinh| thuc hien)?|prel\w*|estimated)[\s.-]*)+"
)
# Before and behind what a table of a yearbook is about: "15. … phân theo địa phương".
_NUMBERED: Final = re.compile(r"^(?:(?:biểu|bảng|table)\s+)?\d[\d.]*[.:)]?\s+", re.IGNORECASE)
_BY_PLACE: Final = re.compile(
    r"\s+(?:phân theo|chia theo|theo|by)\s+"
    r"(?:địa phương|(?:các )?tỉnh(?:,? thành phố)?|đơn vị hành chính|province|locality)$",
    re.IGNORECASE,
)
_FROM_NEW_YEAR: Final = re.compile(r"\b(?:tu )?dau nam\b|\btrong nam\b|\bytd\b")


def column_period(name: str, whole: Period | None = None) -> Period | None:
    """Return the period that a heading says; a part of a year is of the year above the table."""
    if is_relative(name):
        return _relative(name.split(JOIN), whole)
    parts = [unit_in_heading(part)[0] for part in name.split(JOIN)]
    name = JOIN.join(parts)
    found = next((p for part in parts if (p := find_period(part))), None) or find_period(name)
    if found is None and (year := _LAST_YEAR.search(name)):
        return read_period(year[1])
    of_year = found or whole
    if of_year is not None and of_year.grain == "year":
        for part in parts:
            if period := part_of_year(part, of_year.end.year):
                return period
    if found is None and whole is not None and is_cumulative(name):
        up_to = _up_to(whole, name)
        return up_to if up_to != whole else None
    return found


def _relative(parts: Sequence[str], whole: Period | None) -> Period | None:
    """Read "Cùng kỳ" by the period that stands above it in the heading, else that of the table."""
    said = [part for part in parts if is_relative(part)]
    others = [part for part in parts if part not in said]
    own = column_period(JOIN.join(others), whole) if said and others else None
    return relative_period(JOIN.join(said or parts), own or whole)


def compared_with(names: Sequence[str], whole: Period | None) -> Period | None:
    """Return the one period that columns of another time are told by: that of the columns beside.

    None where these are of several.

    Examples
    --------
    >>> compared_with(["Quý III/2026", "Cùng kỳ năm 2025"], None).end.isoformat()
    '2026-09-30'
    """
    beside = [name for name in names if not is_relative(name)]
    found = {column_period(name, whole) or whole for name in beside} - {None}
    ends = {(period.start, period.end) for period in found if period}
    return found.pop() if len(ends) == 1 else (whole if not ends else None)


def _up_to(whole: Period, name: str) -> Period:
    """Return the time of figures counted up to the end of a period: from new year where said."""
    if _FROM_NEW_YEAR.search(plain(name)):
        return Period(date(whole.end.year, 1, 1), whole.end, "year_to_date", whole.text)
    return counted_up(whole)


def is_first_day(heading: str) -> bool:
    """Tell whether a heading is the first day of a month, which may stand for the whole of it."""
    return any(_FIRST_DAY.fullmatch(part) for part in heading.split(JOIN))


def first_days(said: str | None, heading: str) -> str | None:
    """Return what dates that are all first days are: as said, or by their heading; else None."""
    if said:
        return "instant" if said == "day" else "month"
    return grain_headed(heading)


def is_alike(name: str, other: str) -> bool:
    """Tell whether two headings differ in their period alone.

    Examples
    --------
    >>> is_alike("Số người tháng 9/2026", "Số người tháng 10/2026"), is_alike("Số người", "Số thẻ")
    (True, False)
    """
    return name == other or group_of(name) == group_of(other)


def is_relative(name: str) -> bool:
    """Tell whether a heading speaks of another time, told by that of the table.

    Examples
    --------
    >>> is_relative("Cùng kỳ năm trước"), is_relative("Tăng so với cùng kỳ (%)")
    (True, False)
    """
    words = plain(name)
    if _COMPARED.search(words):
        return False
    return bool(_SAME_TIME.search(words) or _BEFORE.search(words))


def relative_period(name: str, whole: Period | None) -> Period | None:
    """Read a heading of another time by the period of the table; None where it does not tell it.

    Examples
    --------
    >>> half = read_period("6 tháng đầu năm 2026")
    >>> relative_period("Cùng kỳ năm 2025", half).end.isoformat()
    '2025-06-30'
    """
    if whole is None or whole.start is None:
        return None
    words = plain(name)
    if _SAME_TIME.search(words):
        year = _YEAR.search(words)
        if year and int(year[1]) >= whole.end.year:
            return None
        return _moved(whole, (int(year[1]) if year else whole.end.year - 1) - whole.end.year, name)
    match = _BEFORE.search(words)
    if match is None:
        return None
    if _GRAINS.get(match["what"], whole.grain) != whole.grain:
        return None
    if whole.grain == "year":
        return _moved(whole, -1, name)
    if whole.grain not in ("month", "quarter"):
        return None
    last = whole.start - timedelta(days=1)
    month = f"{last.month}/{last.year}"
    quarter = f"Q{(last.month + 2) // 3}/{last.year}"
    return read_period(month if whole.grain == "month" else quarter)


def _moved(whole: Period, years: int, text: str) -> Period:
    def there(day: date) -> date:
        year = day.year + years
        last = calendar.monthrange(year, day.month)[1]
        ends = day.day == calendar.monthrange(day.year, day.month)[1]
        return date(year, day.month, last if ends else min(day.day, last))

    start = there(whole.start) if whole.start else None
    return replace(whole, start=start, end=there(whole.end), text=text)


def group_of(name: str) -> str:
    """Return what columns share that differ in their period alone: their name without it.

    Examples
    --------
    >>> group_of("Tỷ lệ – Tháng 1/2026"), group_of("Sơ bộ 2025"), group_of("Tỷ lệ năm 2025")
    ('Tỷ lệ', '', 'Tỷ lệ')
    """
    left = _without_period(name)
    found = find_period(left) if left else None
    if found is None:
        year = _LAST_YEAR.search(left)
        return "" if year and is_time_alone(left[: year.start()]) else left
    words = left.split()
    # The longest tail that is a period: "Tỷ lệ năm 2025" is of "Tỷ lệ".
    tails = (at for at in range(len(words)) if read_period(" ".join(words[at:])))
    rest = " ".join(words[: next(tails, len(words))]).strip(" -–(")
    return "" if is_time_alone(rest) else rest


def is_time_alone(text: str) -> bool:
    """Tell whether what a heading says beside its period is how sure the figures are, or nothing.

    Examples
    --------
    >>> is_time_alone("Sơ bộ - Prel."), is_time_alone("Dân số")
    (True, False)
    """
    words = plain(text)
    return not words or _HOW_SURE.fullmatch(words) is not None


def subject_of(title: str) -> str:
    """Return what a line above a table is about, without its number and the places below.

    Examples
    --------
    >>> subject_of("15. Dân số trung bình phân theo địa phương")
    'Dân số trung bình'
    """
    return _BY_PLACE.sub("", _NUMBERED.sub("", title.strip()))


def _without_period(name: str) -> str:
    return JOIN.join(part for part in name.split(JOIN) if read_period(part) is None)


def period_above(block: Block) -> Period | None:
    """Return the one period that the lines above a table say; None for none, or for several."""
    known = [period for title in block.titles if (period := find_period(title))]
    of_sheet = sheet_period(block, known)
    if of_sheet and (not known or all(period.grain == "year" for period in known)):
        known = [of_sheet]
    found = {(period.start, period.end, period.grain): period for period in reversed(known)}
    if len({period.end for period in found.values()}) != 1:
        return None
    # "Quý IV/2024 (số liệu tính đến 31/12/2024)": the date is the one said most exactly.
    exact = [period for period in found.values() if period.grain == INSTANT]
    exact += [period for period in found.values() if period.grain == "unknown"]
    period = (exact or list(found.values()))[0] if exact or len(found) == 1 else None
    if period and any(is_cumulative(title) for title in block.titles):
        return counted_up(period)
    return period


def sheet_period(block: Block, known: Sequence[Period]) -> Period | None:
    """Return the period that the name of a sheet is: "T9-2026", or "Tháng 9" of a year above."""
    whole = read_period(block.sheet)
    years = {period.end.year for period in known}
    if whole is None and len(years) == 1:
        whole = part_of_year(block.sheet, years.pop())
    return whole
