"""What a table says of its time, as a period: "quý I/2026", "6 tháng đầu năm", "31/12/2025"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from base.reading import Cell
from geo.names import normalise

FIRST_YEAR, LAST_YEAR = 1990, 2100
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS: Final = {
    name: at
    for at, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"),
            ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """A period as observations have it.

    Attributes
    ----------
    start
        First day; None where unknown.
    end
        Last day: the as-of date.
    grain
        One of `metrics.observations.GRAINS`.
    text
        The source's own wording.
    """

    start: date | None
    end: date
    grain: str
    text: str


def _instant(text: str, year: int, month: int, day: int) -> Period:
    when = date(year, month, day)
    return Period(when, when, "instant", text)


def _month(text: str, month: int, year: int) -> Period:
    last = calendar.monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), "month", text)


def _quarter(text: str, quarter: str, year: int) -> Period:
    at = _ROMAN.get(quarter) or int(quarter)
    last = calendar.monthrange(year, 3 * at)[1]
    return Period(date(year, 3 * at - 2, 1), date(year, 3 * at, last), "quarter", text)


def _to_date(text: str, months: int, year: int) -> Period:
    if months == 12:
        return _year(text, year)
    last = calendar.monthrange(year, months)[1]
    return Period(date(year, 1, 1), date(year, months, last), "year_to_date", text)


def _year(text: str, year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year", text)


def _until(text: str, day: int, month: int, year: int) -> Period:
    end = date(year, month, day)
    # "Lũy kế" alone may count from the beginning of a programme: then the start is not known.
    if re.search(r"\b(nam|year|ytd)\b", plain(text)):
        return Period(date(year, 1, 1), end, "year_to_date", text)
    return Period(None, end, "unknown", text)


def _between(text: str, match: re.Match[str]) -> Period:
    """Read a first and a last day: the month, quarter or year that they are, else just these."""
    first = date(int(match["y0"] or match["y"]), int(match["m0"]), int(match["d0"]))
    last = date(int(match["y"]), int(match["m"]), int(match["d"]))
    if first > last:
        raise ValueError(text)
    for known in (
        _month(text, last.month, last.year),
        _quarter(text, str((last.month + 2) // 3), last.year),
        _year(text, last.year),
    ):
        if (known.start, known.end) == (first, last):
            return known
    grain = "year_to_date" if first == date(last.year, 1, 1) else "unknown"
    return Period(first, last, grain, text)


def _half(text: str, year: int) -> Period:
    return Period(date(year, 7, 1), date(year, 12, 31), "unknown", text)


_Y: Final = r"(?P<y>(?:19|20)\d\d)"
_DAY_FROM: Final = r"(?P<d0>\d{1,2})[-/. ](?P<m0>\d{1,2})(?:[-/. ](?P<y0>(?:19|20)\d\d))?"
# "01-03/2026" are months.
_SLASHED: Final = r"(?P<d>\d{1,2})(?P<sep>[-/. ])(?P<m>\d{1,2})(?P=sep)" + _Y
_RANGE_OF_DAYS: Final = rf"tu (?:ngay )?{_DAY_FROM} (?:den|toi|-) (?:het )?(?:ngay )?{_SLASHED}"
Reader = Callable[[str, re.Match[str]], Period]
# On the wording without diacritics, in lower case, one blank between words; the first that fits.
_FORMS: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            r"(?:luy ke|cong don|tu dau nam|year to date|ytd)\D*?(?:den|to)?\D*?" + _SLASHED,
            lambda text, m: _until(text, int(m["d"]), int(m["m"]), int(m["y"])),
        ),
        (
            r"(?:luy ke |cong don )?(?P<n>\d{1,2}) thang(?: dau)?(?: nam)? " + _Y,
            lambda text, m: _to_date(text, int(m["n"]), int(m["y"])),
        ),
        (
            rf"(?:luy ke )?{_RANGE_OF_DAYS}",
            _between,
        ),
        (
            r"(?P<n>6) thang cuoi nam " + _Y,
            lambda text, m: _half(text, int(m["y"])),
        ),
        (
            r"(?:ngay|den|tinh den|den het ngay|tinh den ngay|den ngay|het ngay|as of)? ?"
            r"(?:ngay )?" + _SLASHED,
            lambda text, m: _instant(text, int(m["y"]), int(m["m"]), int(m["d"])),
        ),
        (
            r"ngay (?P<d>\d{1,2}) thang (?P<m>\d{1,2}) nam " + _Y,
            lambda text, m: _instant(text, int(m["y"]), int(m["m"]), int(m["d"])),
        ),
        (
            _Y + r"-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?: 00:00:00)?",
            lambda text, m: _instant(text, int(m["y"]), int(m["m"]), int(m["d"])),
        ),
        (
            r"(?:quy|q|quarter)[ .]?(?P<q>[1-4]|iv|i{1,3})[-/ .]*(?:nam )?" + _Y,
            lambda text, m: _quarter(text, m["q"], int(m["y"])),
        ),
        (_Y + r"[- /]?q(?P<q>[1-4])", lambda text, m: _quarter(text, m["q"], int(m["y"]))),
        (
            r"(?:thang|t|month) ?(?P<m>\d{1,2})[-/ .]*(?:nam )?" + _Y,
            lambda text, m: _month(text, int(m["m"]), int(m["y"])),
        ),
        (
            r"(?P<m>\d{1,2})[-/]" + _Y,
            lambda text, m: _month(text, int(m["m"]), int(m["y"])),
        ),
        (_Y + r"-(?P<m>\d{1,2})", lambda text, m: _month(text, int(m["m"]), int(m["y"]))),
        (
            r"(?P<w>[a-z]+)[ -]" + _Y,
            lambda text, m: _month(text, _MONTHS[m["w"]], int(m["y"])),
        ),
        (r"(?:ca nam|nam|year|fy)? ?" + _Y + r"(?:\.0)?", lambda text, m: _year(text, int(m["y"]))),
    )
)
_INSIDE: Final = re.compile(
    r"((?:quy|thang|nam|luy ke|cong don|tu dau nam|\d{1,2} thang|ngay|tinh den|den het|den|as of|"
    r"q[1-4])\b.*?(?:19|20)\d\d)"
)
# "Lũy kế đến hết tháng 9/2026": up to the end of what follows, from a start that is not said.
_CUMULATIVE: Final = re.compile(r"\b(?:luy ke|luy tien|cong don|tu dau nam|cumulative|ytd)\b")
_UP_TO: Final = re.compile(r"(?:tinh )?(?:den|toi)(?: het)?|het|until|up to")
# A part of a year whose year stands elsewhere: "Tháng 8" below "Năm 2026".
_OF_A_YEAR: Final = re.compile(
    r"(?:thang|t|quy|q|month|quarter) ?(?:\d{1,2}|i{1,3}|iv)|\d{1,2} thang(?: dau nam)?"
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
# "15h00 ngày 30/9/2026": the hour is no part of the day.
_HOUR: Final = re.compile(
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
_FROM_TO: Final = re.compile(_RANGE_OF_DAYS)
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
        r"^[^,;()]{2,40},\s*ngày\s*[\d.…]+\s*tháng\s*[\d.…]+\s*năm\s*(?:19|20)\d\d\s*$",
        r"(?:ngày lập|lập ngày|in ngày|ngày in|ngày báo cáo|ký ngày)\b.*",
    )
)


@lru_cache(maxsize=1 << 15)
def plain(text: str) -> str:
    """Write a wording without diacritics, in lower case, keeping - / and dots."""
    words = text.lower().replace("–", "-").replace("—", "-")
    kept = "".join(map(_plain_char, words))
    return " ".join(kept.split()).strip(" .:")


@lru_cache(maxsize=1 << 12)
def _plain_char(char: str) -> str:
    return char if char in "-/.:" else normalise(char) or " "


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
        return _year(str(year), year) if cell == year and FIRST_YEAR <= year <= LAST_YEAR else None
    if not cell or len(cell) > 120:
        return None
    words = _spelt_out(plain(_HOUR.sub("", cell)))
    if found := _up_to(" ".join(cell.split()), words):
        return found
    for pattern, reader in _FORMS:
        if match := pattern.fullmatch(words):
            try:
                return reader(" ".join(cell.split()), match)
            except (ValueError, KeyError):
                continue
    return None


def _spelt_out(words: str) -> str:
    """Write as digits the numbers of months and quarters that are words: "sáu tháng đầu năm"."""
    for pattern in _SPELT:
        words = pattern.sub(lambda match: str(_WORDS[match[1]]), words)
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
        return _month(period.text, day.month, day.year)
    if grain == "quarter" and day.month % 3 == 1:
        return _quarter(period.text, str(day.month // 3 + 1), day.year)
    if grain == "year" and day.month == 1:
        return _year(period.text, day.year)
    return period


def part_of_year(text: str, year: int) -> Period | None:
    """Read a heading that is a part of a year whose year stands above: "Tháng 8", "Quý II"."""
    words = plain(text)
    return read_period(f"{words} {year}") if _OF_A_YEAR.fullmatch(words) else None


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
        return None
    if not re.fullmatch(r"\d{1,2}|i{1,3}|iv", plain(text)):
        return part_of_year(text, year)
    return part_of_year(f"{'thang' if grain == 'month' else 'quy'} {text}", year)


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
    text = _HOUR.sub("", without_documents(text))
    words = _spelt_out(plain(text))
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
        return _between(text, match)
    except ValueError:
        return None
