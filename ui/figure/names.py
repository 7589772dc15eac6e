"""Names of files for figures: stable, safe on every system, different for different figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from geo.editions import COUNTRY_CODE
from geo.figure import DEFAULT_PRESET, THEMES
from ui.address import KINDS, PROFILE, PUBLISHED, View
from ui.figure.parts import Choices

PREFIX = "atlas06"
LONGEST = 150  # of 255 that file systems allow, so that an ending and a number still fit
# Parameters of a view that its name says otherwise, or that change nothing in a figure.
SAID = ("lang", "as_of", "edition", "place", "level", "indicator", "at", "sort", "source")
NOTHING: Mapping[str, str] = {}
_SIGN = re.compile(r"(?<=[:.,])-(?=[0-9])|^-(?=[0-9])|(?<=breaks-)-(?=[0-9])")
_UNSAFE = re.compile(r"[^a-z0-9]+")


def safe(text: str) -> str:
    """Return a text as lower-case letters, digits and single hyphens of ASCII."""
    # A sign and an open range are no mere punctuation.
    said = _SIGN.sub("minus", text.lower()).replace("..", "-to-")
    return _UNSAFE.sub("-", said).strip("-")


def figure_stem(view: View, choices: Choices, more: Mapping[str, str] = NOTHING) -> str:
    """Name the file of a figure, without its ending.

    Parameters
    ----------
    view
        What is shown. Its address has what the name needs: what a view has by default is left out.
    more
        What the kind of figure is asked besides its view: see `ui.figure.kinds.Asked.params`.

    Returns
    -------
    str
        Such as ``atlas06-2025-province-index766-total-newest-vi``.
    """
    kind = choices.kind if choices.kind != KINDS[0] else ""
    what = [view.edition, view.place] if kind == PROFILE else _of_view(view)
    if view.as_of:
        what.append(f"as-of-{view.as_of}")
    parts = [
        PREFIX,
        *what,
        *(f"{name}-{text}" for name, text in more.items() if text),
        kind,
        choices.preset if choices.preset != DEFAULT_PRESET else "",
        choices.theme if choices.theme != THEMES[0] else "",
        view.lang,
    ]
    stem = "-".join(safe(part) for part in parts if part)
    if len(stem) <= LONGEST:
        return stem
    # Cut names would no longer differ.
    return f"{stem[:LONGEST].strip('-')}-{sha256(stem.encode()).hexdigest()[:8]}"


def _of_view(view: View) -> list[str]:
    usual = type(view)(edition=view.edition, place=view.place, level=view.level).params()
    more = [
        f"{name}-{text}"
        for name, text in view.params().items()
        if name not in SAID
        and text != usual.get(name)
        and not (name == "basis" and text == PUBLISHED)
    ]
    return [
        view.edition,
        view.place if view.place != COUNTRY_CODE else "",
        str(view.level),
        view.indicator,
        view.at.isoformat() if view.at else "newest",
        *more,
    ]
