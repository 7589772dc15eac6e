"""What the pages that compare areas share: which figures are fit for it, and what they are called.

A page with parameters of its own reads them into a record; see `asked`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from geo.editions import has_area
from metrics.comparable import RAW, UNMEASURED, basis_of, denominators
from metrics.messages import pick, t
from metrics.queries import Store
from ui.components import Chosen, combobox
from ui.figures import beside
from ui.indicators import indicator_options
from ui.notes import status
from ui.scene import Scene
from ui.sentences import basis_name, drawn_name
from ui.state import write_view
from ui.view import LONGEST, PUBLISHED, Refusal, View

Reader = Callable[[str], Any]


def asked(
    given: Mapping[str, str], readers: Mapping[str, Reader]
) -> tuple[dict[str, Any], list[Refusal]]:
    """Read the parameters that a page has besides those of a view.

    Parameters
    ----------
    given
        The address as it arrived.
    readers
        Parameter to a function from its text; raises ValueError or LookupError for what cannot be
        followed.

    Returns
    -------
    found
        What could be read; what is left out or empty is not in it.
    refusals
        What could not.
    """
    found, refused = {}, []
    for name, read in readers.items():
        text = given.get(name) or ""
        if not text:
            continue
        try:
            found[name] = read(text[: LONGEST + 1])
        except (ValueError, LookupError):
            refused.append(Refusal(name, text[:LONGEST]))
    return found, refused


def read_area(text: str) -> tuple[str, str]:
    """Read the area that the reader singled out: edition and code, as `area_text` writes them.

    Raises
    ------
    ValueError
        If there is no such area.
    """
    edition, _, code = text.partition(":")
    if not has_area(edition, code):
        raise ValueError(text)
    return edition, code


def area_text(view: View, code: str) -> str:
    """Write an area of a view; the edition keeps it from being taken for another place."""
    return f"{view.edition}:{code}" if code else ""


def with_basis(store: Store, view: View) -> View:
    """Carry figures from another edition where an indicator has none on the one of the view."""
    if not view.indicator or view.basis != PUBLISHED:
        return view
    basis = basis_of(store, view.indicator, view.edition, view.level)
    return view if basis in ("", view.edition) else replace(view, basis=basis)


def unfit(scene: Scene) -> str:
    """Say why areas cannot be compared by what a scene draws; "" where they can."""
    lang, indicator = scene.view.lang, scene.indicator
    name = pick(indicator.short, lang)
    if indicator.kind in UNMEASURED:
        return t(f"comparing.{indicator.kind}", lang, name=name)
    if scene.measure.circles:
        return t("comparing.count", lang, name=name)
    return ""


def short(scene: Scene) -> str:
    """Name what a scene draws, briefly."""
    return scene.measure.name or drawn_name(pick(scene.indicator.short, scene.view.lang), scene)


def axis_name(scene: Scene) -> str:
    """Name what a scene draws, with its unit, for an axis or the head of a column."""
    name, unit = short(scene), scene.measure.unit
    return f"{name} ({unit})" if unit else name


def figure(scene: Scene, at: int) -> str:
    """Write the number of the area in a row of a scene, with its unit."""
    return beside(scene.measure.texts[at], scene.measure.unit)


def open_link(scene: Scene, code: str) -> str:
    """Write a link, in HTML, to an area on the map of Explore."""
    text = t("comparing.open", scene.view.lang)
    href = scene.view.to(place=code).href()
    return f'<p><a href="{escape(href)}" target="_self">{escape(text)}</a></p>'


def indicator_choice(store: Store, scene: Scene, key: str, label: str, chosen: Chosen) -> None:
    """Show the list of indicators that areas can be compared by.

    Parameters
    ----------
    store, scene
        What is shown now.
    key
        Name of the control on its page.
    label
        Id of the message above it.
    chosen
        What a choice does with the id.
    """
    lang = scene.view.lang
    combobox(
        key,
        {
            "label": t(label, lang),
            "value": scene.view.indicator,
            "shown": pick(scene.indicator.short, lang),
            "placeholder": t("picker.indicator.hint", lang),
            "empty": t("picker.none", lang),
            "more": t("picker.more", lang),
            "options": _options(store, scene.view),
        },
        chosen=chosen,
    )


def _options(store: Store, view: View) -> list[dict[str, Any]]:
    """Offer what has figures here or can be carried here, but nothing without a size."""
    options = []
    for option in indicator_options(store, view):
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


def per_choice(store: Store, scene: Scene, key: str, chosen: Callable[[str], None]) -> None:
    """Show what a count can be divided by; nothing where the figures are no count."""
    lang, view = scene.view.lang, scene.view
    if scene.indicator.kind not in RAW:
        return
    offered = [d for d in denominators(store, view.edition, view.level) if d != view.indicator]
    names = {"": t("per.none", lang)} | {
        id_: pick(store.catalog.indicators[id_].short, lang) for id_ in offered
    }
    if view.per:
        names.setdefault(view.per, pick(store.catalog.indicators[view.per].short, lang))
    st.session_state[key] = view.per
    st.selectbox(
        t("per.label", lang),
        list(names),
        key=key,
        format_func=names.__getitem__,
        on_change=lambda: chosen(st.session_state[key]),
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
    told = " ".join(f"<span>{escape(text)}</span>" for text in sentences)
    st.html(f'<p class="atlas-story">{told}</p>')


def show_card(html: str) -> None:
    """Show the card of the area singled out, if one is."""
    if html:
        st.html(html)
