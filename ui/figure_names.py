"""Names of files for figures: stable, safe on every system, different for different figures."""

from __future__ import annotations

import re
from hashlib import sha256

from geo.figure import DEFAULT_PRESET, THEMES
from ui.figure_spec import KINDS, Choices
from ui.scene import Scene
from ui.view import PUBLISHED

PREFIX = "atlas06"
LONGEST = 150  # of 255 that file systems allow, so that an ending and a number still fit
_UNSAFE = re.compile(r"[^a-z0-9]+")


def safe(text: str) -> str:
    """Return a text as lower-case letters, digits and single hyphens of ASCII."""
    return _UNSAFE.sub("-", text.lower()).strip("-")


def figure_stem(scene: Scene, choices: Choices) -> str:
    """Name the file of a figure, without its ending.

    Parameters
    ----------
    scene
        What is shown. Its address has what the name needs: what a view has by default is left out.
    choices
        How it is drawn.

    Returns
    -------
    str
        Such as ``atlas06-2025-province-index766-total-newest-vi``.
    """
    view = scene.view
    said = {"lang", "edition", "place", "level", "indicator", "at", "sort", "source"}
    plain = type(view)(edition=view.edition, place=view.place, level=view.level)
    usual = plain.params()
    more = [
        f"{name}-{text}"
        for name, text in view.params().items()
        if name not in said
        and text != usual.get(name)
        and not (name == "basis" and text == PUBLISHED)
    ]
    parts = [
        PREFIX,
        view.edition,
        view.place if scene.province is not None else "",
        str(view.level),
        view.indicator,
        view.at.isoformat() if view.at else "newest",
        *more,
        choices.kind if choices.kind != KINDS[0] else "",
        choices.preset if choices.preset != DEFAULT_PRESET else "",
        choices.theme if choices.theme != THEMES[0] else "",
        view.lang,
    ]
    stem = "-".join(safe(part) for part in parts if part)
    if len(stem) <= LONGEST:
        return stem
    # Cut names would no longer differ.
    return f"{stem[:LONGEST].strip('-')}-{sha256(stem.encode()).hexdigest()[:8]}"
