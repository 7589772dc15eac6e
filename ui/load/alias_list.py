"""The spellings that teams have accepted: who and when, and the button that forgets them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from base.words import Lang, number, t
from geo.editions import area, has_area
from metrics.datasets import Alias, aliases, remove
from metrics.people import NO_TEAM, Actor
from metrics.store import Store, StoreError
from ui.shell import alert, why_not

REFUSED = "alias_refused"


def alias_list(store: Store, actor: Actor, lang: Lang) -> None:
    """List the spellings of the teams of a person; those ticked can be forgotten."""
    teams = sorted(actor.teams | {NO_TEAM}) if actor.writes else []
    found = [alias for team in teams for alias in aliases(store, team)]
    if told := st.session_state.pop(REFUSED, ""):
        alert(told)
    if not found:
        return
    with st.expander(t("import.aliases", lang, n=number(len(found), lang))):
        frame = pd.DataFrame([_row(alias, lang) for alias in found])
        frame.columns = pd.Index([t(f"import.aliases.{name}", lang) for name in frame.columns])
        chosen = st.dataframe(
            frame, hide_index=True, on_select="rerun", selection_mode="multi-row", key="aliases"
        )
        rows = [found[at] for at in chosen["selection"]["rows"] if at < len(found)]
        label = t("import.aliases.forget", lang, n=number(len(rows), lang))
        st.button(label, disabled=not rows, on_click=_forget, args=(rows, actor, lang))


def _row(alias: Alias, lang: Lang) -> dict[str, str]:
    name = alias.code
    if has_area(alias.edition, alias.code):
        place = area(alias.edition, alias.code)
        name = f"{place.name_vi if lang == 'vi' else place.name_en} ({alias.code})"
    return {
        "spelling": alias.spelling,
        "area": name,
        "edition": alias.edition,
        "team": alias.team,
        "by": alias.by,
        "time": alias.time.replace("T", " ")[:16],
    }


def _forget(rows: list[Alias], actor: Actor, lang: Lang) -> None:
    try:
        remove(rows, actor)
    except StoreError as error:
        st.session_state[REFUSED] = why_not(error, lang)
