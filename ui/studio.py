"""The figure studio: what can be chosen about a figure, in the address and on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Final

import streamlit as st

from geo.boundaries import kept
from geo.figure import (
    DEFAULT_DPI,
    DEFAULT_PRESET,
    FORMATS,
    LONGEST_NOTE,
    LONGEST_TITLE,
    MEDIA,
    PRESETS,
    THEMES,
    FigureSpec,
    Format,
    pixels,
    render,
)
from metrics.formats import number
from metrics.messages import Lang, t
from metrics.permalink import permalink, public_url
from metrics.queries import Store
from ui.drawn import draw
from ui.figure_names import figure_stem
from ui.figure_spec import KINDS, Choices, figure_spec, kinds_of
from ui.scene import Scene
from ui.state import read_view, write_view
from ui.view import LONGEST, Refusal, View

DPIS: Final = (96, 150, 200, 300, 600)
PREVIEW_PIXELS: Final = 1000  # wide or high, whichever is more
# Parameters of the page besides a view's, with what each allows; title and note are free.
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": KINDS,
    "size": tuple(PRESETS),
    "paper": THEMES,
    "dpi": tuple(str(dpi) for dpi in DPIS),
}
DEFAULTS: Final[Mapping[str, str]] = {
    "kind": KINDS[0],
    "size": DEFAULT_PRESET,
    "paper": THEMES[0],
    "dpi": str(DEFAULT_DPI),
    "title": "",
    "note": "",
}
EXTRA: Final = tuple(DEFAULTS)
LENGTHS: Final[Mapping[str, int]] = {"title": LONGEST_TITLE, "note": LONGEST_NOTE}
# What is kept of figures drawn: a preview takes about 200 KB.
KEPT: Final = 24


@dataclass(frozen=True, slots=True)
class Studio:
    """The choices of the page, as texts of the address: see `CHOICES`."""

    kind: str
    size: str
    paper: str
    dpi: str
    title: str
    note: str

    def choices(self, view: View) -> Choices:
        """Return what `figure_spec` is asked for."""
        return Choices(
            kind=self.kind,
            preset=self.size,
            theme="dark" if self.paper == "dark" else "light",
            title=self.title or None,
            note=self.note,
            permalink=permalink(view.href()) if public_url() else "",
        )


def read_studio() -> tuple[Studio, list[Refusal]]:
    """Read the choices of the page from its address; those that do not exist are refused."""
    found, refused = dict(DEFAULTS), []
    for name in EXTRA:
        given = str(st.query_params.get(name, ""))
        if not given:
            continue
        allowed = CHOICES.get(name)
        if (given not in allowed) if allowed else len(given) > LENGTHS[name]:
            refused.append(Refusal(name, given[:LONGEST]))
            continue
        found[name] = given
    return Studio(**found), refused


def written(studio: Studio) -> dict[str, str]:
    """Write the choices as parameters of the address; an empty title or note is left out."""
    return {name: str(getattr(studio, name)) for name in EXTRA}


@kept(maxsize=KEPT)
def _spec(store: Store, view: View, choices: Choices) -> FigureSpec:
    return figure_spec(store, draw(store, view).scene, choices)


@kept(maxsize=KEPT)
def _preview(spec: FigureSpec) -> bytes:
    page = PRESETS[spec.preset]
    return render(spec, "png", max(96, round(PREVIEW_PIXELS / max(page.width, page.height) * 72)))


def controls(scene: Scene, studio: Studio, automatic: str) -> None:
    """Show what can be chosen about a figure."""
    lang = scene.view.lang
    kinds = kinds_of(scene)
    if len(kinds) > 1:
        shown = studio.kind if studio.kind in kinds else kinds[0]
        _choose(st.segmented_control, "kind", kinds, shown, lang)
    _choose(st.selectbox, "size", tuple(PRESETS), studio.size, lang)
    _choose(st.segmented_control, "paper", THEMES, studio.paper, lang)
    st.session_state["figure_title"] = studio.title
    st.text_input(
        t("figure.field.title", lang),
        key="figure_title",
        max_chars=LONGEST_TITLE,
        placeholder=automatic[:LONGEST_TITLE],
        on_change=lambda: _write(title=st.session_state["figure_title"]),
    )
    st.session_state["figure_note"] = studio.note
    st.text_area(
        t("figure.note", lang),
        key="figure_note",
        max_chars=LONGEST_NOTE,
        height=96,
        on_change=lambda: _write(note=st.session_state["figure_note"]),
    )


def _choose(
    control: Callable[..., object], name: str, options: tuple[str, ...], shown: str, lang: Lang
) -> None:
    key = f"figure_{name}"
    st.session_state[key] = shown
    control(
        t(f"figure.{name}", lang),
        options,
        key=key,
        format_func=lambda option: t(f"figure.{name}.{option}", lang),
        # Pressed again, a segment is none: the choice stays.
        on_change=lambda: _write(**{name: st.session_state[key] or shown}),
    )


def _write(**changes: str) -> None:
    view, _ = read_view(EXTRA)
    studio, _ = read_studio()
    write_view(view, **written(replace(studio, **changes)))


def preview(store: Store, scene: Scene, studio: Studio) -> FigureSpec:
    """Show the figure as it will be; return what it is."""
    spec = _spec(store, scene.view, studio.choices(scene.view))
    with st.container(key="figure_preview"):
        st.image(_preview(spec), alt=spec.alt, width="stretch")
    return spec


def downloads(scene: Scene, studio: Studio, spec: FigureSpec) -> None:
    """Show the buttons; a file is made when its button is pressed."""
    lang, stem = scene.view.lang, figure_stem(scene, studio.choices(scene.view))
    dpi = int(studio.dpi)
    st.session_state["figure_dpi"] = dpi
    st.selectbox(
        t("figure.dpi", lang),
        DPIS,
        key="figure_dpi",
        format_func=lambda dots: _dots(spec.preset, dots, lang),
        on_change=lambda: _write(dpi=str(st.session_state["figure_dpi"])),
    )
    for column, fmt in zip(st.columns(len(FORMATS), gap="small"), FORMATS, strict=True):
        with column:
            st.download_button(
                t(f"figure.download.{fmt}", lang),
                data=_maker(spec, fmt, dpi),
                file_name=f"{stem}.{fmt}",
                mime=MEDIA[fmt],
                key=f"figure_{fmt}",
                on_click="ignore",
                width="stretch",
            )


def _maker(spec: FigureSpec, fmt: Format, dpi: int) -> Callable[[], bytes]:
    return lambda: render(spec, fmt, dpi)


def _dots(preset: str, dpi: int, lang: Lang) -> str:
    wide, high = (number(side, lang) for side in pixels(preset, dpi))
    return t("figure.dots", lang, dpi=dpi, wide=wide, high=high)


def description(spec: FigureSpec, lang: Lang) -> None:
    """Show the words for those who will not see the figure, to be copied beside it."""
    st.html(f'<p class="atlas-small">{escape(t("figure.alt", lang))}</p>')
    # Code has a button that copies it.
    with st.container(key="figure_alt"):
        st.code(re.sub(r"\s+", " ", spec.alt), language=None, wrap_lines=True)


def back(view: View) -> None:
    """Show the way back to the map of the view."""
    text = escape(t("figure.back", view.lang))
    href = escape(view.href(), quote=True)
    st.html(f'<p class="atlas-small"><a href="{href}" target="_self">{text}</a></p>')
