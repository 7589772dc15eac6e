"""The form that asks what the columns of a table are; what can be told is chosen already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from base.words import Lang, number, t
from geo.convert import KNOWN_WEIGHTS, number_columns
from geo.crosswalk import available
from geo.editions import EDITION_2024, EDITION_2025, Level, areas, edition
from ui.convert.file import Upload, guessed_way, is_of_today
from ui.scene import level_name
from ui.shell import status

RESULT_COLUMNS = ("code", "name", "method", "coverage", "coverage_by", "parts", "exact")
WORDS = (
    *("sum", "ratio", "mean", "all", "unchanged", "partial", "mixed", "divided", "undefined"),
    *("none", "population", "area", "count", "true", "false"),
)
# The words after "column: ", or a cell of one word: a column may be called anything.
WORD = re.compile(r"(?<=: )[a-z]+(?=;|$| [\d(])|(?<=\()[a-z]+(?=\))|^[a-z]+$")

Way = tuple[str, Level, str, Level]
# What is asked for most comes first.
FIRST: Way = (EDITION_2024, Level.PROVINCE, EDITION_2025, Level.PROVINCE)
MAX_RATIOS = 5


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
    ratios: tuple[str, ...] = ()
    weight: str = KNOWN_WEIGHTS[0]


def ways() -> list[Way]:
    """List the conversions there are, the one asked for most first."""
    known = [w for w in available() if w[2] != w[0] and w[2] == EDITION_2025]
    return sorted(known, key=lambda way: (way != FIRST, way[0] != EDITION_2024, str(way)))


def way_name(way: Way, lang: Lang) -> str:
    """Name a conversion by the number of units on both sides and their map, all unlike."""
    since, level, to, new_level = way
    old, new = _units(since, level, lang), _units(to, new_level, lang)
    return t("convert.way", lang, old=old, new=new, since=since, to=to)


def _units(edition_id: str, level: Level, lang: Lang) -> str:
    if level not in edition(edition_id).levels:
        return t("convert.old_communes", lang)
    n = len(areas(edition_id, level))
    return f"{number(n, lang)} {level_name(level, lang, n)}"


def choices(upload: Upload, lang: Lang) -> Choices:
    """Ask what the columns of a table are; what can be told from it is chosen already."""
    table, guess = upload.table, upload.guess
    names, known = table.names(), ways()
    if is_of_today(guess):
        status(t("convert.of_today", lang))
    left, middle, right = st.columns(3, gap="medium")
    with left:
        way = st.selectbox(
            t("convert.ways", lang),
            known,
            index=guessed_way(guess, known),
            format_func=lambda way: way_name(way, lang),
        )
        place = st.selectbox(
            t("convert.place", lang), names, index=names.index(guess.place) if guess else 0
        )
        cells = [cell for cell in table.column(place) if cell.strip()]
        digits = bool(cells) and all(cell.strip().isdecimal() for cell in cells)
        by_code = st.toggle(t("convert.by_code", lang), value=digits)
        above = [None, *(name for name in names if name != place)]
        parent = st.selectbox(
            t("convert.parent", lang),
            above,
            index=above.index(guess.parent) if guess and guess.parent in above else 0,
            format_func=_or_none(lang),
        )
    with middle:
        comma = st.toggle(
            t("convert.comma", lang), value=guess.decimal == "comma" if guess else lang == "vi"
        )
        numeric = number_columns(names, table.column, "comma" if comma else "point")
        numeric = [name for name in numeric if name not in (place, parent)]
        sums = st.multiselect(
            t("convert.sums", lang), numeric, placeholder=_choose(lang), select_all=False
        )
        ratios = _ratios(numeric, names, lang)
    with right:
        rest = [name for name in numeric if name not in sums]
        means = st.multiselect(
            t("convert.means", lang), rest, placeholder=_choose(lang), select_all=False
        )
        weight = _weight([name for name in numeric if name not in means], lang) if means else None
        others = [name for name in names if name not in (place, parent, *sums, *means)]
        by = st.multiselect(
            t("convert.by", lang), others, placeholder=_choose(lang), select_all=False
        )
        texts = [name for name in others if name not in by]
        statuses = st.multiselect(
            t("convert.statuses", lang), texts, placeholder=_choose(lang), select_all=False
        )
    weight = weight or KNOWN_WEIGHTS[0]
    return Choices(
        way, place, by_code, parent, sums, means, statuses, by, comma, tuple(ratios), weight
    )


def _ratios(numeric: list[str], names: list[str], lang: Lang) -> list[str]:
    """Ask for rates that are a sum over a sum, one more as soon as one is complete."""
    found: list[str] = []
    while len(found) < MAX_RATIOS:
        at = len(found)
        over, under = st.columns(2, gap="small")
        with over:
            top = st.selectbox(
                t("convert.over", lang), [None, *numeric], format_func=_or_none(lang), key=f"o{at}"
            )
        with under:
            base = st.selectbox(
                t("convert.under", lang), [None, *numeric], format_func=_or_none(lang), key=f"u{at}"
            )
        if not (top and base):
            break
        percent = st.toggle(t("convert.percent", lang), value=True, key=f"p{at}")
        out = f"{top} / {base}" + (" (%)" if percent else "")
        if out in names or any(text.startswith(f"{out}=") for text in found):
            break
        found.append(f"{out}={top}/{base}" + ("*100" if percent else ""))
    return found


def _weight(numeric: list[str], lang: Lang) -> str | None:
    options = [*KNOWN_WEIGHTS, *(name for name in numeric if name not in KNOWN_WEIGHTS)]
    return st.selectbox(
        t("convert.weight", lang),
        options,
        format_func=lambda name: word(name, lang) if name in KNOWN_WEIGHTS else name,
    )


def _choose(lang: Lang) -> str:
    return t("convert.choose", lang)


def _or_none(lang: Lang) -> Any:
    return lambda name: t("convert.none", lang) if name is None else name


def readable(frame: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Put the words of the reader's language for the columns and methods of a result."""
    shown = frame.copy()
    for column in ("method", "coverage_by", "exact"):
        shown[column] = [WORD.sub(lambda m: word(m[0], lang), text) for text in shown[column]]
    return shown.rename(
        columns={
            name: t(f"convert.column.{name}", lang) for name in RESULT_COLUMNS if name in shown
        }
    )


def word(name: str, lang: Lang) -> str:
    """Say a word of a method; what is none stays as it is."""
    return t(f"convert.word.{name}", lang) if name in WORDS else name
