"""For which team a person loads tables."""

from __future__ import annotations

import streamlit as st

from metrics.actors import NO_TEAM, Actor, Role
from metrics.messages import Lang, t


def chosen_team(actor: Actor, lang: Lang) -> str:
    """Return the team of a person, asking where there are several.

    Administrators may load for the installation as a whole, which is no team.
    """
    teams = sorted(actor.teams - {NO_TEAM})
    if actor.role is Role.ADMIN or not teams:
        teams = [NO_TEAM, *teams]
    if len(teams) == 1:
        return teams[0]
    return st.selectbox(
        t("import.team", lang), teams, format_func=lambda team: team or t("import.team.none", lang)
    )
