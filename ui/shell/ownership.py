"""Whose a new dataset is and who may see it; and who may not load any."""

from __future__ import annotations

import streamlit as st

from base.words import Lang, t
from metrics.people import LOCAL, NO_TEAM, AccessError, Actor, Role
from metrics.store import Store
from ui.shell.account import why
from ui.shell.actor import current_actor, current_policy
from ui.shell.blocks import status


def may_write(lang: Lang) -> bool:
    """Tell whether the reader may change anything; say why where not."""
    actor = current_actor()
    if not actor.writes:
        status(why(actor, lang))
    return actor.writes


def own_teams(store: Store, actor: Actor) -> tuple[str, ...]:
    """Return the teams that a person may act for: an editor's own, an administrator's all."""
    if actor.role is not Role.ADMIN:
        return tuple(sorted(actor.teams))
    named = set(store.datasets()["team"].fillna(NO_TEAM)) | set(_teams_of_policy())
    return (NO_TEAM, *sorted(named - {NO_TEAM}))


def team_field(store: Store, actor: Actor, lang: Lang) -> str:
    """Ask for which of a person's teams something is done, where there are several."""
    teams = own_teams(store, actor)
    if len(teams) == 1:
        return teams[0]
    return st.selectbox(
        t("access.team", lang), teams, format_func=lambda team: team or t("access.team.none", lang)
    )


def is_private(lang: Lang) -> bool:
    """Ask who may see a dataset: its team alone, until somebody publishes it.

    On a personal install there is nobody to hide anything from.
    """
    if current_actor() == LOCAL:
        return False
    seen = st.radio(
        t("access.seen", lang),
        ("private", "public"),
        format_func=lambda who: t(f"access.seen.{who}", lang),
    )
    return seen == "private"


def _teams_of_policy() -> tuple[str, ...]:
    try:
        policy = current_policy()
    except AccessError:
        return ()
    return policy.teams if policy else ()
