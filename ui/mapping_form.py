"""The form that says what the columns of a table are: proposed, and all of it editable."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from geo.editions import Level, areas, edition, editions
from metrics.formats import number, period
from metrics.importing import (
    Block,
    Mapping,
    Measure,
    Time,
    likely_indicators,
    propose,
    read_period,
    remembered,
)
from metrics.messages import Lang, pick, t
from metrics.queries import Store
from ui.sentences import level_name

MOST_MEASURES = 24
LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


def mapping_form(block: Block, store: Store, lang: Lang) -> Mapping | None:
    """Show what the columns seem to be and let the reader correct it.

    Returns
    -------
    Mapping or None
        None where something that was typed makes no sense; that is said.
    """
    start = remembered(block) or propose(block, store.catalog)
    st.html(f'<div class="atlas-text"><h2>{escape(t("import.mapping", lang))}</h2></div>')
    left, middle, right = st.columns(3, gap="medium")
    columns = [None, *block.columns]
    with left:
        edition_id, level = _map(start, lang)
        place = _column("place", block.columns, start.place, lang)
        parent = _column("parent", columns, start.parent, lang)
        heads = False
        if parent is None and level is not Level.PROVINCE:
            heads = st.checkbox(t("import.parent_rows", lang), value=start.parent_rows)
    with middle:
        period_column = _column("period_column", columns, start.period_column, lang)
        time, sound = _time(start, lang) if period_column is None else (None, True)
        decimal = st.radio(
            t("import.decimal", lang),
            ("comma", "point"),
            index=int(start.decimal == "point"),
            format_func=lambda mark: t(f"import.decimal.{mark}", lang),
            horizontal=True,
        )
    with right:
        measures = _measures(block, start, store, lang)
    if not sound:
        return None
    return start.model_copy(
        update={
            "edition": edition_id,
            "level": level,
            "place": place,
            "parent": parent,
            "parent_rows": heads,
            "period_column": period_column,
            "period": time,
            "decimal": decimal,
            "measures": measures,
        }
    )


def _map(start: Mapping, lang: Lang) -> tuple[str, Level]:
    options = [
        (e.id, level)
        for e in reversed(editions())
        for level in LEVELS
        if level in e.levels and areas(e.id, level)
    ]

    def name(option: tuple[str, Level]) -> str:
        n = len(areas(*option))
        when = edition(option[0])
        title = when.name_vi if lang == "vi" else when.name_en
        return f"{number(n, lang)} {level_name(option[1], lang, n)} – {title}"

    first = options.index((start.edition, start.level))
    return st.selectbox(t("import.map", lang), options, index=first, format_func=name)


def _column(name: str, options: Any, start: str | None, lang: Lang) -> Any:
    names = list(options)
    labels = {
        "place": t("import.place", lang),
        "parent": t("import.parent", lang),
        "period_column": t("import.period_column", lang),
    }
    return st.selectbox(
        labels[name],
        names,
        index=names.index(start) if start in names else 0,
        format_func=lambda column: t("import.none", lang) if column is None else column,
    )


def _time(start: Mapping, lang: Lang) -> tuple[Time | None, bool]:
    """Ask for the period of the whole table; False where what was typed is none."""
    known = _written(start.period, lang) if start.period else ""
    text = st.text_input(t("import.period", lang), known, help=t("import.period.help", lang))
    if not text.strip():
        return None, True
    if start.period and text == known:
        return start.period, True
    read = read_period(text)
    if read is None:
        told = t("import.period.bad", lang, value=text[:60])
        st.html(f'<p class="atlas-note" role="alert">{escape(told)}</p>')
        return None, False
    return Time.of(read), True


def _written(time: Time, lang: Lang) -> str:
    return period(time.start, time.end, time.grain, lang)


def _measures(block: Block, start: Mapping, store: Store, lang: Lang) -> tuple[Measure, ...]:
    known = {measure.column: measure for measure in start.measures}
    free = [name for name in block.columns if name not in (start.place, start.parent)]
    chosen = st.multiselect(
        t("import.measures", lang), free, default=list(known), max_selections=MOST_MEASURES
    )
    measures = []
    for name in chosen:
        measure = known.get(name) or Measure(column=name)
        indicator = measure.indicator
        if start.indicator_column is None:
            indicator = _indicator(name, measure.indicator, store, lang)
        scaled = measure.scale == 100 and st.checkbox(
            t("import.scale", lang, column=name), value=True, key=f"scale {name}"
        )
        measures.append(
            measure.model_copy(update={"indicator": indicator, "scale": 100 if scaled else 1})
        )
    return tuple(measures)


def _indicator(name: str, start: str | None, store: Store, lang: Lang) -> str | None:
    near = [indicator.id for indicator, _ in likely_indicators(name, store.catalog)]
    rest = [id_ for id_ in store.catalog.indicators if id_ not in near]
    options = [None, *near, *rest]

    def shown(id_: str | None) -> str:
        if id_ is None:
            return t("import.indicator.choose", lang)
        return pick(store.catalog.indicator(id_).title, lang)

    return st.selectbox(
        t("import.indicator", lang, column=name),
        options,
        index=options.index(start) if start in options else 0,
        format_func=shown,
        key=f"indicator {name}",
    )
