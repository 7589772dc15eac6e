"""How a figure was carried from another edition, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from base.words import Lang, number, t
from geo.editions import Level, areas
from metrics.harmonise.notes import say


def carried_note(row: Mapping[Any, Any], lang: Lang) -> str:
    """Say how a figure was carried from another edition, which is named by its provinces.

    Parameters
    ----------
    row
        A row of a carried panel (`metrics.harmonise.HOW_COLUMNS`).
    """
    values = dict(row["note_values"])
    parts = row["parts"]
    if lang == "en" and "names" in values:
        values["names"] = ", ".join(part.name_en for part in parts)
    if lang == "en" and "missing" in values:
        values["missing"] = ", ".join(part.name_en for part in parts if not part.has_figure)
    if "edition" in values:
        n = len(areas(values["edition"], Level.PROVINCE))
        values["edition"] = t("edition.short", lang, n=number(n, lang))
    return say(row["note_key"], lang, values)
