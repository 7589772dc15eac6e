"""How fresh the figures of indicators are, for programs."""

from __future__ import annotations

from typing import Any, Final

from metrics.people import VISITOR
from metrics.refresh import Fresh, fresh_mark, freshness
from ui.serving.api.listed import PAGING, list_schema, page
from ui.serving.api.operations import JSON, Answer, Asked, Operation
from ui.serving.api.parameters import INDICATOR, choice
from ui.serving.api.schemas import MAYBE_DATE, MAYBE_STRING, members

RHYTHMS: Final = ("source", "publisher")
_RHYTHM: Final = {"type": ["string", "null"], "enum": [*RHYTHMS, None]}
FRESH: Final = members(
    {
        "newest": MAYBE_DATE,
        "came": MAYBE_STRING,
        "every": MAYBE_STRING,
        "stated_by": _RHYTHM,
        "source_id": MAYBE_STRING,
        "last_asked": MAYBE_STRING,
        "expected": MAYBE_DATE,
        "late": {"type": ["boolean", "null"]},
    }
)
_ITEM: Final = members({"indicator_id": {"type": "string"}, **FRESH["properties"]})


def fresh_json(one: Fresh) -> dict[str, Any]:
    """Write how fresh the figures of an indicator are."""
    return {
        "newest": one.newest.isoformat(),
        "came": one.came.isoformat() if one.came else None,
        "every": one.every,
        "stated_by": "source" if one.source else "publisher" if one.rhythm else None,
        "source_id": one.source.id if one.source else None,
        "last_asked": one.asked.isoformat() if one.asked else None,
        "expected": one.expected.isoformat() if one.expected else None,
        "late": one.late,
    }


def fresh_by_id(asked: Asked) -> dict[str, Fresh]:
    """Tell how fresh all published figures are, by indicator."""
    return freshness(asked.store, VISITOR, past=bool(asked.as_of))


def _freshness(asked: Asked) -> Answer:
    found = [
        one
        for id_, one in fresh_by_id(asked).items()
        if asked["indicator"] in (None, id_) and (asked["late"] != "1" or one.late)
    ]
    return page(asked, found, lambda one: {"indicator_id": one.indicator.id, **fresh_json(one)})


OPERATIONS: Final = (
    Operation(
        name="freshness",
        path="/freshness",
        own=(INDICATOR, choice("late", ("1", "0"), "0"), *PAGING),
        media={JSON: list_schema(_ITEM)},
        answer=_freshness,
        example="/freshness?late=1",
        beside=fresh_mark,
    ),
)
