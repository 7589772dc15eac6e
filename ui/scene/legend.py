"""The legend, in HTML: classes with their counts, unit, method, dates and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape

import numpy as np

from base.words import Lang, decimals_of, number, pick, t, tn
from geo.classify import MANUAL
from ui.scene.classing import is_pooled
from ui.scene.figures import state_text
from ui.scene.histogram import caption, histogram_html, summary_of
from ui.scene.measure import NOT_COMPUTED
from ui.scene.scene import Manner, Scene

FINE = 1e-3  # bounds below it are written with more decimals
LARGEST_CIRCLE = 52  # px across, as static/map/atlas-map.js draws it
PLAIN_STATES = (
    "no_data",
    "not_named",
    "split",
    "conflicting",
    "suppressed",
    "not_applicable",
    "not_existing",
    "partial",
    "mixed",
    "cannot_be_carried",
    NOT_COMPUTED,
)


def legend_html(scene: Scene) -> str:
    """Write the legend of a scene.

    Returns
    -------
    str
        HTML; everything that comes from data is escaped.
    """
    lang, indicator = scene.lang, scene.indicator
    head = [f"<b>{escape(scene.words.heading)}</b>"]
    polarity = t(f"direction.{indicator.direction}", lang)
    if indicator.kind not in ("status", "date") and polarity:
        head.append(escape(polarity))
    body = {
        Manner.CLASSES: _classes,
        Manner.CIRCLES: circles,
        Manner.STATUSES: _statuses,
        Manner.CARD: _card,
        Manner.EMPTY: lambda _scene: "",
    }[scene.manner](scene)
    keys = body + "".join(states(scene))
    return framed(head, keys, notes(scene), str(scene.manner), histogram_html(scene))


def framed(
    head: Iterable[str], keys: str, said: Iterable[str], kind: str = "", drawing: str = ""
) -> str:
    """Put a legend together: the HTML of head, keys and drawing, the texts of its notes."""
    foot = " · ".join(escape(text) for text in said)
    return (
        f'<div class="atlas-legend"><div class="head">{" · ".join(head)}</div>'
        f'<div class="body">{drawing}<ul class="keys {kind}">{keys}</ul></div>'
        f'<div class="foot">{foot}</div></div>'
    )


def class_labels(scene: Scene) -> list[str]:
    """Write the bounds of each class, as legends and exports say them."""
    classes, lang = scene.classes, scene.lang
    bounds = classes.bounds()
    edges = [edge for pair in bounds for edge in pair if np.isfinite(edge)]
    digits = max((decimals_of(edge, _finest(edges)) for edge in edges), default=0)
    ranges = [_range(scene, low, high, digits) for low, high in bounds]
    if not classes.names:
        return ranges
    names = [t(f"class.{name}", lang) for name in classes.names]
    if not ranges:
        return names
    return [f"{name} ({told})" for name, told in zip(names, ranges, strict=True)]


def _finest(edges: list[float]) -> int:
    """Return the most decimals that bounds are written with: more where all of them are tiny."""
    largest = max((abs(edge) for edge in edges), default=0.0)
    return 4 if largest == 0 or largest >= FINE else 3 - int(np.floor(np.log10(largest)))


def _range(scene: Scene, low: float, high: float, digits: int) -> str:
    """Write from where to where a class reaches; the outermost may be open."""
    lang, below, signed = scene.lang, scene.classes.from_below, scene.measure.signed
    ends = [scene.measure.write(e, lang, digits) if np.isfinite(e) else "" for e in (low, high)]
    if low == high:
        return ends[0]
    if not ends[0]:
        return t("legend.below" if below else "legend.up_to", lang, high=ends[1])
    if not ends[1]:
        return t("legend.from" if below else "legend.above", lang, low=ends[0])
    if below:
        return t("legend.from_to", lang, low=ends[0], high=ends[1])
    return t("legend.signed", lang, low=ends[0], high=ends[1]) if signed else " – ".join(ends)


def key(style: str, label: str, count: int | None, lang: Lang, kind: str = "") -> str:
    """Write one key of a legend: its box, what it stands for, how many areas unless None."""
    many = "" if count is None else tn("legend.areas", count, lang, n=number(count, lang))
    small = f"<small>{escape(many)}</small>" if many else ""
    return f'<li><i class="{kind}" style="{style}"></i><span>{escape(label)}</span>{small}</li>'


def _classes(scene: Scene) -> str:
    lang = scene.lang
    rows = zip(scene.palette, class_labels(scene), scene.classes.counts, strict=True)
    return "".join(key(f"background:{c}", label, n, lang) for c, label, n in rows)


def _statuses(scene: Scene) -> str:
    lang, keys = scene.lang, []
    categories = scene.indicator.categories or ()
    for color, category, n in zip(scene.palette, categories, scene.classes.counts, strict=True):
        keys.append(key(f"background:{color}", pick(category.title, lang), n, lang))
    return "".join(keys)


def circles(scene: Scene) -> str:
    """Write the keys of proportional circles: three sizes and their numbers."""
    color = scene.palette[-1]
    sides = _classes(scene) if scene.classes.steps else ""
    keys = []
    for label, share in circle_keys(scene):
        size = max(5, round(LARGEST_CIRCLE * share))
        keys.append(
            f'<li><i class="circle" style="background:{color};width:{size}px;height:{size}px"></i>'
            f"<span>{escape(label)}</span></li>"
        )
    return "".join(keys) + sides


def circle_keys(scene: Scene) -> list[tuple[str, float]]:
    """Choose three circles to explain: what each stands for, and how wide it is for the largest."""
    largest = scene.largest
    keys = []
    for share in (1.0, 0.25, 0.05):
        value = _round_significant(largest * share) if share < 1 else largest
        digits = min(decimals_of(value), scene.indicator.decimals)
        wide = (value / largest) ** 0.5 if largest else 0.0
        keys.append((number(value, scene.lang, digits), wide))
    return keys


def _round_significant(value: float) -> float:
    if value <= 0:
        return 0.0
    return round(value, -int(np.floor(np.log10(value))))


def _card(scene: Scene) -> str:
    n = sum(text != "" for text in scene.measure.texts)
    label = t("legend.marker", scene.lang)
    return key("", label, n, scene.lang, "marker")


def states(scene: Scene) -> Iterable[str]:
    """Write the keys of the areas without a number, one for each reason."""
    lang = scene.lang
    counts = Counter(scene.states)
    for state in PLAIN_STATES:
        if counts[state]:
            yield key("", state_text(state, lang), counts[state], lang, f"state {state}")
        elif state == "no_data":
            # Told apart from zero even where every area reports.
            yield key("", state_text(state, lang), 0, lang, f"state {state}")
    if scene.matched is not None:
        yield key("", t("filters.off", lang), int((~scene.matched).sum()), lang, "state off")


def _made(scene: Scene) -> Iterable[str]:
    """Say how the classes were made, of how many areas, and where the area looked at stands."""
    lang, classes = scene.lang, scene.classes
    n, k = summary_of(scene), tn("legend.classes", classes.k, lang)
    method = t(f"method.{classes.method}", lang)
    if caption(scene):
        yield caption(scene)
    if classes.names:
        yield t("legend.scale", lang, n=n, method=method)
        yield scene.note
        return
    if scene.measure.note:
        yield scene.measure.note
    yield t("legend.method", lang, n=n, method=method, k=k)
    if classes.steps and classes.method != MANUAL:
        yield t("legend.around", lang, centre=number(classes.centre, lang, 4))
    if classes.k < classes.asked:
        yield t("legend.fewer", lang, asked=classes.asked)


def notes(scene: Scene) -> list[str]:
    """Say how classes were made, and what else belongs to a legend."""
    lang = scene.lang
    said: list[str] = []
    if scene.manner is Manner.CLASSES:
        said += _made(scene)
    if scene.manner is Manner.CIRCLES:
        said.append(t("legend.circles", lang))
    if scene.manner is Manner.CARD:
        said.append(t("legend.too_few", lang))
    if scene.manner is Manner.STATUSES and scene.indicator.list:
        said.append(t(f"legend.{scene.indicator.list}", lang))
    if is_pooled(scene, scene.measure):
        said.append(t("legend.pooled", lang, n=len(scene.stops)))
    if scene.words.when:
        said.append(t("legend.as_of", lang, when=scene.words.when))
    recomputed = int((scene.panel.frame["state"] == "recomputed").sum())
    if recomputed:
        said.append(tn("legend.recomputed", recomputed, lang))
    return said
