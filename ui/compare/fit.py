"""What fits on one page beside another view."""

from __future__ import annotations

from dataclasses import replace

from base.html import Markup, el, link
from base.words import pick, t
from metrics.relate import UNMEASURED, basis_of
from metrics.store import Store
from ui.address import PUBLISHED, Refusal, View
from ui.scene import Scene, make_scene


def scene_beside(store: Store, view: View, *, dark: bool = False) -> tuple[Scene, list[Refusal]]:
    """Make a scene, of figures carried from another edition where its own has none.

    Parameters
    ----------
    dark
        Whether it is drawn on dark paper.
    """
    if view.indicator and view.basis == PUBLISHED:
        basis = basis_of(store, view.indicator, view.edition, view.level)
        if basis not in ("", view.edition):
            view = replace(view, basis=basis)
    return make_scene(store, view, dark=dark)


def unfit(scene: Scene) -> str:
    """Say why areas cannot be compared by what a scene draws; "" where they can."""
    kind, name = scene.indicator.kind, pick(scene.indicator.short, scene.lang)
    if kind in UNMEASURED:
        return t(f"comparing.{kind}", scene.lang, name=name)
    return t("comparing.count", scene.lang, name=name) if scene.measure.circles else ""


def open_link(scene: Scene, code: str) -> Markup:
    """Write a link to an area on the map of Explore."""
    return el("p", link(scene.view.to(place=code).href(), t("comparing.open", scene.lang)))
