"""Figures with their places and periods, put as observations with the cell of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from metrics.importing.cells import Block
from metrics.importing.mapping.mapping import Mapping
from metrics.importing.time import Period

# Beside the columns of an observation: where it was read.
PLACE_OF_CELL: Final = ("sheet", "row", "column")


def observations(
    frame: pd.DataFrame,
    block: Block,
    mapping: Mapping,
    periods: Sequence[Period | None],
    origin: str,
) -> pd.DataFrame:
    """Put figures, a row each, as observations; `periods` are those that their rows name."""
    at = frame["_at"].to_numpy()
    numbers = np.asarray(block.numbers, dtype=np.int64)[at]
    out = pd.DataFrame(
        {
            "indicator": frame["indicator"],
            "role": frame["role"],
            "edition": mapping.edition,
            "area": frame["area"],
            **_period_columns(periods, frame["period"].to_numpy()),
            "value": frame["value"].astype("float64"),
            "category": frame["category"],
            "state": "reported",
            "numerator": frame["numerator"].astype("float64"),
            "denominator": frame["denominator"].astype("float64"),
            "qualifier": frame["qualifier"],
            "origin": origin,
            "locator": _locators(block.sheet, numbers, frame["column"]),
            "note": _notes(block, mapping.note, at),
            "sheet": block.sheet,
            "row": numbers,
            "column": frame["column"],
        }
    )
    # Parts are kept where both are known.
    alone = out["numerator"].isna() != out["denominator"].isna()
    if alone.any():
        out.loc[alone, ["numerator", "denominator"]] = np.nan
    return out


def _period_columns(periods: Sequence[Period | None], ids: np.ndarray) -> dict[str, pd.Series]:
    """Write the periods of figures as text, each distinct one once."""
    texts = {
        "period_start": [p.start.isoformat() if p and p.start else "" for p in periods],
        "period_end": [p.end.isoformat() if p else "" for p in periods],
        "grain": [p.grain if p else "" for p in periods],
        "period_text": [p.text if p else "" for p in periods],
    }
    return {
        name: pd.Series(said, dtype="str").take(ids).reset_index(drop=True)
        for name, said in texts.items()
    }


def _locators(sheet: str, numbers: np.ndarray, columns: pd.Series) -> pd.Series:
    where = f"{sheet}!" if sheet else ""
    return where + pd.Series(numbers).astype("str") + " · " + columns.astype("str")


def _notes(block: Block, column: str | None, at: np.ndarray) -> pd.Series | str:
    if column is None:
        return ""
    notes = block.column(column)
    return pd.Series([str(notes[i] or "") for i in at], dtype="str")
