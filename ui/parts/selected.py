"""The place selected on the map: its figure, its rank, the whole's figure, the ways on."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from base.html import el
from base.words import number, pick, t
from geo.editions import COUNTRY_CODE, Level, child_level
from ui.address import profile_href
from ui.scene import (
    VALUE,
    Scene,
    covered,
    known_of,
    level_name,
    parts_of,
    placed_text,
    whole_text,
)
from ui.shell import go, links, show

MOST_WAYS: Final = 3


def selected(scene: Scene) -> None:
    """Show the selected place with its figure and rank, and where to go on from it."""
    if scene.place.code == COUNTRY_CODE:
        return
    with st.container(key="selected"):
        show(
            "section.atlas-selected",
            el("h2", scene.name(scene.place.code, full=True)),
            *_lines(scene),
        )
        _ways(scene)


def _lines(scene: Scene) -> list[Any]:
    lang = scene.lang
    if scene.selected not in scene.codes:
        return []
    at, whole = scene.codes.index(scene.selected), whole_text(scene)
    what = pick(scene.indicator.short, lang)
    if not scene.measure.texts[at]:
        lines = [el("p", t("selected.none", lang, what=what))]
        return [*lines, el("p", whole)] if whole else lines
    rank, ranked = scene.ranks[at], sum(one is not None for one in scene.ranks)
    tied = scene.ranks.count(rank) - 1
    placed = "" if rank is None else placed_text(rank, ranked, tied, lang)
    # Of a rank, the figure is the rank.
    own = scene.indicator.kind == "rank" and scene.measure.kind == VALUE
    told = [el("b", placed if own and placed else scene.figure(at))]
    if placed and not own:
        told.append(el("span.rank", placed))
    if scene.whens[at]:
        told.append(el("small", scene.whens[at]))
    lines = [el("p.figure", *told)]
    return [*lines, el("p", whole)] if whole else lines


def _ways(scene: Scene) -> None:
    """Offer the parts of a province where they have figures, other indicators, the profile."""
    lang, view = scene.lang, scene.view
    steps = [*_into_parts(scene), *_known_here(scene)]
    items: list[dict[str, Any]] = [
        {"v": key, "t": text, "s": more, "href": view.to(**changes).href()}
        for key, text, more, changes in steps
    ]
    profile = profile_href(view.edition, view.place, lang)
    items.append({"v": "profile", "t": t("profile.open", lang), "href": profile, "leaves": True})
    by_key = {key: changes for key, _, _, changes in steps}
    links(
        "selected_ways",
        {"label": t("selected.ways", lang), "items": items, "style": "offers"},
        chosen=lambda key: go(**by_key[key]),
    )


def _into_parts(scene: Scene) -> list[tuple[str, str, str, dict[str, Any]]]:
    """List the ways into the parts of a province: by this indicator, else by the best one."""
    lang, place = scene.lang, scene.place
    below = child_level(place.edition, place.level)
    if place.level is not Level.PROVINCE or below is None or scene.view.level is below:
        return []
    names = level_name(below, lang, 2)
    own = parts_of(scene.store, place, scene.view.indicator)
    if own is not None:
        text = t("selected.parts", lang, n=number(own.areas, lang), areas=names)
        return [("parts", text, "", {"level": below})]
    best = parts_of(scene.store, place)
    if best is None:
        return []
    what = pick(scene.store.catalog.indicators[best.indicator].short, lang)
    text = t("selected.parts_of", lang, what=what, n=number(best.areas, lang), areas=names)
    return [("parts", text, "", {"level": below, "indicator": best.indicator})]


def _known_here(scene: Scene) -> list[tuple[str, str, str, dict[str, Any]]]:
    """List what is known of a place that has no figure of the indicator."""
    place = scene.place
    known = known_of(scene.store, place.edition, place.code)
    if scene.view.indicator in known or scene.selected is None:
        return []
    parent = place.parent if place.level in (Level.DISTRICT, Level.COMMUNE) else None
    found = [
        one
        for one in covered(scene.store, place.edition, place.level, parent)
        if one.indicator in known
    ]
    catalog, lang = scene.store.catalog, scene.lang
    return [
        (
            one.indicator,
            pick(catalog.indicators[one.indicator].short, lang),
            t("picker.areas", lang, n=number(one.areas, lang)),
            {"indicator": one.indicator},
        )
        for one in found[:MOST_WAYS]
    ]
