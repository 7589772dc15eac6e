"""Tables of a reader: read, converted between editions, written, with every refusal in words."""

from __future__ import annotations

from base.reading import MAX_BYTES, Table, TableError, read_table, write_table
from base.words import Lang
from geo.convert.messages import say as _say
from geo.convert.options import number_columns, rules_of
from geo.convert.records import ConvertError
from geo.convert.report import output, report
from geo.names.cli import _MESSAGES

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
    """Say why a table was refused and what to do."""
    if isinstance(error, ConvertError):
        return _say(error.key, lang, **error.values)
    return _MESSAGES[error.key][lang == "en"].format(**error.values)
