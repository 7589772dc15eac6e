"""The controls of maps: indicator, period, edition of the map, level, basis."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from base.words import Lang, number, pick, t
from geo.editions import EDITION_2025, Level, areas
from ui.address import View, levels_at, mapped_editions
from ui.scene import (
    Scene,
    basis_name,
    basis_options,
    indicator_options,
    level_name,
    period_options,
    showing,
)
from ui.shell import ask, combobox, write_view


def indicator_picker(scene: Scene) -> None:
    """Show the list of indicators by domain: featured first, with how many areas and when."""
    lang = scene.lang
    combobox(
        "indicator",
        {
            "label": t("picker.indicator", lang),
            "value": scene.view.indicator,
            "shown": pick(scene.indicator.short, lang),
            "placeholder": t("picker.indicator.hint", lang),
            "empty": t("picker.none", lang),
            "more": t("picker.more", lang),
            "options": indicator_options(scene),
            "does": "indicator",
        },
        chosen=lambda value: write_view(showing(scene.store, scene.view, value)),
    )


def period_picker(scene: Scene) -> None:
    """Show the as-of dates that have figures; a single one is said, not asked."""
    lang, view = scene.lang, scene.view
    texts = period_options(scene)
    if not texts:
        return
    ask(
        st.selectbox,
        t("picker.period", lang),
        list(texts),
        key="at",
        value=view.at or next(iter(texts)),
        format_func=texts.__getitem__,
        disabled=len(texts) == 1,
        help=t("picker.period.help", lang),
    )


def basis_picker(scene: Scene) -> None:
    """Show the switch between figures as published here and carried from another edition."""
    lang, view = scene.lang, scene.view
    options = basis_options(scene)
    if len(options) < 2:
        return
    ask(
        st.radio,
        t("picker.basis", lang),
        options,
        key="basis",
        value=view.basis,
        format_func=lambda basis: basis_name(basis, view.level, lang),
        help=t("picker.basis.help", lang),
    )


def level_picker(scene: Scene, act: Callable[[Level], None] | None = None) -> None:
    """Show the switch between provinces and their parts; `act` as in `ui.shell.ask`."""
    lang, view = scene.lang, scene.view
    levels = levels_at(scene.place)
    if len(levels) < 2:
        return
    ask(
        st.segmented_control,
        t("picker.level", lang),
        levels,
        key="level",
        value=view.level,
        act=act,
        early=True,
        format_func=lambda level: level_name(level, lang, 2),
    )


def edition_picker(view: View) -> None:
    """Show the editions of the map that can be drawn."""
    ask(
        st.selectbox,
        t("picker.edition", view.lang),
        mapped_editions(),
        key="edition",
        value=view.edition,
        format_func=lambda id_: _edition_name(id_, view.lang),
    )


def _edition_name(id_: str, lang: Lang) -> str:
    """Name an edition by its provinces and the day that parts it from the other."""
    n = number(len(areas(id_, Level.PROVINCE)), lang)
    return t(f"picker.edition.{'since' if id_ == EDITION_2025 else 'before'}", lang, n=n)
