"""Tables to be filled in, for each map: to download before there is a file to load."""

from __future__ import annotations

import streamlit as st

from base.words import Lang, pick, t
from geo.editions import Level, areas
from metrics.importing import read_period, template
from metrics.store import Store
from ui.load.mapping_form import findable, map_options
from ui.load.settling import map_words
from ui.shell import alert

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template_form(store: Store, lang: Lang) -> None:
    """Offer a table with names and codes, and one column to fill in."""
    with st.expander(t("import.template", lang)):
        left, right = st.columns(2)
        chosen: tuple[str, Level] = left.selectbox(
            t("import.map", lang),
            map_options(),
            format_func=lambda one: map_words(one[0], one[1], lang),
            key="template map",
        )
        edition_id, level = chosen
        within = None
        if level is not Level.PROVINCE:
            names = {
                a.code: a.name_vi if lang == "vi" else a.name_en
                for a in areas(edition_id, Level.PROVINCE)
            }
            within = right.selectbox(
                t("import.within", lang),
                list(names),
                format_func=lambda code: findable(names[code]),
                key=f"template within {edition_id}",
            )
        titles = {id_: pick(one.title, lang) for id_, one in store.catalog.indicators.items()}
        numeric = [
            id_ for id_ in titles if store.catalog.indicator(id_).kind not in ("status", "date")
        ]
        indicator = left.selectbox(
            t("import.template.indicator", lang),
            numeric,
            format_func=titles.__getitem__,
            key="template indicator",
        )
        period = right.text_input(
            t("import.period", lang),
            placeholder=t("import.question.period_as", lang),
            max_chars=60,
            key="template period",
        )
        heading = titles[indicator]
        if period.strip() and read_period(period.strip()) is None:
            told = t("import.period.bad", lang, value=period[:60])
            alert(told)
        st.download_button(
            t("import.template.get", lang),
            lambda: template(
                edition_id, level, within, heading=heading, period=period.strip(), lang=lang
            ),
            file_name=t("import.template.file", lang, edition=edition_id, of=within or level),
            mime=MIME,
        )
