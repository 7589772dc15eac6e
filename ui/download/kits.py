"""Press kits of views: which figures go into them, and the map as a file of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

from geo.figure import Format, render
from metrics.exporting import Kit, Picture, is_simulated, kit_name, permalink, public_url, write_kit
from metrics.store import Store, known_words
from ui.address import View
from ui.download.downloads import as_shown
from ui.download.embedding import embed_bytes
from ui.figure import Choices, figure_spec
from ui.scene import Drawn, Manner, draw


def kit_of(
    store: Store, view: View, sizes: Sequence[str], formats: Sequence[str], *, embed: bool = False
) -> Kit:
    """Put the press kit of a view together.

    Parameters
    ----------
    sizes, formats
        Presets and formats of its figures; none are drawn where no area has a figure.
    embed
        Whether the map comes along as one HTML file, which says when it was frozen: such a kit is
        another file each time.
    """
    drawn = draw(store, view)
    scene, words = drawn.scene, drawn.scene.words
    pictures = [
        Picture(f"{size}.{form}", partial(_draw, store, drawn, size, form))
        for size in sizes
        for form in formats
        if scene.manner is not Manner.EMPTY
    ]
    pages = [Picture("map.html", partial(_page, store, drawn))] if embed else []
    link = permalink(scene.view.href())
    what = as_shown(scene)
    return Kit(what, words.title, words.subtitle, link, scene.lang, pictures, pages)


def kit_bytes(store: Store, view: View, sizes: Sequence[str], formats: Sequence[str]) -> bytes:
    """Make the press kit of a view, a ZIP; see `kit_of`."""
    kit = kit_of(store, view, sizes, formats)
    with tempfile.TemporaryDirectory(prefix="atlas-kit-") as folder:
        out = Path(folder) / kit_name(store, kit.what, kit.lang)
        return write_kit(store, kit, out).read_bytes()


def _draw(store: Store, drawn: Drawn, size: str, form: str) -> bytes:
    link = permalink(drawn.scene.view.href()) if public_url() else ""
    known = known_words(drawn.scene.view.as_of, drawn.scene.lang)
    choices = Choices(preset=size, permalink=link, known=known, simulated=is_simulated(store))
    return render(figure_spec(drawn.scene, choices), cast(Format, form))


def _page(store: Store, drawn: Drawn) -> bytes:
    return embed_bytes(store, drawn, datetime.now(UTC))
