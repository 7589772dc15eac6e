"""Quality: what the figures do not agree on, what is old, what nobody reports."""

import streamlit as st

from base.html import el, items
from base.words import t
from metrics.audit import as_csv, audit
from ui.about import (
    FEW,
    MANY,
    QUALITY,
    chosen,
    controls,
    groups_html,
    options,
    summary_text,
    tally_html,
)
from ui.shell import read_address, refusals, show, show_html, store, text_page

lang = text_page("quality.title", "quality.lead", extra=QUALITY.names)
figures = store()
with st.spinner(t("quality.working", lang)):
    found = audit(figures)
known = options(figures, found, lang)
asked, refused = read_address(QUALITY, known)
refusals(refused, lang)
shown = chosen(found, asked)
show("div.atlas-text", el("p", summary_text(figures, found, lang)), tally_html(shown, lang))
with st.container(key="filters"):
    controls(known, asked, lang)
if shown:
    most = MANY if asked.rule else FEW
    show_html(groups_html(figures, shown, lang, most=most))
    st.download_button(
        t("quality.csv", lang),
        lambda: as_csv(shown, figures.catalog, lang, "\ufeff").encode(),
        f"atlas06_quality_{lang}.csv",
        "text/csv",
        on_click="ignore",
    )
else:
    show("p.atlas-text", t("quality.none", lang))
with st.expander(t("quality.method.title", lang)):
    show("div.atlas-text", items(t(f"quality.method.{n}", lang) for n in range(1, 5)))
