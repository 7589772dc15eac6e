"""What was said of figures, and from when until when it counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.editions import COUNTRY_CODE
from metrics.store import Figure, figures_of, vintages
from ui.serving.api.listed import PAGING, list_schema, page
from ui.serving.api.operations import JSON, Answer, Asked, Operation
from ui.serving.api.parameters import CODE, EDITION, INDICATOR, day
from ui.serving.api.schemas import MAYBE_NUMBER, MAYBE_STRING, STRING, listed, members

SAID: Final = ("category", "state", "qualifier", "locator")
_INDICATOR: Final = replace(INDICATOR, required=True)
_PERIOD: Final = replace(day("period"), said="history.period")


def _history(asked: Asked) -> Answer:
    code = asked["code"]
    edition = "" if code == COUNTRY_CODE else asked["edition"]
    found = [
        one
        for one in figures_of(asked.store, asked["indicator"], edition, code)
        if asked["period"] in (None, one.period_end)
    ]
    return page(asked, found, lambda one: _record(asked, one))


def _record(asked: Asked, one: Figure) -> dict[str, Any]:
    told = vintages(asked.store, one)
    return {
        "indicator_id": one.indicator,
        "role": one.role,
        "edition": one.edition or None,
        "level": one.level,
        "area_code": one.area,
        "period_start": _day(one.period_start),
        "period_end": _day(one.period_end),
        "grain": one.grain or None,
        "vintages": [_vintage(row) for row in told.to_dict("records")],
    }


def _vintage(row: dict[Any, Any]) -> dict[str, Any]:
    value = row["value"]
    return {
        "value": None if pd.isna(value) else float(value),
        **{name: row[name] or None for name in SAID},
        "origin_id": row["origin"],
        "dataset": row["dataset"],
        "known_from": row["known_from"],
        "known_until": row["known_until"] or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


_VINTAGE: Final = members(
    {
        "value": MAYBE_NUMBER,
        **dict.fromkeys(SAID, MAYBE_STRING),
        **dict.fromkeys(("origin_id", "dataset", "known_from"), STRING),
        "known_until": MAYBE_STRING,
    }
)
_FIGURE: Final = members(
    {
        **dict.fromkeys(("indicator_id", "role", "level", "area_code"), STRING),
        **dict.fromkeys(("edition", "period_start", "period_end", "grain"), MAYBE_STRING),
        "vintages": listed(_VINTAGE),
    }
)
OPERATIONS: Final = (
    Operation(
        name="history",
        path="/history",
        own=(_INDICATOR, EDITION, CODE, _PERIOD, *PAGING),
        media={JSON: list_schema(_FIGURE)},
        answer=_history,
        example="/history?indicator=index766-total&edition=2025&code=48",
    ),
)
