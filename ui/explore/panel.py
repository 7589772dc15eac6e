"""The panel beside a map: what is taken away of it, while the map stays in view."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import streamlit as st

from base.words import Lang, t
from ui.address import MAP, Asked, Refusal
from ui.download import DOWNLOADS, PARTS, Wanted, kit_part, parts
from ui.figure import studio
from ui.scene import Drawn, draw
from ui.shell import close_part, read_address, show, store

FIGURE: Final = "figure"
NAMES: Final = (*DOWNLOADS.names, *studio.STUDIO.names)
# Parts that are of a map alone; of what other pages show there is a figure.
OF_ANY: Final = (FIGURE,)


@dataclass(frozen=True, slots=True)
class Taking:
    """What the panel is asked: which part is open, and what is chosen there.

    Attributes
    ----------
    wanted, figure
        The choices of downloads, whose `part` is the part that is open, and those of figures.
    refused
        What could not be followed.
    """

    wanted: Wanted = field(default_factory=Wanted)
    figure: studio.Studio = field(default_factory=studio.Studio)
    refused: tuple[Refusal, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether the panel is open."""
        return bool(self.wanted.part)

    def params(self) -> dict[str, str]:
        """Write what is chosen as parameters of the address; of parts not open nothing."""
        drawn = studio.STUDIO.write(self.figure)
        if self.wanted.part != FIGURE:
            drawn = dict.fromkeys(drawn, "")
        return drawn | self.wanted.params()


def read_taking(kind: str = MAP) -> Taking:
    """Read from the address what the panel is asked.

    Parameters
    ----------
    kind
        The kind of figure that the page shows: the only one there, unless it is a map.
    """
    wanted, refused = read_address(DOWNLOADS)
    chosen, unheard = read_address(studio.STUDIO)
    if kind != MAP:
        chosen = studio.of_kind(chosen, kind)
        wanted = wanted if wanted.part in ("", *OF_ANY) else Wanted()
    elif chosen.kind not in studio.OF_A_VIEW:
        chosen = studio.of_kind(chosen, MAP)
    return Taking(wanted, chosen, (*refused, *unheard))


def panel(asked: Asked, taking: Taking, drawn: Drawn | None = None) -> None:
    """Show the part that is open.

    Parameters
    ----------
    asked
        What the page shows.
    drawn
        The map of its view, where the page has it.
    """
    lang, part = asked.view.lang, taking.wanted.part
    with st.container(key="panel"):
        with st.container(key="panel_head", horizontal=True, vertical_alignment="center"):
            show("h2.atlas-part", t(f"take.{part}" if part != FIGURE else "take.figure", lang))
            st.button(t("take.close", lang), key="close", type="tertiary", on_click=close_part)
        if part == FIGURE:
            _figure(asked, taking, drawn or draw(store(), asked.view))
        else:
            _more(drawn or draw(store(), asked.view), taking.wanted, lang)


def _more(drawn: Drawn, wanted: Wanted, lang: Lang) -> None:
    figures = store()
    parts.choose("part", wanted.part, lang, lambda part: t(f"download.part.{part}", lang))
    show_part: dict[str, Any] = {
        "data": lambda: parts.data_part(figures, drawn, wanted),
        "kit": lambda: kit_part(figures, drawn, wanted),
        "embed": lambda: parts.embed_part(figures, drawn, wanted),
        "reproduce": lambda: parts.reproduce_part(figures, drawn),
    }
    assert set(show_part) == {*PARTS}
    show_part[wanted.part]()


def _figure(asked: Asked, taking: Taking, drawn: Drawn) -> None:
    scene, chosen = drawn.scene, taking.figure
    spec = studio.described(scene.store, asked, chosen)
    if chosen.kind in studio.OF_A_VIEW:
        studio.kind_choice(scene, chosen)
    if isinstance(spec, str):
        studio.none(spec)
        return
    studio.preview(spec)
    studio.downloads(asked, chosen, spec)
    studio.controls(scene, chosen, spec.title)
    studio.description(spec, scene.lang)
