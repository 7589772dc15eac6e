"""What fits on one page beside another view, and how it is named there."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from base.words import pick, t
from metrics.relate import UNMEASURED, basis_of
from metrics.store import Store
from ui.address import PUBLISHED, View
from ui.scene.figures import beside
from ui.scene.scene import Scene
from ui.scene.sentences import drawn_name


def with_basis(store: Store, view: View) -> View:
    """Carry figures from another edition where an indicator has none on the one of the view."""
    if not view.indicator or view.basis != PUBLISHED:
        return view
    basis = basis_of(store, view.indicator, view.edition, view.level)
    return view if basis in ("", view.edition) else replace(view, basis=basis)


def unfit(scene: Scene) -> str:
    """Say why areas cannot be compared by what a scene draws; "" where they can."""
    lang, indicator = scene.view.lang, scene.indicator
    name = pick(indicator.short, lang)
    if indicator.kind in UNMEASURED:
        return t(f"comparing.{indicator.kind}", lang, name=name)
    if scene.measure.circles:
        return t("comparing.count", lang, name=name)
    return ""


def short(scene: Scene) -> str:
    """Name what a scene draws, briefly."""
    return scene.measure.name or drawn_name(pick(scene.indicator.short, scene.view.lang), scene)


def axis_name(scene: Scene) -> str:
    """Name what a scene draws, with its unit, for an axis or the head of a column."""
    name, unit = short(scene), scene.measure.unit
    return f"{name} ({unit})" if unit else name


def figure(scene: Scene, at: int) -> str:
    """Write the number of the area in a row of a scene, with its unit."""
    return beside(scene.measure.texts[at], scene.measure.unit)


def open_link(scene: Scene, code: str) -> str:
    """Write a link, in HTML, to an area on the map of Explore."""
    text = t("comparing.open", scene.view.lang)
    href = scene.view.to(place=code).href()
    return f'<p><a href="{escape(href)}" target="_self">{escape(text)}</a></p>'
