"""The controls of how a figure is read: against what, and in which classes."""

from __future__ import annotations

import re
from itertools import pairwise

import streamlit as st

from base.words import Lang, number, t
from geo.classify import MANUAL, MAX_CLASSES, OWN_K
from metrics.relate import REFUSED_KINDS, kinds_of_change
from metrics.targets import has_targets
from ui.address import AGAINST, GRADES, LARGEST_BREAK, MIN_CLASSES, NO_CHANGE, NOTHING, TARGET
from ui.scene import Manner, Scene
from ui.shell import go

LONGEST = 200
DECIMALS = 6

# Methods whose number of classes is not the reader's to choose.
FIXED_K = (*OWN_K, MANUAL, TARGET, GRADES)


def against_picker(scene: Scene) -> None:
    """Show what the figures can be held against; where nothing can be subtracted, say why."""
    lang, view, kind = scene.lang, scene.view, scene.indicator.kind
    if scene.manner is Manner.EMPTY:
        return
    refused = kind in REFUSED_KINDS
    options = [
        name
        for name in AGAINST
        if name != TARGET or view.against == TARGET or has_targets(scene.store, scene.panel)
    ]
    st.session_state["against"] = view.against
    st.selectbox(
        t("picker.against", lang),
        [NOTHING] if refused else options,
        key="against",
        format_func=lambda name: t(f"picker.against.{name}", lang),
        on_change=lambda: go(against=st.session_state["against"]),
        disabled=refused,
        help=t(f"against.kind.{kind}", lang) if refused else t("picker.against.help", lang),
    )


def change_picker(scene: Scene) -> None:
    """Show what became of the figures since an earlier period, where there is one."""
    lang, view = scene.lang, scene.view
    kinds = kinds_of_change(scene.indicator)
    if scene.manner is Manner.EMPTY or not kinds:
        return
    before = scene.earlier
    st.session_state["change"] = view.change
    st.selectbox(
        t("picker.change", lang),
        [NO_CHANGE, *kinds] if before else [NO_CHANGE],
        key="change",
        format_func=lambda name: t(f"picker.change.{name}", lang),
        on_change=lambda: go(change=st.session_state["change"]),
        disabled=not before,
        help=t("picker.change.help" if before else "picker.change.single", lang),
    )
    if view.change == NO_CHANGE or len(before) < 2:
        return
    texts = {stop.at: stop.text(lang) for stop in before}
    st.session_state["since"] = view.since if view.since in texts else before[0].at
    st.selectbox(
        t("picker.since", lang),
        list(texts),
        key="since",
        format_func=texts.__getitem__,
        on_change=lambda: go(since=st.session_state["since"]),
    )


def class_picker(scene: Scene) -> None:
    """Show the classification method and the number of classes, for figures drawn in classes."""
    if scene.manner is not Manner.CLASSES:
        return
    lang, view = scene.lang, scene.view
    st.session_state["method"], st.session_state["k"] = view.method, view.k
    st.selectbox(
        t("picker.method", lang),
        scene.methods,
        key="method",
        format_func=lambda name: t(f"method.{name}", lang),
        on_change=lambda: go(method=st.session_state["method"]),
    )
    if view.method == MANUAL:
        _breaks_input(scene)
    elif view.method not in FIXED_K:
        st.slider(
            t("picker.k", lang),
            MIN_CLASSES,
            MAX_CLASSES,
            key="k",
            on_change=lambda: go(k=st.session_state["k"]),
        )


def _breaks_input(scene: Scene) -> None:
    """Show the reader's own breaks; what cannot be read is said and changes nothing."""
    lang = scene.lang
    failed = st.session_state.pop("breaks_failed", None)
    if failed is None:
        st.session_state["breaks"] = breaks_text(scene.view.breaks, lang)
    st.text_input(
        t("picker.breaks", lang),
        key="breaks",
        max_chars=120,
        on_change=lambda: _take(lang),
        help=t("picker.breaks.help", lang),
    )
    if failed is not None:
        st.caption(t("picker.breaks.failed", lang, most=MAX_CLASSES - 1))


def _take(lang: Lang) -> None:
    typed = str(st.session_state["breaks"])
    try:
        go(breaks=read_breaks(typed, lang))
    except NoBreaks:
        st.session_state["breaks_failed"] = typed


class NoBreaks(ValueError):
    """What was typed are no class breaks."""


def breaks_text(breaks: tuple[float, ...], lang: Lang) -> str:
    """Write breaks in the reader's way, parted by semicolons."""
    return "; ".join(number(value, lang, DECIMALS) for value in breaks)


def read_breaks(text: str, lang: Lang) -> tuple[float, ...]:
    """Read breaks from a text that someone typed.

    Parameters
    ----------
    text
        Numbers in any order, parted by semicolons or spaces; with the decimal mark of the language,
        and in Vietnamese also with a point where it can be nothing else.

    Raises
    ------
    NoBreaks
        When something is no number, or there are none or too many.
    """
    pieces = [piece for piece in re.split(r"[;\s]+", text[:LONGEST]) if piece]
    found = sorted({_number(piece.replace("\N{MINUS SIGN}", "-"), lang) for piece in pieces})
    if not 1 <= len(found) < MAX_CLASSES or any(a >= b for a, b in pairwise(found)):
        raise NoBreaks(text)
    return tuple(found)


def _number(piece: str, lang: Lang) -> float:
    group, mark = (".", ",") if lang == "vi" else (",", ".")
    grouped = re.fullmatch(rf"[-+]?\d{{1,3}}(\{group}\d{{3}})+({mark}\d+)?", piece, re.ASCII)
    plain = piece.replace(group, "") if grouped else piece
    plain = plain.replace(mark, ".")
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?", plain, re.ASCII):
        raise NoBreaks(piece)
    value = round(float(plain), DECIMALS) + 0.0
    if abs(value) >= LARGEST_BREAK:
        raise NoBreaks(piece)
    return value
