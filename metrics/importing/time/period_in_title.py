"""The one period that a title or a heading names, among other words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from metrics.importing.cells import plain
from metrics.importing.time.period import Period
from metrics.importing.time.period_forms import RANGE_OF_DAYS, between
from metrics.importing.time.periods import HOUR, counted_up, is_cumulative, read_period, spelt_out

_INSIDE: Final = re.compile(
    r"((?:quy|thang|nam|luy ke|cong don|tu dau nam|\d{1,2} thang|ngay|tinh den|den het|den|as of|"
    r"q[1-4])\b.*?(?:19|20)\d\d)"
)
# Letters, decisions and plans that a title names with their dates: these are no time of figures.
_DOCUMENT: Final = (
    r"(?:quyết định|công văn|nghị quyết|nghị định|thông tư|chỉ thị|công điện|văn bản|tờ trình|"
    r"báo cáo|kế hoạch|thông báo|hướng dẫn|giấy mời|đề án|luật|qđ|cv|decision|letter)"
)
_DAY: Final = (
    r"(?:ngày\s*)?\d{1,2}\s*(?:[-/.]\s*\d{1,2}\s*[-/.]|tháng\s*\d{1,2}\s*(?:năm|,)?)\s*"
    r"(?:19|20)\d\d"
)
# What stands before the last part of a range: "tháng 7, 8, 9/2026", "từ tháng 2 đến tháng 9/2026".
_OF_A_RANGE: Final = re.compile(r"\d\S*|[ivx]+|-|va|den|toi|het")
_RANGE: Final = re.compile(
    r"\b(?:tu )(?:dau )?(?:ngay |thang |quy |nam )?[\divx]\S* (?:den|toi|-)|\btuan \d|\bweek \d"
)
_FROM_TO: Final = re.compile(RANGE_OF_DAYS)
# Before a year: less than the year is meant, or more, or another time ("đầu năm 2026", "năm học").
_LIMITS: Final = frozenset(
    ("dau", "cuoi", "giua", "nua", "hoc", "thang", "quy", "tuan", "vu", "truoc", "sau", "den")
)
_MORE_YEARS: Final = re.compile(r"\s*[-/]\s*(?:19|20)\d\d\b")
_CARRIERS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Đề án 06 giai đoạn 2022-2025, tầm nhìn đến năm 2030" is the name of a programme
        r"(?:đề án|chương trình|chiến lược|kế hoạch|dự án)\b[^();]{0,120}?giai đoạn\s+(?:19|20)\d\d"
        r"\s*[-–]\s*(?:19|20)\d\d",
        r"(?:tầm nhìn|định hướng)(?:\s+đến)?(?:\s+năm)?\s+(?:19|20)\d\d",
        # with a number and a date, with a date alone, with a number and a year in it
        rf"{_DOCUMENT}\s+(?:số\b)?[^();]{{0,60}}?{_DAY}",
        rf"{_DOCUMENT}\s+(?:số\s*[:.]?\s*)?\d+\S*[/-]\S+(?:\s+năm\s+(?:19|20)\d\d)?",
        rf"số\s*[:.]?\s*\d*\s*/\S+[^();]{{0,40}}?{_DAY}",
        # "Hà Nội, ngày 5 tháng 10 năm 2026" dates the letter
        r"^[^,;()]{2,40},\s*(?:ngày\s*)?[\d.…]+\s*tháng\s*[\d.…]+\s*năm\s*(?:19|20)\d\d\s*$",
        # "gửi về trước ngày 05/10/2026": by when it is sent or done
        rf"(?:trước|sau|hạn|thời hạn|chậm nhất|muộn nhất)\b[^();,]{{0,30}}?{_DAY}",
        r"(?:ngày lập|lập ngày|in ngày|ngày in|ngày báo cáo|ký ngày)\b.*",
    )
)


def without_documents(text: str) -> str:
    """Leave out of a title the letters and decisions that it names, with their dates.

    Examples
    --------
    >>> without_documents("Quý I/2026 (Công văn số 12/BCA ngày 05/4/2026)")
    'Quý I/2026 ( )'
    """
    for pattern in _CARRIERS:
        text = pattern.sub(" ", text)
    return text


def find_period(text: str) -> Period | None:
    """Find the period that a title or a column heading names, among other words.

    Returns
    -------
    Period or None
        None where there is none, or more than one.
    """
    whole = read_period(text)
    if whole:
        return whole
    text = HOUR.sub("", without_documents(text))
    words = spelt_out(plain(text))
    ranges = {days for m in _FROM_TO.finditer(words) if (days := _days(text, m))}
    words = _FROM_TO.sub(" ", words)
    if _RANGE.search(words):
        return None
    found = {replace(period, text=" ".join(text.split())[:120]) for period in ranges}
    for match in _INSIDE.finditer(words):
        if _MORE_YEARS.match(words, match.end()):
            return None
        before = words[: match.start()].split()[-1:]
        # The longest tail that is a period: "so lieu quy 1 nam 2026" holds two beginnings.
        parts = match.group(1).split(" ")
        for at in range(len(parts)):
            period = read_period(" ".join(parts[at:]))
            last = (before + parts[:at])[-1:]
            if period and at and _OF_A_RANGE.fullmatch(parts[at - 1]):
                return None
            if period and period.grain == "year" and _LIMITS.intersection(last):
                return None
            if period:
                found.add(replace(period, text=" ".join(text.split())[:120]))
                break
    if len(found) != 1:
        return None
    period = found.pop()
    return counted_up(period) if is_cumulative(text) else period


def _days(text: str, match: re.Match[str]) -> Period | None:
    try:
        return between(text, match)
    except ValueError:
        return None
