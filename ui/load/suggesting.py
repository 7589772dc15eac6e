"""Columns without an indicator: suggestions to take by one click, and one button for the rest."""

from __future__ import annotations

from typing import Final

import streamlit as st

from base.words import Lang, number, pick, t
from metrics.catalog import Indicator
from metrics.importing import Measure, why_likely
from ui.load.loading import Given

MOST_SUGGESTED: Final = 4


def suggestions(column: str, near: list[Indicator], key: str, lang: Lang) -> None:
    """Offer indicators for a column, each a button that says why; pressed, it is chosen."""
    if not near:
        return
    with st.container(horizontal=True, gap="small"):
        for one in near[:MOST_SUGGESTED]:
            st.button(
                pick(one.title, lang),
                key=f"take {key} {one.id}",
                help=_titled(one, lang, column),
                on_click=_take,
                args=(key, one.id),
            )


def _take(key: str, indicator: str) -> None:
    st.session_state[key] = indicator


def _titled(indicator: Indicator, lang: Lang, heading: str) -> str:
    """Name an indicator, with the words that a heading shares with it."""
    why = why_likely(heading, indicator)
    title = pick(indicator.title, lang)
    # Where all words are shared, the title itself is the reason.
    if not why or why.split(";")[0].casefold() == title.casefold():
        return title
    return t("import.indicator.near", lang, title=title, why=why)


def leave_out_open(file: Given, measures: list[Measure], lang: Lang) -> None:
    """Offer to leave out all columns that have no indicator yet, where others have one."""
    taken = [m for m in measures if m.indicator]
    n = len(measures) - len(taken)
    if n and taken:
        label = t("import.columns.leave_out", lang, n=number(n, lang))
        key = f"leave columns {file.key}"
        st.button(label, key=key, on_click=_keep_only, args=(file, taken))


def _keep_only(file: Given, taken: list[Measure]) -> None:
    file.say({"measures": [m.model_dump(mode="json") for m in taken]})


def open_columns(measures: tuple[Measure, ...], lang: Lang) -> str:
    """Say which columns keep the table from being stored; "" for none."""
    names = [m.column for m in measures if not m.indicator]
    if not names:
        return ""
    listed = "; ".join(f"“{name}”" for name in names)
    return t("import.columns.open", lang, n=number(len(names), lang), names=listed)
