"""Write one figure of a panel for the reader: value, qualifier, date, state."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from base.words import (
    Lang,
    day,
    decimals_of,
    number,
    numbers,
    period,
    pick,
    t,
    wording,
)
from metrics.catalog import Indicator
from metrics.observations import STATES_WITH_FIGURE
from metrics.panel import WITHHELD, withheld_by
from metrics.store import period_words

FIGURES = STATES_WITH_FIGURE
BARE = ("", "exact", "computed")
COUNTED = ("count", "amount")
NUMBERS_KEPT = 20_000
WORDED = ("status", "date")  # kinds whose figures are no numbers

SIGNS = ("%", "‰")
FEWEST_FOR_COLOUR: Final = 5  # under so many areas there is no colour scale

Row = Mapping[str, Any]
Span = tuple[date | None, date | None, str, str]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries by column."""
    names = [str(name) for name in frame.columns]
    columns = [frame.iloc[:, at].tolist() for at in range(len(names))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def value_text(row: Row, indicator: Indicator, lang: Lang) -> str:
    """Write the figure of a row, with the word of its qualifier and without its unit.

    Parameters
    ----------
    row
        A row of a panel or of the store.

    Returns
    -------
    str
        "" where the row has no figure.
    """
    if row["state"] not in FIGURES:
        return ""
    if indicator.kind in WORDED:
        return _worded(indicator, str(row["category"] or ""), lang)
    fixed = row.get("role", "result") == "result"
    whole = row.get("denominator")
    return _figure(indicator, row["value"], str(row["qualifier"]), whole, lang, fixed=fixed)


def value_texts(frame: pd.DataFrame, indicator: Indicator, lang: Lang) -> tuple[str, ...]:
    """Write the figures of all rows of a frame; see `value_text`."""
    states = frame["state"].tolist()
    if indicator.kind in WORDED:
        told = zip(states, frame["category"].tolist(), strict=True)
        return tuple(
            _worded(indicator, category, lang) if state in FIGURES else ""
            for state, category in told
        )
    columns = (frame[name].tolist() for name in ("value", "qualifier", "denominator"))
    return tuple(
        _figure(indicator, value, qualifier, whole, lang) if state in FIGURES else ""
        for state, value, qualifier, whole in zip(states, *columns, strict=True)
    )


def _figure(
    indicator: Indicator, value: Any, qualifier: str, whole: Any, lang: Lang, *, fixed: bool = True
) -> str:
    """Write a figure; a count with of how many it is, where that is known."""
    if pd.isna(value):
        return ""
    if indicator.kind not in COUNTED or whole is None or pd.isna(whole):
        return _written(indicator, value, qualifier, lang, fixed=fixed)
    # Of one measure, and so with the decimals of one.
    digits = max(decimals(indicator, float(value)), decimals_of(whole))
    text = _written(indicator, value, qualifier, lang, digits=digits, fixed=fixed)
    return t("value.of", lang, value=text, whole=_number(float(whole), lang, digits, fixed))


def share_text(row: Row, indicator: Indicator, lang: Lang) -> str:
    """Write which count of how many a share is; "" where its source does not say."""
    if indicator.kind in COUNTED or pd.isna(row.get("denominator", math.nan)):
        return ""
    part, whole = numbers((row["numerator"], row["denominator"]), lang)
    return t("value.of", lang, value=part, whole=whole)


def _worded(indicator: Indicator, category: str, lang: Lang) -> str:
    if indicator.kind == "status":
        return category_title(indicator, category, lang)
    return date_text(category, lang)


def date_text(text: str, lang: Lang) -> str:
    """Write an ISO date as far as it is known: a day, a month or a year; "" where it is none."""
    known = text.count("-")
    try:
        on = date.fromisoformat(text + "-01" * (2 - known))
    except ValueError:
        return ""
    return day(on, lang) if known == 2 else period(None, on, ("year", "month")[known], lang)


@lru_cache(maxsize=NUMBERS_KEPT)
def _number(value: float, lang: Lang, digits: int, fixed: bool) -> str:
    """Write a figure; the same numbers come back in many views."""
    return number(value, lang, digits, fixed=fixed)


def _written(
    indicator: Indicator,
    value: Any,
    qualifier: str,
    lang: Lang,
    *,
    digits: int | None = None,
    fixed: bool = True,
) -> str:
    # Bounds, rough figures and aims are round; results have the decimals of their indicator.
    plain = qualifier in BARE
    digits = decimals(indicator, float(value)) if digits is None else digits
    text = _number(float(value), lang, digits, plain and fixed)
    return text if plain else t(f"qualifier.{qualifier}", lang, value=text)


def decimals(indicator: Indicator, value: float) -> int:
    """Return how many decimals a figure is written with: the indicator's, or the source's own."""
    return max(indicator.decimals, decimals_of(value))


def category_title(indicator: Indicator, category: str, lang: Lang) -> str:
    """Return the title of a category of a status."""
    for known in indicator.categories or ():
        if known.id == category:
            return pick(known.title, lang)
    return category


def unit_text(indicator: Indicator, lang: Lang) -> str:
    """Return the unit as written beside a figure; "" for statuses and dates."""
    return "" if indicator.kind in WORDED else pick(indicator.unit, lang)


def with_unit(text: str, indicator: Indicator, lang: Lang) -> str:
    """Join a written figure and its unit; "rank 7" for a place in an order."""
    if indicator.kind == "rank":
        return t("value.rank", lang, value=text) if text else ""
    unit = unit_text(indicator, lang)
    return beside(text, _of_one(unit) if lang == "en" and text == "1" else unit)


def _of_one(unit: str) -> str:
    """Write an English unit beside the number one: "1 model", "1 kind of registers"."""
    head, *rest = re.split(r"(?= of | \()", unit, maxsplit=1)
    for many, one in (("people", "person"), ("ies", "y"), ("s", "")):
        if head.endswith(many):
            return head.removesuffix(many) + one + "".join(rest)
    return unit


def beside(text: str, unit: str) -> str:
    """Put a unit beside a written number; "" for either leaves the text as it is."""
    gap = "" if unit.startswith(SIGNS) else " "
    return f"{text}{gap}{unit}" if text and unit else text


def period_text(row: Row, lang: Lang) -> str:
    """Write the period of a row; "" where it has none."""
    return span_text(_span_of(row), lang)


def _span_of(row: Row) -> Span:
    ends = (row["period_start"], row["period_end"])
    days = [None if pd.isna(at) else pd.Timestamp(at).date() for at in ends]
    grain, said = str(row["grain"]), str(row.get("period_text") or "")
    return days[0], days[1], grain, period_words(grain, said, str(row.get("dataset", "")))


def due_text(row: Row, lang: Lang) -> str:
    """Write by when a target is due: its period, or the source's words without one; "" if neither.

    Parameters
    ----------
    row
        With ``deadline``, missing where the source names none.
    """
    words = str(row.get("period_text") or "")
    if not pd.isna(row["deadline"]):
        return period_text(row, lang)
    return wording(words, None, lang) if words else ""


def spans_of(frame: pd.DataFrame) -> list[Span]:
    """Return the period of each row of a frame: first day, last day, grain, the source's words."""
    starts, ends = (
        frame[name].to_numpy("datetime64[D]").tolist() for name in ("period_start", "period_end")
    )
    grains = frame["grain"].tolist()
    told = zip(grains, frame["period_text"].tolist(), frame["dataset"].tolist(), strict=True)
    words = [period_words(grain, said, dataset) for grain, said, dataset in told]
    return list(zip(starts, ends, grains, words, strict=True))


def span_text(span: Span, lang: Lang) -> str:
    """Write a period; "" where there is none."""
    start, end, grain, words = span
    return "" if end is None else period(start, end, grain, lang, words)


def between_text(rows: Iterable[Row], lang: Lang) -> str:
    """Write the periods of an oldest and a newest row, once where they are the same."""
    spans = [_span_of(row) for row in rows]
    return _from_to(spans[0], spans[-1], lang) if spans else ""


def range_text(spans: Iterable[Span], lang: Lang) -> str:
    """Write from when to when periods are: those that end first and last; "" without any."""
    known = sorted({span for span in spans if span[1] is not None}, key=lambda span: str(span[1]))
    return _from_to(known[0], known[-1], lang) if known else ""


def _from_to(first: Span, last: Span, lang: Lang) -> str:
    """Write two periods, once what they share."""
    (_, begun, *kind), (_, ended, *other) = first, last
    to_date = kind == other == ["year_to_date", ""]
    if to_date and begun and ended and begun.year == ended.year and begun != ended:
        days = {"first": day(begun, lang), "last": day(ended, lang)}
        return t("period.to_date.between", lang, year=ended.year, **days)
    told = (span_text(first, lang), span_text(last, lang))
    return " – ".join(dict.fromkeys(text for text in told if text))


def state_text(state: str, lang: Lang) -> str:
    """Say why a row has no plain figure; "" for a reported one."""
    return "" if state == "reported" else t(f"state.{state}", lang)


def aside_text(row: Row, indicator: Indicator, level: str, lang: Lang) -> str:
    """Say why a figure is not compared with those of other areas; "" where it is."""
    reason = str(row.get("aside") or "")
    if reason == WITHHELD:
        rule = withheld_by(indicator, level, row)
        return pick(rule.reason, lang) if rule else ""
    return t(f"aside.{reason}", lang) if reason else ""


def role_text(role: str, lang: Lang) -> str:
    """Say before a figure that it is a target or a forecast; "" for a result."""
    return "" if role == "result" else t(f"role.{role}", lang) + " "
