"""What a person has said of a table, put in the place of what was read from it."""

from __future__ import annotations

from collections.abc import Mapping as Said
from typing import Any, Final

from metrics.catalog import Catalog
from metrics.importing.cells import Block
from metrics.importing.mapping import (
    Mapping,
    Measure,
    Time,
    is_relative,
    mapping_from,
    relative_period,
)
from metrics.importing.proposal.propose import propose

# What the rest of a proposal is worked out by.
HINTS: Final = ("place", "edition", "level", "within")
# What is said of columns, by their names.
EACH: Final = ("scales", "roles", "periods", "suffixes", "slashes")


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
        of columns, by their names, ``scales`` (what numbers are multiplied by), ``roles``,
        ``periods``, ``suffixes`` and ``slashes`` (what "10k" and "80/100" are).
    start
        The mapping to begin with, where nothing is said that the rest depends on.

    Raises
    ------
    ImportRefused
        If what is said makes no sense.
    """
    told = {name: value for name, value in said.items() if name not in EACH}
    hints: dict[str, Any] = {name: told[name] for name in HINTS if name in told}
    if start is None or hints:
        start = propose(block, catalog, hints)
    found = mapping_from(start, told, block, file) if told else start
    if "period" in found.settled:
        measures = tuple(_in_time(m, found.period) for m in found.measures)
        found = found.model_copy(update={"measures": measures})
    return _with_each(found, said, block, file)


def _in_time(measure: Measure, whole: Time | None) -> Measure:
    """Leave a column to the one period that was said, but where it is told by that: "Cùng kỳ"."""
    own = None
    if whole is not None and is_relative(measure.column):
        own = relative_period(measure.column, whole.period())
    return measure.model_copy(update={"period": Time.of(own) if own else None})


def _with_each(mapping: Mapping, said: Said[str, Any], block: Block, file: str) -> Mapping:
    """Put what was said of each column: what it is multiplied by, its role, its period."""
    scales, roles, periods, suffixes, slashes = (said.get(name) or {} for name in EACH)
    if not (scales or roles or periods or suffixes or slashes):
        return mapping
    measures = mapping.model_dump(mode="json")["measures"]
    for measure in measures:
        column = measure["column"]
        if times := scales.get(column):
            measure["scale"] = int(times) if str(times).isdigit() else times
        measure["role"] = roles.get(column, measure["role"])
        measure["role_said"] |= column in roles
        measure["period"] = periods.get(column, measure["period"])
        measure["suffixed"] = suffixes.get(column, measure["suffixed"])
        measure["slashed"] = slashes.get(column, measure["slashed"])
    return mapping_from(mapping, {"measures": measures}, block, file)
