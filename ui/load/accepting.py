"""Rows that are no area yet: suggestions to accept one by one, by the whole list, or by hand."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from base.html import el
from base.words import Lang, number, t
from geo.editions import Area, areas
from metrics.importing import Report, nearest, place_key
from ui.load.loading import Given
from ui.shell import show

PAGE: Final = 20


def accepted_so_far(file: Given, report_map: tuple[str, str]) -> dict[str, str]:
    """Return what this session has accepted for a table on a map: spelling to code."""
    found: dict[str, str] = st.session_state.setdefault(_state(file, report_map), {})
    return found


def _state(file: Given, report_map: tuple[str, str]) -> str:
    return f"accepted {file.key} {' '.join(report_map)}"


def accept_form(file: Given, report: Report, lang: Lang) -> None:
    """Offer what rows that match nothing may mean; `report` is without what was accepted."""
    rows = report.unmatched.drop_duplicates(["place", "parent"])
    if rows.empty:
        return
    mapping = report.mapping
    state = _state(file, (mapping.edition, str(mapping.level)))
    near = nearest(report)
    show("div.atlas-text", el("h3", t("import.spellings", lang, n=number(len(rows), lang))))
    left, right = st.columns(2)
    if near:
        label = t("import.accept.all", lang, n=number(len(near), lang))
        left.button(label, on_click=_take, args=(state, near), key=f"all {file.key}")
    if st.session_state.get(state):
        label = t("import.accept.undo", lang)
        right.button(label, on_click=_drop, args=(state,), key=f"undo {file.key}")
    with st.expander(t("import.accept.each", lang), expanded=len(rows) <= PAGE):
        page = _page(len(rows), file, lang)
        for row in rows.iloc[page * PAGE : (page + 1) * PAGE].to_dict("records"):
            _one(row, state, lang)
        _by_hand(rows, report, state, file, lang)


def _take(state: str, found: dict[str, str]) -> None:
    st.session_state[state] = st.session_state.get(state, {}) | found


def _drop(state: str) -> None:
    st.session_state[state] = {}


def _page(n: int, file: Given, lang: Lang) -> int:
    if n <= PAGE:
        return 0
    last = (n - 1) // PAGE + 1
    label = t("import.accept.page", lang, last=number(last, lang))
    return int(st.number_input(label, 1, last, key=f"page {file.key}")) - 1


def _named(area: Area, lang: Lang) -> str:
    return f"{area.name_vi if lang == 'vi' else area.name_en} ({area.code})"


def _one(row: dict[Any, Any], state: str, lang: Lang) -> None:
    """Ask about one spelling, of which all rows are meant."""
    spelling = place_key(row["place"], row["parent"])
    chosen = st.session_state.get(state, {}).get(spelling, "")
    near = {"": t("import.accept.none", lang)}
    near |= {area.code: _named(area, lang) for area in row["suggestions"]}
    if chosen and chosen not in near:
        near[chosen] = chosen
    options = list(near)
    key = f"{state} {spelling} {chosen}"
    label = t("import.accept", lang, row=row["row"], place=row["place"][:60])
    st.selectbox(
        f"{label} · {row['parent'][:60]}" if row["parent"] else label,
        options,
        index=options.index(chosen),
        format_func=near.__getitem__,
        key=key,
        on_change=_choose,
        args=(state, spelling, key),
        help=str(row["note"])[:400] or None,
    )


def _choose(state: str, spelling: str, key: str) -> None:
    found = dict(st.session_state.get(state, {}))
    found[spelling] = st.session_state[key]
    st.session_state[state] = {place: code for place, code in found.items() if code}


def _by_hand(rows: pd.DataFrame, report: Report, state: str, file: Given, lang: Lang) -> None:
    """Let any area of the map be chosen for a spelling, where no suggestion fits."""
    mapping = report.mapping
    names = {area.code: _named(area, lang) for area in areas(mapping.edition, mapping.level)}
    keys = [place_key(p, above) for p, above in rows[["place", "parent"]].to_numpy()]
    left, right, button = st.columns([3, 3, 1], vertical_alignment="bottom")
    spelling = left.selectbox(
        t("import.by_hand.spelling", lang), keys, index=None, key=f"spelling {file.key}",
        placeholder=t("import.by_hand.choose", lang),
    )  # fmt: skip
    code = right.selectbox(
        t("import.by_hand.area", lang), list(names), index=None, format_func=names.__getitem__,
        key=f"area {file.key} {mapping.edition} {mapping.level}",
        placeholder=t("import.by_hand.choose", lang),
    )  # fmt: skip
    found = {spelling: code} if spelling and code else {}
    button.button(
        t("import.by_hand", lang), on_click=_take, args=(state, found), disabled=not found,
        key=f"by hand {file.key}",
    )  # fmt: skip
