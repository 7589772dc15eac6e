"""Say how far the lines of a map can be trusted, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable

from base.words import Lang, number, t
from geo.boundaries import (
    KIND_APPROXIMATE,
    KIND_OFFICIAL,
    BoundaryLayer,
    NoBoundariesError,
    web_layer,
    web_layers,
)
from geo.editions import Level


def boundary_note(edition: str, level: Level, lang: Lang) -> str:
    """Write the note of a map: approximate or official, by whom, and that islands are symbols."""
    return _note(web_layer(edition, level), lang)


def boundary_note_short(edition: str, level: Level, lang: Lang) -> str:
    """Write the note of a small map in a few words."""
    return _short(web_layer(edition, level), lang)


def boundary_notes(editions: Iterable[str], lang: Lang) -> str:
    """Write the notes of all layers of some editions, each once, for files that hold several.

    Parameters
    ----------
    editions
        Their ids; those without boundaries are passed over. Of none, all layers count.
    """
    wanted = set(editions)
    layers = [layer for layer in web_layers() if not layer.detail]
    chosen = [layer for layer in layers if layer.edition in wanted] or layers
    if len({_note(layer, lang) for layer in chosen}) == 1:
        return _note(chosen[0], lang)
    return "; ".join(
        f"{t(f'boundaries.units.{layer.level}', lang)} ({layer.edition}): {_note(layer, lang)}"
        for layer in chosen
    )


def boundary_kind(editions: Iterable[str]) -> str:
    """Name the kinds of the layers of some editions, as `BoundaryLayer.kind`, with commas."""
    wanted = set(editions)
    found = [layer.kind for layer in web_layers() if layer.edition in wanted]
    return ", ".join(dict.fromkeys(found)) or KIND_APPROXIMATE


def boundary_disclaimer(edition: str, level: Level, lang: Lang) -> str:
    """Say what the lines of a page are, and that they have no legal force.

    Parameters
    ----------
    edition, level
        What is drawn; areas without boundaries are drawn on approximate ones.
    """
    try:
        layer = web_layer(edition, level)
    except NoBoundariesError:
        return t("boundaries.disclaimer.approximate", lang)
    if layer.kind == KIND_APPROXIMATE:
        return t("boundaries.disclaimer.approximate", lang)
    origin = origin_text(layer, lang)
    return t("boundaries.disclaimer.other", lang, short=_short(layer, lang), origin=origin)


def boundary_licence(lang: Lang) -> str:
    """Say whose the boundaries in force are, for whoever uses a file again."""
    layers = [layer for layer in web_layers() if not layer.detail]
    if all(layer.kind == KIND_APPROXIMATE for layer in layers):
        return t("boundaries.licence.approximate", lang)
    return t("boundaries.licence.other", lang, notes=boundary_notes((), lang))


def origin_text(layer: BoundaryLayer, lang: Lang) -> str:
    """Name what official boundaries were taken from, with their date where it is known."""
    name = layer.origin_name or t(f"boundaries.source.{layer.origin_id}", lang)
    if not layer.origin_date:
        return name
    return t("boundaries.origin.dated", lang, name=name, date=layer.origin_date)


def _note(layer: BoundaryLayer, lang: Lang) -> str:
    if layer.kind == KIND_APPROXIMATE:
        return t("map.credit", lang)
    origin = origin_text(layer, lang)
    if layer.kind == KIND_OFFICIAL:
        return t("boundaries.note.official", lang, origin=origin)
    return t("boundaries.note.partly", lang, origin=origin, **_counts(layer, lang))


def _short(layer: BoundaryLayer, lang: Lang) -> str:
    if layer.kind == KIND_APPROXIMATE:
        return t("map.credit.short", lang)
    if layer.kind == KIND_OFFICIAL:
        return t("boundaries.short.official", lang)
    return t("boundaries.short.partly", lang, **_counts(layer, lang))


def _counts(layer: BoundaryLayer, lang: Lang) -> dict[str, str]:
    units = t(f"boundaries.units.{layer.level}", lang)
    return {"n": number(layer.n_official, lang), "of": number(layer.n, lang), "units": units}
