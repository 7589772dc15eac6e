"""Make texts alike that differ in nothing but when and where they were made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

_CLOCK = r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# What a run makes up anew each time, and what moves with the code.
_RULES: Final = tuple(
    (re.compile(pattern, re.MULTILINE), instead)
    for pattern, instead in (
        (r"^.*\r(?!\n)", ""),  # a progress bar, all but its last state
        (r"^.*\d+%\|.*\n?", ""),
        (r"\$\$ID-[0-9a-f]+-", "$$ID-"),
        (r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "UUID"),
        (r"(deferredFileId = )\w+", r"\1UUID"),
        (r"\b0x[0-9a-f]{6,}", "0xADDRESS"),
        (r"golden-\w{8}", "golden-TMP"),
        (r"\.\d+\.\d+(?=\.tmp\b)", ".N"),
        (r'(\.py", line )\d+', r"\1N"),
        (r"(\.py):\d+", r"\1:N"),
    )
)


def _days(day: date) -> str:
    d, m, y = day.day, day.month, day.year
    name = _MONTHS[m - 1]
    return "|".join(
        (
            f"{y}-{m:02}-{d:02}",
            rf"\b0?{d}/0?{m}/{y}",
            rf"(?:ngày )?\b0?{d} tháng 0?{m}(?: năm |/|, ){y}",
            rf"\b0?{d} (?:{name}|{name[:3]})\.? {y}",
            rf"\b(?:{name}|{name[:3]})\.? 0?{d}, {y}",
        )
    )


def plain(text: str, places: Mapping[str, str], today: tuple[date, ...]) -> str:
    """Take out of a text what is different at each run.

    Parameters
    ----------
    places
        What stands instead of each folder. Longer ones are replaced first.
    today
        The days on which the run began and ended; times of the clock are taken out beside them.
    """
    for place in sorted(places, key=len, reverse=True):
        text = text.replace(place, places[place])
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    for day in dict.fromkeys(today):
        days = _days(day)
        text = re.sub(rf"\b{day:%Y%m%d}T\d{{6,12}}Z?", "TIME", text)
        text = re.sub(rf"(?:{days})(?:T|,? (?:lúc |at )?){_CLOCK}", "TIME", text)
        text = re.sub(rf"{_CLOCK},? (?:ngày |on )?(?:{days})", "TIME", text)
        text = re.sub(days, "TODAY", text)
    return text
