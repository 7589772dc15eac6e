"""The controls of the page of targets: theme, place, state, order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from base.words import Lang, pick, t
from geo.names import vietnamese_key
from metrics.store import Store
from metrics.targets import Progress, State
from ui.address import Address, Param, among, among_known
from ui.scene import where_name
from ui.shell import place_key, place_names, select
from ui.targets.targets import state_text

ALL = ""
THEME, PLACE, STATE, ORDER = "theme", "where", "state", "order"
ORDERS = ("deadline", "state", "place", "theme")
STATES = {state: at for at, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters ask for, and the order; "" for all, and for the first order."""

    theme: str = ""
    where: str = ""
    state: str = ""
    order: str = ""


# What exists are the options of each filter.
TARGETS: Final = Address(
    Choices,
    (
        Param(THEME, among_known(THEME)),
        Param(PLACE, among_known(PLACE)),
        Param(STATE, among(*State)),
        Param(ORDER, among(*ORDERS)),
    ),
)


def options(store: Store, found: Sequence[Progress], lang: Lang) -> dict[str, dict[str, str]]:
    """List what each filter can be set to, in words: themes in menu order, places by name."""
    themes = {item.goal.indicator.domain for item in found}
    domains = store.catalog.domains
    return {
        THEME: {id_: pick(domains[id_].title, lang) for id_ in domains if id_ in themes},
        PLACE: place_names(((i.goal.edition, i.goal.area) for i in found), lang),
        STATE: {str(state): state_text(state, lang) for state in State},
    }


def chosen(found: Sequence[Progress], choices: Choices, lang: Lang) -> list[Progress]:
    """Keep the targets that the filters ask for, in the order asked for."""
    kept = [
        item
        for item in found
        if choices.theme in (ALL, item.goal.indicator.domain)
        and choices.where in (ALL, place_key(item.goal.edition, item.goal.area))
        and choices.state in (ALL, item.state)
    ]
    orders: Mapping[str, Callable[[Progress], Any]] = {
        "state": lambda item: STATES[item.state],
        "place": lambda item: (
            bool(item.goal.edition),
            vietnamese_key(where_name(item.goal.edition, item.goal.area, lang)),
        ),
        "theme": lambda item: item.goal.indicator.domain,
    }
    order = orders.get(choices.order)
    return sorted(kept, key=order) if order else kept


def controls(known: Mapping[str, Mapping[str, str]], choices: Choices, lang: Lang) -> None:
    """Show the filters and the order."""
    shown = {name: {ALL: t(f"targets.all.{name}", lang), **known[name]} for name in known}
    shown[ORDER] = {("" if o == ORDERS[0] else o): t(f"targets.order.{o}", lang) for o in ORDERS}
    for column, (name, texts) in zip(st.columns(len(shown)), shown.items(), strict=True):
        with column:
            select(name, t(f"targets.pick.{name}", lang), texts, getattr(choices, name))
