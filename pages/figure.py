"""The figure studio: the current view as a picture to publish."""

import streamlit as st

from metrics.messages import t
from ui import facts, pickers, studio
from ui.drawn import draw
from ui.frame import top_bar
from ui.page import refusals, style
from ui.scene import Manner
from ui.state import read_view, store, write_view
from ui.titles import title_block

style()
asked, refused = read_view(studio.EXTRA)
chosen, unheard = studio.read_studio()
figures = store()
drawn = draw(figures, asked)
scene, view = drawn.scene, drawn.scene.view
write_view(view, **studio.written(chosen))

top_bar(view)
refusals([*refused, *unheard, *drawn.refused], view.lang)
title_block(t("figure.title", view.lang), t("figure.lead", view.lang))

left, right = st.columns([1.1, 2.4], gap="large")
with left:
    pickers.indicator_picker(figures, scene)
    pickers.period_picker(figures, scene)
    pickers.level_picker(scene)
    studio.controls(scene, chosen, drawn.title)
with right:
    if scene.manner is Manner.EMPTY:
        facts.empty(figures, scene)
    else:
        spec = studio.preview(figures, scene, chosen)
        studio.downloads(scene, chosen, spec)
        studio.description(spec, view.lang)
studio.back(view)
