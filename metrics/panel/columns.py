"""The columns of a panel."""

from __future__ import annotations

from typing import Final

NAMES: Final = ("name_vi", "name_en")
PLACE_COLUMNS: Final = ("code", *NAMES)
FIGURE_COLUMNS: Final = (
    "value",
    "category",
    "state",
    "period_start",
    "period_end",
    "grain",
    "period_text",
    "qualifier",
    "numerator",
    "denominator",
    "origin",
    "locator",
    "note",
    "dataset",
)
PANEL_COLUMNS: Final = (*PLACE_COLUMNS, *FIGURE_COLUMNS, "rank", "aside", "n_alternatives")
TEXT_COLUMNS: Final = tuple(
    column
    for column in FIGURE_COLUMNS
    if column not in ("value", "numerator", "denominator", "period_start", "period_end")
)
