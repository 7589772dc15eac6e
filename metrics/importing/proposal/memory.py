"""Mappings kept for the next table of the same shape."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final

from metrics.catalog import Catalog
from metrics.importing.cells import Block, ImportRefused
from metrics.importing.mapping import (
    Mapping,
    check_columns,
    columns_of,
    mapping_from,
    read_fields,
    shape_of,
    write_columns,
)
from metrics.importing.proposal.propose import propose
from metrics.store import home_of

MAPPINGS: Final = "mappings"
# What was said of the cells of one table.
_SAID: Final = ("scale", "suffixed", "slashed")


def mappings_folder(home: Path | None = None) -> Path:
    """Return the folder of remembered mappings."""
    return home_of(home) / MAPPINGS


def remember(mapping: Mapping, block: Block, team: str = "", home: Path | None = None) -> None:
    """Keep what the columns are for the next table of the same shape, and for the same team.

    Nothing else is kept: edition, province, period, scale and decimal mark are read anew. Spellings
    accepted by hand are not in it either: the store keeps those, with who accepted them.
    """
    kept = kept_columns(mapping, block)
    write_columns(kept, mappings_folder(home) / f"{_stem(block, team)}.yaml")


def kept_columns(mapping: Mapping, block: Block) -> dict[str, Any]:
    """Return what is kept of a mapping for another table: what the columns are."""
    kept = columns_of(mapping.model_copy(update={"places": {}, "settled": ()}), block)
    kept.pop("serial_days", None)
    kept["measures"] = [{k: v for k, v in m.items() if k not in _SAID} for m in kept["measures"]]
    return kept


def remembered(
    block: Block, catalog: Catalog, team: str = "", home: Path | None = None
) -> Mapping | None:
    """Return what is proposed for a table, its columns as they were last used for this shape.

    None where there is nothing kept. What no longer fits (a column that is gone, a file spoilt by
    hand, or kept by an older version with more than the columns) is passed over.
    """
    path = mappings_folder(home) / f"{_stem(block, team)}.yaml"
    if not path.exists() and team.isalnum():
        path = path.with_name(f"{team[:40]}-{shape_of(block)}.yaml")  # as it was called before
    if not path.exists():
        return None
    try:
        kept = read_fields(path)
        if not isinstance(kept, dict) or "edition" in kept:
            return None
        return put_columns(kept, block, catalog, path.name)
    except ImportRefused:
        return None


def put_columns(kept: dict[str, Any], block: Block, catalog: Catalog, file: str) -> Mapping:
    """Propose a mapping for a table, its columns as they are kept.

    Raises
    ------
    ImportRefused
        If what is kept does not fit the table.
    """
    place = kept.get("place")
    start = propose(block, catalog, {"place": place} if isinstance(place, str) else {})
    found = mapping_from(start, kept, block, file)
    check_columns(found, block, file)
    measures = tuple(m.model_copy(update={"role_said": False}) for m in found.measures)
    return found.model_copy(update={"settled": (), "measures": measures})


def _stem(block: Block, team: str) -> str:
    # Any name of a team makes a plain name of a file, and two teams never make the same.
    hashed = hashlib.sha256(team.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    return f"{hashed}-{shape_of(block)}" if team else shape_of(block)
