"""The rows of an export: what is known of a figure, in one flat row that can be cited alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from base.reading import bounded, cell, mapped, plain_number
from base.words import DEFAULT_LANG, Lang, pick, t
from geo.editions import EDITION_2025, Level, area, has_area, path
from metrics.catalog import Catalog, Origin
from metrics.observations import NUMBER_COLUMNS
from metrics.store import DATE_COLUMNS, Store

EXPORT_COLUMNS: Final = (
    "dataset",
    "simulated",
    "indicator_id",
    "indicator",
    "role",
    "edition",
    "level",
    "area_code",
    "area_name",
    "province_code",
    "period_start",
    "period_end",
    "grain",
    "period_text",
    "value",
    "category",
    "state",
    "unit",
    "numerator",
    "denominator",
    "qualifier",
    "origin_ids",
    "origins",
    "origin_urls",
    "locator",
    "note",
)
# Of a view there is more to say: the place of each row, and whether the map shows it.
VIEW_COLUMNS: Final = (*EXPORT_COLUMNS, "rank", "shown")
# Where the map draws a number that is made of the figure, that number.
MEASURE_COLUMNS: Final = (*VIEW_COLUMNS, "drawn_value", "drawn_unit", "drawn_as")
RANK_COLUMNS: Final = ("rank",)
FLOAT_COLUMNS: Final = (*NUMBER_COLUMNS, "drawn_value")
FLAG_COLUMNS: Final = ("simulated", "shown")
# Between several values of one cell.
SEPARATOR: Final = "; "


def export_rows(
    store: Store, rows: pd.DataFrame, lang: Lang = DEFAULT_LANG, simulated: bool | None = None
) -> pd.DataFrame:
    """Turn observations into the rows of an export, with numbers as numbers and dates as dates.

    Parameters
    ----------
    rows
        Observations as `Store.observations` gives them. ``origin`` may name several, joined by
        `SEPARATOR`; where it does, ``locator`` speaks for all of them.
    simulated
        Whether the figures are made up; None to look at their datasets.

    Returns
    -------
    pd.DataFrame
        `EXPORT_COLUMNS`, and those of `VIEW_COLUMNS` that the rows have. Missing text is "".
    """
    catalog = store.catalog
    made = rows.rename(columns={"indicator": "indicator_id", "area": "area_code"})
    made["indicator"] = mapped(
        rows["indicator"], lambda id_: pick(catalog.indicator(id_).title, lang)
    )
    made["unit"] = mapped(rows["indicator"], lambda id_: pick(catalog.indicator(id_).unit, lang))
    place = _pairs(rows, "edition", "area")
    made["area_name"] = mapped(place, lambda pair: area_name(*pair, lang))
    made["province_code"] = mapped(place, lambda pair: province_code(*pair))
    made["simulated"] = _simulated(store, rows) if simulated is None else simulated
    made["origin_ids"] = rows["origin"]
    told = mapped(rows["origin"], lambda ids: sources_text(catalog, ids, lang))
    found = zip(told, rows["locator"].tolist(), strict=True)
    made["origins"] = [f"{a}; {b}" if a and b else a or b for a, b in found]
    made["origin_urls"] = mapped(rows["origin"], lambda ids: _addresses(catalog, ids))
    columns = [column for column in VIEW_COLUMNS if column in made]
    return made[columns].reset_index(drop=True)


def text_cells(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Write rows of `export_rows` as the text cells of a CSV file, formula-like text neutralised.

    Returns
    -------
    dict
        Column to its texts.
    """
    made: dict[str, np.ndarray] = {}
    for column in rows:
        if column in (*FLOAT_COLUMNS, *RANK_COLUMNS):
            made[str(column)] = mapped(rows[column].astype(float), plain_number)
        elif column in DATE_COLUMNS:
            made[str(column)] = mapped(
                rows[column], lambda day: "" if pd.isna(day) else f"{day:%Y-%m-%d}"
            )
        elif column in FLAG_COLUMNS:
            made[str(column)] = np.where(rows[column].astype(bool), "true", "false").astype(object)
        else:
            made[str(column)] = mapped(rows[column], cell)
    return made


def json_cells(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Write rows of `export_rows` as JSON has them: what is missing is None, texts are as they are.

    Returns
    -------
    dict
        Column to its values.
    """
    return {str(column): _json_values(rows[column]) for column in rows}


def _json_values(column: pd.Series) -> np.ndarray:
    if column.name in DATE_COLUMNS:
        return mapped(column, lambda day: None if pd.isna(day) else f"{day:%Y-%m-%d}")
    if column.name in (*FLOAT_COLUMNS, *RANK_COLUMNS):
        return mapped(column.astype(float), json_number)
    if column.name in FLAG_COLUMNS:
        return mapped(column.astype(bool), bool)
    return mapped(column, lambda text: bounded(text) or None)


def json_number(value: float) -> float | int | None:
    """Write a number as JSON has it: whole ones without a point, None where there is none."""
    if pd.isna(value):
        return None
    text = plain_number(value)
    return float(text) if "." in text else int(text)


def is_simulated(store: Store) -> bool:
    """Say whether figures of a store are made up."""
    return bool(store.datasets()["simulated"].any())


@lru_cache(maxsize=8192)
def area_name(edition: str, code: str, lang: Lang = DEFAULT_LANG) -> str:
    """Return the name of an area; edition "" is the country's series."""
    place = area(edition or EDITION_2025, code)
    return place.name_vi if lang == "vi" else place.name_en


@lru_cache(maxsize=8192)
def province_code(edition: str, code: str) -> str:
    """Return the code of the province that an area is or lies in; "" above provinces."""
    if not edition or not has_area(edition, code):
        return ""
    above = [place for place in path(area(edition, code)) if place.level is Level.PROVINCE]
    return above[0].code if above else ""


def source_text(origin: Origin, lang: Lang = DEFAULT_LANG) -> str:
    """Say in one line who published what and when, and how that date is known."""
    kind = t(f"export.date.{origin.date_published_kind}", lang)
    date = f"{origin.date_published or ''} {kind}".strip()
    return f"{pick(origin.producer, lang)}: {pick(origin.title, lang)} ({date})"


def sources_text(catalog: Catalog, ids: str, lang: Lang = DEFAULT_LANG) -> str:
    """Say in one line where a figure is from."""
    return SEPARATOR.join(source_text(catalog.origin(id_), lang) for id_ in split_ids(ids))


def split_ids(ids: str) -> list[str]:
    """Take the origins of a row apart."""
    return [id_ for id_ in ids.split(SEPARATOR) if id_]


def join_ids(ids: Iterable[str]) -> str:
    """Put the origins of a row together, each once."""
    return SEPARATOR.join(dict.fromkeys(id_ for id_ in ids if id_))


def _addresses(catalog: Catalog, ids: str) -> str:
    origins = [catalog.origin(id_) for id_ in split_ids(ids)]
    return SEPARATOR.join(dict.fromkeys(o.url or o.document or "" for o in origins)).strip(
        SEPARATOR
    )


def _simulated(store: Store, rows: pd.DataFrame) -> pd.Series:
    known = store.datasets().set_index("id")["simulated"]
    return rows["dataset"].map(known).fillna(False).astype(bool)


def _pairs(rows: pd.DataFrame, first: str, second: str) -> pd.Series:
    found = zip(rows[first].tolist(), rows[second].tolist(), strict=True)
    return pd.Series(list(found), index=rows.index, dtype=object)
