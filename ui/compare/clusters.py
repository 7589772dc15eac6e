"""Work out the page of clusters: who is high among the high, low among the low, or stands out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from base.words import Message, t
from geo.boundaries import NoBoundariesError
from geo.classify import (
    KINDS,
    Clusters,
    Kind,
    NoClusters,
    cluster_colors,
    find_clusters,
    neighbours,
)
from geo.maps import MARK_ASIDE, MapView
from metrics.store import Store, kept_in_store
from ui.address import CORRECTIONS, Refusal, View
from ui.address.clusters import Settings
from ui.compare.cluster_words import legend_of, mean_text, note, sentences_of
from ui.compare.fit import scene_beside, unfit
from ui.scene import Scene, covered, legend_html, make_scene, map_view, ranking_data

VIEWS_KEPT = 16
# So many indicators are looked at for one that has clusters, where none was asked for.
MOST_TRIED: Final = 12
TELLING: Final = frozenset(KINDS) - {Kind.NOT_SIGNIFICANT}
USUAL = View()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clustered:
    """The page of clusters, worked out. Shared between sessions: never to be changed.

    Attributes
    ----------
    scene, refused
        The figures; see `ui.scene.make_scene`.
    found
        The clusters, None where none can be looked for: `why` says why.
    title, sentences
        What is seen, in words.
    legend
        HTML.
    map, ranking, scatter
        What map, table and plot are handed; the plot is None without clusters.
    """

    scene: Scene
    refused: tuple[Refusal, ...]
    found: Clusters | None
    why: str
    title: str
    sentences: tuple[str, ...]
    legend: str
    map: MapView
    ranking: dict[str, Any]
    scatter: dict[str, Any] | None


def draw_clusters(store: Store, view: View, settings: Settings, *, dark: bool = False) -> Clustered:
    """Work the page out, or take what was worked out before from the same figures."""
    drawn = _draw(store, replace(view, source=""), replace(settings, area=("", "")), dark)
    edition, code = settings.area
    if edition != view.edition or code not in drawn.scene.codes:
        return drawn
    return replace(
        drawn,
        scene=replace(drawn.scene, selected=code),
        map=replace(drawn.map, selected=code),
        ranking={**drawn.ranking, "selected": code},
        scatter=drawn.scatter and {**drawn.scatter, "selected": code},
    )


@kept_in_store(VIEWS_KEPT, drawn=True)
def _found(store: Store, view: View, settings: Settings) -> Clusters:
    scene, _ = make_scene(store, view)
    values = pd.Series(scene.measure.numbers, index=scene.codes)
    return find_clusters(
        values,
        neighbours(view.edition, view.level),
        alpha=settings.alpha,
        permutations=settings.permutations,
        seed=settings.seed,
        correct=settings.correction == CORRECTIONS[0],
    )


@kept_in_store(VIEWS_KEPT, drawn=True)
def _draw(store: Store, view: View, settings: Settings, dark: bool) -> Clustered:
    if not view.indicator:
        view = view.to(indicator=_telling(store, _plain(view), settings))
    scene, refused = scene_beside(store, view)
    scene, more = scene_beside(store, scene.view, dark=dark)
    lang, why, found = view.lang, unfit(scene), None
    if not why:
        try:
            found = _of_scene(store, scene, settings)
        except NoClusters as no:
            why = Message(f"clusters.{no.key}", no.values).say(lang)
        except NoBoundariesError:
            why = t("clusters.no_map", lang)
    sentences = (scene.words.subtitle,) if found is None else sentences_of(scene, found)
    return Clustered(
        scene=scene,
        refused=(*refused, *more),
        found=found,
        why=why,
        title=t("clusters.heading", lang, what=scene.words.title),
        sentences=sentences,
        legend=legend_of(scene, found) if found else legend_html(scene),
        map=_map(scene, found, sentences),
        ranking=_ranking(scene, found),
        scatter=_scatter(scene, found) if found else None,
    )


def _of_scene(store: Store, scene: Scene, settings: Settings) -> Clusters:
    """Find the clusters of a scene: neither language nor order of the table changes them."""
    return _found(store, _plain(scene.view), settings)


def _plain(view: View) -> View:
    return replace(view, lang=USUAL.lang, sort=USUAL.sort, method=USUAL.method, k=USUAL.k)


@kept_in_store(VIEWS_KEPT, drawn=True)
def _telling(store: Store, view: View, settings: Settings) -> str:
    """Return the first of the best-covered indicators that has clusters; "" where none has."""
    for one in covered(store, view.edition, view.level, None)[:MOST_TRIED]:
        scene, _ = scene_beside(store, view.to(indicator=one.indicator))
        if unfit(scene):
            continue
        try:
            found = _of_scene(store, scene, settings)
        except (NoClusters, NoBoundariesError):
            continue
        if not TELLING.isdisjoint(found.frame["kind"]):
            return one.indicator
    return ""


def _index(scene: Scene, found: Clusters) -> list[int]:
    """Return the place of each area's kind in `KINDS`; -1 without."""
    kinds = found.frame["kind"].to_dict()
    order = {str(kind): at for at, kind in enumerate(KINDS)}
    return [order.get(str(kinds.get(code)), -1) for code in scene.codes]


def _map(scene: Scene, found: Clusters | None, sentences: tuple[str, ...]) -> MapView:
    lang = scene.lang
    alt = " ".join(
        [t("clusters.alt", lang, title=scene.words.title), *sentences, t("alt.table", lang)]
    )
    drawn = map_view(scene, alt)
    if found is None:
        return drawn
    alone, rows = set(found.alone), found.frame.to_dict("index")
    marks = [
        str(at) if at >= 0 else MARK_ASIDE if code in alone else mark
        for at, mark, code in zip(_index(scene, found), drawn.marks, drawn.codes, strict=True)
    ]
    notes = dict(drawn.notes)
    for code, row in rows.items():
        told = note(scene, row, lang)
        notes[str(code)] = f"{told}. {notes[str(code)]}" if str(code) in notes else told
    return replace(
        drawn,
        marks="".join(marks),
        palette=cluster_colors(dark=scene.dark),
        card=False,
        circles=False,
        spots=(),
        notes=notes,
        words={**drawn.words, MARK_ASIDE: t("clusters.alone.key", lang)},
    )


def _ranking(scene: Scene, found: Clusters | None) -> dict[str, Any]:
    data = ranking_data(scene)
    if found is None:
        return data
    lang = scene.lang
    places = dict(zip(scene.codes, _index(scene, found), strict=True))
    for row in data["rows"]:
        at = places[row[0]]
        row[7] = at
        word = t(f"clusters.short.{KINDS[at]}", lang) if at >= 0 else ""
        row.append([t("clusters.alone.short", lang) if row[0] in found.alone else word])
    heads = data["heads"]
    order = ("rank", "name", "value", "more0", "date", "source")
    heads = {name: heads.get(name, t("clusters.column", lang)) for name in order}
    hints = {**data["hints"], "open": t("comparing.single_out", lang)}
    return {**data, "heads": heads, "colors": list(cluster_colors(dark=scene.dark)), "hints": hints}


def _scatter(scene: Scene, found: Clusters) -> dict[str, Any]:
    lang, rows = scene.lang, found.frame.to_dict("index")
    names = scene.long_names
    points = []
    indices = _index(scene, found)
    for at, code in enumerate(scene.codes):
        if code not in rows:
            continue
        row = rows[code]
        mean = mean_text(scene, row["lag"])
        points.append(
            [code, names[at], row["value"], row["lag"], scene.figure(at), mean, indices[at]]
        )
    # What stands out lies on top of what does not.
    points.sort(key=lambda point: -point[6])
    middle = float(found.frame["value"].mean())
    name = scene.words.axis
    return {
        "label": t("clusters.plot", lang),
        "lang": lang,
        "x": {"name": name},
        "y": {"name": t("clusters.of_neighbours", lang)},
        "lines": {
            "x": [[middle, t("clusters.mean", lang)]],
            "y": [[middle, t("clusters.mean", lang)]],
        },
        "points": points,
        "colors": list(cluster_colors(dark=scene.dark)),
        "ink": cluster_colors(dark=scene.dark)[-1],
        "selected": "",
    }
