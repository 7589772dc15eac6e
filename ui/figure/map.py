"""The body and the legend of a figure, from the very message that the map in the browser draws."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from base.words import t
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
    MARK_WITHHELD,
    MapView,
)
from ui.address import pin_colours
from ui.figure.parts import ACCENTS
from ui.scene import (
    ASIDE,
    CIRCLE,
    MARKER,
    MARKS,
    OFF,
    Entry,
    Scene,
    beside,
    entries_of,
    notes_of,
    state_entries,
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
    MARK_WITHHELD: Fill.GREY,
    MARK_OUTSIDE: Fill.GREY,
    MARK_NOT_EXISTING: Fill.PAPER,
}
KINDS: Final = {OFF: Fill.OFF, ASIDE: Fill.LINES}
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
    shapes = tuple(_shape(scene, drawn, at, values=values) for at in range(len(drawn.codes)))
    return MapBody(
        edition=scene.view.edition,
        level=scene.view.level,
        shapes=shapes,
        archipelagos=tuple(
            Archipelago(s.code, s.label, s.place, s.points, s.name) for s in drawn.symbols
        ),
        focus=drawn.focus,
        selected=drawn.selected,
        pins=tuple(drawn.pins.items()),
        circle=drawn.palette[-1] if drawn.circles else ACCENTS[theme],
        scale_at=t("figure.scale", scene.lang),
        facts=_facts(drawn, shapes) if facts and drawn.card else (),
    )


def _shape(scene: Scene, drawn: MapView, at: int, *, values: bool) -> Shape:
    code, mark, name = drawn.codes[at], drawn.marks[at], scene.names[at]
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
    heading, entries = scene.words.heading, entries_of(scene)
    if bars:
        entries = [one for one in entries if one.kind != CIRCLE]
        keys = keys_of(entries, theme)
        return Legend(heading, keys, foot_of(scene) if keys else ())
    keys = keys_of([*entries, *state_entries(scene)], theme)
    return Legend(heading, (*keys, *pin_keys(scene)), foot_of(scene))


def keys_of(entries: Iterable[Entry], theme: Theme) -> tuple[Key, ...]:
    """Draw the entries of a legend as the map draws what they stand for."""
    return tuple(_key(one, theme) for one in entries)


def _key(one: Entry, theme: Theme) -> Key:
    if one.kind == MARKER:
        return Key(one.label, one.count, ACCENTS[theme], marker=True)
    if one.kind == CIRCLE:
        return Key(one.label, fill=one.color, size=one.share)
    return Key(one.label, one.count, one.color or KINDS.get(one.kind) or FILLS[MARKS[one.kind]])


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


def foot_of(scene: Scene) -> tuple[str, ...]:
    """Say what belongs below a legend; the date stands at the foot of the figure."""
    said = (note for note in notes_of(scene) if note != scene.words.as_of)
    return sentences([scene.words.polarity, *said])


def sentences(texts: list[str]) -> tuple[str, ...]:
    """Make sentences of what a legend on a page parts by dots."""
    return tuple(f"{text[:1].upper()}{text[1:].rstrip('.')}." for text in texts if text)
