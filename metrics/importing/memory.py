"""Mappings kept for the next table of the same shape."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from metrics.importing.blocks import Block
from metrics.importing.limits import ImportRefused
from metrics.importing.mapping import Mapping, check_columns, read_mapping, shape_of, write_mapping
from metrics.importing.propose import carried_to
from metrics.store import home_of

MAPPINGS: Final = "mappings"


def mappings_folder(home: Path | None = None) -> Path:
    """Return the folder of remembered mappings."""
    return home_of(home) / MAPPINGS


def remember(mapping: Mapping, block: Block, team: str = "", home: Path | None = None) -> None:
    """Keep a mapping for the next table of the same shape, and for the same team.

    Spellings accepted by hand are not in it: the store keeps those, with who accepted them.
    """
    kept = mapping.model_copy(update={"places": {}, "made_for": block.columns})
    write_mapping(kept, mappings_folder(home) / f"{_stem(block, team)}.yaml")


def remembered(block: Block, team: str = "", home: Path | None = None) -> Mapping | None:
    """Return the mapping last used for a table of this shape; None where there is none.

    Columns are told by their position, since their names may hold another month. What the table
    itself says of its time takes the place of the time of the table before. A mapping that no
    longer fits (an edition that is gone, a file spoilt by hand) is passed over.
    """
    path = mappings_folder(home) / f"{_stem(block, team)}.yaml"
    if not path.exists():
        return None
    try:
        found = read_mapping(path)
        if len(found.made_for) == len(block.columns):
            found = carried_to(found, block)
        check_columns(found, block, path.name)
    except ImportRefused:
        return None
    return found


def _stem(block: Block, team: str) -> str:
    safe = "".join(char for char in team if char.isalnum())[:40]
    return f"{safe}-{shape_of(block)}" if safe else shape_of(block)
