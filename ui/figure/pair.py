"""The figure of two indicators: a map of nine colours and its square legend."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from base.words import t
from geo.figure import FigureSpec, Fill, Key, Legend, Square
from geo.maps import MARK_OUTSIDE
from ui.address import PAIR
from ui.compare import Paired, corners, correlation, counted, missing_of, notes_of, warnings
from ui.figure.map import areas_text, map_body, pin_keys, sentences
from ui.figure.parts import Choices, NoFigures, whole, words_of


def pair_spec(drawn: Paired, choices: Choices) -> FigureSpec:
    """Describe the figure of two indicators.

    Raises
    ------
    NoFigures
        If they could not be crossed; the message says why.
    """
    if drawn.crossed is None or drawn.pairing is None or drawn.square is None:
        raise NoFigures(drawn.why)
    x, y, lang = drawn.x, drawn.y, drawn.x.lang
    told = (
        counted(x, drawn.pairing),
        corners(x, y, drawn.crossed),
        correlation(drawn.pairing, lang),
    )
    words = words_of(
        [x, y],
        title=drawn.title,
        subtitle=" ".join(text for text in told if text),
        alt=t("pair.cause", lang),
    )
    body = map_body(x, drawn.map, choices.theme, values=False)
    return whole(lang, replace(choices, kind=PAIR), words, body, _legend(drawn))


def _legend(drawn: Paired) -> Legend:
    x, y, pairing, crossed = drawn.x, drawn.y, drawn.pairing, drawn.crossed
    assert pairing is not None
    assert crossed is not None
    assert drawn.square is not None
    lang = x.lang
    fills = (Fill.LINES, Fill.LINES, Fill.NO_DATA)
    keys = [
        Key(label, areas_text(n, lang), fill)
        for fill, (label, n) in zip(fills, missing_of(x, y, pairing), strict=True)
        if n or fill == Fill.NO_DATA
    ]
    if n := drawn.map.marks.count(MARK_OUTSIDE):
        keys.append(Key(t("pair.outside", lang), areas_text(n, lang), Fill.GREY))
    said = [*notes_of(x, y, pairing, crossed), t("pair.cause", lang), *warnings(x, y)]
    return Legend("", (*keys, *pin_keys(x, values=False)), sentences(said), _square(drawn.square))


def _square(square: dict[str, Any]) -> Square:
    def heads(name: str) -> tuple[tuple[str, str], ...]:
        return tuple((head["word"], head["range"]) for head in square[name])

    cells = tuple(tuple((cell["color"], cell["n"]) for cell in row) for row in square["cells"])
    return Square(square["x"], square["y"], heads("columns"), heads("rows"), cells)
