"""The pickers of the page of what is new. Each writes its choice into the address."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from base.reading import plain_number
from base.words import Lang, number, pick, t
from metrics.importing import read_number
from metrics.store import Store
from metrics.updates import Scope
from ui.scene import where_name
from ui.shell import ask, by_name, put, search_places

ALL: Final = ""
BOUNDS: Final = ("below", "above")
DECIMALS: Final = 6
LONGEST_BOUND: Final = 24


def controls(seen: Store, scope: Scope, lang: Lang) -> None:
    """Show the pickers of theme, indicator, place and, of one indicator, thresholds."""
    catalog = seen.catalog
    known = set(seen.indicators())
    domains = {one.id: pick(one.title, lang) for one in catalog.domains.values()}
    shown = [
        one
        for one in catalog.indicators.values()
        if one.id in known and scope.domain in ("", one.domain)
    ]
    names = by_name({one.id: pick(one.short, lang) for one in shown})
    if scope.indicator:
        names.setdefault(scope.indicator, pick(catalog.indicators[scope.indicator].short, lang))
    everything = {ALL: t("updates.all", lang)}
    for name, options, value in (
        ("domain", everything | domains, scope.domain),
        ("indicator", everything | names, scope.indicator),
    ):
        ask(
            st.selectbox,
            t(f"updates.choose.{name}", lang),
            list(options),
            key=f"updates_{name}",
            value=value,
            act=partial(_choose, name),
            format_func=options.__getitem__,
        )
    _place(scope, lang)
    if scope.indicator:
        for name in BOUNDS:
            value = getattr(scope, name)
            ask(
                st.text_input,
                t(f"updates.choose.{name}", lang),
                key=f"updates_{name}",
                value="" if value is None else number(value, lang, DECIMALS),
                act=partial(_bound, name, lang=lang),
                max_chars=LONGEST_BOUND,
            )


def _choose(name: str, chosen: str) -> None:
    # Thresholds are of one indicator, and an indicator is of one theme.
    put(name, chosen, "below", "above", *(("indicator",) if name == "domain" else ()))


def _place(scope: Scope, lang: Lang) -> None:
    """Show the search for a place, or the one that is chosen, with the way to leave it."""
    if scope.place:
        name = where_name(scope.series, scope.place, lang)
        st.button(
            t("tables.place.drop", lang, name=name),
            key="updates_place_drop",
            on_click=put,
            args=("place", "", "edition"),
        )
        return
    label = t("updates.choose.place", lang)
    search_places("updates_place", lang, _to_place, label=label, clear=True)


def _to_place(key: str) -> None:
    edition, _, code = key.partition(":")
    if code:
        put("edition", edition)
        put("place", code)


def _bound(name: str, text: str, lang: Lang) -> None:
    """Write a threshold into the address; what is no number is written there too, and refused."""
    typed = text.strip()
    read = read_number(typed, "comma" if lang == "vi" else "point")
    put(name, typed if read.value is None else plain_number(round(read.value, DECIMALS)))
