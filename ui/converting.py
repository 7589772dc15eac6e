"""The form that converts a reader's table to the units of another edition."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from geo.convert import Result, convert
from geo.crosswalk import available
from geo.editions import EDITION_2024, EDITION_2025, Level, areas, edition
from geo.tables import (
    MAX_BYTES,
    ConvertError,
    Table,
    TableError,
    number_columns,
    output,
    read_table,
    refusal,
    report,
    rules_of,
    write_table,
)
from metrics.formats import number
from metrics.messages import Lang, t
from ui.files import upload_words
from ui.sentences import level_name

Way = tuple[str, Level, str, Level]
# What is asked for most comes first.
FIRST: Way = (EDITION_2024, Level.PROVINCE, EDITION_2025, Level.PROVINCE)
SHOWN = 500
RESULT_COLUMNS = ("code", "name", "method", "coverage", "coverage_by", "parts", "exact")
WORDS = (
    *("sum", "ratio", "mean", "all", "unchanged", "partial", "mixed", "divided", "undefined"),
    *("none", "population", "area", "count", "true", "false"),
)
# The words after "column: ", or a cell of one word: a column may be called anything.
WORD = re.compile(r"(?<=: )[a-z]+(?=;|$| [\d(])|(?<=\()[a-z]+(?=\))|^[a-z]+$")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the reader has said about the columns of the table."""

    way: Way
    place: str
    by_code: bool
    parent: str | None
    sums: list[str]
    means: list[str]
    statuses: list[str]
    by: list[str]
    comma: bool


def ways() -> list[Way]:
    """List the conversions there are, the one asked for most first."""
    known = [w for w in available() if w[2] != w[0] and w[2] == EDITION_2025]
    return sorted(known, key=lambda way: (way != FIRST, way[0] != EDITION_2024, str(way)))


def way_name(way: Way, lang: Lang) -> str:
    """Name a conversion by the number of units on both sides."""
    return t(
        "convert.way", lang, old=_units(way[0], way[1], lang), new=_units(way[2], way[3], lang)
    )


def _units(edition_id: str, level: Level, lang: Lang) -> str:
    if level not in edition(edition_id).levels:
        return t("convert.old_communes", lang)
    n = len(areas(edition_id, level))
    return f"{number(n, lang)} {level_name(level, lang, n)}"


def uploaded(lang: Lang) -> tuple[str, Table] | None:
    """Ask for a file and read it; say why where it cannot be read."""
    upload_words(t("convert.upload", lang))
    file = st.file_uploader(
        t("convert.file", lang), type=["csv", "tsv", "txt"], help=t("convert.file.help", lang)
    )
    if file is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(file.getvalue()[: MAX_BYTES + 1])
        try:
            return file.name, read_table(path)
        except TableError as error:
            _refuse(refusal(error, lang).replace(str(path), file.name))
            return None


def choices(table: Table, lang: Lang) -> Choices:
    """Ask what the columns of a table are."""
    names = table.names()
    left, middle, right = st.columns(3, gap="medium")
    with left:
        way = st.selectbox(
            t("convert.ways", lang), ways(), format_func=lambda way: way_name(way, lang)
        )
        place = st.selectbox(t("convert.place", lang), names)
        by_code = st.toggle(t("convert.by_code", lang))
        parent = st.selectbox(t("convert.parent", lang), [None, *names], format_func=_or_none(lang))
    with middle:
        comma = st.toggle(t("convert.comma", lang), value=lang == "vi")
        numeric = number_columns(names, table.column, "comma" if comma else "point")
        numeric = [name for name in numeric if name != place]
        sums = st.multiselect(
            t("convert.sums", lang), numeric, placeholder=_choose(lang), select_all=False
        )
        rest = [name for name in numeric if name not in sums]
        means = st.multiselect(
            t("convert.means", lang), rest, placeholder=_choose(lang), select_all=False
        )
    with right:
        others = [name for name in names if name not in (place, parent, *sums, *means)]
        by = st.multiselect(
            t("convert.by", lang), others, placeholder=_choose(lang), select_all=False
        )
        texts = [name for name in others if name not in by]
        statuses = st.multiselect(
            t("convert.statuses", lang), texts, placeholder=_choose(lang), select_all=False
        )
    return Choices(way, place, by_code, parent, sums, means, statuses, by, comma)


def _choose(lang: Lang) -> str:
    return t("convert.choose", lang)


def _or_none(lang: Lang) -> Any:
    return lambda name: t("convert.none", lang) if name is None else name


def converted(table: Table, chosen: Choices, lang: Lang) -> Result | None:
    """Convert a table; say why where it cannot be."""
    if not (chosen.sums or chosen.means or chosen.statuses):
        st.html(f'<p class="atlas-note" role="status">{escape(t("convert.no_rules", lang))}</p>')
        return None
    from_edition, level_from, to_edition, level_to = chosen.way
    names = table.names()
    try:
        return convert(
            pd.DataFrame(table.rows, columns=names, dtype="str"),
            rules_of(names, chosen.sums, [], chosen.means, chosen.statuses),
            from_edition=from_edition,
            to_edition=to_edition,
            level_from=level_from,
            level_to=level_to,
            code=chosen.place if chosen.by_code else None,
            name=None if chosen.by_code else chosen.place,
            parent=None if chosen.by_code else chosen.parent,
            by=chosen.by,
            decimal="comma" if chosen.comma else "point",
        )
    except (ConvertError, TableError) as error:
        _refuse(refusal(error, lang))
        return None


def readable(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Put the words of the reader's language for the columns and methods of a result."""
    shown = frame.copy()
    for column in ("method", "coverage_by", "exact"):
        shown[column] = [WORD.sub(lambda m: _word(m[0], lang), text) for text in shown[column]]
    return shown.rename(
        columns={
            name: t(f"convert.column.{name}", lang) for name in RESULT_COLUMNS if name in shown
        }
    )


def _word(word: str, lang: Lang) -> str:
    return t(f"convert.word.{word}", lang) if word in WORDS else word


def show(file: str, table: Table, result: Result, lang: Lang) -> None:
    """Show what came out, what did not, and offer the table."""
    lines = report(len(table.rows), result, lang)
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(f'<div class="atlas-text"><ul>{items}</ul></div>')
    st.dataframe(readable(result.frame.head(SHOWN), lang), hide_index=True, width="stretch")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "converted.csv"
        write_table(path, output(table, result))
        data = path.read_bytes()
    stem = "".join(c if c.isalnum() or c in "-_" else "_" for c in Path(file).stem)[:60]
    st.download_button(t("convert.download", lang), data, f"{stem}-converted.csv", "text/csv")


def _refuse(text: str) -> None:
    st.html(f'<p class="atlas-note" role="alert">{escape(text)}</p>')
