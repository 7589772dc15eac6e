"""The rows of a view with what is made of its figures, and press kits of them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from base.words import written_in
from geo.figure import DEFAULT_PRESET
from geo.figure import FORMATS as PICTURES
from metrics.commands import made_of
from metrics.commands.export import write_file
from metrics.commands.export_options import KIT
from metrics.exporting import (
    AsShown,
    Kit,
    Progress,
    Selection,
    permalink,
    title_of,
    view_href,
    view_params,
    write_kit,
)
from metrics.store import Store
from ui.commands.view import scene_of


def as_made(store: Store, what: AsShown, options: argparse.Namespace) -> AsShown:
    """Add to the rows of a view the number that is made of each figure, and its filters.

    Raises
    ------
    ValueError
        If it cannot be made of these figures; the message says what.
    """
    from ui.download import as_shown  # noqa: PLC0415 (Streamlit warns where it is loaded)

    made = made_of(options)
    if not made:
        return what
    scene = scene_of(store, view_params(what, written_in(options)) | made)
    shown = as_shown(scene, only="filters" in made)
    return replace(what, measured=shown.measured, filters=shown.filters)


def write_any(
    store: Store, what: Selection, out: Path, options: argparse.Namespace, progress: Progress | None
) -> tuple[Path, int]:
    """Write one file of data or one press kit; return it and the number of its rows."""
    if options.format == KIT and isinstance(what, AsShown):
        return write_kit(store, _kit(store, what, options), out), what.count(store)
    return write_file(store, what, out, options, progress)


def _kit(store: Store, what: AsShown, options: argparse.Namespace) -> Kit:
    """Put a press kit together: with figures and an embed where they are asked for."""
    lang = written_in(options)
    if not (options.preset or options.picture or options.embed):
        link = permalink(view_href(what, lang))
        return Kit(what, title_of(store, what, lang), "", link, lang)
    from ui.download import kit_of  # noqa: PLC0415

    scene = scene_of(store, view_params(what, lang) | made_of(options))
    sizes = dict.fromkeys(options.preset or ([DEFAULT_PRESET] if options.picture else []))
    formats = dict.fromkeys(options.picture or PICTURES[:1])
    kit = kit_of(store, scene.view, tuple(sizes), tuple(formats), embed=options.embed)
    return replace(kit, what=what)
