"""The forms that a wording has which is a period and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from metrics.importing.cells import plain
from metrics.importing.time.period import (
    Period,
    instant,
    month,
    quarter,
    second_half,
    to_date,
    whole_year,
)

_QUARTERS: Final = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
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


def _until(text: str, day: int, month: int, year: int) -> Period:
    end = date(year, month, day)
    # "Lũy kế" alone may count from the beginning of a programme: then the start is not known.
    if re.search(r"\b(nam|year|ytd)\b", plain(text)):
        return Period(date(year, 1, 1), end, "year_to_date", text)
    return Period(None, end, "unknown", text)


def between(text: str, match: re.Match[str]) -> Period:
    """Read a first and a last day: the month, quarter or year that they are, else just these."""
    first = date(int(match["y0"] or match["y"]), int(match["m0"]), int(match["d0"]))
    last = date(int(match["y"]), int(match["m"]), int(match["d"]))
    if first > last:
        raise ValueError(text)
    for known in (
        month(text, last.month, last.year),
        quarter(text, str((last.month + 2) // 3), last.year),
        whole_year(text, last.year),
    ):
        if (known.start, known.end) == (first, last):
            return known
    grain = "year_to_date" if first == date(last.year, 1, 1) else "unknown"
    return Period(first, last, grain, text)


_Y: Final = r"(?P<y>(?:19|20)\d\d)"
_DAY_FROM: Final = r"(?P<d0>\d{1,2})[-/. ](?P<m0>\d{1,2})(?:[-/. ](?P<y0>(?:19|20)\d\d))?"
# "01-03/2026" are months.
_SLASHED: Final = r"(?P<d>\d{1,2})(?P<sep>[-/. ])(?P<m>\d{1,2})(?P=sep)" + _Y
RANGE_OF_DAYS: Final = rf"tu (?:ngay )?{_DAY_FROM} (?:den|toi|-) (?:het )?(?:ngay )?{_SLASHED}"
Reader = Callable[[str, re.Match[str]], Period]
# On the wording without diacritics, in lower case, one blank between words; the first that fits.
FORMS: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            r"(?:luy ke|cong don|tu dau nam|year to date|ytd)\D*?(?:den|to)?\D*?" + _SLASHED,
            lambda text, m: _until(text, int(m["d"]), int(m["m"]), int(m["y"])),
        ),
        (
            r"(?:luy ke |cong don )?(?P<n>\d{1,2}) thang(?: dau)?(?: nam)? " + _Y,
            lambda text, m: to_date(text, int(m["n"]), int(m["y"])),
        ),
        (
            rf"(?:luy ke )?{RANGE_OF_DAYS}",
            between,
        ),
        (
            r"(?P<n>6) thang cuoi nam " + _Y,
            lambda text, m: second_half(text, int(m["y"])),
        ),
        (
            r"(?:ngay|den|tinh den|den het ngay|tinh den ngay|den ngay|het ngay|as of)? ?"
            r"(?:ngay )?" + _SLASHED,
            lambda text, m: instant(text, int(m["y"]), int(m["m"]), int(m["d"])),
        ),
        (
            r"(?:(?:tinh )?(?:den |as of )(?:het )?)?(?:ngay )?(?P<d>\d{1,2}) "
            r"(?:thang|thg\.?) (?P<m>\d{1,2})(?: nam)? " + _Y,
            lambda text, m: instant(text, int(m["y"]), int(m["m"]), int(m["d"])),
        ),
        (
            r"(?P<d>\d{1,2}) (?P<w>[a-z]+)\.? " + _Y,
            lambda text, m: instant(text, int(m["y"]), _MONTHS[m["w"]], int(m["d"])),
        ),
        (
            r"(?P<w>[a-z]+)\.? (?P<d>\d{1,2}) " + _Y,
            lambda text, m: instant(text, int(m["y"]), _MONTHS[m["w"]], int(m["d"])),
        ),
        (
            r"(?:h1|first half)(?: of)?[-/ ]" + _Y,
            lambda text, m: to_date(text, 6, int(m["y"])),
        ),
        (
            r"(?:first )?(?P<n>\d{1,2}) months(?: of)? " + _Y,
            lambda text, m: to_date(text, int(m["n"]), int(m["y"])),
        ),
        (
            r"(?P<q>first|second|third|fourth) quarter(?: of)? " + _Y,
            lambda text, m: quarter(text, _QUARTERS[m["q"]], int(m["y"])),
        ),
        (
            _Y + r"-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?: 00:00:00)?",
            lambda text, m: instant(text, int(m["y"]), int(m["m"]), int(m["d"])),
        ),
        (
            r"(?:quy|q|quarter)[ .]?(?P<q>[1-4]|iv|i{1,3})[-/ .]*(?:nam )?" + _Y,
            lambda text, m: quarter(text, m["q"], int(m["y"])),
        ),
        (_Y + r"[- /]?q(?P<q>[1-4])", lambda text, m: quarter(text, m["q"], int(m["y"]))),
        (
            r"(?:thang|t|month) ?(?P<m>\d{1,2})[-/ .]*(?:nam )?" + _Y,
            lambda text, m: month(text, int(m["m"]), int(m["y"])),
        ),
        (
            r"(?P<m>\d{1,2})[-/]" + _Y,
            lambda text, m: month(text, int(m["m"]), int(m["y"])),
        ),
        (_Y + r"-(?P<m>\d{1,2})", lambda text, m: month(text, int(m["m"]), int(m["y"]))),
        (
            r"(?:as of )?(?P<d>\d{1,2})(?:st|nd|rd|th)?[ -](?P<w>[a-z]+)[ -]" + _Y,
            lambda text, m: instant(text, int(m["y"]), _MONTHS[m["w"]], int(m["d"])),
        ),
        (
            r"(?:as of )?(?P<w>[a-z]+) (?P<d>\d{1,2}) " + _Y,
            lambda text, m: instant(text, int(m["y"]), _MONTHS[m["w"]], int(m["d"])),
        ),
        (
            r"(?P<w>[a-z]+)[ -]" + _Y,
            lambda text, m: month(text, _MONTHS[m["w"]], int(m["y"])),
        ),
        (
            r"(?:ca nam|nam|year|fy)? ?" + _Y + r"(?:\.0)?",
            lambda text, m: whole_year(text, int(m["y"])),
        ),
    )
)
