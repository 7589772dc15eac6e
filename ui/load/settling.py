"""What a table leaves open, asked in words, with the readings to choose from and a cell each."""

from __future__ import annotations

from typing import Any

import streamlit as st

from base.html import el
from base.words import Lang, number, period, t
from geo.editions import Level, areas, edition
from metrics.importing import (
    TYPED,
    Question,
    Reading,
    Report,
    Time,
    questions,
    read_period,
    written,
)
from ui.load.loading import Given
from ui.scene import level_name
from ui.shell import alert, show


def settling_form(file: Given, report: Report, lang: Lang) -> set[str]:
    """Ask what the table does not settle; an answer is worked in at once.

    Returns
    -------
    set of str
        The rules of the findings that are asked about here.
    """
    asked = questions(report, file.block)
    if file.said:
        label = t("import.question.undo", lang)
        st.button(label, on_click=_forget, args=(file,), key=f"ask again {file.key}")
    if not asked:
        return set()
    show("div.atlas-text", el("h3", t("import.questions", lang, n=number(len(asked), lang))))
    for question in asked:
        _one(file, question, lang)
    return {question.rule for question in asked}


def _one(file: Given, question: Question, lang: Lang) -> None:
    key = f"question {file.key} {question.key}"
    told = {"column": question.column, "row": question.row, "value": question.example}
    label = t(f"import.question.{question.rule}", lang, **told)
    if question.readings:
        names = [_name(reading, lang) for reading in question.readings]
        st.radio(
            label,
            range(len(names)),
            index=None,
            format_func=names.__getitem__,
            key=key,
            on_change=_answer,
            args=(file, question, key),
        )
    if question.rule in TYPED:
        other = f"{key} other"
        text = st.text_input(
            t("import.question.period_other", lang) if question.readings else label,
            help=t("import.period.help", lang),
            placeholder=t("import.question.period_as", lang),
            key=other,
            on_change=_typed,
            args=(file, question, other),
        )
        if text.strip() and read_period(text) is None:
            alert(t("import.period.bad", lang, value=text[:60]))


def _answer(file: Given, question: Question, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen is not None:
        file.say(question.readings[chosen].said)


def _typed(file: Given, question: Question, key: str) -> None:
    read = read_period(st.session_state.get(key, "").strip())
    if read is None:
        return
    time = Time.of(read).model_dump(mode="json")
    if question.rule == "period_relative":
        file.say({"periods": {question.column: time}})
    else:
        file.say(
            {"period": time, "period_column": None, "part_column": None, "settled": ["period"]}
        )


def _forget(file: Given) -> None:
    file.forget()


def _name(reading: Reading, lang: Lang) -> str:
    told: dict[str, Any] = dict(reading.values)
    match reading.key:
        case "map":
            return map_words(str(told["edition"]), Level(told["level"]), lang)
        case "within":
            return str(written(told["name"], lang))
        case "period":
            one = told["period"]
            said = period(one.start, one.end, one.grain, lang)
            return f"{said} – “{one.text}”" if one.text else said
        case "role":
            return t(f"import.role.{told['role']}", lang)
        case "times":
            key = "import.reading_of.times" if told["times"] > 1 else "import.reading_of.as_is"
            return t(key, lang, times=number(told["times"], lang))
    values = {name: written(value, lang) for name, value in told.items()}
    return t(f"import.reading_of.{reading.key}", lang, **values)


def map_words(edition_id: str, level: Level, lang: Lang) -> str:
    """Name a map by its areas: "34 tỉnh, thành phố – …"."""
    n = len(areas(edition_id, level))
    when = edition(edition_id)
    title = when.name_vi if lang == "vi" else when.name_en
    return f"{number(n, lang)} {level_name(level, lang, n)} – {title}"
