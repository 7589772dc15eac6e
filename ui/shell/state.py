"""The view of this session: read from the address, written to the address."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import parse_qsl

import streamlit as st

from base.words import DEFAULT_LANG, LANGS, Lang, pick, t
from geo.editions import Level, has_area
from metrics.people import seen_by
from metrics.store import Store, current_store
from ui.address import AS_OF, LONGEST, Address, Refusal, View, as_known, carry, chosen, parse
from ui.scene import Elsewhere, entered, landing, level_name, levelled, place_name, unopened
from ui.shell.actor import current_actor
from ui.shell.known import LAST, as_of, led

R = TypeVar("R")
WANTED = "atlas_wanted_view"
TOLD = "atlas_told"
PAGE = "pages/explore.py"

EXTRA = "atlas_extra_params"


def store(*, now: bool = False) -> Store:
    """Return the store of figures as the reader may see it; shared with all who see the same.

    Parameters
    ----------
    now
        As it is now, for who changes it; else as it was on the day that the address asks for.
    """
    return seen_by(as_known(current_store(), "" if now else as_of()), current_actor())


def read_view(extra: tuple[str, ...] | None = ()) -> tuple[View, list[Refusal]]:
    """Read the view from the address of this run; see `ui.address.view.parse`.

    An address that says no more than the language and the day that it is known on, as the links
    between pages have it, means the view that this session had last.

    Parameters
    ----------
    extra
        Parameters that the page reads itself besides those of a view; `write_view` and `go` leave
        them in the address as they are. None: those that the page has named before.
    """
    extra = st.session_state.get(EXTRA, ()) if extra is None else extra
    st.session_state[EXTRA] = extra
    params = {k: v for k, v in st.query_params.to_dict().items() if k not in extra}
    if not params.keys() - {"lang", AS_OF}:
        params = st.session_state.get(LAST, {}) | {AS_OF: as_of()} | params
    return parse(params, store().catalog.indicators)


def read_address(address: Address[R], known: Any = None) -> tuple[R, list[Refusal]]:
    """Read what a page is asked from the address of this run; see `ui.address.Address.read`."""
    return address.read(st.query_params.to_dict(), known)


def write_address(address: Address[R], asked: R) -> None:
    """Put what a page is asked into its address, unless it says so already."""
    now = st.query_params.to_dict()
    params = now | address.write(asked)
    if params != now:
        st.query_params.from_dict(params)


def write_view(view: View, **more: str) -> None:
    """Put a view into the address, unless it says so already.

    Parameters
    ----------
    **more
        New values of parameters that the page reads itself; "" takes one out of the address.
    """
    params = view.params()
    st.session_state[LAST] = params
    now = st.query_params.to_dict()
    kept = {name: now[name] for name in st.session_state.get(EXTRA, ()) if name in now}
    params |= {name: value for name, value in (kept | more).items() if value}
    if now != params:
        st.query_params.from_dict(params)


def go(**changes: Any) -> None:
    """Follow a choice of the reader; for use in the callbacks of controls."""
    view, _ = read_view(None)
    write_view(chosen(view, store().catalog.indicators, **changes))


def plain_language() -> Lang:
    """Return the reader's language without the store, so that even its failure is told in it."""
    asked = st.query_params.get("lang") or st.session_state.get(LAST, {}).get("lang")
    return next((lang for lang in LANGS if lang == asked), DEFAULT_LANG)


def read_language(extra: tuple[str, ...] = ()) -> tuple[Lang, list[Refusal]]:
    """Read the language of a page of text from its address, else the one this session had last.

    Parameters
    ----------
    extra
        Parameters that the page reads itself.

    Returns
    -------
    lang
        The language.
    refusals
        Parameters that could not be followed.
    """
    params = st.query_params.to_dict()
    last = st.session_state.get(LAST, {})
    view, refused = parse({**last, **{k: v for k, v in params.items() if k in ("lang", AS_OF)}}, {})
    unknown = [
        Refusal(k[:LONGEST], str(v)[:LONGEST])
        for k, v in params.items()
        if k not in ("lang", AS_OF, *extra)
    ]
    return view.lang, [r for r in refused if r.param in ("lang", AS_OF)] + unknown


def write_language(lang: Lang, extra: tuple[str, ...] = ()) -> None:
    """Put the language of a page of text into its address, and keep it for the other pages."""
    params = st.query_params.to_dict()
    day = as_of()
    wanted = {**carry({"lang": lang}, day), **{k: v for k, v in params.items() if k in extra}}
    if params != wanted:
        st.query_params.from_dict(wanted)
    st.session_state[LAST] = {**st.session_state.get(LAST, {}), "lang": lang, AS_OF: day}


def visit(view: View, code: str) -> None:
    """Ask to go to a place; for the callbacks of controls, which cannot leave a page themselves.

    Parameters
    ----------
    view
        What is to be shown there.
    code
        The place. Ignored where the edition has no such place.
    """
    if has_area(view.edition, code):
        st.session_state[WANTED] = led(view.to(place=code).params())


def visit_place(key: str) -> None:
    """Ask to go to a place found; for the callbacks of controls on pages without a map.

    Parameters
    ----------
    key
        The place as ``edition:code``.
    """
    last = st.session_state.get(LAST, {}) | {AS_OF: as_of()}
    view, _ = parse(last, store().catalog.indicators)
    found = landing(store(), view, key)
    st.session_state[TOLD] = found.told
    there = found.to
    st.session_state[WANTED] = there.params() if isinstance(there, View) else _elsewhere(there)


def _elsewhere(there: Elsewhere) -> Elsewhere:
    return Elsewhere(there.page, led(there.params))


def visit_address(address: str) -> None:
    """Ask to go where a link leads, given relative to the app; for callbacks, as `visit`."""
    page, _, asked = address.partition("?")
    params = dict(parse_qsl(asked, keep_blank_values=True))
    st.session_state[WANTED] = Elsewhere(page, params)


def go_to_place(key: str) -> None:
    """Go to a place found, given as ``edition:code``; for the callbacks of controls of a map."""
    view, _ = read_view(None)
    found = landing(store(), view, key)
    st.session_state[TOLD] = found.told
    if isinstance(found.to, View):
        write_view(found.to)
    else:
        st.session_state[WANTED] = _elsewhere(found.to)


def open_area(code: str) -> None:
    """Select an area of the map; selected already, go into its parts, or be told why not."""
    view, _ = read_view(None)
    if changes := entered(store(), view, code):
        go(**changes)
    elif why := unopened(store(), view, code):
        st.session_state[TOLD] = why


def go_to_level(level: Level) -> None:
    """Show the areas of a level, by an indicator that has figures there."""
    view, _ = read_view(None)
    changes = levelled(store(), view, level)
    if other := changes.get("indicator"):
        known = store().catalog.indicators
        st.session_state[TOLD] = t(
            "landing.level",
            view.lang,
            asked=pick(known[view.indicator].short, view.lang),
            shown=pick(known[other].short, view.lang),
            areas=level_name(level, view.lang, 2),
            where=place_name(view.area(), view.lang, full=True),
        )
    go(**changes)


def told() -> str:
    """Return what is to be said of where the reader has just arrived, once."""
    return str(st.session_state.pop(TOLD, ""))


def follow() -> None:
    """Leave the page where a control has asked for it; first thing on a page."""
    wanted = st.session_state.pop(WANTED, None)
    if isinstance(wanted, Elsewhere):
        st.switch_page(f"pages/{wanted.page}.py", query_params=wanted.params)
    elif wanted:
        st.switch_page(PAGE, query_params=wanted)
