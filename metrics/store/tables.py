"""The tables of the store, and the form that observations have in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import ibis
import numpy as np
import pandas as pd

from base.words import Message
from geo.editions import COUNTRY_CODE, Level, areas, editions
from metrics.observations import NUMBER_COLUMNS, OBSERVATION_COLUMNS
from metrics.store.generations import StoreError

# Frames here are short and many, and Arrow's strings pay for each question with a call into its
# library: with Python's own, an export takes two thirds of the time, a profile three quarters.
pd.set_option("mode.string_storage", "python")

OBSERVATIONS: Final = "observations"
DATASETS: Final = "datasets"
RECORDS: Final = "records"
AUDIT: Final = "audit"
CHANGES: Final = "changes"
# When each write was made; see `stamps`.
WRITES: Final = "writes"
# Records of the catalog that belong to no dataset are owned by themselves.
OWN: Final = "record:"
# Version of the tables below; a change needs a step in `migrations`. Part of the key of the
# shipped figures, so that they are stored anew in the new form.
SCHEMA_VERSION: Final = 5

SHIPPED_ID: Final = "shipped"
SIMULATED_PREFIX: Final = "sim-"
# What the names of generations begin with.
REAL_FILES: Final = "gen"
SIMULATED_FILES: Final = "sim"

DATE_COLUMNS: Final = ("period_start", "period_end")

OBSERVATION_SCHEMA: Final = ibis.schema(
    {"dataset": "string", "level": "string"}
    | dict.fromkeys(OBSERVATION_COLUMNS, "string")
    | dict.fromkeys(NUMBER_COLUMNS, "float64")
    | dict.fromkeys(DATE_COLUMNS, "date")
)
DATASET_SCHEMA: Final = ibis.schema(
    {
        "id": "string",
        "title": "string",
        "owner": "string",
        "time": "string",
        "sha256": "string",
        "rows": "int64",
        "simulated": "boolean",
        "supersedes": "string",
        "team": "string",
        "file": "string",
        "withdrawn": "boolean",
        "private": "boolean",
    }
)
# Indicators and origins that came with datasets of users: records of the catalog, as JSON.
RECORD_SCHEMA: Final = ibis.schema(
    {"kind": "string", "id": "string", "dataset": "string", "record": "string"}
)
AUDIT_SCHEMA: Final = ibis.schema(
    {
        "time": "string",
        "actor": "string",
        "action": "string",
        "dataset": "string",
        "detail": "string",
    }
)
# What is said of a figure: if none of it changes, the figure has not.
SAID: Final = {"value": "float64", **dict.fromkeys(("category", "state", "qualifier"), "string")}
# Of each side of a change, also whose it is.
SIDE: Final = {**SAID, "origin": "string", "dataset": "string"}
# What each import has changed of what is published: see `log`.
CHANGES_SCHEMA: Final = ibis.schema(
    {"batch": "string", "number": "int64", "time": "string", "kind": "string", "n": "int64"}
    | dict.fromkeys(("indicator", "role", "edition", "level", "area"), "string")
    | dict.fromkeys(DATE_COLUMNS, "date")
    | dict.fromkeys(("grain", "period_text"), "string")
    | {f"{side}_{name}": type_ for side in ("before", "after") for name, type_ in SIDE.items()}
)
SCHEMAS: Final = {
    OBSERVATIONS: OBSERVATION_SCHEMA,
    DATASETS: DATASET_SCHEMA,
    RECORDS: RECORD_SCHEMA,
    AUDIT: AUDIT_SCHEMA,
    CHANGES: CHANGES_SCHEMA,
}
# Tables whose rows say since when they are known, each with the one of what is no longer so.
PAST: Final = {name: f"past_{name}" for name in (OBSERVATIONS, DATASETS, RECORDS)}
KNOWN_FROM: Final = "known_from"
KNOWN_UNTIL: Final = "known_until"


def _with(name: str, *columns: str) -> ibis.Schema:
    return ibis.schema(dict(SCHEMAS[name].items()) | dict.fromkeys(columns, "string"))


# All tables, as they are kept; those of `SCHEMAS` are what readers see of them.
STORED: Final = {
    **SCHEMAS,
    **{name: _with(name, KNOWN_FROM) for name in PAST},
    **{past: _with(name, KNOWN_FROM, KNOWN_UNTIL) for name, past in PAST.items()},
    WRITES: ibis.schema({"stamp": "string"}),
}
# The column that tells whose the rows of a table are.
OWNED_BY: Final = {OBSERVATIONS: "dataset", DATASETS: "id", RECORDS: "dataset"}
# The order rows are stored and exported in: of a kind together, the newest first.
STORED_AT_ONCE: Final = 200_000
STORED_ORDER: Final = (
    ("indicator", True),
    ("role", True),
    ("edition", True),
    ("level", True),
    ("area", True),
    ("period_end", False),
    ("grain", True),
    ("origin", True),
    ("locator", True),
    ("dataset", True),
)


@dataclass(frozen=True, slots=True)
class Dataset:
    """One load of observations.

    Parameters
    ----------
    id
        Stable name; begins with ``sim-`` if and only if the figures are simulated.
    title, owner
        For people to read. The shipped dataset has no owner.
    time
        When it was loaded, ISO 8601 in UTC.
    sha256
        Of the file or files it was read from.
    rows
        Number of observations.
    simulated
        Whether the figures are made up for trying things out.
    supersedes
        Id of the dataset that this one takes the place of, or "".
    team
        Whose it is; "" for the shipped dataset and on a personal install.
    file
        Name of the file it was read from; the file itself is kept by its sha256.
    withdrawn
        Whether it has been taken out of force; what it superseded is in force again.
    private
        Whether only its team sees it.
    """

    id: str
    title: str
    owner: str
    time: str
    sha256: str
    rows: int
    simulated: bool = False
    supersedes: str = ""
    team: str = ""
    file: str = ""
    withdrawn: bool = False
    private: bool = False


def in_force(datasets: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of the datasets whose figures count.

    Returns
    -------
    tuple of str
        Those that are not withdrawn and that no dataset in force supersedes, directly or through
        versions between.
    """
    before = dict(zip(datasets["id"], datasets["supersedes"].fillna(""), strict=True))
    withdrawn = set(datasets.loc[datasets["withdrawn"].fillna(value=False).astype(bool), "id"])
    superseded: set[str] = set()
    for id_, replaced in before.items():
        older = replaced
        while id_ not in withdrawn and older and older not in superseded:
            superseded.add(older)
            older = before.get(older, "")
    return tuple(id_ for id_ in before if id_ not in withdrawn and id_ not in superseded)


def published(datasets: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of the datasets whose figures everybody sees; see `in_force`."""
    hidden = datasets["private"].fillna(value=False).astype(bool)
    withdrawn = datasets["withdrawn"].fillna(value=False).astype(bool)
    return in_force(datasets.assign(withdrawn=hidden | withdrawn))


def stored_pieces(frame: pd.DataFrame, dataset: str) -> Iterator[pd.DataFrame]:
    """Bring validated observations into the form of the store's table, piece by piece.

    Parameters
    ----------
    frame
        Observations with the columns of `OBSERVATION_COLUMNS`, one row each.
    dataset
        Id of the dataset they belong to.

    Returns
    -------
    iterator of pd.DataFrame
        In `STORED_ORDER`. The columns of `OBSERVATION_SCHEMA`; missing text is "", so that it is
        never mistaken for a value; missing numbers are NaN and missing dates NaT. Level comes from
        the area.

    Raises
    ------
    StoreError
        If an area is not one of its edition.
    """
    order = _order(frame)
    starts = range(0, len(order), STORED_AT_ONCE)
    return (_stored(frame.iloc[order[at : at + STORED_AT_ONCE]], dataset) for at in starts)


def _order(frame: pd.DataFrame) -> np.ndarray:
    """Return the positions of rows in the order that they are stored in."""
    levels = _levels(frame)
    ranks = np.zeros(len(frame), dtype=np.int64)
    for name, ascending in STORED_ORDER:
        if name == "dataset" or ranks.max(initial=-1) + 1 == len(frame):
            break  # of all rows the same; or no two are alike any more
        texts = (levels if name == "level" else frame[name]).astype("str").fillna("")
        ids, known = pd.factorize(texts, sort=True)
        if len(known) > 1:
            ids = ids if ascending else len(known) - 1 - ids
            ranks, _ = pd.factorize(ranks * len(known) + ids, sort=True)
    return np.argsort(ranks, kind="stable")


def _stored(frame: pd.DataFrame, dataset: str) -> pd.DataFrame:
    text = [
        column for column in OBSERVATION_COLUMNS if column not in (*NUMBER_COLUMNS, *DATE_COLUMNS)
    ]
    form = frame[list(OBSERVATION_COLUMNS)]
    form[text] = form[text].astype("str").fillna("")
    for column in NUMBER_COLUMNS:
        form[column] = pd.to_numeric(form[column]).astype("float64")
    for column in DATE_COLUMNS:
        form[column] = pd.to_datetime(form[column].replace("", None))
    form["state"] = form["state"].replace("", "reported")
    form["dataset"] = dataset
    form["level"] = _levels(form)
    return form[list(OBSERVATION_SCHEMA.names)].reset_index(drop=True)


@cache
def _level_of() -> dict[str, str]:
    """Return the level of every area there is, by its edition and its code."""
    return {f" {COUNTRY_CODE}": str(Level.COUNTRY)} | {
        f"{edition.id} {area.code}": str(area.level)
        for edition in editions()
        for area in areas(edition.id)
        if area.level is not Level.COUNTRY
    }


def _levels(form: pd.DataFrame) -> pd.Series:
    keys = form["edition"].fillna("") + " " + form["area"]
    levels = pd.Series(map(_level_of().get, keys), form.index, "str")
    if levels.isna().any():
        unknown = form.loc[levels.isna(), ["edition", "area"]].drop_duplicates()
        named = [
            Message("store.area_in_edition", {"area": row["area"], "edition": row["edition"]})
            for row in unknown.to_dict("records")
        ]
        raise StoreError("unknown_areas", named, country=COUNTRY_CODE)
    return levels
