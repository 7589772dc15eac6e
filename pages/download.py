"""Download: the figures of a view as files, as a map to embed, as a citation, as code."""

import streamlit as st

from base.words import t
from ui.download import DOWNLOADS, kit_part, parts
from ui.parts import pickers
from ui.scene import draw
from ui.shell import (
    read_address,
    read_view,
    refusals,
    store,
    style,
    title_block,
    top_bar,
    write_view,
)

style()
asked, refused = read_view(DOWNLOADS.names)
wanted, unread = read_address(DOWNLOADS)
figures = store()
drawn = draw(figures, asked)
scene, view = drawn.scene, drawn.scene.view
write_view(view, **wanted.params())

top_bar(view)
refusals([*refused, *unread, *drawn.refused], view.lang)
title_block(t("download.title", view.lang), t("download.lead", view.lang))

left, right = st.columns([1.1, 3], gap="large")
with left:
    pickers.indicator_picker(scene)
    pickers.period_picker(scene)
    pickers.level_picker(scene)
    pickers.basis_picker(scene)
with right:
    parts.choose("part", wanted.part, view.lang, lambda part: t(f"download.part.{part}", view.lang))
    st.html(parts.view_html(drawn))
    if wanted.part == "data":
        parts.data_part(figures, drawn, wanted)
    elif wanted.part == "kit":
        kit_part(figures, drawn, wanted)
    elif wanted.part == "embed":
        parts.embed_part(figures, drawn, wanted)
    else:
        parts.reproduce_part(figures, drawn)
