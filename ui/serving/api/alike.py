"""The places that are most like one."""

from __future__ import annotations

from typing import Any, Final

from geo.editions import area
from metrics.similar import Driver, NoPeers, Peer, similar
from ui.parts import method_text
from ui.serving.api.operations import JSON, Answer, Asked, Operation, as_json
from ui.serving.api.parameters import CODE, EDITION
from ui.serving.api.places import AREA, area_record
from ui.serving.api.schemas import MAYBE_NUMBER, MAYBE_STRING, STRING, listed, members

# Digits of distances that are told.
DECIMALS: Final = 4
_NUMBER: Final = {"type": "number", "minimum": 0}
_VALUE: Final = {"type": "number"}
_COUNT: Final = {"type": "integer", "minimum": 0}


def _similar(asked: Asked) -> Answer:
    try:
        found = similar(asked.store, asked["edition"], asked["code"])
    except NoPeers as refusal:
        told = {"area": area_record(area(asked["edition"], asked["code"])), "peers": []}
        return as_json({**told, "reason": refusal.say(asked.lang), "method": None})
    document = {
        "area": area_record(found.place),
        "sets": found.questions,
        "indicators": found.indicators,
        "compared": found.compared,
        "usual_distance": round(found.usual, DECIMALS),
        "peers": [_peer(peer) for peer in found.peers],
        "reason": None,
        "method": method_text(found, asked.lang),
    }
    return as_json(document)


def _peer(peer: Peer) -> dict[str, Any]:
    return {
        "area": area_record(peer.place),
        "distance": round(peer.distance, DECIMALS),
        "shared_sets": peer.questions,
        "shared_indicators": peer.indicators,
        "near": [_driver(one) for one in peer.near],
        "apart": [_driver(one) for one in peer.apart],
    }


def _driver(one: Driver) -> dict[str, Any]:
    end = one.own["period_end"]
    return {
        "indicator_id": one.indicator.id,
        "difference": round(one.gap, DECIMALS),
        "value": float(one.own["value"]),
        "peer_value": float(one.other["value"]),
        "period_end": f"{end:%Y-%m-%d}",
        "origin_id": one.own["origin"],
        "peer_origin_id": one.other["origin"],
    }


_DRIVER: Final = members(
    {
        **dict.fromkeys(("indicator_id", "period_end", "origin_id", "peer_origin_id"), STRING),
        "difference": _NUMBER,
        "value": _VALUE,
        "peer_value": _VALUE,
    }
)
_PEER: Final = members(
    {
        "area": AREA,
        "distance": _NUMBER,
        **dict.fromkeys(("shared_sets", "shared_indicators"), _COUNT),
        **dict.fromkeys(("near", "apart"), listed(_DRIVER)),
    }
)
OPERATIONS: Final = (
    Operation(
        name="similar",
        path="/similar/{edition}/{code}",
        own=(EDITION, CODE),
        media={
            JSON: members(
                {
                    "area": AREA,
                    "peers": listed(_PEER),
                    **dict.fromkeys(("reason", "method"), MAYBE_STRING),
                },
                usual_distance=MAYBE_NUMBER,
                **dict.fromkeys(("sets", "indicators", "compared"), _COUNT),
            )
        },
        answer=_similar,
        example="/similar/2025/48",
        heavy=True,
    ),
)
