"""The figure studio: what can be chosen about a figure, in the address and in the panel."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from base.words import Lang, number, t
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
from metrics.exporting import permalink, public_url
from metrics.store import Store, kept_in_store, known_words
from ui.address import (
    BARS,
    KINDS,
    MAP,
    SERIES,
    Address,
    Asked,
    Param,
    Reading,
    among,
    spelled,
)
from ui.figure.kinds import fits, spec_of
from ui.figure.names import figure_stem
from ui.figure.parts import Choices, NoFigures
from ui.scene import Scene, draw
from ui.shell import ask, put, show, status

DPIS: Final = (96, 150, 200, 300, 600)
PREVIEW_PIXELS: Final = 1000  # wide or high, whichever is more
# Kinds that are of a view alone, and so of the map.
OF_A_VIEW: Final = (MAP, BARS, SERIES)
# What is kept of figures drawn: a preview takes about 200 KB.
KEPT: Final = 24


@dataclass(frozen=True, slots=True)
class Studio:
    """What is chosen of a figure."""

    kind: str = KINDS[0]
    size: str = DEFAULT_PRESET
    paper: str = THEMES[0]
    dpi: int = DEFAULT_DPI
    title: str = ""
    note: str = ""

    def choices(self, asked: Asked) -> Choices:
        """Return how the figure of what is asked is drawn."""
        return Choices(
            kind=self.kind,
            preset=self.size,
            theme="dark" if self.paper == "dark" else "light",
            title=self.title or None,
            note=self.note,
            permalink=permalink(asked.href(self.kind)) if public_url() else "",
            known=known_words(asked.view.as_of, asked.view.lang),
        )


def _free(text: str, _: Reading) -> str:
    return text


STUDIO: Final = Address(
    Studio,
    (
        Param("kind", among(*KINDS)),
        Param("size", among(*PRESETS)),
        Param("paper", among(*THEMES)),
        Param("dpi", spelled({str(dpi): dpi for dpi in DPIS})),
        Param("title", _free, longest=LONGEST_TITLE),
        Param("note", _free, longest=LONGEST_NOTE),
    ),
)


def of_kind(studio: Studio, kind: str) -> Studio:
    """Return the same choices for another kind."""
    return replace(studio, kind=kind)


@kept_in_store(KEPT, drawn=True)
def _spec(store: Store, asked: Asked, choices: Choices) -> FigureSpec | str:
    try:
        return spec_of(store, asked, choices, draw(store, asked.view).scene)
    except NoFigures as none:
        return str(none)


def described(store: Store, asked: Asked, studio: Studio) -> FigureSpec | str:
    """Return the figure that is asked for, or a sentence that says why there is none."""
    return _spec(store, asked, studio.choices(asked))


@kept(maxsize=KEPT)
def _preview(spec: FigureSpec) -> bytes:
    page = PRESETS[spec.preset]
    return render(spec, "png", max(96, round(PREVIEW_PIXELS / max(page.width, page.height) * 72)))


def kind_choice(scene: Scene, studio: Studio) -> None:
    """Show which kinds of figure there are of a map."""
    kinds = tuple(kind for kind in OF_A_VIEW if kind == studio.kind or fits(scene, kind))
    _choose(st.segmented_control, "kind", kinds, studio.kind, scene.lang)


def controls(scene: Scene, studio: Studio, automatic: str) -> None:
    """Show what can be chosen about how a figure is drawn."""
    lang = scene.lang
    _choose(st.selectbox, "size", tuple(PRESETS), studio.size, lang)
    _choose(st.segmented_control, "paper", THEMES, studio.paper, lang)
    ask(
        st.text_input,
        t("figure.field.title", lang),
        key="figure_title",
        value=studio.title,
        act=lambda title: _write("title", title),
        max_chars=LONGEST_TITLE,
        placeholder=automatic[:LONGEST_TITLE],
    )
    ask(
        st.text_area,
        t("figure.note", lang),
        key="figure_note",
        value=studio.note,
        act=lambda note: _write("note", note),
        max_chars=LONGEST_NOTE,
        height=96,
    )


def _choose(
    control: Callable[..., object], name: str, options: tuple[str, ...], shown: str, lang: Lang
) -> None:
    ask(
        control,
        t(f"figure.{name}", lang),
        options,
        key=f"figure_{name}",
        value=shown,
        act=lambda chosen: _write(name, chosen),
        format_func=lambda option: t(f"figure.{name}.{option}", lang),
    )


def _write(name: str, value: Any) -> None:
    put(name, STUDIO.text(name, value))


def preview(spec: FigureSpec) -> None:
    """Show the figure as it will be."""
    with st.container(key="figure_preview"):
        st.image(_preview(spec), alt=spec.alt, width="stretch")


def none(why: str) -> None:
    """Say why there is no figure."""
    status(why)


def downloads(asked: Asked, studio: Studio, spec: FigureSpec) -> None:
    """Show the buttons; a file is made when its button is pressed."""
    lang = asked.view.lang
    stem = figure_stem(asked.view, studio.choices(asked), asked.params(studio.kind))
    ask(
        st.selectbox,
        t("figure.dpi", lang),
        DPIS,
        key="figure_dpi",
        value=studio.dpi,
        act=lambda dpi: _write("dpi", dpi),
        format_func=lambda dots: _dots(spec.preset, dots, lang),
    )
    for column, fmt in zip(st.columns(len(FORMATS), gap="small"), FORMATS, strict=True):
        with column:
            st.download_button(
                t(f"figure.download.{fmt}", lang),
                data=_maker(spec, fmt, studio.dpi),
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
    show("p.atlas-small", t("figure.alt", lang))
    # Code has a button that copies it.
    with st.container(key="figure_alt"):
        st.code(re.sub(r"\s+", " ", spec.alt), language=None, wrap_lines=True)
