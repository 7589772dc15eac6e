"""The figures that come with the app: what is in data/, checked, and the key it is known by."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import pandas as pd

from metrics.catalog import CatalogError, load_catalog
from metrics.observations import (
    OBSERVATION_COLUMNS,
    ObservationError,
    Problem,
    read_observations,
    validate,
)
from metrics.store.generations import StoreError
from metrics.store.tables import SCHEMA_VERSION

# Everything that the stored rows depend on. Under 4 MB in all: hashing it takes milliseconds.
KEYED: Final = (
    ("indicators", "*.yaml"),
    ("origins", "*.yaml"),
    ("observations", "*.csv"),
)


def shipped_key(data_dir: Path) -> str:
    """Return the SHA-256 of the shipped figures and of the form that they are stored in."""
    digest = hashlib.sha256(f"schema {SCHEMA_VERSION}\n".encode())
    for folder, pattern in KEYED:
        for path in sorted((data_dir / folder).glob(pattern)):
            content = path.read_bytes()
            digest.update(f"{folder}/{path.name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def read_shipped(data_dir: Path) -> pd.DataFrame:
    """Read and check all shipped observations.

    Raises
    ------
    StoreError
        If any file breaks the observation schema; ``problems`` lists all that was found.
    """
    try:
        catalog = load_catalog(data_dir)
    except CatalogError as error:
        raise StoreError("not_loaded", [error], folder=data_dir) from error
    paths = sorted((data_dir / "observations").glob("*.csv"))
    if not paths:
        raise StoreError("no_observations", folder=data_dir / "observations")
    frames: list[pd.DataFrame] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            frames.append(read_observations(path))
        except ObservationError as error:
            problems.extend(error.problems)
    frame = pd.concat(frames) if frames else pd.DataFrame(columns=list(OBSERVATION_COLUMNS))
    problems.extend(validate(frame, catalog) if frames else ())
    if problems:
        raise StoreError("not_loaded", problems, folder=data_dir)
    return frame
