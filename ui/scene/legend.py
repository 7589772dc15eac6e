"""The legend: classes with their counts, unit, method, dates and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from base.html import Markup, el, join
from base.words import Lang, decimals_of, number, pick, t, tn
from geo.classify import NO_CLASS
from geo.editions import Level
from metrics.panel import OTHER_PERIOD, TOO_FEW, WITHHELD, unranked_text
from ui.scene.classing import is_pooled
from ui.scene.figures import FEWEST_FOR_COLOUR, state_text
from ui.scene.histogram import caption, histogram_html
from ui.scene.how import method_notes
from ui.scene.measure import NOT_COMPUTED
from ui.scene.scene import Manner, Scene

FINE: Final = 1e-3  # bounds below it are written with more decimals
LARGEST_CIRCLE: Final = 52  # px across, as static/map/atlas-map.js draws it
COUNTED: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
# Kinds of entries that have neither a colour nor a state.
MARKER, CIRCLE, OFF, ASIDE = "marker", "circle", "off", "aside"
PLAIN_STATES: Final = (
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
    OTHER_PERIOD,
    WITHHELD,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a legend explains.

    Attributes
    ----------
    label
        What it stands for.
    n, count
        How many areas there are of it, and that as written; None and "" where it does not count.
    kind
        A state of areas, `MARKER`, `CIRCLE`, `OFF` or `ASIDE`; "" for a class.
    color
        Of a class or a circle; "" for the others.
    share
        Width of a circle as a share of that of the largest.
    """

    label: str
    n: int | None = None
    count: str = ""
    kind: str = ""
    color: str = ""
    share: float = 0.0


def entry(
    label: str,
    n: int,
    lang: Lang,
    kind: str = "",
    *,
    color: str = "",
    level: Level | None = None,
) -> Entry:
    """Explain what so many areas are."""
    return Entry(label=label, n=n, count=areas_text(n, lang, level), kind=kind, color=color)


def areas_text(n: int, lang: Lang, level: Level | None = None) -> str:
    """Write how many areas there are, of a level where one is given."""
    key = (
        "legend.areas" if level in (None, Level.COUNTRY, Level.REGION) else f"legend.areas.{level}"
    )
    return tn(key, n, lang, n=number(n, lang))


def legend_html(scene: Scene) -> Markup:
    """Write the legend of a scene; its date is in the title above."""
    entries = [*entries_of(scene), *state_entries(scene)]
    head = [scene.words.heading, scene.words.polarity]
    said = [note for note in notes_of(scene) if note != scene.words.as_of]
    return framed(head, entries, said, str(scene.manner), histogram_html(scene))


def framed(
    head: Sequence[str],
    entries: Iterable[Entry],
    said: Sequence[str],
    kind: str = "",
    drawing: Markup | None = None,
) -> Markup:
    """Put a legend together: its heading with what belongs beside it, its entries and its notes."""
    keys = el("ul", [_key(one) for one in entries], class_=f"keys {kind}")
    return el(
        "div.atlas-legend",
        el("div.head", join(el("b", head[0]), *head[1:], by=" · ")),
        el("div.body", drawing, keys),
        el("div.foot", join(*map(_begun, said[:1]), *said[1:], by=" · ")),
    )


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _key(one: Entry) -> Markup:
    style, kind = f"background:{one.color}" if one.color else "", one.kind
    if kind == CIRCLE:
        size = max(5, round(LARGEST_CIRCLE * one.share))
        style = f"{style};width:{size}px;height:{size}px"
    elif kind and kind != MARKER:
        kind = f"state {kind}"
    box = el("i", class_=kind, style=style)
    return el("li", box, el("span", one.label), el("small", one.count) if one.count else None)


def entries_of(scene: Scene) -> list[Entry]:
    """Explain the classes, categories, circles or markers of a scene."""
    lang = scene.lang
    if scene.manner is Manner.CLASSES:
        return class_entries(scene)
    if scene.manner is Manner.STATUSES:
        categories = scene.indicator.categories or ()
        rows = zip(scene.palette, categories, scene.classes.counts, strict=True)
        level = scene.view.level
        return [
            entry(pick(one.title, lang), n, lang, color=color, level=level)
            for color, one, n in rows
        ]
    if scene.manner is Manner.CIRCLES:
        return [*circle_entries(scene), *(class_entries(scene) if scene.classes.steps else ())]
    if scene.manner is Manner.CARD:
        n = sum(text != "" for text in scene.measure.texts)
        return [entry(t("legend.marker", lang), n, lang, MARKER, level=scene.view.level)]
    return []


def class_entries(scene: Scene) -> list[Entry]:
    """Explain the classes of a scene."""
    rows = zip(scene.palette, class_labels(scene), scene.classes.counts, strict=True)
    level = scene.view.level
    return [entry(label, n, scene.lang, color=color, level=level) for color, label, n in rows]


def circle_entries(scene: Scene) -> list[Entry]:
    """Explain three circles: what each stands for."""
    largest, color = scene.largest, scene.palette[-1]
    entries = []
    for share in (1.0, 0.25, 0.05):
        value = _round_significant(largest * share) if share < 1 else largest
        label = number(value, scene.lang, min(decimals_of(value), scene.indicator.decimals))
        wide = (value / largest) ** 0.5 if largest else 0.0
        entries.append(Entry(label=label, kind=CIRCLE, color=color, share=wide))
    return entries


def _round_significant(value: float) -> float:
    if value <= 0:
        return 0.0
    return round(value, -int(np.floor(np.log10(value))))


def state_entries(scene: Scene) -> list[Entry]:
    """Explain the areas without a number, one entry for each reason."""
    lang, counts = scene.lang, Counter(scene.states)
    # No data always, to be told apart from zero even where every area reports.
    entries = [
        entry(state_text(state, lang), counts[state], lang, state, level=scene.view.level)
        for state in PLAIN_STATES
        if counts[state] or state == "no_data"
    ]
    if scene.matched is not None:
        entries.append(entry(t("filters.off", lang), int((~scene.matched).sum()), lang, OFF))
    return entries


def class_labels(scene: Scene) -> list[str]:
    """Write the bounds of each class, as legends and exports say them."""
    classes, lang = scene.classes, scene.lang
    bounds = classes.bounds()
    edges = [edge for pair in bounds for edge in pair if np.isfinite(edge)]
    # Bounds that are named are their scale's own; the others are written as the figures are.
    least = 0 if classes.names else scene.measure.digits
    digits = max((least, *(decimals_of(edge, _finest(edges)) for edge in edges)))
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


def _made(scene: Scene) -> Iterable[str]:
    """Say how the classes were made, of how many areas, and where the area looked at stands."""
    lang, classes = scene.lang, scene.classes
    n = areas_text(int((classes.index != NO_CLASS).sum()), lang, scene.view.level)
    method = t(f"method.{classes.method}", lang)
    if caption(scene):
        yield caption(scene)
    if classes.names:
        yield t("legend.scale", lang, n=n, method=method)
        yield scene.note
        return
    if scene.measure.note:
        yield scene.measure.note
    yield from method_notes(scene, n)


def _uncoloured(scene: Scene) -> Iterable[str]:
    """Say why figures have no colour scale."""
    if scene.panel.n_reported < FEWEST_FOR_COLOUR:
        return [t("legend.too_few", scene.lang)]
    asides = scene.panel.frame["aside"].tolist()
    held = zip(scene.measure.reasons, asides, strict=True)
    reasons = list(dict.fromkeys(why for why, aside in held if aside == WITHHELD))
    if not reasons:
        return [t("legend.not_enough", scene.lang)]
    if n := asides.count(TOO_FEW):
        reasons.append(t("legend.rest_too_few", scene.lang, n=number(n, scene.lang)))
    return reasons


def notes_of(scene: Scene) -> list[str]:
    """Say how classes were made, and what else belongs to a legend."""
    lang = scene.lang
    said: list[str] = []
    if scene.manner is Manner.CLASSES:
        said += _made(scene)
    if scene.manner is Manner.CIRCLES:
        said.append(t("legend.circles", lang))
    if scene.manner is Manner.CARD:
        said += _uncoloured(scene)
    if scene.manner is Manner.STATUSES and scene.indicator.list:
        said.append(t(f"legend.{scene.indicator.list}", lang))
    if scene.manner is not Manner.EMPTY:
        said.append(unranked_text(scene.indicator, lang))
    if is_pooled(scene, scene.measure):
        said.append(t("legend.pooled", lang, n=len(scene.stops)))
    said += [scene.words.as_of, scene.words.recomputed, scene.words.uploaded]
    return [text for text in said if text]
