"""Clusters in plain words: what is seen, how it was found, what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from base.html import Markup, el
from base.words import Lang, number, t, tn
from geo.classify import KINDS, Clusters, Kind, cluster_colors
from ui.address import CORRECTIONS
from ui.compare.fit import open_link
from ui.scene import ASIDE, Entry, Scene, beside, entry, framed, state_entries

P_DIGITS = 4


def kind_name(kind: str, lang: Lang) -> str:
    """Name a kind of area: "high among high"."""
    return t(f"clusters.{kind}", lang)


def sentences_of(scene: Scene, found: Clusters) -> tuple[str, ...]:
    """Say what the map of clusters shows, and what it does not."""
    lang, counts = scene.lang, found.counts()
    areas = scene.areas(found.n)
    shape = "random"
    if found.p <= found.alpha:
        shape = "alike" if found.moran > found.expected else "unlike"
    told = {
        "i": number(found.moran, lang, 3),
        "p": number(found.p, lang, P_DIGITS),
        "n": number(found.n, lang),
        "areas": areas,
    }
    first = t(f"clusters.global.{shape}", lang, **told)
    parts = [
        t(f"clusters.counted.{kind}", lang, n=number(n, lang))
        for kind, n in counts.items()
        if n and kind is not Kind.NOT_SIGNIFICANT
    ]
    some = "some" if parts else "none"
    how = "corrected" if found.corrected else "uncorrected"
    by_chance = max(1, round(found.alpha * found.n))
    second = t(
        f"clusters.local.{some}.{how}",
        lang,
        parts="; ".join(parts),
        n=number(found.n, lang),
        rest=number(counts[Kind.NOT_SIGNIFICANT], lang),
        chance=number(by_chance, lang),
        areas=areas,
    )
    return tuple(
        text for text in (first, second, _left_out(scene, found), t("clusters.cause", lang)) if text
    )


def _left_out(scene: Scene, found: Clusters) -> str:
    lang = scene.lang
    without = len(scene.panel.frame) - found.n - len(found.alone)
    parts = []
    if without:
        parts.append(tn("clusters.without", without, lang, n=number(without, lang)))
    if found.alone:
        n = len(found.alone)
        parts.append(tn("clusters.alone", n, lang, n=number(n, lang)))
    return t("clusters.left_out", lang, parts="; ".join(parts)) if parts else ""


def legend_of(scene: Scene, found: Clusters) -> Markup:
    """Write the legend of the clusters, in HTML."""
    entries = [*cluster_entries(scene, found), *state_entries(scene)]
    return framed([scene.words.heading], entries, cluster_notes(scene, found))


def cluster_entries(scene: Scene, found: Clusters) -> list[Entry]:
    """Explain the kinds of area, and those without neighbours."""
    lang, counts = scene.lang, found.counts()
    entries = [
        entry(kind_name(kind, lang), counts[kind], lang, color=color)
        for color, kind in zip(cluster_colors(dark=scene.dark), KINDS, strict=True)
    ]
    if found.alone:
        entries.append(entry(t("clusters.alone.key", lang), len(found.alone), lang, ASIDE))
    return entries


def cluster_notes(scene: Scene, found: Clusters) -> list[str]:
    """Say how clusters were looked for, and of when the figures are."""
    lang, words = scene.lang, scene.words
    notes = [
        t("clusters.weights", lang),
        t("clusters.method", lang, permutations=number(found.permutations, lang), seed=found.seed),
        t("clusters.alpha", lang, alpha=number(found.alpha, lang, 3)),
        t(f"clusters.correction.{CORRECTIONS[0 if found.corrected else 1]}", lang),
        words.as_of,
        words.recomputed,
    ]
    return [note for note in notes if note]


def note(scene: Scene, row: Mapping[Any, Any], lang: Lang) -> str:
    """Say of one area what it is among its neighbours."""
    mean = mean_text(scene, row["lag"])
    return t(
        "clusters.note",
        lang,
        kind=kind_name(row["kind"], lang),
        mean=mean,
        n=number(row["neighbours"], lang),
        p=number(row["q"], lang, P_DIGITS),
    )


def mean_text(scene: Scene, value: float) -> str:
    """Write the mean of the neighbours of an area, with its unit."""
    digits = max(1, scene.indicator.decimals)
    return beside(scene.measure.write(value, scene.lang, digits), scene.measure.unit)


def card_html(scene: Scene, found: Clusters) -> Markup:
    """Tell of the area singled out: its figure, its neighbours, what it is among them."""
    lang, codes = scene.lang, scene.codes
    if scene.selected not in codes:
        return Markup()
    at = codes.index(scene.selected)
    name, value = scene.name(codes[at], full=True), scene.figure(at)
    rows = found.frame.to_dict("index")
    if codes[at] in rows:
        told = note(scene, rows[codes[at]], lang)
    else:
        told = t("clusters.alone.key" if codes[at] in found.alone else "state.no_data", lang)
    head = el("p", name, ": ", el("b", value))
    return el("div.atlas-card", head, el("p", told), open_link(scene, codes[at]))
