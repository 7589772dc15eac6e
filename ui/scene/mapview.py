"""Turn a scene into the message that the browser draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from base.words import Lang, t
from geo.boundaries import BoundaryLayer, bounds, web_layer
from geo.classify import NO_CLASS
from geo.editions import Level, area
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
    MARK_PARTIAL,
    MARK_SPLIT,
    MARK_WITHHELD,
    MapView,
    Symbol,
)
from metrics.catalog import boundary_note
from metrics.harmonise import CANNOT, MIXED, PARTIAL, carried_note
from metrics.panel import OTHER_PERIOD, WITHHELD
from ui.address import pin_colours
from ui.scene.figures import records, state_text
from ui.scene.histogram import spots
from ui.scene.measure import NOT_COMPUTED
from ui.scene.scene import Manner, Scene
from ui.scene.uploads import is_uploaded

MARKS = {
    "no_data": MARK_NO_DATA,
    "conflicting": MARK_CONFLICT,
    "not_named": MARK_NOT_NAMED,
    "not_applicable": MARK_NOT_APPLICABLE,
    "suppressed": MARK_NOT_APPLICABLE,
    "not_existing": MARK_NOT_EXISTING,
    "split": MARK_SPLIT,
    PARTIAL: MARK_PARTIAL,
    MIXED: MARK_MIXED,
    CANNOT: MARK_CANNOT,
    NOT_COMPUTED: MARK_NOT_COMPUTED,
    OTHER_PERIOD: MARK_ASIDE,
    WITHHELD: MARK_WITHHELD,
}
ACCENT = "#0b5c7a"


def map_view(scene: Scene, alt: str = "") -> MapView:
    """Describe a scene for the map.

    Parameters
    ----------
    alt
        Description for those who do not see the map; by default the scene's own.

    Returns
    -------
    MapView
        Figures as written, classes as digits, geometry by address.
    """
    view, lang = scene.view, scene.lang
    layer = web_layer(view.edition, view.level, detail=scene.province is not None)
    when, dates = _dates(scene.whens)
    names = None
    if view.level is not Level.PROVINCE:
        names = web_layer(view.edition, Level.PROVINCE).url
    return MapView(
        layer=layer.url,
        names=names,
        lang=lang,
        focus=scene.province.code if scene.province else None,
        selected=scene.selected,
        bounds=_bounds(scene, layer),
        codes=scene.codes,
        marks=marks_of(scene),
        text=scene.measure.texts,
        when=when,
        dates=dates,
        palette=scene.palette,
        unit=scene.measure.unit,
        alt=alt or scene.words.alt,
        credit=boundary_note(view.edition, view.level, lang),
        words=_words(scene),
        symbols=symbols_of(view.edition, layer, lang),
        accent=ACCENT,
        sizes=sizes_of(scene.measure.numbers, scene.largest)
        if scene.manner is Manner.CIRCLES
        else (),
        circles=scene.manner is Manner.CIRCLES,
        card=scene.manner is Manner.CARD,
        notes=_notes(scene),
        spots=spots(scene),
        off=_off(scene),
        pins=pin_colours(scene.view.pins),
    )


def _off(scene: Scene) -> str:
    """Mark with 1 the areas that the filters leave out."""
    if scene.matched is None:
        return ""
    return "".join("0" if has else "1" for has in scene.matched)


def marks_of(scene: Scene) -> str:
    """Write one character per area: the digit of its class, or the mark of its state."""
    pairs = zip(scene.states, scene.classes.index.tolist(), strict=True)
    return "".join(
        str(index) if index != NO_CLASS else MARKS.get(state, MARK_NO_DATA)
        for state, index in pairs
    )


def _dates(texts: list[str]) -> tuple[list[int], list[str]]:
    distinct = list(dict.fromkeys(texts))
    place = {text: at for at, text in enumerate(distinct)}
    return [place[text] for text in texts], distinct


def sizes_of(numbers: NDArray[np.float64], largest: float = 0.0) -> list[int]:
    """Return the area of each circle in thousandths of the largest, which may be of another map."""
    largest = largest or float(np.nanmax(np.abs(numbers))) or 1.0
    sized = np.where(np.isfinite(numbers), np.round(np.abs(numbers) / largest * 1000), -1)
    return [int(size) for size in sized]


def _bounds(scene: Scene, layer: BoundaryLayer) -> tuple[float, float, float, float]:
    if scene.province is None:
        return layer.bbox
    w, s, e, n = bounds(scene.view.edition, scene.province.code)
    return w, s, e, n


def _words(scene: Scene) -> dict[str, str]:
    lang = scene.lang
    words = {mark: state_text(state, lang) for state, mark in MARKS.items()}
    # Two states share the plain grey: say the one that is there, or both.
    states = scene.panel.frame["state"].unique()
    grey = [s for s, mark in MARKS.items() if mark == MARK_NOT_APPLICABLE and s in states]
    words[MARK_NOT_APPLICABLE] = " / ".join(state_text(state, lang) for state in grey)
    words["off"] = t("filters.off", lang)
    return {**words, "outside": t("map.outside", lang), "failed": t("map.failed", lang)}


def symbols_of(edition_id: str, layer: BoundaryLayer, lang: Lang) -> list[Symbol]:
    """Name the archipelagos of a layer and the provinces that they belong to."""
    symbols = []
    for symbol in layer.symbols:
        province = area(edition_id, symbol.province)
        name = symbol.name_vi if lang == "vi" else symbol.name_en
        place = province.short_vi if lang == "vi" else province.short_en
        symbols.append(
            Symbol(
                symbol.code,
                name,
                t("map.archipelago", lang, name=name),
                f"({place})",
                symbol.points,
            )
        )
    return symbols


def _notes(scene: Scene) -> dict[str, str]:
    """Remark on single areas: what a number was made from, or why there is none, and the source."""
    about_figures = _figure_notes(scene)
    reasons = zip(scene.codes, scene.measure.reasons, strict=True)
    made = {**(scene.measure.details or {}), **{code: why for code, why in reasons if why}}
    both = {**about_figures, **made}
    return {
        code: ". ".join(dict.fromkeys([text, about_figures.get(code, text)]))
        for code, text in both.items()
    }


def _figure_notes(scene: Scene) -> dict[str, str]:
    lang, frame = scene.lang, scene.panel.frame
    notes = {}
    if scene.carried:
        return {str(row["code"]): carried_note(row, lang) for row in records(frame)}
    columns = (frame[name].tolist() for name in ("n_alternatives", "state", "dataset"))
    for code, n, state, dataset in zip(scene.codes, *columns, strict=True):
        said = []
        if n > 0:
            said.append(t("map.alternatives", lang, n=n))
        elif state == "recomputed":
            said.append(state_text("recomputed", lang))
        if is_uploaded(dataset):
            said.append(t("map.uploaded", lang))
        if said:
            notes[code] = ". ".join(said)
    return notes
