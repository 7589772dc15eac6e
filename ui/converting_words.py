"""The columns and methods of a converted table, in the reader's words."""

from __future__ import annotations

import re

import pandas as pd

from metrics.messages import Lang, t

RESULT_COLUMNS = ("code", "name", "method", "coverage", "coverage_by", "parts", "exact")
WORDS = (
    *("sum", "ratio", "mean", "all", "unchanged", "partial", "mixed", "divided", "undefined"),
    *("none", "population", "area", "count", "true", "false"),
)
# The words after "column: ", or a cell of one word: a column may be called anything.
WORD = re.compile(r"(?<=: )[a-z]+(?=;|$| [\d(])|(?<=\()[a-z]+(?=\))|^[a-z]+$")


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
