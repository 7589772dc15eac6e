"""The page of what is new: the imports, the newest first, and the ways to follow them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

import streamlit as st

from base.html import Markup, el, items, join, link
from base.words import Lang, number, t
from metrics.exporting import permalink
from metrics.people import VISITOR, seen_by
from metrics.store import KEPT_FOR, Store
from metrics.updates import Scope, Update, updates
from ui.address import AS_OF, Refusal, Told, View, typed_as_of, typed_text
from ui.parts import moment
from ui.shell import (
    alert,
    as_of,
    ask,
    put,
    read_address,
    refusals,
    show,
    show_html,
    store,
    text_page,
)
from ui.updates.asked import UPDATES, is_bound
from ui.updates.calendar import anything_expected, calendar_href
from ui.updates.controls import BOUNDS, controls
from ui.updates.entry import entry_html
from ui.updates.feed import feed_href
from ui.updates.words import scope_text, update_title

MOST_SHOWN: Final = 20
# Of the newest import more is written out than of those that are folded.
MOST_LINES, MOST_FOLDED = 200, 40
# Why a day that was typed cannot be followed.
WRONG: Final = "atlas_wrong_day"


def updates_page() -> None:
    """Show what imports have changed of what is published."""
    lang = text_page("updates.heading", "updates.lead", extra=UPDATES.names)
    seen = seen_by(store(), VISITOR)
    scope, refused = read_address(UPDATES, seen.catalog)
    refusals([_with_rule(one, lang) for one in refused], lang)
    _day_field(lang)
    with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
        controls(seen, scope, lang)
    if what := scope_text(seen, scope, lang):
        show("p.atlas-text", t("updates.of", lang, what=what))
    show_html(ways_html(seen, scope, lang))
    found = updates(seen, scope, MOST_SHOWN)
    if not found:
        show("p.atlas-text", t("updates.none", lang, limit=number(KEPT_FOR.days, lang)))
    show_html(updates_html(seen, found, lang))


def _day_field(lang: Lang) -> None:
    """Show the field for the day that the whole atlas is looked at as it was known on."""
    wrong = st.session_state.pop(WRONG, "")
    with st.container(key="as_of_field"):
        ask(
            st.text_input,
            t("as_of.choose", lang),
            key="updates_as_of",
            value=typed_text(as_of()),
            act=partial(_look_back, lang=lang),
            placeholder=t("as_of.choose.how", lang),
        )
    if wrong:
        alert(wrong)


def _look_back(typed: str, lang: Lang) -> None:
    try:
        put(AS_OF, typed_as_of(typed, lang))
    except Told as told:
        st.session_state[WRONG] = str(told)


def _with_rule(refused: Refusal, lang: Lang) -> Refusal:
    """Say of a threshold that cannot be followed what one may be."""
    if refused.param not in BOUNDS or refused.reason:
        return refused
    key = "alone" if is_bound(refused.given) else "wrong"
    name = t(f"updates.choose.{refused.param}", lang)
    return replace(refused, reason=t(f"updates.bound.{key}", lang, name=name, given=refused.given))


def ways_html(store: Store, scope: Scope, lang: Lang) -> Markup:
    """Write the ways to follow: the feed, and the calendar where something is expected."""
    feed = feed_href(scope, lang)
    told = [join(link(feed, t("updates.follow", lang)), " ", el("code", permalink(feed)))]
    if anything_expected(store, scope):
        told.append(link(calendar_href(scope, lang), t("updates.calendar", lang)))
    else:
        told.append(el("span", t("updates.calendar.none", lang)))
    return el("div.atlas-text", items(told))


def updates_html(store: Store, found: tuple[Update, ...], lang: Lang) -> Markup:
    """Write imports, the newest open."""
    return el(
        "div.atlas-text.atlas-updates",
        (
            el(
                "details",
                el("summary", el("b", update_title(one, lang)), " ", el("small", _when(one, lang))),
                entry_html(store, one, lang, str, MOST_FOLDED if at else MOST_LINES),
                _before(store, one, lang),
                id=f"u-{one.id}",
                open=at == 0,
            )
            for at, one in enumerate(found)
        ),
    )


def _before(store: Store, one: Update, lang: Lang) -> Markup | None:
    """Write the way to the atlas as it was just before an import; none where that is not kept."""
    then = (one.time - timedelta(microseconds=1)).isoformat(timespec="microseconds")
    if then < store.vintages_since:
        return None
    way = View(lang=lang, as_of=then).href()
    return el("p", link(way, t("as_of.before_this", lang)))


def _when(one: Update, lang: Lang) -> str:
    """Write when an import came into force, by the clocks of Viet Nam."""
    return f"{moment(one.time, lang)} (UTC+7)"
