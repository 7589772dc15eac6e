"""The view of this session: read from the address, written to the address."""

from __future__ import annotations

from typing import Any

import streamlit as st

from metrics.queries import Store
from metrics.store import current_store
from ui.view import Refusal, View, parse

LAST = "atlas_last_view"


def store() -> Store:
    """Return the store of figures, opened once for all sessions."""
    return current_store()


def read_view() -> tuple[View, list[Refusal]]:
    """Read the view from the address of this run; see `ui.view.parse`.

    An address that says nothing, as the links between pages have it, means the view that this
    session had last.
    """
    params = st.query_params.to_dict()
    if not params:
        params = st.session_state.get(LAST, {})
    return parse(params, store().catalog.indicators)


def write_view(view: View) -> None:
    """Put a view into the address, unless it says so already."""
    params = view.params()
    st.session_state[LAST] = params
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)


def go(**changes: Any) -> None:
    """Follow a choice of the reader; for use in the callbacks of controls."""
    view, _ = read_view()
    write_view(view.to(**changes))
