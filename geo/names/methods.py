"""How a name was matched, or why not."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """How a name was matched, or why it was not."""

    CODE = "code"
    NAME = "name"
    ALIAS = "alias"
    NO_DIACRITICS = "no_diacritics"
    DIACRITICS_DIFFER = "diacritics_differ"
    TYPE_DIFFERS = "type_differs"
    PREDECESSOR = "predecessor"
    COUNTRY = "country"

    EMPTY = "empty"
    TOTAL = "total"
    PLACEHOLDER = "placeholder"
    REGION = "region"
    AUTHORITY = "authority"
    LIST = "list"
    AMBIGUOUS = "ambiguous"
    ABBREVIATION = "abbreviation"
    SPLIT = "split"
    OTHER_LEVEL = "other_level"
    OTHER_EDITION = "other_edition"
    TYPE_CONFLICT = "type_conflict"
    DIACRITICS_CONFLICT = "diacritics_conflict"
    PARENT_CONFLICT = "parent_conflict"
    PARENT_UNKNOWN = "parent_unknown"
    BAD_CODE = "bad_code"
    ENCODING = "encoding"
    UNKNOWN = "unknown"


MATCHED = frozenset(
    {
        Method.CODE,
        Method.NAME,
        Method.ALIAS,
        Method.NO_DIACRITICS,
        Method.DIACRITICS_DIFFER,
        Method.TYPE_DIFFERS,
        Method.PREDECESSOR,
        Method.COUNTRY,
    }
)
