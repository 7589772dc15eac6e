"""Controls that write what they are set to into the address, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def put(name: str, value: str, *drop: str) -> None:
    """Write a parameter into the address, or take it out where it is empty.

    Parameters
    ----------
    *drop
        Parameters that make no sense any more and are taken out too.
    """
    for gone in drop:
        st.query_params.pop(gone, None)
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def select(
    name: str, label: str, texts: Mapping[str, str], chosen: str, drop: tuple[str, ...] = ()
) -> None:
    """Show a choice of one among some.

    Parameters
    ----------
    name
        The parameter of the address.
    label
        What is chosen, in the reader's words.
    texts
        The values it can have, each in words; "" is to choose nothing.
    drop
        Parameters that a new choice makes void.
    """
    key = f"ask_{name}"
    st.session_state[key] = chosen if chosen in texts else next(iter(texts))
    st.selectbox(
        label,
        list(texts),
        key=key,
        format_func=texts.__getitem__,
        on_change=lambda: put(name, st.session_state[key], *drop),
    )


def text(name: str, label: str, chosen: str, most: int, drop: tuple[str, ...] = ()) -> None:
    """Show a line to write in; see `select`."""
    key = f"ask_{name}"
    st.session_state[key] = chosen
    st.text_input(
        label,
        key=key,
        max_chars=most,
        on_change=lambda: put(name, st.session_state[key].strip(), *drop),
    )
