"""The body and the legend of a figure, from the very message that the map in the browser draws."""

from __future__ import annotations

from collections import Counter
from typing import Final

from base.words import Lang, number, pick, t, tn
from geo.boundaries import web_layer
from geo.figure import Archipelago, Fill, Key, Legend, MapBody, Shape, Theme
from geo.maps import (
    MARK_ASIDE,
    MARK_CANNOT,
    MARK_CONFLICT,
    MARK_MIXED,
    MARK_NO_DATA,
    MARK_NOT_APPLICABLE,
    MARK_NOT_COMPUTED,
    MARK_NOT_EXISTING,
    MARK_NOT_NAMED,
    MARK_OUTSIDE,
    MARK_PARTIAL,
    MARK_SPLIT,
    MapView,
)
from ui.address import pin_colours
from ui.figure.parts import ACCENTS
from ui.scene import (
    MARKS,
    PLAIN_STATES,
    Manner,
    Scene,
    beside,
    circle_keys,
    class_labels,
    notes,
    state_text,
    symbols_of,
)

# What the map in the browser draws for each mark.
FILLS: Final = {
    MARK_NO_DATA: Fill.NO_DATA,
    MARK_SPLIT: Fill.BACK,
    MARK_PARTIAL: Fill.BACK,
    MARK_CONFLICT: Fill.CROSSED,
    MARK_MIXED: Fill.CROSSED,
    MARK_NOT_NAMED: Fill.DOTS,
    MARK_ASIDE: Fill.LINES,
    MARK_NOT_APPLICABLE: Fill.GREY,
    MARK_CANNOT: Fill.GREY,
    MARK_NOT_COMPUTED: Fill.GREY,
    MARK_OUTSIDE: Fill.GREY,
    MARK_NOT_EXISTING: Fill.PAPER,
}
WHOLE: Final = 1000  # sizes of circles are thousandths of the largest


def map_body(
    scene: Scene, drawn: MapView, theme: Theme, *, facts: bool = False, values: bool = True
) -> MapBody:
    """Describe a map for a figure.

    Parameters
    ----------
    drawn
        What the browser is told to draw; fills, circles and outlines are taken from it alone.
    """
    view, lang = scene.view, scene.lang
    symbols = symbols_of(view.edition, web_layer(view.edition, view.level), lang)
    shapes = tuple(_shape(scene, drawn, at, values=values) for at in range(len(drawn.codes)))
    return MapBody(
        edition=view.edition,
        level=view.level,
        shapes=shapes,
        archipelagos=tuple(
            Archipelago(s.code, s.label, s.place, s.points, s.name) for s in symbols
        ),
        focus=drawn.focus,
        selected=drawn.selected,
        pins=tuple(drawn.pins.items()),
        circle=drawn.palette[-1] if drawn.circles else ACCENTS[theme],
        scale_at=t("figure.scale", lang),
        facts=_facts(drawn, shapes) if facts and drawn.card else (),
    )


def _shape(scene: Scene, drawn: MapView, at: int, *, values: bool) -> Shape:
    code, mark = drawn.codes[at], drawn.marks[at]
    name = scene.name(code)
    off = drawn.off[at : at + 1] == "1"
    size = drawn.sizes[at] if drawn.circles else -1
    index = int(mark) if mark.isdigit() else -1
    return Shape(
        code=code,
        fill=_fill(drawn, mark, off=off),
        name=name,
        value=drawn.text[at] if values else "",
        told=_told(drawn, name, at),
        size=size / WHOLE if size >= 0 else None,
        color=drawn.palette[index] if drawn.circles and 0 <= index < len(drawn.palette) else "",
        marked=drawn.card and bool(drawn.text[at]),
        off=off,
    )


def _fill(drawn: MapView, mark: str, *, off: bool) -> str:
    if off:
        return Fill.OFF
    if not mark.isdigit():
        return FILLS[mark]
    return Fill.PLAIN if drawn.circles or drawn.card else drawn.palette[int(mark)]


def _told(drawn: MapView, name: str, at: int) -> str:
    """Say all about an area in a line: its figure with unit, state, date, and what is remarked."""
    mark, text = drawn.marks[at], drawn.text[at]
    figure = beside(text, drawn.unit) if text else ""
    state = "" if mark.isdigit() else drawn.words.get(mark, "")
    when = drawn.dates[drawn.when[at]] if drawn.dates else ""
    parts = [part for part in (figure, state, when) if part]
    said = f"{name}: {', '.join(parts)}" if parts else name
    note = drawn.notes.get(drawn.codes[at], "")
    return f"{said}. {note}" if note else said


def _facts(drawn: MapView, shapes: tuple[Shape, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (shape.name, beside(shape.value, drawn.unit), drawn.dates[drawn.when[at]])
        for at, shape in enumerate(shapes)
        if shape.marked
    )


def legend_of(scene: Scene, theme: Theme, *, bars: bool = False) -> Legend:
    """Write the legend of a scene, in the words of the one on the page."""
    keys = manner_keys(scene, theme, bars=bars)
    if not bars:
        keys += [*state_keys(scene), *pin_keys(scene)]
    elif scene.manner is Manner.CIRCLES and not keys:
        return Legend(heading=scene.words.heading)
    return Legend(scene.words.heading, tuple(keys), foot_of(scene))


def manner_keys(scene: Scene, theme: Theme, *, bars: bool = False) -> list[Key]:
    """List the entries of classes, categories, circles or markers."""
    lang = scene.lang
    if scene.manner is Manner.CLASSES:
        return _class_keys(scene)
    if scene.manner is Manner.STATUSES:
        categories = scene.indicator.categories or ()
        rows = zip(scene.palette, categories, scene.classes.counts, strict=True)
        return [Key(pick(one.title, lang), areas_text(n, lang), color) for color, one, n in rows]
    if scene.manner is Manner.CIRCLES:
        sides = _class_keys(scene) if scene.classes.steps else []
        if bars:
            return sides
        color = scene.palette[-1]
        return [Key(label, "", color, share) for label, share in circle_keys(scene)] + sides
    if scene.manner is Manner.CARD:
        n = sum(text != "" for text in scene.measure.texts)
        return [Key(t("legend.marker", lang), areas_text(n, lang), ACCENTS[theme], marker=True)]
    return []


def _class_keys(scene: Scene) -> list[Key]:
    rows = zip(scene.palette, class_labels(scene), scene.classes.counts, strict=True)
    return [Key(label, areas_text(n, scene.lang), color) for color, label, n in rows]


def state_keys(scene: Scene) -> list[Key]:
    """List the states that are there; "no data" always, to tell it apart from zero."""
    lang, counts = scene.lang, Counter(scene.states)
    keys = [
        Key(state_text(state, lang), areas_text(counts[state], lang), FILLS[MARKS[state]])
        for state in PLAIN_STATES
        if counts[state] or state == "no_data"
    ]
    if scene.matched is not None:
        n = int((~scene.matched).sum())
        keys.append(Key(t("filters.off", lang), areas_text(n, lang), Fill.OFF))
    return keys


def pin_keys(scene: Scene, *, values: bool = True) -> list[Key]:
    """List the pinned areas that are on the map, each with its figure if `values`."""
    texts = dict(zip(scene.codes, scene.measure.texts, strict=True))
    return [
        Key(
            scene.name(code),
            beside(texts[code], scene.measure.unit) if values and texts[code] else "",
            Fill.PAPER,
            edge=color,
        )
        for code, color in pin_colours(scene.view.pins).items()
        if code in texts
    ]


def areas_text(n: int, lang: Lang) -> str:
    """Write how many areas there are of a class."""
    return tn("legend.areas", n, lang, n=number(n, lang))


def foot_of(scene: Scene) -> tuple[str, ...]:
    """Say what belongs below a legend; the date stands at the foot of the figure."""
    lang = scene.lang
    dated = t("legend.as_of", lang, when=scene.words.when)
    polarity = t(f"direction.{scene.indicator.direction}", lang)
    numeric = scene.indicator.kind not in ("status", "date")
    said = [polarity] if numeric and polarity else []
    return sentences([*said, *(n for n in notes(scene) if n != dated)])


def sentences(texts: list[str]) -> tuple[str, ...]:
    """Make sentences of what a legend on a page parts by dots."""
    return tuple(f"{text[:1].upper()}{text[1:].rstrip('.')}." for text in texts if text)
