"""The store of observations: opened read-only, filled from data/ when that has changed.

``ensure_store`` is for the start of a process, ``current_store`` for every use after that.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from base.folders import ROOT
from base.words import DEFAULT_LANG, t
from metrics.catalog import DATA_DIR
from metrics.store.answers import Answers
from metrics.store.database_url import database_url
from metrics.store.duck import is_usable
from metrics.store.generations import (
    BrokenPointerError,
    Damage,
    DamagedError,
    Generations,
    StoreError,
    UnreachableError,
)
from metrics.store.queries import Store, open_file
from metrics.store.shipped import read_shipped, shipped_key
from metrics.store.tables import REAL_FILES, SHIPPED_ID, SIMULATED_FILES, Dataset
from metrics.store.versions import Versions
from metrics.store.writing import put_dataset, put_nothing

__all__ = [
    "SHIPPED_ID",
    "Dataset",
    "Mode",
    "Outage",
    "Store",
    "StoreError",
    "current_store",
    "damage",
    "damage_note",
    "ensure_store",
    "generations_of",
    "open_in_force",
    "outage",
]

Mode = Literal["real", "simulated"]
REAL: Final = "real"
HOME_VARIABLE: Final = "ATLAS_HOME"
# Simulated figures have their own files, whose names say so.
PREFIXES: Final[dict[str, str]] = {REAL: REAL_FILES, "simulated": SIMULATED_FILES}

_opened: dict[Versions, tuple[Any, Store]] = {}
_outages: dict[Versions, Outage] = {}
_opening = threading.Lock()
# Who is in the middle of a page goes on with answers of the generation that the page began with:
# they are let go of after so long, or when so many newer ones have come.
GRACE_S: Final = 60.0
RETIRED_KEPT: Final = 2
_retired: deque[tuple[float, Answers]] = deque()
_retiring = threading.Lock()


def generations_of(mode: Mode = "real", home: Path | None = None) -> Versions:
    """Return where the generations of a mode are: a folder, or the database of the environment.

    Parameters
    ----------
    mode
        ``real`` or ``simulated``: the two never share a file.
    home
        Folder for what the app writes; by default ``ATLAS_HOME``, else ``var`` beside the code.
    """
    if mode not in PREFIXES:
        raise StoreError("mode", mode=mode, allowed=", ".join(PREFIXES))
    if url := database_url():
        from metrics.store.postgres import Database  # noqa: PLC0415 (its driver costs every start)

        return Database(url, PREFIXES[mode])
    return Generations(home_of(home) / "store", PREFIXES[mode])


def home_of(home: Path | None = None) -> Path:
    """Return the folder for what the app writes: ``ATLAS_HOME``, else ``var`` beside the code."""
    return home or Path(os.environ.get(HOME_VARIABLE) or ROOT / "var")


def ensure_store(
    mode: Mode = "real", *, home: Path | None = None, data_dir: Path = DATA_DIR
) -> Store:
    """Open the store, first filling it from data/ if data/ has changed since.

    Of several processes that start at once, one fills it and the others wait. Datasets other than
    the shipped one are carried over untouched.

    Parameters
    ----------
    mode, home
        See `generations_of`.
    data_dir
        The folder with ``indicators``, ``origins`` and ``observations``.

    Returns
    -------
    Store
        The generation now in force.

    Raises
    ------
    StoreError
        If the figures in data/ are wrong (``problems`` lists how), or the store cannot be written.
        What was in force before still is.
    """
    generations = generations_of(mode, home)
    key = shipped_key(data_dir) if mode == REAL else ""
    try:
        if store := _open_holding(generations, data_dir, key):
            return store
    except (BrokenPointerError, DamagedError):
        pass  # repaired below, by one process alone
    with generations.writing():
        try:
            store = _open_holding(generations, data_dir, key)
        except (BrokenPointerError, DamagedError) as error:
            if not isinstance(generations, Generations):
                raise
            generations.repair(is_usable, str(error))
            store = _open_holding(generations, data_dir, key)
        if store is not None:
            return store
        if mode == REAL:
            put_dataset(generations, _shipped(key), read_shipped(data_dir))
        else:
            put_nothing(generations)
    return open_in_force(generations, data_dir) or ensure_store(mode, home=home, data_dir=data_dir)


def current_store(
    mode: Mode = "real", *, home: Path | None = None, data_dir: Path = DATA_DIR
) -> Store:
    """Return the store of this process, newly opened only if a new generation is in force.

    Costs one ``stat`` call, or one question to the database, where nothing has changed. All threads
    get the same object; a caller that holds an older one can go on reading it.

    While a database does not answer, the store that was opened last is returned: what it holds in
    memory can still be shown, and `outage` tells that it may be out of date.
    """
    generations = generations_of(mode, home)
    if _retired:
        _let_go()
    try:
        store = _newest(generations, mode, home, data_dir)
    except UnreachableError as error:
        held = _opened.get(generations)
        if held is None:
            raise
        _outages.setdefault(generations, Outage(datetime.now(UTC), str(error)))
        return held[1]
    _outages.pop(generations, None)
    return store


@dataclass(frozen=True, slots=True)
class Outage:
    """A database that does not answer, while what was read of it before is shown.

    Attributes
    ----------
    since
        When it was first noticed.
    reason
        What was found, without anything secret.
    """

    since: datetime
    reason: str


def damage(mode: Mode = "real", *, home: Path | None = None) -> Damage | None:
    """Tell what of the store was found damaged last, until somebody removes the note of it."""
    generations = generations_of(mode, home)
    return generations.damage() if isinstance(generations, Generations) else None


def damage_note(mode: Mode = "real", *, home: Path | None = None) -> Path | None:
    """Return the file that the note of damage is in; None where the store is in a database."""
    generations = generations_of(mode, home)
    return generations.damage_note if isinstance(generations, Generations) else None


def outage(mode: Mode = "real", *, home: Path | None = None) -> Outage | None:
    """Tell whether the store returned last may be out of date, because its database is away."""
    return _outages.get(generations_of(mode, home)) if _outages else None


def _newest(generations: Versions, mode: Mode, home: Path | None, data_dir: Path) -> Store:
    signature = generations.signature()
    held = _opened.get(generations)
    if held is not None and held[1].is_damaged and isinstance(generations, Generations):
        _look_at(generations, held[1])
    elif held is not None and signature is not None and held[0] == signature:
        return held[1]
    with _opening:
        held, signature = _opened.get(generations), generations.signature()
        if held is not None and signature is not None and held[0] == signature:
            return held[1]
        store = ensure_store(mode, home=home, data_dir=data_dir)
        # Opened once, whatever else was put in force meanwhile: a reader beside writers who do not
        # pause would never be answered. What was asked before the opening is then asked again.
        after = generations.signature()
        if signature is None or generations.in_force() == store.generation:
            signature = after
        if not isinstance(generations, Generations):
            store.read_ahead()
        if held is not None and held[1] is not store:
            _retire(held[1].answers)
        _opened[generations] = (signature, store)
        return store


def _retire(answers: Answers) -> None:
    with _retiring:
        _retired.append((time.monotonic() + GRACE_S, answers))
    _let_go()


def _let_go() -> None:
    """Close the answers of generations whose time is over."""
    with _retiring:
        while _retired and (len(_retired) > RETIRED_KEPT or _retired[0][0] <= time.monotonic()):
            _retired.popleft()[1].close()


def _look_at(generations: Generations, damaged: Store) -> None:
    """Put the newest whole generation in force, if that is not done since a store was opened."""
    with generations.writing():
        if (held := _opened.get(generations)) is not None and held[1] is damaged:
            generations.repair(is_usable, f"{damaged.generation} is damaged.")
            del _opened[generations]
            damaged.answers.close()


def open_in_force(generations: Versions, data_dir: Path = DATA_DIR) -> Store | None:
    """Open the generation in force; None where there is none, or one of older tables.

    Raises
    ------
    StoreError
        If it cannot be read; see `queries.open_file` and `postgres.Database.open`.
    """
    if not isinstance(generations, Generations):
        key = "" if generations.prefix == SIMULATED_FILES else shipped_key(data_dir)
        return generations.open(data_dir, key)
    for _ in range(5):
        path = generations.current()
        if path is None:
            return None
        try:
            return open_file(path, data_dir)
        except DamagedError:
            # Pruned between our look at the pointer and the opening: the pointer has moved on.
            if path.exists():
                raise
    raise StoreError("restless", folder=generations.folder)


def _shipped(key: str) -> Dataset:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Dataset(
        id=SHIPPED_ID,
        title=t("datasets.shipped", DEFAULT_LANG),
        owner="",
        time=now,
        sha256=key,
        rows=0,
    )


def _open_holding(generations: Versions, data_dir: Path, key: str) -> Store | None:
    """Open the generation in force if it holds the shipped figures of this key, or needs none."""
    store = open_in_force(generations, data_dir)
    if store is None:
        return None
    datasets = store.datasets()
    found = (datasets["id"] == SHIPPED_ID) & (datasets["sha256"] == key)
    return store if not key or found.any() else None
