"""The press kit of a view, on the page of downloads."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import cast

import streamlit as st

from geo.figure import Format, render
from metrics.exporting_rows import is_simulated
from metrics.messages import Lang, t
from metrics.permalink import permalink, public_url
from metrics.presskit import Kit, Picture, kit_name, write_kit
from metrics.queries import Store
from ui.download_parts import write_choice
from ui.downloads import LISTS, NOTHING, Wanted, as_shown
from ui.drawn import Drawn
from ui.figure_parts import Choices
from ui.figure_spec import figure_spec
from ui.scene import Manner


def kit_part(store: Store, drawn: Drawn, wanted: Wanted) -> None:
    """Show what can be chosen of the press kit, and the file."""
    lang = drawn.scene.view.lang
    st.html(f'<p class="atlas-small">{escape(t("kit.what", lang))}</p>')
    sizes: list[str] = []
    formats: list[str] = []
    if drawn.scene.manner is Manner.EMPTY:
        st.html(f'<p class="atlas-note" role="status">{escape(t("kit.empty", lang))}</p>')
    else:
        sizes = _several("sizes", wanted, lang, lambda size: t(f"kit.size.{size}", lang))
        formats = _several("pictures", wanted, lang, str.upper)
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


def _several(name: str, wanted: Wanted, lang: Lang, text: Callable[[str], str]) -> list[str]:
    key = f"kit_{name}"
    st.session_state[key] = wanted.listed(name)
    return st.multiselect(
        t(f"kit.{name}", lang),
        LISTS[name][0],
        key=key,
        format_func=text,
        placeholder=t("kit.choose", lang),
        on_change=lambda: write_choice(name, ",".join(st.session_state[key]) or NOTHING),
    )


def kit_bytes(store: Store, drawn: Drawn, sizes: Sequence[str], formats: Sequence[str]) -> bytes:
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


def _draw(store: Store, drawn: Drawn, size: str, form: str) -> bytes:
    link = permalink(drawn.scene.view.href()) if public_url() else ""
    choices = Choices(preset=size, permalink=link, simulated=is_simulated(store))
    return render(figure_spec(store, drawn.scene, choices), cast(Format, form))
