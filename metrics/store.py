"""The store of observations: opened read-only, filled from data/ when that has changed.

``ensure_store`` is for the start of a process, ``current_store`` for every use after that.
"""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from metrics.catalog import DATA_DIR
from metrics.generations import BrokenPointerError, DamagedError, Generations, StoreError
from metrics.queries import Store, open_file
from metrics.shipped import read_shipped, shipped_key
from metrics.tables import REAL_FILES, SHIPPED_ID, SIMULATED_FILES, Dataset
from metrics.writing import put_dataset, put_nothing

__all__ = [
    "SHIPPED_ID",
    "Dataset",
    "Mode",
    "Store",
    "StoreError",
    "current_store",
    "ensure_store",
    "generations_of",
]

Mode = Literal["real", "simulated"]
REAL: Final = "real"
HOME_VARIABLE: Final = "ATLAS_HOME"
SHIPPED_TITLE: Final = "Số liệu kèm theo Atlas 06"
# Simulated figures have their own files, whose names say so.
PREFIXES: Final[dict[str, str]] = {REAL: REAL_FILES, "simulated": SIMULATED_FILES}

_opened: dict[Generations, tuple[tuple[int, int, int] | None, Store]] = {}
_opening = threading.Lock()


def generations_of(mode: Mode = "real", home: Path | None = None) -> Generations:
    """Return the folder of generations of a mode.

    Parameters
    ----------
    mode
        ``real`` or ``simulated``: the two never share a file.
    home
        Folder for what the app writes; by default ``ATLAS_HOME``, else ``var`` beside the code.
    """
    if mode not in PREFIXES:
        raise StoreError(f"mode is {mode!r}; allowed: {', '.join(PREFIXES)}.")
    return Generations(home_of(home) / "store", PREFIXES[mode])


def home_of(home: Path | None = None) -> Path:
    """Return the folder for what the app writes: ``ATLAS_HOME``, else ``var`` beside the code."""
    return home or Path(os.environ.get(HOME_VARIABLE) or Path(__file__).parents[1] / "var")


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
            generations.repair(_is_usable, str(error))
            store = _open_holding(generations, data_dir, key)
        if store is not None:
            return store
        if mode == REAL:
            put_dataset(generations, _shipped(key), read_shipped(data_dir))
        else:
            put_nothing(generations)
    return _open_current(generations, data_dir) or ensure_store(mode, home=home, data_dir=data_dir)


def current_store(
    mode: Mode = "real", *, home: Path | None = None, data_dir: Path = DATA_DIR
) -> Store:
    """Return the store of this process, newly opened only if a new generation is in force.

    Costs one ``stat`` call where nothing has changed. All threads get the same object; a caller
    that holds an older one can go on reading it.
    """
    generations = generations_of(mode, home)
    signature = generations.signature()
    held = _opened.get(generations)
    if held is not None and signature is not None and held[0] == signature:
        return held[1]
    with _opening:
        held, signature = _opened.get(generations), generations.signature()
        while held is None or signature is None or held[0] != signature:
            store = ensure_store(mode, home=home, data_dir=data_dir)
            signature = generations.signature()
            # A swap since the opening shows here: then open again.
            in_force = generations.current()
            if in_force is not None and in_force.stem == store.generation:
                held = (signature, store)
                _opened[generations] = held
        return held[1]


def _shipped(key: str) -> Dataset:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Dataset(id=SHIPPED_ID, title=SHIPPED_TITLE, owner="", time=now, sha256=key, rows=0)


def _open_holding(generations: Generations, data_dir: Path, key: str) -> Store | None:
    """Open the generation in force if it holds the shipped figures of this key, or needs none."""
    store = _open_current(generations, data_dir)
    if store is None:
        return None
    datasets = store.datasets()
    found = (datasets["id"] == SHIPPED_ID) & (datasets["sha256"] == key)
    return store if not key or found.any() else None


def _open_current(generations: Generations, data_dir: Path) -> Store | None:
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
    raise StoreError(f"The store in {generations.folder} changes faster than it can be opened.")


def _is_usable(path: Path) -> bool:
    try:
        store = open_file(path)
        store.datasets(), store.observations()
        store.close()
    except DamagedError:
        return False
    return True
