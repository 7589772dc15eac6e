"""Dates as their source words them: "cuối năm 2024" is no day, and is given none."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from base.words.messages import Lang, t

# Wordings that are known in both languages, and what differs within each.
PHRASES: Final[dict[str, tuple[str, ...]]] = {
    "to_late_year": ("year",),
    "late_year": ("year",),
    "early_year": ("year",),
    "year_undated": ("year",),
    "autumn_undated": ("year",),
    "month_to": ("month", "year", "day"),
    "quarter_to": ("quarter", "year", "day"),
    "before_month": ("month", "year"),
    "before_day": ("day", "month"),
    "until_tet": ("year",),
    "school_year": ("years",),
    "coming": (),
    "two_years": (),
    "early_this_year": (),
    "quarter_against_year": ("quarter", "year", "before"),
    "quarter_against_day": ("quarter", "year", "day"),
    "against_year": ("year",),
    "against_day": ("day",),
    "between": ("start", "end"),
    "year": ("year",),
}
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_YEAR: Final = re.compile(r"\d{4}")
_DAY: Final = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")


@lru_cache(maxsize=1024)
def wording(text: str, end: date | None, lang: Lang) -> str:
    """Write the words of a source for a date that is not known to the day.

    Parameters
    ----------
    text
        In Vietnamese, as the source has it.
    end
        The latest day that it can be; its year is told where the words name none.

    Returns
    -------
    str
        In English where the words are among `PHRASES`; else as the source has them, in quotes.
        In Vietnamese days are written as all are, ``02/10/2024``, and the "now" of the source,
        which is not its reader's, is left out.
    """
    said = _DAY.sub(_padded, _timeless(text)) if lang == "vi" else _translated(text, lang)
    return said if end is None or _YEAR.search(said) else f"{said} ({end.year})"


def _timeless(text: str) -> str:
    from_now, until = t("wording.from_now_to", "vi"), t("wording.to", "vi")
    return until + text[len(from_now) :] if text.lower().startswith(from_now) else text


def _padded(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    return f"{day:0>2}/{month:0>2}/{year}"


def is_phrase(text: str) -> bool:
    """Tell whether words are among `PHRASES`."""
    return any(pattern.fullmatch(text) for _, pattern in _patterns())


def _translated(text: str, lang: Lang) -> str:
    for name, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            told = found.groupdict()
            return t(f"wording.{name}", lang, **{k: _in_english(k, v) for k, v in told.items()})
    return f"“{text}”"


def _in_english(field: str, text: str) -> str:
    """Write "10/10" as "10 October", "2/10/2024" with its year, the month 6 as "June"."""
    if field == "month":
        return MONTHS[int(text) - 1]
    if field in ("day", "start", "end") and "/" in text:
        day, month, *year = text.split("/")
        return " ".join((str(int(day)), MONTHS[int(month) - 1], *year))
    return text


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = []
    for name, fields in PHRASES.items():
        form = re.escape(t(f"wording.{name}", "vi", **{field: f"@{field}@" for field in fields}))
        for field in fields:
            form = form.replace(f"@{field}@", rf"(?P<{field}>[\d/\-–]+)")
        made.append((name, re.compile(form, re.IGNORECASE)))
    return tuple(made)
