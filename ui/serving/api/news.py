"""What is new, as a feed and for programs, and what is expected, as a calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from base.words import t
from metrics.refresh import fresh_mark
from metrics.updates import Changed, Row, Scope, Update, imports, updates
from ui.address import Param
from ui.serving.api.catalogue import DOMAIN
from ui.serving.api.listed import links_of, list_schema
from ui.serving.api.operations import JSON, Answer, Asked, Operation, as_json
from ui.serving.api.parameters import CODE, EDITION, INDICATOR, Parameter, choice, paging
from ui.serving.api.problems import Problem
from ui.serving.api.schemas import MAYBE_NUMBER, MAYBE_STRING, STRING, listed, members
from ui.updates import (
    CALENDAR_MEDIA,
    FEED_MEDIA,
    calendar_bytes,
    change_text,
    feed_bytes,
    read_bound,
    update_title,
)

ATOM: Final = "atom"
# Of each so many changes are told; who wants all of them narrows what is asked.
MOST_CHANGES: Final = 1000
PAGING: Final = paging(20, 10)
PLACE: Final = replace(CODE, param=replace(CODE.param, name="place"), required=False)


def _bound(name: str) -> Parameter:
    param = Param(name, lambda given, _: read_bound(given), start=lambda _: None)
    return Parameter(param, {"type": "number"}, told="bound")


def _scope(asked: Asked) -> Scope:
    names = ("indicator", "domain", "edition", "place")
    told = {name: asked.found.get(name) or "" for name in names}
    below, above = asked.found.get("below"), asked.found.get("above")
    if (below is not None or above is not None) and not told["indicator"]:
        raise Problem("together", t("api.bound.indicator", asked.lang))
    return Scope(**told, below=below, above=above)


def _updates(asked: Asked) -> Answer:
    scope = _scope(asked)
    if asked["format"] == ATOM:
        return Answer(feed_bytes(asked.store, scope, asked.lang, at=asked.link), FEED_MEDIA)
    first, most = asked["offset"], asked["limit"]
    found = updates(asked.store, scope, most, first=first, lines=MOST_CHANGES)
    total = len(imports(asked.store, scope))
    links = links_of(asked, total)
    told = [_update(one, asked) for one in found]
    return as_json({"total": total, "items": told, "links": links}, links)


def _update(one: Update, asked: Asked) -> dict[str, Any]:
    told = one.changes[:MOST_CHANGES]
    return {
        "id": one.id,
        "time": one.time.isoformat(),
        "title": update_title(one, asked.lang),
        "counts": dict(one.counts),
        "changes": [_change(change, asked) for change in told],
        "left_off": one.counts.total() - sum(change.n for change in told),
    }


def _change(one: Changed, asked: Asked) -> dict[str, Any]:
    row = one.row
    return {
        "kind": one.kind,
        "n": one.n,
        "indicator_id": one.indicator.id,
        "role": row["role"],
        "edition": one.edition or None,
        "level": one.level,
        "area_code": one.area or None,
        "period_start": _day(row["period_start"]),
        "period_end": _day(row["period_end"]),
        "grain": row["grain"] or None,
        "period_as_stated": row["period_text"] or None,
        "before": _side(one.before),
        "after": _side(one.after),
        "text": change_text(one, asked.lang),
    }


def _day(day: Any) -> str | None:
    return None if pd.isna(day) else f"{day:%Y-%m-%d}"


def _side(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    told = {name: row[name] or None for name in ("category", "state", "qualifier")}
    return {"value": row["value"], **told, "origin_id": row["origin"]}


def _calendar(asked: Asked) -> Answer:
    told = calendar_bytes(asked.store, _scope(asked), asked.lang, at=asked.link)
    return Answer(told, CALENDAR_MEDIA)


_SIDE: Final = {
    "type": ["object", "null"],
    "properties": {
        "value": MAYBE_NUMBER,
        **dict.fromkeys(("category", "state", "qualifier", "origin_id"), MAYBE_STRING),
    },
}
_CHANGE: Final = members(
    {
        **dict.fromkeys(("kind", "indicator_id", "role", "level", "text"), STRING),
        "n": {"type": "integer", "minimum": 1},
        "before": _SIDE,
        "after": _SIDE,
    },
    **dict.fromkeys(("edition", "area_code", "period_start", "period_end"), MAYBE_STRING),
)
_UPDATE: Final = members(
    {
        **dict.fromkeys(("id", "time", "title"), STRING),
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        "changes": listed(_CHANGE),
        "left_off": {"type": "integer", "minimum": 0},
    }
)
OPERATIONS: Final = (
    Operation(
        name="updates",
        path="/updates.{format}",
        own=(
            choice("format", (ATOM, "json"), said="updates.format"),
            INDICATOR,
            DOMAIN,
            EDITION,
            PLACE,
            _bound("below"),
            _bound("above"),
            *PAGING,
        ),
        media={FEED_MEDIA: STRING, JSON: list_schema(_UPDATE)},
        answer=_updates,
        example="/updates.atom?domain=services",
        of_now=True,
    ),
    Operation(
        name="calendar",
        path="/calendar.ics",
        own=(INDICATOR, DOMAIN),
        media={CALENDAR_MEDIA: STRING},
        answer=_calendar,
        example="/calendar.ics",
        of_now=True,
        beside=fresh_mark,
    ),
)
