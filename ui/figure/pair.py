"""The figure of two indicators: a map of nine colours and its square legend."""

from __future__ import annotations

from typing import Any

from base.words import t
from geo.figure import FigureSpec, Fill, Key, Legend, Square
from geo.maps import MARK_OUTSIDE
from ui.address import PAIR
from ui.compare import (
    Paired,
    corners,
    correlation,
    counted,
    pair_entries,
    pair_notes,
    warnings,
)
from ui.figure.map import keys_of, map_body, pin_keys, sentences
from ui.figure.parts import Choices, NoFigures, of_scenes
from ui.scene import entry


def pair_spec(drawn: Paired, choices: Choices) -> FigureSpec:
    """Describe the figure of two indicators.

    Raises
    ------
    NoFigures
        If they could not be crossed; the message says why.
    """
    x, y, crossed, pairing, square = drawn.x, drawn.y, drawn.crossed, drawn.pairing, drawn.square
    if crossed is None or pairing is None or square is None:
        raise NoFigures(drawn.why)
    cause = t("pair.cause", x.lang)
    told = (counted(x, pairing), corners(x, y, crossed), correlation(pairing, x.lang))
    said = [*pair_notes(x, y, pairing, crossed), cause, *warnings(x, y)]
    return of_scenes(
        [x, y],
        choices,
        kind=PAIR,
        title=drawn.title,
        subtitle=" ".join(text for text in told if text),
        alt=cause,
        body=map_body(x, drawn.map, choices.theme, values=False),
        legend=Legend("", _keys(drawn, choices), sentences(said), _square(square)),
    )


def _keys(drawn: Paired, choices: Choices) -> tuple[Key, ...]:
    x, pairing = drawn.x, drawn.pairing
    assert pairing is not None
    entries = [one for one in pair_entries(x, drawn.y, pairing) if one.n or one.kind == "no_data"]
    keys = [*keys_of(entries, choices.theme)]
    if n := drawn.map.marks.count(MARK_OUTSIDE):
        outside = entry(t("pair.outside", x.lang), n, x.lang)
        keys.append(Key(outside.label, outside.count, Fill.GREY))
    return (*keys, *pin_keys(x, values=False))


def _square(square: dict[str, Any]) -> Square:
    def heads(name: str) -> tuple[tuple[str, str], ...]:
        return tuple((head["word"], head["range"]) for head in square[name])

    cells = tuple(tuple((cell["color"], cell["n"]) for cell in row) for row in square["cells"])
    return Square(square["x"], square["y"], heads("columns"), heads("rows"), cells)
