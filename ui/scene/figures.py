"""Write one figure of a panel for the reader: value, qualifier, date, state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from base.words import Lang, day, decimals_of, number, period, pick, t
from metrics.catalog import Indicator, Origin
from metrics.observations import STATES_WITH_FIGURE

FIGURES = STATES_WITH_FIGURE
BARE = ("", "exact", "computed")


Row = Mapping[str, Any]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as dictionaries by column."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def value_text(
    row: Mapping[str, Any], indicator: Indicator, lang: Lang, *, column: bool = False
) -> str:
    """Write the figure of a row, with the word of its qualifier and without its unit.

    Parameters
    ----------
    row
        A row of a panel or of the store.
    column
        Whether it stands in a column, where decimals align: zeros are then kept.

    Returns
    -------
    str
        "" where the row has no figure.
    """
    if row["state"] not in FIGURES:
        return ""
    if indicator.kind == "status":
        return category_title(indicator, str(row["category"]), lang)
    if indicator.kind == "date":
        return day(date.fromisoformat(str(row["category"])), lang) if row["category"] else ""
    if pd.isna(row["value"]):
        return ""
    value = float(row["value"])
    text = number(value, lang, decimals(indicator, value), fixed=column)
    qualifier = str(row["qualifier"])
    return text if qualifier in BARE else t(f"qualifier.{qualifier}", lang, value=text)


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
    return "" if indicator.kind in ("status", "date") else pick(indicator.unit, lang)


def with_unit(text: str, indicator: Indicator, lang: Lang) -> str:
    """Join a written figure and its unit."""
    return beside(text, unit_text(indicator, lang))


def beside(text: str, unit: str) -> str:
    """Put a unit beside a written number; "" for either leaves the text as it is."""
    gap = "" if unit.startswith(("%", "‰")) else " "
    return f"{text}{gap}{unit}" if text and unit else text


def period_text(row: Mapping[str, Any], lang: Lang) -> str:
    """Write the period of a row; "" where it has none."""
    if pd.isna(row["period_end"]):
        return ""
    start = row["period_start"]
    return period(
        None if pd.isna(start) else pd.Timestamp(start).date(),
        pd.Timestamp(row["period_end"]).date(),
        str(row["grain"]),
        lang,
    )


def state_text(state: str, lang: Lang) -> str:
    """Say why a row has no plain figure; "" for a reported one."""
    return "" if state == "reported" else t(f"state.{state}", lang)


def source_name(origin: Origin, lang: Lang) -> str:
    """Name a source briefly: its producer, or its title where the producer is unknown."""
    producer = pick(origin.producer, lang)
    unknown = producer.casefold().startswith(t("source.unknown", lang).casefold())
    return pick(origin.title, lang) if unknown else producer


def licence_text(origin: Origin, lang: Lang) -> str:
    """Return the licence of a source as recorded; said to be unknown where it is."""
    return t("source.unknown", lang) if origin.licence == "unknown" else origin.licence


def role_text(role: str, lang: Lang) -> str:
    """Say before a figure that it is a target or a forecast; "" for a result."""
    return "" if role == "result" else t(f"role.{role}", lang) + " "
