"""Areas of every edition, what became of them, finding them by name or by a point."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, Final

from base.words import t
from geo.boundaries import areas_at, bounds, has_layer, web_layer
from geo.crosswalk import Event, OldCommune, old_communes, predecessors, successors
from geo.editions import EDITION_2024, Area, area, areas, edition, editions, has_area, path
from geo.search import search
from metrics.catalog import boundary_note
from ui.address import Param, Reading, mapped_editions
from ui.serving.api.listed import PAGING, list_schema, page
from ui.serving.api.operations import JSON, Answer, Asked, Operation, as_json
from ui.serving.api.parameters import (
    CODE,
    EDITION,
    LEVEL,
    MAPPED,
    PARENT,
    Parameter,
    among_pages,
    decimal,
    flag,
    text,
)
from ui.serving.api.schemas import MAYBE_DATE, MAYBE_STRING, STRING, listed, members, schema_of

# Figures of areas have their sources, and are among the indicators.
FIGURES: Final = ("area_km2", "population")
LONGEST_NAME: Final = 100
AREA: Final = schema_of(Area, without=FIGURES)
EVENT: Final = members(
    dict.fromkeys(("edition", "code", "name_vi", "name_en", "level", "kind", "extent"), STRING),
    date=MAYBE_DATE,
    **dict.fromkeys(("when", "resolution", "origin", "note"), MAYBE_STRING),
)
OLD: Final = schema_of(OldCommune)


def area_record(place: Area) -> dict[str, Any]:
    """Write an area."""
    return {name: cell for name, cell in plain(place).items() if name not in FIGURES}


def plain(record: Area | Event | OldCommune) -> dict[str, Any]:
    """Write a record as JSON has it."""
    return {
        name: cell.isoformat() if isinstance(cell, date) else cell
        for name, cell in asdict(record).items()
    }


def _areas(asked: Asked) -> Answer:
    found = areas(asked["edition"], asked["level"], asked["parent"])
    return page(asked, found, area_record)


def _area(asked: Asked) -> Answer:
    on, code = asked["edition"], asked["code"]
    place = area(on, code) if has_area(on, code) else None
    document = {
        "area": area_record(place) if place else None,
        "old_commune": plain(_old(on)[code]) if code in _old(on) else None,
        "path": [area_record(one) for one in path(place)] if place else [],
        "bbox": list(bounds(on, code)) if place and on in mapped_editions() else None,
        "predecessors": [plain(one) for one in predecessors(on, code)],
        "successors": [plain(one) for one in successors(on, code)],
    }
    return as_json(document)


def _old(on: str) -> dict[str, OldCommune]:
    return {one.code: one for one in old_communes()} if on == EDITION_2024 else {}


def _read_code(given: str, so_far: Reading) -> str:
    on = so_far.found["edition"]
    if not has_area(on, given) and given not in _old(on):
        raise ValueError(given)
    return given


def _editions(asked: Asked) -> Answer:
    found = [
        {
            "id": one.id,
            "name": one.name_vi if asked.lang == "vi" else one.name_en,
            "valid_from": one.valid_from.isoformat(),
            "valid_to": one.valid_to.isoformat() if one.valid_to else None,
            "levels": [str(level) for level in one.levels],
            "boundaries": [str(level) for level in one.levels if has_layer(one.id, level)],
        }
        for one in editions()
    ]
    return as_json({"editions": found})


def _search(asked: Asked) -> Answer:
    hits = search(
        asked["q"], asked["limit"], asked.lang, edition=asked["edition"], only=asked["only"] == "1"
    )
    names = ("edition", "code", "name", "note", "whole")
    return as_json({"items": [{name: getattr(hit, name) for name in names} for hit in hits]})


def _point(asked: Asked) -> Answer:
    on, lon, lat = asked["edition"], asked["lon"], asked["lat"]
    levels = [level for level in edition(on).levels if has_layer(on, level)]
    found = {str(level): areas_at(on, level, lon, lat) for level in levels}
    return as_json(
        {
            "approximate": any(web_layer(on, level).kind != "official" for level in levels),
            "boundaries": {str(level): web_layer(on, level).kind for level in levels},
            "boundary_note": boundary_note(on, levels[-1], asked.lang),
            "on_a_line": any(len(codes) > 1 for codes in found.values()),
            "areas": [area_record(area(on, c)) for codes in found.values() for c in codes],
            "reason": None if any(found.values()) else t("api.point.none", asked.lang),
        }
    )


_CODE: Final = Parameter(
    Param("code", _read_code, start=lambda _: None), CODE.schema, CODE.allowed, required=True
)

OPERATIONS: Final = (
    Operation(
        name="editions",
        path="/editions",
        own=(),
        media={JSON: members({"editions": listed({"type": "object"})})},
        answer=_editions,
        example="/editions",
        of_now=True,
    ),
    Operation(
        name="areas",
        path="/areas",
        own=(EDITION, LEVEL, PARENT, *PAGING),
        media={JSON: list_schema(AREA)},
        answer=_areas,
        example="/areas?edition=2025&level=province",
        of_now=True,
    ),
    Operation(
        name="area",
        path="/areas/{edition}/{code}",
        own=(EDITION, _CODE),
        media={
            JSON: members(
                {
                    "area": {"anyOf": [AREA, {"type": "null"}]},
                    "old_commune": {"anyOf": [OLD, {"type": "null"}]},
                    "path": listed(AREA),
                    "bbox": {"type": ["array", "null"], "items": {"type": "number"}},
                    "predecessors": listed(EVENT),
                    "successors": listed(EVENT),
                }
            )
        },
        answer=_area,
        example="/areas/2025/48",
        of_now=True,
    ),
    Operation(
        name="search",
        path="/search",
        own=(text("q", LONGEST_NAME), EDITION, flag("only"), among_pages(50, 10)),
        media={
            JSON: members(
                {
                    "items": listed(
                        members(
                            {
                                **dict.fromkeys(("edition", "code", "name", "note"), STRING),
                                "whole": {"type": "boolean"},
                            }
                        )
                    )
                }
            )
        },
        answer=_search,
        example="/search?q=thu%20duc",
        of_now=True,
    ),
    Operation(
        name="point",
        path="/point",
        own=(decimal("lon", -180, 180), decimal("lat", -90, 90), MAPPED),
        media={
            JSON: members(
                {
                    "approximate": {"type": "boolean"},
                    "boundaries": {"type": "object", "additionalProperties": STRING},
                    "boundary_note": STRING,
                    "on_a_line": {"type": "boolean"},
                    "areas": listed(AREA),
                    "reason": MAYBE_STRING,
                }
            )
        },
        answer=_point,
        example="/point?lon=105.84&lat=21.03",
        of_now=True,
    ),
)
