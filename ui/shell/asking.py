"""Controls that write what they are set to into the address, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from ui.address import VIEW
from ui.shell.state import go

TOLD = "atlas_natives"


def put(name: str, value: str, *drop: str) -> None:
    """Write a parameter into the address, or take it out where it is empty.

    Parameters
    ----------
    *drop
        Parameters that make no sense any more and are taken out too.
    """
    for gone in drop:
        st.query_params.pop(gone, None)
    if not value:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def ask(
    control: Callable[..., Any],
    label: str,
    *options: Any,
    key: str,
    value: Any,
    act: Callable[[Any], None] | None = None,
    early: bool = False,
    **how: Any,
) -> Any:
    """Show a control of Streamlit, set to what the address says.

    Parameters
    ----------
    *options
        What the control takes after its label.
    act
        Called with what the reader sets it to; by default the view goes there, and `key` is the
        name of its field.
    early
        Whether what `act` does is what ``do`` of the view does (ui/serving/viewed.py).
    **how
        See the control.

    Returns
    -------
    Any
        What the control returns.
    """
    st.session_state[key] = value
    if (act is None or early) and options and not how.get("disabled"):
        _tell(key, options[0], how.get("format_func", str))

    def changed() -> None:
        chosen = st.session_state[key]
        # Pressed again, a segment is none: the choice stays.
        chosen = value if chosen is None else chosen
        if act is not None:
            act(chosen)
        else:
            go(**{key: chosen})

    return control(label, *options, key=key, on_change=changed, **how)


def natives() -> dict[str, dict[str, str]]:
    """Return what the controls shown so far in this run do: by their key and an option's label.

    Returns
    -------
    dict
        As static/ui/early.js has it.
    """
    return dict(st.session_state.get(TOLD, {}))


def forget_natives() -> None:
    """Begin a page: no control has been shown yet."""
    st.session_state[TOLD] = {}


def _tell(key: str, options: Any, text: Callable[[Any], str]) -> None:
    if key not in VIEW.names or not isinstance(options, list | tuple):
        return
    told = {str(text(option)): f"{key}:{VIEW.text(key, option)}" for option in options}
    st.session_state.setdefault(TOLD, {})[key] = told


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
    ask(
        st.selectbox,
        label,
        list(texts),
        key=f"ask_{name}",
        value=chosen if chosen in texts else next(iter(texts)),
        act=lambda value: put(name, value, *drop),
        format_func=texts.__getitem__,
    )
