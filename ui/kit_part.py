"""The press kit of a view, on the page of downloads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

import streamlit as st

from metrics.messages import Lang, t
from metrics.presskit import kit_name
from metrics.queries import Store
from ui.download_parts import write_choice
from ui.downloads import LISTS, NOTHING, Wanted, as_shown
from ui.drawn import Drawn
from ui.kits import kit_bytes
from ui.notes import status
from ui.scene import Manner


def kit_part(store: Store, drawn: Drawn, wanted: Wanted) -> None:
    """Show what can be chosen of the press kit, and the file."""
    lang = drawn.scene.view.lang
    st.html(f'<p class="atlas-small">{escape(t("kit.what", lang))}</p>')
    sizes: list[str] = []
    formats: list[str] = []
    if drawn.scene.manner is Manner.EMPTY:
        status(t("kit.empty", lang))
    else:
        sizes = _several("sizes", wanted, lang, lambda size: t(f"kit.size.{size}", lang))
        formats = _several("pictures", wanted, lang, str.upper)
    name = kit_name(store, as_shown(drawn.scene), lang)
    st.download_button(
        t("download.get", lang, name=name),
        partial(kit_bytes, store, drawn.scene.view, tuple(sizes), tuple(formats)),
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
