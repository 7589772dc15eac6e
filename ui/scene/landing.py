"""Where somebody arrives who has found a place: on a map that shows it, else on a page about it."""

from __future__ import annotations

from dataclasses import dataclass

from geo.editions import Level, area, has_area
from geo.search import heirs_of
from ui.address import View, mapped_editions


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A page about a place that no map has, and what it is asked.

    Attributes
    ----------
    page
        Name of the page, as its file in pages/ has it.
    params
        Its address.
    """

    page: str
    params: dict[str, str]


def landing(view: View, key: str) -> View | Elsewhere:
    """Choose where a place that was found is shown.

    Parameters
    ----------
    view
        The view of the reader before.
    key
        The place as ``edition:code``; communes of before July 2025 have edition 2024.

    Returns
    -------
    View or Elsewhere
        The map that has the place; of a unit without a map, that of the one place it became; else
        the page that says what became of it.
    """
    for edition, code in _one_by_one(key):
        if edition in mapped_editions() and has_area(edition, code):
            if area(edition, code).level is Level.REGION:
                params = {"lang": view.lang, "edition": edition, "place": code}
                return Elsewhere("profile", params)
            return view.to(edition=edition, place=code)
    return Elsewhere("where", {"lang": view.lang, "unit": key})


def _one_by_one(key: str) -> list[tuple[str, str]]:
    """List the place, then what it became while that is one place."""
    found = [key]
    heirs = [heir for heir in heirs_of(key) if heir != key]
    for edition in mapped_editions()[::-1]:
        on = [heir for heir in heirs if heir.startswith(f"{edition}:")]
        if on:
            found += on if len(on) == 1 else []
            break
    return [(one.partition(":")[0], one.partition(":")[2]) for one in found]
