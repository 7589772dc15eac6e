"""The page of sources that are asked again. It asks none itself: a command does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from base.html import Markup, el, join, link, terms
from base.words import Lang, number, pick, t
from metrics.people import Actor, Role, seen_by
from metrics.refresh import Entry, SourceError, Standing, log, standings
from metrics.store import current_store
from ui.address import Address, Param, among_known
from ui.parts import moment, rows_html
from ui.refresh.deciding import decide, decided
from ui.refresh.differences import counts_text
from ui.shell import (
    alert,
    current_actor,
    may_write,
    read_address,
    refusals,
    show,
    show_html,
    status,
    text_page,
)

MOST_LOGGED: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is asked: the source that is looked at."""

    source: str = ""


SOURCE: Final = Address(Asked, (Param("source", among_known()),))


def refresh_page() -> None:
    """Show the sources that the reader decides about, and what waits of one; nothing to others."""
    lang = text_page("refresh.title", "refresh.lead", extra=SOURCE.names)
    if not may_write(lang):
        return
    actor = current_actor()
    decided(actor, lang)
    found = _mine(actor, lang)
    if found is None:
        return
    known = {one.found.source.id: one for one in found}
    asked, refused = read_address(SOURCE, known)
    refusals(refused, lang)
    if not found:
        status(t("refresh.page.none", lang))
        return
    show_html(sources_html(found, lang))
    chosen = known.get(asked.source) or _first(found)
    _one(chosen, actor, lang)


def _mine(actor: Actor, lang: Lang) -> list[Standing] | None:
    """Return how the sources stand that a person decides about; None where that cannot be read."""
    try:
        found = standings(actor)
    except SourceError as error:
        # Whose the sources are is not known: their files are named to administrators alone.
        admin = actor.role is Role.ADMIN
        alert(error.say(lang) if admin else t("refresh.page.unreadable", lang))
        return None
    return [one for one in found if actor.may_write(one.found.source.team)]


def _first(found: list[Standing]) -> Standing:
    """Return the source that is looked at first: one of which something waits."""
    return next((one for one in found if one.waits), found[0])


def sources_html(found: list[Standing], lang: Lang) -> Markup:
    """Write how sources stand, a row each."""
    names = ("source", "result", "asked", "new", "due", "waits")
    heads = [t(f"refresh.column.{name}", lang) for name in names]
    return rows_html(heads, (_row(one, lang) for one in found), t("refresh.sources", lang))


def _row(one: Standing, lang: Lang) -> Iterable[object]:
    source, state = one.found.source, one.state
    due = t("refresh.due_now", lang) if one.due else moment(state.due, lang)
    late = el("b", t("refresh.late", lang)) if one.late else ""
    return (
        link(f"refresh?lang={lang}&source={source.id}", pick(source.title, lang)),
        t(f"refresh.result.{state.result}", lang),
        moment(state.asked, lang),
        join(moment(state.new, lang), late and " · ", late),
        t("refresh.by_hand", lang) if source.by_hand else due,
        number(one.waits, lang),
    )


def _one(one: Standing, actor: Actor, lang: Lang) -> None:
    """Show one source: how it is described, what waits, what came of it before."""
    source = one.found.source
    show("div.atlas-text", el("h2", pick(source.title, lang)))
    show("div.atlas-source", described_html(one, lang))
    if one.state.said is not None:
        alert(pick(one.state.said, lang))
    if one.found.instead is not None and actor.role is Role.ADMIN:
        status(t("refresh.instead", lang, path=one.found.path, instead=one.found.instead))
    decide(source.id, seen_by(current_store(), actor), actor, lang)
    entries = log(source.id)[:MOST_LOGGED]
    if entries:
        with st.expander(t("refresh.log", lang)):
            show_html(log_html(entries, lang))


def described_html(one: Standing, lang: Lang) -> Markup:
    """Write where a source is, how often it speaks, and whose its figures are."""
    source = one.found.source
    whose = source.team or t("access.team.none", lang)
    if source.private:
        whose = f"{whose} · {t('access.private', lang)}"
    told = (
        (t("refresh.source_id", lang), el("code", source.id)),
        (t("refresh.address", lang), source.address),
        (t("refresh.rhythm", lang), _rhythm(one, lang)),
        (t("refresh.dataset", lang), el("code", source.dataset)),
        (t("refresh.team", lang), whose),
        (t("refresh.same", lang), moment(one.state.same, lang) if one.state.same else ""),
        (t("refresh.failures", lang), number(one.state.failures, lang)),
    )
    return terms(told)


def _rhythm(one: Standing, lang: Lang) -> str:
    source = one.found.source
    every = t(f"refresh.every.{source.every}", lang)
    return t("refresh.rhythm.grace", lang, every=every, days=number(source.grace_days, lang))


def log_html(entries: list[Entry], lang: Lang) -> Markup:
    """Write what came of asking a source, the newest first."""
    heads = [t(f"refresh.log.{name}", lang) for name in ("time", "result", "who", "what")]
    rows = (
        (
            moment(entry.time, lang),
            t(f"refresh.result.{entry.result}", lang),
            entry.who,
            _what(entry, lang),
        )
        for entry in entries
    )
    return rows_html(heads, rows, t("refresh.log", lang))


def _what(entry: Entry, lang: Lang) -> str:
    said = "" if entry.said is None else pick(entry.said, lang)
    told = (counts_text(entry.counts, lang), said, entry.reason)
    return " · ".join(part for part in told if part)
