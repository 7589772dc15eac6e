"""The figure studio: what can be chosen about a figure, in the address and on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Final

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
from metrics.store import Store
from ui.address import BARS, KINDS, LONGEST, MAP, PAIR, PARAMS, PROFILE, SERIES, Asked, Refusal
from ui.compare import draw_pair, indicator_choice
from ui.figure.kinds import fits, spec_of
from ui.figure.names import figure_stem
from ui.figure.parts import Choices, NoFigures
from ui.parts import pickers
from ui.scene import Scene, draw
from ui.shell import read_view, status, write_view

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
OWN: Final = tuple(DEFAULTS)
EXTRA: Final = (*OWN, *PARAMS)
LENGTHS: Final[Mapping[str, int]] = {"title": LONGEST_TITLE, "note": LONGEST_NOTE}
# Kinds of one map, whose areas may have no figures while others do.
OF_THE_MAP: Final = (MAP, BARS)
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

    def choices(self, asked: Asked) -> Choices:
        """Return how the figure of what is asked is drawn."""
        return Choices(
            kind=self.kind,
            preset=self.size,
            theme="dark" if self.paper == "dark" else "light",
            title=self.title or None,
            note=self.note,
            permalink=permalink(asked.href(self.kind)) if public_url() else "",
        )


def read_studio() -> tuple[Studio, list[Refusal]]:
    """Read the choices of the page from its address; those that do not exist are refused."""
    found, refused = dict(DEFAULTS), []
    for name in OWN:
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
    return {name: str(getattr(studio, name)) for name in OWN}


@kept(maxsize=KEPT)
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
    """Show which kinds of figure there are."""
    kinds = tuple(kind for kind in KINDS if kind == studio.kind or fits(scene, kind))
    _choose(st.selectbox, "kind", kinds, studio.kind, scene.lang)


def subject_choice(scene: Scene, asked: Asked, kind: str) -> None:
    """Show the choice of what a figure is of; a profile is of the place, whatever the indicator."""
    if kind == PROFILE:
        return
    pickers.indicator_picker(scene)
    if kind == PAIR:
        second = draw_pair(scene.store, asked.view, asked.pair).y
        indicator_choice(
            second,
            "figure_y",
            "pair.y",
            lambda name: write_view(asked.view, y=name, y_per="", y_at="", cell=""),
        )
    if kind != SERIES:
        pickers.period_picker(scene)
        pickers.level_picker(scene)


def controls(scene: Scene, studio: Studio, automatic: str) -> None:
    """Show what can be chosen about how a figure is drawn."""
    lang = scene.lang
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


def back(asked: Asked, kind: str) -> None:
    """Show the way to the page that shows the same."""
    text = escape(t(f"figure.back.{kind}", asked.view.lang))
    href = escape(asked.href(kind), quote=True)
    st.html(f'<p class="atlas-small"><a href="{href}" target="_self">{text}</a></p>')
