"""Tables of a reader: read, converted between editions, written, with every refusal in words."""

from __future__ import annotations

from geo._convert_messages import say as _say
from geo._convert_options import number_columns, rules_of
from geo._convert_report import output, report
from geo._names_cli import _MESSAGES
from geo._names_notes import Lang
from geo._names_table import MAX_BYTES, Table, TableError, read_table, write_table
from geo.convert import ConvertError

__all__ = [
    "MAX_BYTES",
    "ConvertError",
    "Table",
    "TableError",
    "number_columns",
    "output",
    "read_table",
    "refusal",
    "report",
    "rules_of",
    "write_table",
]


def refusal(error: ConvertError | TableError, lang: Lang) -> str:
    """Say why a table was refused and what to do.

    Parameters
    ----------
    error
        What was raised.
    lang
        Language of the reader.

    Returns
    -------
    str
        A sentence.
    """
    if isinstance(error, ConvertError):
        return _say(error.key, lang, **error.values)
    return _MESSAGES[error.key][lang == "en"].format(**error.values)
