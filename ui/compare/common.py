"""What the pages that compare areas share: which figures fit, and what they are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from base.html import el, join
from base.words import pick, t
from geo.editions import has_area
from metrics.relate import RAW, UNMEASURED, basis_of, denominators
from ui.address import View
from ui.address.own import area_text
from ui.scene import Scene, basis_name, indicator_options
from ui.shell import Chosen, ask, combobox, show, show_html, status, write_view


def indicator_choice(scene: Scene, key: str, label: str, chosen: Chosen) -> None:
    """Show the list of indicators that areas can be compared by.

    Parameters
    ----------
    key
        Name of the control on its page.
    label
        Id of the message above it.
    chosen
        What a choice does with the id.
    """
    lang = scene.lang
    combobox(
        key,
        {
            "label": t(label, lang),
            "value": scene.view.indicator,
            "shown": pick(scene.indicator.short, lang),
            "placeholder": t("picker.indicator.hint", lang),
            "empty": t("picker.none", lang),
            "more": t("picker.more", lang),
            "options": _options(scene),
        },
        chosen=chosen,
    )


def _options(scene: Scene) -> list[dict[str, Any]]:
    """Offer what has figures here or can be carried here, but nothing without a size."""
    store, view, options = scene.store, scene.view, []
    for option in indicator_options(scene):
        indicator = store.catalog.indicators[option["v"]]
        if indicator.kind in UNMEASURED:
            continue
        if option.get("off"):
            basis = basis_of(store, indicator.id, view.edition, view.level)
            if not basis:
                continue
            told = basis_name(basis, view.level, view.lang)
            group = pick(store.catalog.domains[indicator.domain].title, view.lang)
            options.append({"v": option["v"], "t": option["t"], "g": group, "s": told})
            continue
        options.append(option)
    groups = list(dict.fromkeys(option["g"] for option in options))
    return sorted(options, key=lambda option: groups.index(option["g"]))


def per_choice(scene: Scene, key: str, chosen: Callable[[str], None]) -> None:
    """Show what a count can be divided by; nothing where the figures are no count."""
    lang, view, store = scene.lang, scene.view, scene.store
    if scene.indicator.kind not in RAW:
        return
    offered = [d for d in denominators(store, view.edition, view.level) if d != view.indicator]
    names = {"": t("per.none", lang)} | {
        id_: pick(store.catalog.indicators[id_].short, lang) for id_ in offered
    }
    if view.per:
        names.setdefault(view.per, pick(store.catalog.indicators[view.per].short, lang))
    ask(
        st.selectbox,
        t("per.label", lang),
        list(names),
        key=key,
        value=view.per,
        act=chosen,
        format_func=names.__getitem__,
        help=t("per.help", lang),
    )


def single_out(view: View, code: str) -> None:
    """Single out an area of the map, or none where the code is empty."""
    if not code or has_area(view.edition, code):
        write_view(view, area=area_text(view, code))


def story(why: str, sentences: tuple[str, ...]) -> None:
    """Show why there is nothing to compare, if so, and what is seen, in words."""
    if why:
        status(why)
    show("p.atlas-story", join((el("span", text) for text in sentences), by=" "))


def show_card(html: str) -> None:
    """Show the card of the area singled out, if one is."""
    if html:
        show_html(html)
