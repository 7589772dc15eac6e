"""Work out small multiples: 2 to 6 maps of one scale, of periods or of kindred indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress
from typing import Any

import numpy as np

from base.words import day_of_year, number, pick, t, tn
from geo.maps import MapView
from metrics.catalog import difference, kindred
from metrics.panel import least
from metrics.relate import UNMEASURED, basis_of
from metrics.store import Store, kept_in_store
from ui.address import MOST_MAPS, Refusal, Settings, View
from ui.compare.fit import scene_beside
from ui.compare.multiples_legend import legend_of
from ui.scene import (
    Manner,
    Scene,
    coloured_in,
    covered,
    make_scene,
    map_view,
    part_of,
    ranking_data,
    shared_by_all,
    sizes_of,
)

VIEWS_KEPT = 8
FEWEST_MAPS = 2
USUAL_MAPS = 4
# So many indicators are looked at for one worth several maps, where none was asked for.
MOST_TRIED = 8
TOGETHER = "multiples"
DRAWN = (Manner.CLASSES, Manner.CIRCLES)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Multiples:
    """Small multiples, worked out. Shared between sessions: never to be changed.

    Attributes
    ----------
    scene
        The view itself.
    scenes
        That of each map.
    refused
        Choices that could not be followed, with their reasons.
    why
        Why there are no multiples; "" where there are.
    title
        What is shown.
    offered
        What each map can be: its name in the address to its name on the page.
    shown
        Names in the address of what is shown.
    captions, counts, maps
        Name of each map, how many of its areas have a number, and what is drawn, in order.
    legend
        HTML, one for all.
    ranking
        The table of all maps.
    """

    scene: Scene
    scenes: tuple[Scene, ...]
    refused: tuple[Refusal, ...]
    why: str
    title: str
    offered: dict[str, str]
    shown: tuple[str, ...]
    captions: tuple[str, ...]
    counts: tuple[str, ...]
    maps: tuple[MapView, ...]
    legend: str
    ranking: dict[str, Any]


def draw_multiples(
    store: Store, view: View, settings: Settings, *, dark: bool = False
) -> Multiples:
    """Work small multiples out, or take what was worked out before from the same figures."""
    drawn = _draw(store, replace(view, source=""), settings.maps, dark)
    edition, code = settings.area
    if edition != view.edition or code not in drawn.scene.codes:
        return drawn
    return replace(
        drawn,
        maps=tuple(replace(each, selected=code) for each in drawn.maps),
        ranking={**drawn.ranking, "selected": code},
    )


@kept_in_store(VIEWS_KEPT, drawn=True)
def _draw(store: Store, view: View, asked: tuple[str, ...], dark: bool) -> Multiples:
    scene, refused = scene_beside(store, view, dark=dark)
    if not view.indicator:
        asked_for = scene.view.to(indicator=_telling(scene))
        scene, refused = scene_beside(store, asked_for, dark=dark)
    offered = _offered(scene)
    shown, unheard = _shown(scene, asked, offered)
    refused += unheard
    scenes = [_scene(scene, name) for name in shown]
    why = _why(scene, scenes)
    if why:
        return Multiples(
            scene=scene,
            scenes=(scene,),
            refused=tuple(refused),
            why=why,
            title=scene.words.title,
            offered=offered,
            shown=(),
            captions=(scene.words.when,),
            counts=(counted(scene),),
            maps=(map_view(scene, f"{scene.words.title}. {why}"),),
            legend=legend_of([scene]),
            ranking=ranking_data(scene),
        )
    shared = on_one_scale(scenes)
    captions = tuple(_caption(own, scene) for own in shared)
    return Multiples(
        scene=scene,
        scenes=tuple(shared),
        refused=tuple(refused),
        why="",
        title=_title(scene, shown),
        offered=offered,
        shown=tuple(shown),
        captions=captions,
        counts=tuple(counted(own) for own in shared),
        maps=_maps(shared, captions),
        legend=legend_of(shared),
        ranking=_table(shared, captions),
    )


def _is_date(name: str) -> bool:
    return name[:4].isdigit()


def _offered(scene: Scene) -> dict[str, str]:
    """List the periods of the indicator, oldest first, and the indicators that are kindred."""
    lang, view, store = scene.lang, scene.view, scene.store
    names = {}
    for stop in reversed(scene.stops):
        dated, _ = make_scene(store, view.to(at=stop.at))
        names[stop.at.isoformat()] = dated.words.when
    for kin in kindred(store.catalog, scene.indicator):
        if basis_of(store, kin.id, view.edition, view.level):
            names[kin.id] = pick(kin.short, lang)
    return names


def _shown(
    scene: Scene, asked: Sequence[str], offered: dict[str, str]
) -> tuple[list[str], list[Refusal]]:
    lang, kept, refused = scene.lang, [], []
    for name in asked:
        if name in offered:
            kept.append(name)
        elif _is_date(name):
            refused.append(Refusal("maps", name))
        else:
            other = scene.store.catalog.indicators[name]
            reason = difference(scene.indicator, other) or "figures"
            told = t(
                f"multiples.unlike.{reason}",
                lang,
                one=pick(scene.indicator.short, lang),
                other=pick(other.short, lang),
            )
            refused.append(Refusal("maps", name, told))
    if len(kept) >= FEWEST_MAPS:
        return kept, refused
    worth = _worth(scene, offered)
    return usual(worth if len(usual(worth)) >= FEWEST_MAPS else offered), refused


def _worth(scene: Scene, offered: dict[str, str]) -> dict[str, str]:
    """Leave out the dates on which too few areas have a figure for their map to say something."""
    need = least(scene.indicator, scene.panel.frame)
    full = {stop.at.isoformat() for stop in scene.stops if stop.areas >= need}
    return {name: text for name, text in offered.items() if not _is_date(name) or name in full}


def _telling(scene: Scene) -> str:
    """Return the first of the best-covered indicators whose maps say something side by side."""
    view = scene.view
    for one in covered(scene.store, view.edition, view.level, None)[:MOST_TRIED]:
        other, _ = scene_beside(scene.store, view.to(indicator=one.indicator))
        maps = usual(_worth(other, _offered(other)))
        if len(maps) >= FEWEST_MAPS and not _why(other, [_scene(other, name) for name in maps]):
            return one.indicator
    return view.indicator


def usual(offered: dict[str, str], periods: bool | None = None) -> list[str]:
    """Choose what is shown where nothing was chosen: the newest periods, else kindred indicators.

    Parameters
    ----------
    periods
        True for periods, False for indicators, None for whichever there are enough of.
    """
    dates = [name for name in offered if _is_date(name)]
    kin = [name for name in offered if not _is_date(name)]
    if periods is None:
        periods = len(dates) >= FEWEST_MAPS
    return dates[-USUAL_MAPS:] if periods else kin[:MOST_MAPS]


def _scene(scene: Scene, name: str) -> Scene:
    store, view, dark = scene.store, scene.view, scene.dark
    if _is_date(name):
        own, _ = make_scene(store, view.to(at=date.fromisoformat(name)), dark=dark)
    elif name != view.indicator:
        own, _ = scene_beside(store, view.to(indicator=name, per=view.per), dark=dark)
    else:
        own = scene
    return own


def _why(scene: Scene, scenes: list[Scene]) -> str:
    """Say why maps cannot stand side by side; "" where they can."""
    lang = scene.lang
    name = pick(scene.indicator.short, lang)
    if scene.indicator.kind in UNMEASURED:
        return t(f"comparing.{scene.indicator.kind}", lang, name=name)
    if len(scenes) < FEWEST_MAPS:
        return t("multiples.single", lang, name=name)
    grains = {
        str(grain) for own in scenes for grain in own.panel.frame.loc[own.has_figure, "grain"]
    }
    if len(grains) > 1 and len({own.indicator.id for own in scenes}) == 1:
        return t("multiples.unlike.grain", lang, name=name)
    manners = {own.manner for own in scenes if own.manner in DRAWN}
    if not manners:
        return t("multiples.few", lang)
    if len(manners) > 1:
        return t("multiples.mixed", lang)
    return ""


def on_one_scale(scenes: list[Scene]) -> list[Scene]:
    """Give scenes the same classes and colours: those of all their numbers together.

    Parameters
    ----------
    scenes
        Of indicators that may share a scale. One with too few figures for colours keeps its
        markers and does not shape the scale.
    """
    drawn = [own for own in scenes if own.manner in DRAWN]
    first = drawn[0]
    if first.classes.names:
        return scenes  # grades and targets are the same for all
    together = replace(
        first.measure, numbers=np.concatenate([own.measure.numbers for own in drawn])
    )
    coloured = coloured_in(first, together, first.manner)
    shared, at = [], 0
    for own in scenes:
        if own.manner not in DRAWN:
            shared.append(own)
            continue
        end = at + len(own.measure.numbers)
        part = part_of(coloured.classes, at, end)
        shared.append(replace(own, classes=part, colours=coloured.palette))
        at = end
    return shared


def _title(scene: Scene, shown: Sequence[str]) -> str:
    over = "periods" if _is_date(shown[0]) else "kindred"
    words = scene.words
    return t(f"multiples.{over}", scene.lang, what=words.what, where=words.where)


def _caption(own: Scene, scene: Scene) -> str:
    if own.indicator.id == scene.indicator.id and own.view.at != scene.view.at:
        return own.words.when
    return pick(own.indicator.short, own.lang)


def _maps(scenes: list[Scene], captions: Sequence[str]) -> tuple[MapView, ...]:
    numbers = [own.measure.numbers for own in scenes if own.manner is Manner.CIRCLES]
    largest = max((float(np.nanmax(np.abs(found))) for found in numbers), default=0.0)
    maps = []
    for own, caption in zip(scenes, captions, strict=True):
        table = t("alt.table", own.lang)
        drawn = map_view(own, f"{own.words.title}. {caption}. {counted(own)} {table}")
        if own.manner is Manner.CIRCLES:
            drawn = replace(drawn, sizes=sizes_of(own.measure.numbers, largest))
        maps.append(replace(drawn, together=TOGETHER, spots=()))
    return tuple(maps)


def counted(scene: Scene) -> str:
    """Say how many areas of a map have a number."""
    lang, of = scene.lang, scene.panel.n_areas
    return tn(
        "multiples.counted",
        scene.measure.n,
        lang,
        n=number(scene.measure.n, lang),
        of=number(of, lang),
        areas=scene.areas(of),
    )


def _heads(scenes: list[Scene], captions: Sequence[str]) -> Sequence[str]:
    """Head the columns: days of one year by the day, since the line above says the year."""
    of = {own.indicator.id for own in scenes}
    ends = [{span[1] for span in compress(own.spans, own.has_figure)} for own in scenes]
    days = [end for own in ends for end in own if end]
    grains = {span[2] for own in scenes for span in compress(own.spans, own.has_figure)}
    of_one_year = len(of) == len({end.year for end in days}) == 1 and len(days) == len(scenes)
    if not of_one_year or not grains <= {"year_to_date", "instant"}:
        return captions
    return [day_of_year(end, scenes[0].lang) for end in days]


def _table(scenes: list[Scene], captions: Sequence[str]) -> dict[str, Any]:
    """List the areas with their numbers on every map, in the order of the first."""
    first, *rest = scenes
    lang, data = first.lang, shared_by_all(ranking_data(first), *scenes)
    captions = _heads(scenes, captions)
    columns = [dict(zip(own.codes, own.measure.texts, strict=True)) for own in rest]
    rows = [[*row[:8], [column.get(row[0], "") for column in columns]] for row in data["rows"]]
    usual_heads = data["heads"]
    unit = first.measure.unit
    heads = {
        "rank": usual_heads["rank"],
        "name": usual_heads["name"],
        "value": f"{captions[0]} ({unit})" if unit else captions[0],
        **{f"more{at}": caption for at, caption in enumerate(captions[1:])},
        "date": usual_heads["date"],
        "source": usual_heads["source"],
    }
    hints = {
        **data["hints"],
        "open": t("comparing.single_out", lang),
        "more": data["hints"]["source"],
    }
    return {**data, "rows": rows, "heads": heads, "hints": hints}
