"""The part of the mapping form about figures: indicators, parts, qualifiers, words."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from base.html import el
from base.words import Lang, number, period, pick, t
from metrics.importing import (
    Mapping,
    Measure,
    Time,
    category_of,
    group_of,
    read_period,
    suggested,
)
from metrics.observations import ROLES
from metrics.store import Store
from ui.load.loading import Given
from ui.load.suggesting import leave_out_open, suggestions
from ui.shell import alert, show, status

MOST_MEASURES = 36
MOST_WORDS = 40
SCALES = (None, 1, 100, 1_000, 10_000, 1_000_000, 1_000_000_000)
PARTS = ("numerator", "denominator", "qualifier")


@dataclass(frozen=True, slots=True)
class Form:
    """What the parts of the form share: the table, the mapping to begin with, what there is."""

    file: Given
    start: Mapping
    store: Store
    lang: Lang


def measures_form(
    form: Form, *, taken: set[str | None], long: bool
) -> tuple[tuple[Measure, ...] | None, dict[str, str]]:
    """Ask which columns hold figures, of what, and what belongs to them.

    Returns
    -------
    tuple
        The measures, None where something that was typed makes no sense; and what the words of
        statuses mean.
    """
    file, start, lang = form.file, form.start, form.lang
    show("div.atlas-text", el("h3", t("import.figures", lang)))
    known = {m.column: m for m in start.measures if m.column not in taken}
    free = [name for name in file.block.columns if name not in taken]
    chosen = st.multiselect(
        t("import.measures", lang),
        free,
        default=list(known),
        max_selections=MOST_MEASURES,
        key=f"measures {file.key} {sorted(map(str, taken))}",
        placeholder=t("import.measures.choose", lang),
    )
    above = st.container()
    measures: list[Measure] = []
    words: dict[str, str] = {}
    sound = True
    for group, columns in _groups(chosen).items():
        indicator = None
        if not long:
            first = known.get(columns[0], Measure(column=columns[0])).indicator
            indicator = _indicator(form, group, columns, first)
            words |= _categories(form, columns, indicator)
        for column in columns:
            measure = known.get(column) or Measure(column=column)
            measure, fine = _measure(file, measure, free, lang)
            sound = sound and fine
            measures.append(measure.model_copy(update={"indicator": indicator}))
    if not long:
        with above:
            leave_out_open(file, measures, lang)
    return tuple(measures) if sound else None, words


def _groups(columns: list[str]) -> dict[str, list[str]]:
    """Put columns together that differ in their period alone: they are of one indicator."""
    groups: dict[str, list[str]] = {}
    for column in columns:
        groups.setdefault(group_of(column), []).append(column)
    return groups


def _indicator(form: Form, group: str, columns: list[str], start: str | None) -> str | None:
    store, lang = form.store, form.lang
    near = suggested(group or columns[0], form.file.block.titles, store.catalog)
    ids = [one.id for one in near]
    options = [None, *ids, *(id_ for id_ in store.catalog.indicators if id_ not in ids)]
    label = t("import.indicator", lang, column=columns[0])
    if len(columns) > 1:
        n = number(len(columns), lang)
        label = t("import.indicator.many", lang, n=n, column=columns[0], last=columns[-1])
    key = f"indicator {form.file.key} {columns[0]}"
    chosen = st.selectbox(
        label,
        options,
        index=options.index(start) if start in options else 0,
        format_func=lambda id_: _title(id_, store, lang),
        key=key,
    )
    if chosen is None:
        suggestions(columns[0], near, key, lang)
    return chosen


def _title(id_: str | None, store: Store, lang: Lang) -> str:
    if id_ is None:
        return t("import.indicator.choose", lang)
    return pick(store.catalog.indicator(id_).title, lang)


def _measure(file: Given, start: Measure, free: list[str], lang: Lang) -> tuple[Measure, bool]:
    """Ask what else belongs to a column; closed unless something is said already."""
    key = f"{file.key} {start.column}"
    told = any((start.numerator, start.qualifier, start.scale is not None, start.role != ROLES[0]))
    with st.expander(t("import.more_of", lang, column=start.column), expanded=told):
        found = {}
        for name, place in zip(PARTS, st.columns(3), strict=True):
            options = [None, *(column for column in free if column != start.column)]
            at = getattr(start, name)
            found[name] = place.selectbox(
                t(f"import.{name}", lang),
                options,
                index=options.index(at) if at in options else 0,
                format_func=lambda column: t("import.none", lang) if column is None else column,
                key=f"{name} {key}",
            )
        left, right = st.columns(2)
        with left:
            label = t("import.period.own", lang)
            period, sound = asked_period(label, start.period, lang, f"own {key}")
        role = right.selectbox(
            t("import.role", lang),
            ROLES,
            index=ROLES.index(start.role),
            format_func=lambda one: t(f"import.role.{one}", lang),
            key=f"role {key}",
        )
        scale = st.selectbox(
            t("import.scale", lang, column=start.column),
            SCALES,
            index=SCALES.index(start.scale),
            format_func=lambda n: t("import.scale.said", lang) if n is None else number(n, lang),
            key=f"scale {key}",
        )
        if (found["numerator"] is None) != (found["denominator"] is None):
            alert(t("import.parts.both", lang))
            found["numerator"] = found["denominator"] = None
    told = start.role_said or role != start.role
    more = {"period": period, "role": role, "role_said": told, "scale": scale}
    return start.model_copy(update=found | more), sound


def words_form(form: Form, column: str) -> dict[str, str]:
    """Ask what indicator each word of the column of indicators means; none leaves its rows out."""
    lang = form.lang
    cells = [str(cell) for cell in form.file.block.column(column) if cell is not None]
    words = list(dict.fromkeys(cells))
    show("div.atlas-text", el("h3", t("import.words", lang)))
    if len(words) > MOST_WORDS:
        n = number(len(words), lang)
        status(t("import.words.many", lang, n=n, limit=MOST_WORDS, column=column))
    found = {}
    for word in words[:MOST_WORDS]:
        known = form.start.indicators.get(word)
        if indicator := _indicator(form, word, [word[:80]], known):
            found[word] = indicator
    return found


def _categories(form: Form, columns: list[str], indicator: str | None) -> dict[str, str]:
    """Ask what the words of a status mean, where they are not its own."""
    file, store, lang = form.file, form.store, form.lang
    if indicator is None or store.catalog.indicator(indicator).kind != "status":
        return {}
    record = store.catalog.indicator(indicator)
    cells = (cell for column in columns for cell in file.block.column(column))
    words = dict.fromkeys(" ".join(cell.split()) for cell in cells if isinstance(cell, str))
    titles = {category.id: pick(category.title, lang) for category in record.categories}
    found = {}
    for word in [w for w in words if not category_of(w, record)][:MOST_WORDS]:
        options = ["", *titles]
        known = form.start.categories.get(word, "")
        chosen = st.selectbox(
            t("import.category_of", lang, word=word[:60]),
            options,
            index=options.index(known) if known in options else 0,
            format_func=lambda id_: titles.get(id_) or t("import.none", lang),
            key=f"category {file.key} {indicator} {word}",
        )
        if chosen:
            found[word] = chosen
    return found


def asked_period(label: str, start: Time | None, lang: Lang, key: str) -> tuple[Time | None, bool]:
    """Ask for a period; False where what was typed is none, which is said."""
    known = period(start.start, start.end, start.grain, lang) if start else ""
    text = st.text_input(label, known, help=t("import.period.help", lang), key=key)
    if not text.strip():
        return None, True
    if start and text == known:
        return start, True
    read = read_period(text)
    if read is None:
        told = t("import.period.bad", lang, value=text[:60])
        alert(told)
        return None, False
    return Time.of(read), True
