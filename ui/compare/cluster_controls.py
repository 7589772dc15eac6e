"""The controls of the page of clusters, besides those of its view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from base.words import number, t
from geo.classify import ALPHAS, LARGEST_SEED, PERMUTATIONS
from ui.address import CLUSTERED, CORRECTIONS, View
from ui.address.clusters import Settings
from ui.shell import ask, write_view


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
        ask(
            st.number_input,
            t("clusters.set.seed", lang),
            0,
            LARGEST_SEED,
            key="seed",
            value=settings.seed,
            act=lambda seed: write_view(view, seed=str(seed)),
            help=t("clusters.set.seed.help", lang),
        )


def _choice(
    view: View, name: str, options: Sequence[Any], value: Any, text: Callable[[Any], str]
) -> None:
    ask(
        st.selectbox,
        t(f"clusters.set.{name}", view.lang),
        options,
        key=name,
        value=value,
        act=lambda chosen: write_view(view, **{name: CLUSTERED.text(name, chosen)}),
        format_func=text,
    )
