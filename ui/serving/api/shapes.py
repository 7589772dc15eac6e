"""Boundaries as files: GeoJSON area by area, TopoJSON as the maps have it."""

from __future__ import annotations

import json
from typing import Any, Final

from base.words import Lang, number, t
from geo.boundaries import BoundaryLayer, has_layer, web_layer
from geo.editions import Area, Level, areas
from metrics.catalog import boundary_note
from metrics.exporting import geometry_text
from ui.address import Param, Reading
from ui.serving.api.operations import Answer, Asked, Operation
from ui.serving.api.parameters import LEVEL, MAPPED, PARENT, Parameter, choice
from ui.serving.api.places import area_record
from ui.serving.api.problems import Problem
from ui.serving.api.schemas import STRING, listed, members

GEOJSON, TOPOJSON = "geojson", "topojson"
MEDIA: Final = {GEOJSON: "application/geo+json", TOPOJSON: "application/json"}
OVERVIEW, DETAIL = "overview", "detail"
# Areas of one file of GeoJSON: a province has 168 communes at most.
MOST_AREAS: Final = 800


def _levels(so_far: Reading) -> list[str]:
    on = so_far.found["edition"]
    return [str(level) for level in Level if has_layer(on, level)]


def _read_level(given: str, so_far: Reading) -> Level:
    if given not in _levels(so_far):
        raise ValueError(given)
    return Level(given)


DRAWN_LEVEL: Final = Parameter(
    Param("level", _read_level, start=lambda _: Level.PROVINCE),
    {**LEVEL.schema, "enum": ["province", "district", "commune"], "default": "province"},
    _levels,
)


def _boundaries(asked: Asked) -> Answer:
    form, on, level = asked["format"], asked["edition"], asked["level"]
    name = f"atlas06-{on}-{level}{'-' + asked['parent'] if asked['parent'] else ''}.{form}"
    made = (
        _topojson(asked) if form == TOPOJSON else _geojson(asked, areas(on, level, asked["parent"]))
    )
    return Answer(made.encode(), MEDIA[form], name=name)


def _topojson(asked: Asked) -> str:
    if asked["parent"]:
        raise Problem("together", t("api.boundaries.parent", asked.lang), parameter="parent")
    layer = web_layer(asked["edition"], asked["level"], detail=asked["detail"] == DETAIL)
    text = layer.file.read_text(encoding="utf-8").strip()
    return f'{{"metadata": {_told(layer, asked.lang)}, {text[1:]}'


def _geojson(asked: Asked, places: tuple[Area, ...]) -> str:
    lang, level = asked.lang, asked["level"]
    if len(places) > MOST_AREAS:
        told = {"n": number(len(places), lang), "most": number(MOST_AREAS, lang)}
        here = f"{asked.root}/boundaries"
        query = f"edition={asked['edition']}&level={level}"
        instead = [f"{here}.topojson?{query}", f"{here}.geojson?{query}&parent=01"]
        raise Problem("too-large", t("api.boundaries.large", lang, **told), instead=instead)
    told_ = _told(web_layer(asked["edition"], level), lang)
    features = ",\n".join(_feature(place) for place in places)
    return f'{{"type": "FeatureCollection", "metadata": {told_}, "features": [\n{features}\n]}}\n'


def _feature(place: Area) -> str:
    facts = json.dumps(area_record(place), ensure_ascii=False)
    shape = geometry_text(place.edition, str(place.level), place.code)
    return (
        f'{{"type": "Feature", "id": "{place.code}", "properties": {facts}, "geometry": {shape}}}'
    )


def _told(layer: BoundaryLayer, lang: Lang) -> str:
    told: dict[str, Any] = {
        "edition": layer.edition,
        "level": str(layer.level),
        "boundaries": layer.kind,
        "boundary_note": boundary_note(layer.edition, layer.level, lang),
        "origin_id": layer.origin_id,
        "origin": layer.origin_name or None,
        "origin_date": layer.origin_date or None,
    }
    return json.dumps(told, ensure_ascii=False)


_METADATA: Final = members({"boundaries": STRING, "boundary_note": STRING, "origin_id": STRING})
_FEATURES: Final = members(
    {"type": STRING, "metadata": _METADATA, "features": listed({"type": "object"})}
)
_TOPOLOGY: Final = members({"type": STRING, "metadata": _METADATA, "objects": {"type": "object"}})

OPERATIONS: Final = (
    Operation(
        name="boundaries",
        path="/boundaries.{format}",
        own=(
            choice("format", tuple(MEDIA), said="boundaries.format"),
            MAPPED,
            DRAWN_LEVEL,
            PARENT,
            choice("detail", (OVERVIEW, DETAIL), OVERVIEW),
        ),
        media={MEDIA[GEOJSON]: _FEATURES, MEDIA[TOPOJSON]: _TOPOLOGY},
        answer=_boundaries,
        example="/boundaries.geojson?edition=2025&level=province",
        of_now=True,
    ),
)
