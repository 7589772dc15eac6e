"""The form in which an indicator of one's own is defined or changed."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from base.html import el, items
from base.words import Lang, number, pick, t
from geo.editions import COUNTRY_CODE, EDITION_2025, area
from metrics.catalog import Catalog, Indicator
from metrics.datasets import (
    ALONE,
    Draft,
    draft_of,
    history,
    problems,
    put_indicator,
    record_of,
)
from metrics.people import NO_TEAM, own_keys
from metrics.store import Store, StoreError
from ui.load.indicator_fields import Fields
from ui.shell import Room, alert, current_actor, show, status, team_field, way, why_not

EXAMPLE = 78.25
# Of which indicator saving was tried while something was wrong.
TRIED = "indicator_tried"


def indicator_form(store: Store, lang: Lang) -> None:
    """Show the form, how the indicator will read, and the button that stores it."""
    actor = current_actor()
    own = {key.id: key for key in own_keys(store) if actor.may_write(key.team)}
    chosen = st.selectbox(
        t("indicators.which", lang),
        ["", *own],
        format_func=lambda id_: _name(store, id_, lang),
    )
    show("p.atlas-small", t("indicators.shipped", lang))
    start = draft_of(store.catalog.indicator(chosen), store.catalog) if chosen else Draft()
    form = Fields(start, lang, store.catalog)
    draft = form.draft()
    team = own[chosen].team if chosen else NO_TEAM
    if not chosen and actor.name != "local":
        team = team_field(store, actor, lang)
    _preview(draft, store.catalog, lang)
    # What is wrong stays said while it is being corrected.
    if st.session_state.get(TRIED) == draft.id:
        form.tell(problems(draft, store.catalog, set(store.catalog.indicators)))
    if st.button(t("indicators.save", lang), type="primary", key="save_indicator"):
        _save(form, draft, store, team, lang)
    if chosen:
        _history(store, chosen, lang)


def _name(store: Store, id_: str, lang: Lang) -> str:
    return pick(store.catalog.indicator(id_).title, lang) if id_ else t("indicators.new", lang)


def _preview(draft: Draft, catalog: Catalog, lang: Lang) -> None:
    """Show how it will read on a map, once it has a name and a unit."""
    title, unit = draft.text(f"title.{lang}"), draft.text(f"unit.{lang}")
    if not title or not unit:
        return
    figure = "" if draft.kind in ALONE else number(EXAMPLE, lang, draft.decimals)
    place = area(EDITION_2025, COUNTRY_CODE)
    name = place.name_vi if lang == "vi" else place.name_en
    direction = t(f"indicators.direction.{draft.direction}", lang)
    domain = pick(catalog.domains[draft.domain].title, lang)
    show(
        "div.atlas-card",
        el("p", el("small", t("indicators.preview", lang))),
        el("h3", f"{title}: {name}"),
        el("p", draft.text(f"definition.{lang}")),
        el("p", el("b", f"{figure} {unit}"), f" · {direction} · {domain}"),
        el("p", el("small", t("indicators.preview.id", lang, id=draft.made_id))),
    )


def _save(form: Fields, draft: Draft, store: Store, team: str, lang: Lang) -> None:
    taken = set(store.catalog.indicators)
    wrong = problems(draft, store.catalog, taken)
    if wrong:
        st.session_state[TRIED] = draft.id
        form.tell(wrong)
        told = t("indicators.wrong", lang, n=len(wrong))
        alert(told)
        return
    try:
        record, origins = record_of(draft)
        put_indicator(record, current_actor(), team, origins=origins)
    except ValidationError as error:
        alert(t("indicators.refused", lang, why=error.errors()[0]["msg"]))
        return
    except StoreError as error:
        alert(why_not(error, lang))
        return
    st.session_state.pop(TRIED, None)
    told = t("indicators.saved", lang, id=record.id)
    status(told)
    way(Room("load"), t("indicators.load", lang), lang)


def _history(store: Store, id_: str, lang: Lang) -> None:
    older: list[tuple[str, Indicator]] = history(store, id_)
    if not older:
        return
    with st.expander(t("indicators.history", lang, n=len(older))):
        told = (
            f"{time.replace('T', ' ')[:16]}: "
            + "; ".join(pick(text, lang) for text in (was.title, was.unit, was.definition))
            for time, was in older
        )
        show("div.atlas-text", items(told))
