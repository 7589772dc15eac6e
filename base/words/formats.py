"""Write numbers, dates and periods as readers of each language do (CLDR, through Babel)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from base.words.messages import Lang, t
from base.words.wording import is_phrase, wording

if TYPE_CHECKING:
    # Imported where they are used: what only looks places up writes no numbers.
    from babel import Locale
    from babel.numbers import NumberPattern

MISSING = "–"
MINUS = "\N{MINUS SIGN}"
# From here on digits are no longer exact, and nobody reads them: 1,5E20 is written instead.
LONGEST_WRITTEN = 1e15
_POWERS = "0.##E0"
DATES_KEPT = 4096
# Grains of which the source's own words say more than the days they lie between.
UNDATED = ("before", "unknown")
# In place of a source's words: it has none, and the date is that of the document it stands in.
OF_DOCUMENT = "*"
_ISO = re.compile(r"\d{4}-\d{2}")


@cache
def _locale(lang: Lang) -> Locale:
    from babel import Locale  # noqa: PLC0415

    return Locale("vi", "VN") if lang == "vi" else Locale("en", "GB")


@cache
def _marks(lang: Lang) -> dict[int, str]:
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415

    locale = _locale(lang)
    marks = {",": get_group_symbol(locale), ".": get_decimal_symbol(locale), "-": MINUS}
    return str.maketrans(marks)


@cache
def _parsed(pattern: str) -> NumberPattern:
    from babel.numbers import parse_pattern  # noqa: PLC0415

    return parse_pattern(pattern)


def number(
    value: float | Decimal | None, lang: Lang, decimals: int = 0, *, fixed: bool = False
) -> str:
    """Write a number: ``1.234.567,8`` in Vietnamese, ``1,234,567.8`` in English.

    Parameters
    ----------
    value
        The number; None and NaN are written as a dash.
    decimals
        The most digits after the decimal mark.
    fixed
        Whether to write all of them, zeros included, so that columns align.

    Returns
    -------
    str
        The number, without its unit.
    """
    if value is None or math.isnan(value):
        return MISSING
    if abs(float(value)) >= LONGEST_WRITTEN:
        return str(_parsed(_POWERS).apply(value, _locale(lang))).replace("-", MINUS)
    # What Babel would write, in a tenth of the time: a map of communes has thousands of figures.
    text = f"{round(Decimal(str(value)), decimals):,f}"
    if decimals and not fixed:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_marks(lang))


def decimals_of(value: float, at_most: int = 4) -> int:
    """Count the digits after the decimal mark that a figure was printed with.

    Parameters
    ----------
    value
        A finite number as read from its source.
    at_most
        Upper bound of the answer.

    Returns
    -------
    int
        0 for a whole number.
    """
    text = f"{value:.{at_most}f}".rstrip("0")
    return len(text.partition(".")[2])


def numbers(values: Iterable[float], lang: Lang) -> tuple[str, ...]:
    """Write numbers of one measure: all with the decimals of the one that has most."""
    known = [float(value) for value in values]
    digits = max(map(decimals_of, known), default=0)
    return tuple(number(value, lang, digits, fixed=True) for value in known)


@lru_cache(maxsize=DATES_KEPT)
def day(value: date | None, lang: Lang) -> str:
    """Write a date: ``10/10/2026`` in Vietnamese, ``10 October 2026`` in English.

    Parameters
    ----------
    value
        The date; None is written as a dash.
    """
    if value is None:
        return MISSING
    return _written(value, "dd/MM/yyyy" if lang == "vi" else "d MMMM yyyy", lang)


def day_of_year(value: date, lang: Lang) -> str:
    """Write a date below the year that is said above: ``27/09``, ``27 Sept``."""
    return _written(value, "dd/MM" if lang == "vi" else "d MMM", lang)


def partial_day(text: str, lang: Lang) -> str:
    """Write a date that may be only a month or a year, given in ISO 8601.

    Parameters
    ----------
    text
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; whatever else it is stays as it is.

    Returns
    -------
    str
        For example ``tháng 12/2023``, ``23 October 2025``, ``2022``.
    """
    try:
        first = date.fromisoformat(f"{text}-01" if _ISO.fullmatch(text) else text)
    except ValueError:
        return text
    return period(None, first, "month" if _ISO.fullmatch(text) else "instant", lang)


def _written(value: date, form: str, lang: Lang) -> str:
    from babel.dates import format_date  # noqa: PLC0415

    return str(format_date(value, form, locale=_locale(lang)))


def _better(words: str, grain: str) -> bool:
    """Tell whether a source's words say more than the days: a table's own "2024-10" does not."""
    return not _ISO.search(words) and (grain == "unknown" or is_phrase(words))


@lru_cache(maxsize=DATES_KEPT)
def period(start: date | None, end: date, grain: str, lang: Lang, words: str = "") -> str:
    """Write the period that a figure describes.

    Parameters
    ----------
    start, end
        First and last day; the start may be unknown.
    grain
        One of the grains of an observation: instant, month, quarter, year, year_to_date,
        before, unknown.
    words
        The source's own, written where no day is known.

    Returns
    -------
    str
        For example ``năm 2024``, ``quý 3/2022``, ``1/1 – 10/10/2026``, ``trước 01/01/2021``.
    """
    if words == OF_DOCUMENT:
        return t("period.of_document", lang, when=period(start, end, grain, lang))
    if words and grain in UNDATED and _better(words, grain):
        return wording(words, end, lang)
    match grain:
        case "year":
            return t("period.year", lang, year=end.year)
        case "quarter":
            return t("period.quarter", lang, quarter=(end.month + 2) // 3, year=end.year)
        case "month" if lang == "vi":
            return t("period.month", lang, month=end.month, year=end.year)
        case "month":
            return _written(end, "LLLL yyyy", lang)
        case "year_to_date":
            return t("period.to_date", lang, year=end.year, end=day(end, lang))
        case "before":
            return t("period.before", lang, end=day(end, lang))
        case "unknown" if start is None:
            return t("period.unknown", lang, end=day(end, lang))
        case _ if start is not None and start != end:
            return f"{day(start, lang)} – {day(end, lang)}"
        case _:
            return day(end, lang)


def date_range(first: date | None, last: date | None, lang: Lang) -> str:
    """Write the range of dates of several figures, or the one date that they share.

    Parameters
    ----------
    first, last
        Oldest and newest date; None when there is no figure.

    Returns
    -------
    str
        For example ``10/10/2026`` or ``01/09/2024 – 12/01/2026``; a dash without figures.
    """
    if first is None or last is None or first == last:
        return day(last, lang)
    return f"{day(first, lang)} – {day(last, lang)}"
