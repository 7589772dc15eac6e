"""What a person has said of a table, put in the place of what was read from it."""

from __future__ import annotations

from collections.abc import Mapping as Said
from typing import Any, Final

from metrics.catalog import Catalog
from metrics.importing.blocks import Block
from metrics.importing.mapping import Mapping, mapping_from
from metrics.importing.propose import propose

# What the rest of a proposal is worked out by.
HINTS: Final = ("place", "edition", "level", "within")


def settled(
    block: Block,
    catalog: Catalog,
    said: Said[str, Any],
    file: str,
    start: Mapping | None = None,
) -> Mapping:
    """Propose a mapping by what a person has said; what is said is settled.

    Parameters
    ----------
    said
        Fields of a mapping, with ``settled`` for those that the evidence does not outweigh, and
        ``scales``: what the numbers of columns are multiplied by.
    start
        The mapping to begin with, where nothing is said that the rest depends on.

    Raises
    ------
    ImportRefused
        If what is said makes no sense.
    """
    told = {name: value for name, value in said.items() if name != "scales"}
    hints: dict[str, Any] = {name: told[name] for name in HINTS if name in told}
    if start is None or hints:
        start = propose(block, catalog, hints)
    found = mapping_from(start, told, block, file) if told else start
    if "period" in found.settled:
        measures = tuple(m.model_copy(update={"period": None}) for m in found.measures)
        found = found.model_copy(update={"measures": measures})
    return with_scales(found, said.get("scales") or {}, block, file)


def with_scales(mapping: Mapping, scales: Said[str, Any], block: Block, file: str) -> Mapping:
    """Multiply the numbers of columns by what a person has said."""
    if not scales:
        return mapping
    fields = mapping.model_dump(mode="json")
    for measure in fields["measures"]:
        if times := scales.get(measure["column"]):
            measure["scale"] = int(times) if str(times).isdigit() else times
    return mapping_from(mapping, {"measures": fields["measures"]}, block, file)
