"""A view in a frame on the page of another: no menu, no controls, no header of the app."""

from __future__ import annotations

import streamlit as st

from base.html import el
from base.words import t
from metrics.exporting import is_simulated
from ui.address import FRAME
from ui.parts import facts, go_to, provenance, ranking, show_map
from ui.scene import Drawn, Scene, sources_text
from ui.shell import open_area, read_address, show, show_html, title_block

STYLE = """<style>
[data-testid="stHeader"], [data-testid="stToolbar"], footer { display: none !important; }
[data-testid="stMainBlockContainer"] { padding: .8rem 1rem !important; }
[class*="st-key-map"] iframe, [class*="st-key-map"] [data-testid="stCustomComponentV1"] {
  height: calc(100dvh - 350px) !important; min-height: 300px; }
</style>"""


def show_framed(drawn: Drawn, source: str) -> None:
    """Show a view without what surrounds it in the app.

    Parameters
    ----------
    source
        Code of the area whose figure is traced; "" for none.
    """
    scene, lang = drawn.scene, drawn.scene.lang
    frame, _ = read_address(FRAME)
    st.html(STYLE)
    if is_simulated(scene.store):
        show("p.atlas-note", t("export.simulated", lang))
    title_block(scene.words.title, scene.words.subtitle)
    columns = st.columns([2.75, 1.75], gap="medium") if frame.ranked else (st.container(), None)
    middle, right = columns
    with right or middle:
        facts.card(scene)
    with middle:
        show_map(drawn.map, lang, chosen=_stay if frame.locked else go_to)
        show_html(drawn.legend)
        facts.conflict(scene)
        _lines(scene)
    if right is not None:
        with right:
            ranking(drawn.ranking, open=_stay if frame.locked else open_area)
    provenance(scene, source)


def _stay(_: str) -> None:
    """Go nowhere: the place is locked."""


def _lines(scene: Scene) -> None:
    lang, href = scene.lang, scene.view.href()
    whole = el("a", t("embed.whole", lang), href=href, target="_blank", rel="noopener")
    live = (t("embed.live", lang), " ", whole)
    show("p.atlas-small", sources_text(scene), el("br"), live)
