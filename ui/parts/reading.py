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
from ui.shell import ask, go

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
    ask(
        st.selectbox,
        t("picker.against", lang),
        [NOTHING] if refused else options,
        key="against",
        value=view.against,
        format_func=lambda name: t(f"picker.against.{name}", lang),
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
    ask(
        st.selectbox,
        t("picker.change", lang),
        [NO_CHANGE, *kinds] if before else [NO_CHANGE],
        key="change",
        value=view.change,
        format_func=lambda name: t(f"picker.change.{name}", lang),
        disabled=not before,
        help=t("picker.change.help" if before else "picker.change.single", lang),
    )
    if view.change == NO_CHANGE or len(before) < 2:
        return
    texts = {stop.at: stop.text(lang) for stop in before}
    ask(
        st.selectbox,
        t("picker.since", lang),
        list(texts),
        key="since",
        value=view.since if view.since in texts else before[0].at,
        format_func=texts.__getitem__,
    )


def class_picker(scene: Scene) -> None:
    """Show the classification method and the number of classes, for figures drawn in classes."""
    if scene.manner is not Manner.CLASSES:
        return
    lang, view = scene.lang, scene.view
    ask(
        st.selectbox,
        t("picker.method", lang),
        scene.methods,
        key="method",
        value=view.method,
        format_func=lambda name: t(f"method.{name}", lang),
    )
    if view.method == MANUAL:
        _breaks_input(scene)
    elif view.method not in FIXED_K:
        ask(st.slider, t("picker.k", lang), MIN_CLASSES, MAX_CLASSES, key="k", value=view.k)


def _breaks_input(scene: Scene) -> None:
    """Show the reader's own breaks; what cannot be read is said and changes nothing."""
    lang = scene.lang
    failed = st.session_state.pop("breaks_failed", None)
    ask(
        st.text_input,
        t("picker.breaks", lang),
        key="breaks",
        value=breaks_text(scene.view.breaks, lang) if failed is None else failed,
        act=lambda typed: _take(typed, lang),
        max_chars=120,
        help=t("picker.breaks.help", lang),
    )
    if failed is not None:
        st.caption(t("picker.breaks.failed", lang, most=MAX_CLASSES - 1))


def _take(typed: str, lang: Lang) -> None:
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
