"""The figure studio: what a page shows as a picture to publish."""

import streamlit as st

from base.words import t
from ui.address import read_asked
from ui.figure import studio
from ui.parts import facts
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
view_asked, refused = read_view(studio.EXTRA)
chosen, unheard = read_address(studio.STUDIO)
figures = store()
drawn = draw(figures, view_asked)
scene, view = drawn.scene, drawn.scene.view
asked, unread = read_asked(st.query_params.to_dict(), chosen.kind, view, figures)
write_view(view, **studio.STUDIO.write(chosen), **asked.params(chosen.kind))

top_bar(view)
refusals([*refused, *unheard, *unread, *drawn.refused], view.lang)
title_block(t("figure.title", view.lang), t("figure.lead", view.lang))

spec = studio.described(figures, asked, chosen)
left, right = st.columns([1.1, 2.4], gap="large")
with left:
    studio.kind_choice(scene, chosen)
    studio.subject_choice(scene, asked, chosen.kind)
    studio.controls(scene, chosen, scene.words.title if isinstance(spec, str) else spec.title)
with right:
    if isinstance(spec, str):
        studio.none(spec)
        if chosen.kind in studio.OF_THE_MAP:
            facts.empty(scene)
    else:
        studio.preview(spec)
        studio.downloads(asked, chosen, spec)
        studio.description(spec, view.lang)
studio.back(asked, chosen.kind)
