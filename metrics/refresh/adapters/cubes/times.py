"""Periods as codes and labels of statistics offices write them; what may be two is none."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from metrics.importing import Period, read_period
from metrics.refresh.adapters.cubes.statuses import Status

_EARLIEST, _LATEST = 1800, 2200
_YEAR: Final = r"(?P<year>\d{4})"
_WHOLE_YEAR: Final = re.compile(rf"{_YEAR}(?:-A1?)?")
_DAY: Final = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?:T00:00(?::00)?)?")
# Parts of a year, as words that are read like those of people.
_PARTS: Final = (
    (re.compile(rf"{_YEAR}-?(?:Q|KV?)(?P<part>[1-4])"), "quý {part}/{year}"),
    (re.compile(rf"{_YEAR}(?:M|-M?)(?P<part>0[1-9]|1[0-2])"), "tháng {part}/{year}"),
    (re.compile(rf"{_YEAR}-?[HS]1"), "6 tháng đầu năm {year}"),
    (re.compile(rf"{_YEAR}-?[HS]2"), "6 tháng cuối năm {year}"),
)
_WORDS: Final[tuple[tuple[str, Status], ...]] = (
    (r"sơ bộ|prel\.?|preliminary|provisional", "provisional"),
    (r"ước tính|ước|estimated?|est\.", "estimated"),
)


def read_time(text: str) -> tuple[Period, Status] | None:
    """Read a code or label that is a period, and whether it says that its figures are provisional.

    Examples
    --------
    >>> [read_time(t)[0].grain for t in ("2026", "2026K1", "2026M01", "2026-01", "2026H1")]
    ['year', 'quarter', 'month', 'month', 'year_to_date']
    >>> read_time("Sơ bộ 2025")[1], read_time("1988-1990"), read_time("202601"), read_time("26")
    ('provisional', None, None, None)
    """
    words = " ".join(text.split())
    for pattern, status in _WORDS:
        said = rf"(?:{pattern})"
        rest = re.sub(rf"^{said}\s+|\s*\(\s*{said}\s*\)$|\s+{said}$", "", words, flags=re.I)
        if rest != words:
            period = _period(rest, words)
            return (period, status) if period else None
    found = _period(words, words)
    return (found, "normal") if found else None


def _period(words: str, text: str) -> Period | None:
    if whole := _WHOLE_YEAR.fullmatch(words):
        year = int(whole["year"])
        if not _EARLIEST <= year <= _LATEST:
            return None
        return Period(date(year, 1, 1), date(year, 12, 31), "year", text)
    found = None
    if match := _DAY.fullmatch(words):
        try:
            found = read_period(date.fromisoformat(match["day"]))
        except ValueError:
            return None
    elif not words.isdigit():
        parts = ((form, pattern.fullmatch(words)) for pattern, form in _PARTS)
        said = next((form.format(**match.groupdict()) for form, match in parts if match), words)
        found = read_period(said)
    return Period(found.start, found.end, found.grain, text) if found else None
