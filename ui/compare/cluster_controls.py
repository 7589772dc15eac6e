"""The controls of the page of clusters, besides those of its view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from base.words import number, t
from geo.classify import ALPHAS, LARGEST_SEED, PERMUTATIONS
from ui.address import CORRECTIONS, View
from ui.address.clusters import Settings
from ui.shell import write_view


def settings_picker(view: View, settings: Settings) -> None:
    """Show how clusters are looked for: level of significance, correction, permutations, seed."""
    lang = view.lang
    with st.expander(t("clusters.settings", lang)):
        _choice(view, "alpha", ALPHAS, settings.alpha, lambda a: number(a, lang, 3))
        _choice(
            view,
            "correction",
            CORRECTIONS,
            settings.correction,
            lambda name: t(f"clusters.correction.{name}", lang),
        )
        _choice(
            view, "permutations", PERMUTATIONS, settings.permutations, lambda n: number(n, lang)
        )
        st.session_state["seed"] = settings.seed
        st.number_input(
            t("clusters.set.seed", lang),
            0,
            LARGEST_SEED,
            key="seed",
            on_change=lambda: write_view(view, seed=str(st.session_state["seed"])),
            help=t("clusters.set.seed.help", lang),
        )


def _choice(
    view: View, name: str, options: Sequence[Any], value: Any, text: Callable[[Any], str]
) -> None:
    st.session_state[name] = value
    st.selectbox(
        t(f"clusters.set.{name}", view.lang),
        options,
        key=name,
        format_func=text,
        on_change=lambda: write_view(view, **{name: _written(st.session_state[name])}),
    )


def _written(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
