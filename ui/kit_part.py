"""The press kit of a view, on the page of downloads."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from geo.figure import FORMATS, PRESETS, Format, render
from metrics.exporting_rows import is_simulated
from metrics.messages import t
from metrics.permalink import permalink, public_url
from metrics.presskit import Kit, Picture, kit_name, write_kit
from metrics.queries import Store
from ui.downloads import as_shown
from ui.drawn import Drawn
from ui.figure_spec import Choices, figure_spec
from ui.scene import Manner

USUAL_SIZES: Final = ("square", "wide", "a4")
USUAL_FORMATS: Final[tuple[Format, ...]] = ("png", "svg")


def kit_part(store: Store, drawn: Drawn) -> None:
    """Show what can be chosen of the press kit, and the file."""
    lang = drawn.scene.view.lang
    st.html(f'<p class="atlas-small">{escape(t("kit.what", lang))}</p>')
    sizes: Sequence[str] = ()
    formats: Sequence[Format] = ()
    if drawn.scene.manner is Manner.EMPTY:
        st.html(f'<p class="atlas-note" role="status">{escape(t("kit.empty", lang))}</p>')
    else:
        sizes = st.multiselect(
            t("kit.sizes", lang),
            list(PRESETS),
            [size for size in USUAL_SIZES if size in PRESETS],
            key="kit_sizes",
            format_func=lambda size: t(f"kit.size.{size}", lang),
            placeholder=t("kit.choose", lang),
        )
        formats = st.multiselect(
            t("kit.formats", lang),
            list(FORMATS),
            list(USUAL_FORMATS),
            key="kit_formats",
            format_func=str.upper,
            placeholder=t("kit.choose", lang),
        )
    name = kit_name(store, as_shown(drawn.scene), lang)
    st.download_button(
        t("download.get", lang, name=name),
        partial(kit_bytes, store, drawn, tuple(sizes), tuple(formats)),
        name,
        "application/zip",
        key="get_kit",
        on_click="ignore",
        type="primary",
    )


def kit_bytes(store: Store, drawn: Drawn, sizes: Sequence[str], formats: Sequence[Format]) -> bytes:
    """Make the press kit of a view.

    Parameters
    ----------
    store
        The store of figures.
    drawn
        The view.
    sizes, formats
        Presets and formats of its figures.

    Returns
    -------
    bytes
        A ZIP.
    """
    scene = drawn.scene
    pictures = [
        Picture(f"{size}.{form}", partial(_draw, store, drawn, size, form))
        for size in sizes
        for form in formats
    ]
    link = permalink(scene.view.href())
    what = as_shown(scene)
    kit = Kit(what, drawn.title, drawn.subtitle, link, scene.view.lang, pictures)
    with tempfile.TemporaryDirectory(prefix="atlas-kit-") as folder:
        out = Path(folder) / kit_name(store, what, scene.view.lang)
        return write_kit(store, kit, out).read_bytes()


def _draw(store: Store, drawn: Drawn, size: str, form: Format) -> bytes:
    link = permalink(drawn.scene.view.href()) if public_url() else ""
    choices = Choices(preset=size, permalink=link, simulated=is_simulated(store))
    return render(figure_spec(store, drawn.scene, choices), form)
