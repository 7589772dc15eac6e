"""Lines of text as outlines: each word is laid out once, whatever its size and wherever it stands.

A bitmap made of every letter whenever it is drawn takes ten times as long.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from numpy.typing import NDArray

from geo.figure.fonts import families, text_width

SCALE = text_to_path.FONT_SCALE
# Scripts that run from right to left: their words are put into order together.
_TURNED = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Outlines of the letters drawn so far, by their name: some hundred of each weight.
_letters: dict[str, tuple[NDArray[np.float64], NDArray[np.uint8]]] = {}

Placed = tuple[str, float, float]


def outline(text: str, size: float, weight: int) -> tuple[Path, float]:
    """Return a line of text that begins at 0, 0, and how wide it is; points, `y` downwards."""
    names, space = families(), text_width(" ", SCALE, weight)
    placed: list[Placed] = []
    x = 0.0
    # Neither typeface moves a letter because of a space.
    for word in [text] if _TURNED.search(text) else text.split(" "):
        found, wide = _word(names, word, weight)
        placed += [(name, x + across, up) for name, across, up in found]
        x += wide + space
    if not placed:
        return Path(np.empty((0, 2))), 0.0
    letters = [_letters[name] for name, _, _ in placed]
    starts = np.repeat([at for _, *at in placed], [len(codes) for _, codes in letters], axis=0)
    grow = size / SCALE
    points = (np.concatenate([points for points, _ in letters]) + starts) * (grow, -grow)
    return Path(points, np.concatenate([codes for _, codes in letters])), (x - space) * grow


@lru_cache(maxsize=8192)
def _word(names: tuple[str, ...], word: str, weight: int) -> tuple[list[Placed], float]:
    """Return the letters of a word, each with its name and where it stands, and its width."""
    font = get_font([findfont(FontProperties(family=name, weight=weight)) for name in names])
    font.set_size(SCALE, text_to_path.DPI)
    turned = _TURNED.search(word)
    # A space stands where a word ends, unless it is turned.
    laid, _, _ = text_to_path.get_glyphs_with_font(font, word + (turned is None) * " ", _letters)
    placed = [(name, x, y) for name, x, y, _ in laid]
    if turned:
        return placed, text_width(word, SCALE, weight)
    *found, (_, wide, _) = placed
    return found, wide
