"""What a reader changed in the form of a table, kept while an answer changes the proposal."""

from __future__ import annotations

from collections.abc import Mapping as Said
from dataclasses import dataclass, field
from typing import Any, Final

from metrics.importing import Mapping, Measure

# The map and the columns of places are proposed together: an answer about one settles them all.
OF_MAP: Final = ("edition", "level", "place", "parent", "parent_rows", "within")
FIELDS: Final = (
    *OF_MAP,
    *("period_column", "period", "indicator_column", "indicators", "note", "decimal", "categories"),
)
OF_COLUMN: Final = (
    *("indicator", "period", "numerator", "denominator", "qualifier", "scale"),
    *("role", "role_said"),
)
# What an answer about columns, by their names, is kept under: the field that it says.
SAID_OF: Final = {"scales": "scale", "roles": "role", "periods": "period"}


@dataclass(frozen=True, slots=True)
class Edits:
    """Changes against a proposal.

    Attributes
    ----------
    fields
        Of the mapping.
    columns
        The columns of figures, where others were chosen.
    measures
        By column, fields of its measure.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] | None = None
    measures: dict[str, dict[str, Any]] = field(default_factory=dict)

    def after(self, start: Mapping, found: Mapping) -> Edits:
        """Return the changes once a form that began with `start` says `found`."""
        fields = _changed(self.fields, start, found, FIELDS)
        before = {m.column: m for m in start.measures}
        now = {m.column: m for m in found.measures}
        columns = self.columns if self.columns == tuple(now) else None
        if set(now) != set(before):
            columns = tuple(now)
        measures = {
            column: changed
            for column, m in now.items()
            if (
                changed := _changed(
                    self.measures.get(column, {}),
                    before.get(column, Measure(column=column)),
                    m,
                    OF_COLUMN,
                )
            )
        }
        return Edits(fields, columns, measures)

    def over(self, proposed: Mapping, said: Said[str, Any]) -> Mapping:
        """Put the changes over a proposal; what was answered comes before them."""
        answered = set(said) | (set(OF_MAP) if any(name in said for name in OF_MAP) else set())
        fields = {k: v for k, v in self.fields.items() if k not in answered}
        known = {m.column: m for m in proposed.measures}
        columns = tuple(known)
        if self.columns is not None and "measures" not in said:
            columns = self.columns
        measures = tuple(
            known.get(column, Measure(column=column)).model_copy(update=self._of(column, said))
            for column in columns
        )
        return proposed.model_copy(update={**fields, "measures": measures})

    def _of(self, column: str, said: Said[str, Any]) -> dict[str, Any]:
        answered = {name for key, name in SAID_OF.items() if column in said.get(key, {})}
        answered |= {"role_said"} if "role" in answered else set()
        answered |= {"period"} if "period" in said else set()
        changed = self.measures.get(column, {})
        return {k: v for k, v in changed.items() if k not in answered}


def _changed(
    kept: dict[str, Any], start: object, found: object, names: tuple[str, ...]
) -> dict[str, Any]:
    """Return the fields that differ from the proposal, and those kept that still stand."""
    told = {name: getattr(found, name) for name in names}
    return {
        name: value
        for name, value in told.items()
        if value != getattr(start, name) or (name in kept and kept[name] == value)
    }
