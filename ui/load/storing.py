"""The form that stores a table as a dataset, and what is said once it is stored."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from base.html import el
from base.words import Lang, number, t
from geo.editions import COUNTRY_CODE, Level, area
from metrics import datasets
from metrics.importing import Report, remember
from metrics.store import SHIPPED_ID, Store, StoreError
from ui.address import View
from ui.load.loading import Given
from ui.shell import alert, current_actor, is_private, map_link, show, status, why_not


def store_form(file: Given, report: Report, store: Store, lang: Lang, team: str) -> None:
    """Ask what the dataset is called and whose it is, and store it when the button is pressed."""
    show("div.atlas-text", el("h2", t("import.details", lang)))
    known = store.datasets()
    known = known[(known["id"] != SHIPPED_ID) & known["id"].isin(store.in_force())]
    known = known[known["team"].fillna("").map(current_actor().may_write).astype(bool)]
    titles = {
        id_: f"{title} ({id_})" for id_, title in zip(known["id"], known["title"], strict=True)
    }
    with st.form("store"):
        stem = file.seen.book.name.rsplit(".", 1)[0]
        title = st.text_input(t("import.dataset.title", lang), stem, max_chars=200)
        producer = st.text_input(t("import.dataset.producer", lang), max_chars=200)
        published = st.text_input(t("import.dataset.date", lang), max_chars=30)
        supersedes = st.selectbox(
            t("import.dataset.supersedes", lang),
            ["", *titles],
            format_func=lambda id_: titles.get(id_) or t("import.dataset.new", lang),
        )
        private = is_private(lang)
        pressed = st.form_submit_button(t("import.store", lang), type="primary")
    if pressed:
        details = datasets.Details(
            title, producer, published.strip(), supersedes=supersedes, team=team, private=private
        )
        _stored(file, report, details, lang)


def _stored(file: Given, report: Report, details: datasets.Details, lang: Lang) -> None:
    try:
        actor = current_actor()
        with st.spinner(t("import.storing", lang, rows=number(len(report.observations), lang))):
            datasets.keep_file(file.data, actor)
            dataset = datasets.load(file.seen, report, details, actor)
            remember(report.mapping, file.block, details.team)
    except ValidationError:
        told = t("import.dataset.date.bad", lang, value=details.date_published)
        alert(told)
        return
    except StoreError as error:
        told = t("import.refused.store", lang, why=why_not(error, lang))
        alert(told)
        return
    told = t("import.stored", lang, id=dataset.id, rows=number(dataset.rows, lang))
    status(told)
    map_link(_on_the_map(report, lang), t("import.stored.see", lang))


def _on_the_map(report: Report, lang: Lang) -> View:
    """Return the view of what was stored: its first indicator at its last period."""
    rows, mapping = report.observations, report.mapping
    first = rows["indicator"].iloc[0]
    last = pd.Timestamp(rows.loc[rows["indicator"] == first, "period_end"].max())
    return View(
        lang=lang,
        edition=mapping.edition,
        place=_place_of(report),
        level=mapping.level,
        indicator=first,
        at=last.date(),
    )


def _place_of(report: Report) -> str:
    """Return the province that a table is about, the country for several."""
    mapping = report.mapping
    if mapping.level is Level.PROVINCE:
        return COUNTRY_CODE
    codes = report.observations["area"].unique()
    homes = {area(mapping.edition, str(code)).parent for code in codes}
    return homes.pop() or COUNTRY_CODE if len(homes) == 1 else COUNTRY_CODE
