"""Match the names of places to area codes, and search places by name.

What a name means is looked up in explicit tables (`geo.editions`, data/names). Nothing is guessed:
what is unknown or ambiguous gets no code, a reason, and suggestions to choose from. The rules are
told in docs/names.md.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from geo._names_bulk import RESULT_COLUMNS, Match, cell_value, match_all, match_columns
from geo._names_notes import MATCHED, Lang, Method
from geo._names_search import Hit, search, search_keys
from geo._names_text import normalise
from geo.editions import Level, areas

__all__ = [
    "MATCHED",
    "RESULT_COLUMNS",
    "Hit",
    "Lang",
    "Match",
    "Method",
    "normalise",
    "resolve",
    "resolve_many",
    "search",
    "search_keys",
]


def resolve(
    name: object, *, edition: str, level: Level, parent: object = None, lang: Lang = "vi"
) -> Match:
    """Match one name.

    Parameters
    ----------
    name
        Name or code as a table gives it.
    edition, level
        Where the area is.
    parent
        Name or code of the province it lies in; of provinces, a region or the country.
    lang
        Language of the note.

    Returns
    -------
    Match
        With the code, or with the reason why there is none.

    Raises
    ------
    UnknownEdition, UnknownLevel
        Where edition or level do not exist.

    Examples
    --------
    >>> from geo.editions import EDITION_2024, EDITION_2025
    >>> resolve("TP.HCM", edition=EDITION_2024, level=Level.PROVINCE).code
    '79'
    >>> found = resolve("Quảng Nam", edition=EDITION_2025, level=Level.PROVINCE)
    >>> found.code, str(found.method)
    ('48', 'predecessor')
    >>> resolve("Châu Thành", edition=EDITION_2024, level=Level.DISTRICT).code is None
    True
    """
    areas(edition, level)  # refuses what does not exist
    return match_all([(cell_value(name), cell_value(parent))], edition, Level(level), lang)[0]


def resolve_many(
    names: Iterable[object],
    parents: Iterable[object] | None = None,
    *,
    edition: str,
    level: Level,
    lang: Lang = "vi",
) -> pd.DataFrame:
    """Match a column of names.

    Parameters
    ----------
    names
        Names or codes as a table gives them.
    parents
        What each lies in; None where the table does not say.
    edition, level
        Where the areas are.
    lang
        Language of the notes.

    Returns
    -------
    DataFrame
        One row per name, on its index: area_code (None where there is none), match_method,
        match_note, suggestions (areas). Among names, a number with fewer digits than a district or
        commune code has is not taken for a code.

    Raises
    ------
    UnknownEdition, UnknownLevel
        Where edition or level do not exist.
    ValueError
        Where there are not as many parents as names.
    """
    areas(edition, level)
    return match_columns(names, parents, edition, Level(level), lang)
