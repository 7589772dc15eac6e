"""The controls of the page of targets: theme, place, state, order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from base.words import Lang, pick, t
from geo.editions import COUNTRY_CODE
from geo.names import vietnamese_key
from metrics.store import Store
from metrics.targets import Progress, State
from ui.address import LONGEST, Refusal
from ui.scene import map_name, where_name
from ui.targets.targets import place_key

ALL = ""
THEME, PLACE, STATE, ORDER = "theme", "where", "state", "order"
PARAMS = (THEME, PLACE, STATE, ORDER)
ORDERS = ("deadline", "state", "place", "theme")
STATES = {state: at for at, state in enumerate(State)}


def read_choices(store: Store, found: Sequence[Progress]) -> tuple[dict[str, str], list[Refusal]]:
    """Read the filters of the page from its address.

    Returns
    -------
    choices
        A value for each of `PARAMS`; "" where nothing is chosen.
    refusals
        What could not be followed.
    """
    allowed: Mapping[str, Sequence[str]] = {
        THEME: tuple(themes(store, found)),
        PLACE: tuple(places(found, "vi")),
        STATE: tuple(State),
        ORDER: ORDERS,
    }
    choices, refused = {}, []
    for name in PARAMS:
        given = str(st.query_params.get(name, ""))
        if given and given not in allowed[name]:
            refused.append(Refusal(name, given[:LONGEST]))
            given = ""
        choices[name] = given
    return choices, refused


def themes(store: Store, found: Sequence[Progress]) -> list[str]:
    """List the domains that have targets, in menu order."""
    known = {item.goal.indicator.domain for item in found}
    return [domain for domain in store.catalog.domains if domain in known]


def places(found: Sequence[Progress], lang: Lang) -> dict[str, str]:
    """Name the places that have targets, the country first, then in the order of their names."""
    names = {}
    for goal in (item.goal for item in found):
        name = where_name(goal.edition, goal.area, lang)
        if goal.edition:
            name = f"{name} ({map_name(goal.edition, lang)})"
        names[place_key(goal)] = name[:1].upper() + name[1:]
    ordered = sorted(names.items(), key=lambda i: (i[0] != COUNTRY_CODE, vietnamese_key(i[1])))
    return dict(ordered)


def chosen(found: Sequence[Progress], choices: Mapping[str, str], lang: Lang) -> list[Progress]:
    """Keep the targets that the filters ask for, in the order asked for."""
    kept = [
        item
        for item in found
        if choices[THEME] in (ALL, item.goal.indicator.domain)
        and choices[PLACE] in (ALL, place_key(item.goal))
        and choices[STATE] in (ALL, item.state)
    ]
    orders: Mapping[str, Callable[[Progress], Any]] = {
        "state": lambda item: STATES[item.state],
        "place": lambda item: (
            bool(item.goal.edition),
            vietnamese_key(where_name(item.goal.edition, item.goal.area, lang)),
        ),
        "theme": lambda item: item.goal.indicator.domain,
    }
    order = orders.get(choices[ORDER])
    return sorted(kept, key=order) if order else kept


def controls(
    store: Store, found: Sequence[Progress], choices: Mapping[str, str], lang: Lang
) -> None:
    """Show the filters and the order."""
    named = places(found, lang)
    domains = store.catalog.domains
    options: Mapping[str, Mapping[str, str]] = {
        THEME: {id_: pick(domains[id_].title, lang) for id_ in themes(store, found)},
        PLACE: named,
        STATE: {str(state): t(f"targets.state.{state}", lang) for state in State},
    }
    columns = st.columns(4)
    for column, (name, texts) in zip(columns, options.items(), strict=False):
        with column:
            _select(name, {ALL: t(f"targets.all.{name}", lang), **texts}, choices, lang)
    with columns[-1]:
        texts = {("" if o == ORDERS[0] else o): t(f"targets.order.{o}", lang) for o in ORDERS}
        _select(ORDER, texts, choices, lang)


def _select(name: str, texts: Mapping[str, str], choices: Mapping[str, str], lang: Lang) -> None:
    st.session_state[f"targets_{name}"] = choices[name] if choices[name] in texts else ALL
    st.selectbox(
        t(f"targets.pick.{name}", lang),
        list(texts),
        key=f"targets_{name}",
        format_func=texts.__getitem__,
        on_change=lambda: _write(name),
    )


def _write(name: str) -> None:
    value = st.session_state[f"targets_{name}"]
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
