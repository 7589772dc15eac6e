"""Who has signed in, in the header of every page, with signing in and out."""

from __future__ import annotations

import streamlit as st

from base.html import Markup, el, paragraphs
from base.words import Lang, t
from metrics.people import AccessError, Actor
from ui.shell.actor import can_sign_in, current_actor, current_policy, providers
from ui.shell.blocks import alert, show
from ui.shell.framing import framed

KEY = "account"


def account(lang: Lang) -> None:
    """Show who looks at the page and what that person may do; nothing on a personal install."""
    actor = current_actor()
    if framed() or not (_signs_in() or actor.standing in ("open", "broken")):
        return
    with st.container(key=KEY):
        if actor.standing == "known":
            _signed_in(actor, lang)
        else:
            _signed_out(actor, lang)


def shut_out(lang: Lang) -> bool:
    """Tell whether nothing may be shown, and say so in place of the page.

    So it is where the configuration lets only those read who have signed in, and where it cannot
    be read: it may say just that.
    """
    try:
        policy = current_policy()
        closed = policy is not None and policy.sign_in_to_read
    except AccessError:
        closed = True
    actor = current_actor()
    if not closed or actor.standing == "known":
        return False
    key = "access.closed" if actor.standing != "broken" else "access.why.broken"
    alert(t(key, lang))
    return True


def _signs_in() -> bool:
    try:
        return can_sign_in()
    except AccessError:
        return False


def _signed_in(actor: Actor, lang: Lang) -> None:
    with st.popover(actor.called or actor.name):
        show("div.atlas-account", who_html(actor, lang))
        st.button(t("access.sign_out", lang), key="sign_out", on_click=st.logout, width="stretch")


def _signed_out(actor: Actor, lang: Lang) -> None:
    names = providers() if _signs_in() else ()
    if _signs_in() and len(names) <= 1:
        expired = actor.standing == "expired"
        words = t("access.sign_in.again" if expired else "access.sign_in", lang)
        st.button(words, key="sign_in", on_click=st.login, args=names)
        return
    words = t("access.sign_in" if names else "access.read_only", lang)
    with st.popover(words):
        if not names:
            show("div.atlas-account", el("p", why(actor, lang)))
        for name in names:
            told = t("access.sign_in.at", lang, provider=name)
            st.button(told, key=f"sign_in {name}", on_click=st.login, args=(name,), width="stretch")


def who_html(actor: Actor, lang: Lang) -> Markup:
    """Describe a person: who it is, in which role, for which teams."""
    lines = [el("b", actor.called or actor.name)]
    if actor.called:
        lines.append(el("small", actor.name))
    told = [t(f"access.role.{actor.role}", lang)]
    for key, teams in (("access.teams", actor.teams), ("access.reads", actor.reads)):
        if named := sorted(team for team in teams if team):
            told.append(t(key, lang, teams=", ".join(named)))
    return paragraphs([*lines, *told])


def why(actor: Actor, lang: Lang) -> str:
    """Say why a person only looks."""
    if actor.standing == "known":
        return t("access.why.viewer", lang)
    return t(f"access.why.{actor.standing}", lang)
