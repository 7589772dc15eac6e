"""What there is: indicators and origins."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from metrics.catalog import Indicator, Origin
from metrics.refresh import fresh_mark
from metrics.store import Store
from ui.serving.api.fresh import FRESH, fresh_by_id, fresh_json
from ui.serving.api.listed import PAGING, list_schema, page
from ui.serving.api.operations import JSON, Answer, Asked, Operation, as_json
from ui.serving.api.parameters import known
from ui.serving.api.schemas import MAYBE_DATE, STRING, listed, members, schema_of

DOMAIN: Final = known("domain", lambda so_far: so_far.known.catalog.domains)
_INDICATOR: Final = schema_of(Indicator)
# Of an indicator without a figure there is none.
_MAYBE: Final = {"anyOf": [FRESH, {"type": "null"}]}
_BY_ID: Final = {"type": "object", "additionalProperties": FRESH}
_ORIGIN: Final = schema_of(Origin)
_AVAILABLE: Final = members(
    {
        **dict.fromkeys(("edition", "level", "grain"), STRING),
        **dict.fromkeys(("period_start", "period_end"), MAYBE_DATE),
        "areas": {"type": "integer"},
    }
)


def _one(record: Indicator | Origin) -> dict[str, Any]:
    return record.model_dump(mode="json")


def _indicators(asked: Asked) -> Answer:
    found = [
        one
        for one in asked.store.catalog.indicators.values()
        if asked["domain"] in (None, one.domain)
    ]
    domains = [one.model_dump(mode="json") for one in asked.store.catalog.domains.values()]
    shown = found[asked["offset"] : asked["offset"] + asked["limit"]]
    fresh = fresh_by_id(asked)
    of_shown = {one.id: fresh_json(fresh[one.id]) for one in shown if one.id in fresh}
    return page(asked, found, _one, {"domains": domains, "freshness": of_shown})


def _indicator(asked: Asked) -> Answer:
    one = asked.store.catalog.indicator(asked["indicator"])
    found = fresh_by_id(asked).get(one.id)
    fresh = fresh_json(found) if found else None
    available = _available(asked.store, one.id)
    return as_json({"indicator": _one(one), "available": available, "freshness": fresh})


def _available(store: Store, indicator: str) -> list[dict[str, Any]]:
    """Tell where and when there are figures, newest first."""
    counts = store.availability()
    rows = counts[counts["indicator"] == indicator].to_dict("records")
    return [{str(name): _plain(row[name]) for name in _AVAILABLE["properties"]} for row in rows]


def _plain(cell: Any) -> Any:
    if cell is None or pd.isna(cell):
        return None
    return f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else cell


def _origins(asked: Asked) -> Answer:
    return page(asked, list(asked.store.catalog.origins.values()), _one)


def _origin(asked: Asked) -> Answer:
    return as_json(_one(asked.store.catalog.origin(asked["origin"])))


def _of(name: str, what: str) -> Any:
    return known(name, lambda so_far: getattr(so_far.known.catalog, what))


OPERATIONS: Final = (
    Operation(
        name="indicators",
        path="/indicators",
        own=(DOMAIN, *PAGING),
        media={JSON: list_schema(_INDICATOR, domains={"type": "array"}, freshness=_BY_ID)},
        answer=_indicators,
        example="/indicators?limit=5",
        beside=fresh_mark,
    ),
    Operation(
        name="indicator",
        path="/indicators/{indicator}",
        own=(_of("indicator", "indicators"),),
        media={
            JSON: members(
                {"indicator": _INDICATOR, "available": listed(_AVAILABLE)}, freshness=_MAYBE
            )
        },
        answer=_indicator,
        example="/indicators/index766-total",
        beside=fresh_mark,
    ),
    Operation(
        name="origins",
        path="/origins",
        own=PAGING,
        media={JSON: list_schema(_ORIGIN)},
        answer=_origins,
        example="/origins?limit=5",
    ),
    Operation(
        name="origin",
        path="/origins/{origin}",
        own=(_of("origin", "origins"),),
        media={JSON: _ORIGIN},
        answer=_origin,
        example="/origins/dvcqg-index766",
    ),
)
