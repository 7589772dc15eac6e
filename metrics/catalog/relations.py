"""Relations between indicators: which parts make which total, which list names what a count counts.

They are definitions, read from data/indicators/relations.yaml; whether figures keep to them is for
`metrics.audit` to find out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from metrics.catalog.records import Id, Record

Ids = tuple[Id, ...]


class _Related(Record):
    """What all relations have: the ids they name."""

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield the fields that name indicators, each with an id."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if name in ("kind", "category", "names"):
                continue
            for id_ in value if isinstance(value, tuple) else (value,):
                yield name, id_


class Sum(_Related):
    """Parts that make up a total, every one of it and nothing twice."""

    kind: Literal["sum"]
    total: Id
    parts: Annotated[Ids, Field(min_length=2)]


class Within(_Related):
    """Parts that exclude one another, within a total: together they are at most the total."""

    kind: Literal["within"]
    total: Id
    parts: Annotated[Ids, Field(min_length=1)]


class Ratio(_Related):
    """What the numerator and the denominator of an indicator are; several are added up."""

    kind: Literal["ratio"]
    rate: Id
    numerator: Ids = ()
    denominator: Ids = ()

    @model_validator(mode="after")
    def _has_a_part(self) -> Ratio:
        if not self.numerator and not self.denominator:
            raise ValueError("a ratio names its numerator, its denominator or both")
        return self


class Listed(_Related):
    """A count, and the status whose category is the list of the places counted.

    `names` says whether the list names all that are counted, or only some of them.
    """

    kind: Literal["listed"]
    count: Id
    status: Id
    category: Id
    names: Literal["all", "some"]


class Full(_Related):
    """A category of a status that a place has exactly when its rate is 100%."""

    kind: Literal["full"]
    status: Id
    category: Id
    rate: Id


class NotAll(_Related):
    """A category that says that some provinces do not have it, and the count of those that do."""

    kind: Literal["not_all"]
    status: Id
    category: Id
    count: Id


class First(_Related):
    """A status that says of a place that it was the first to have something.

    Attributes
    ----------
    evidence
        Indicators whose results tell that a place has it.
    presupposed_by
        Indicators that speak of it as being there already, be it in a target.
    """

    kind: Literal["first"]
    claim: Id
    evidence: Annotated[Ids, Field(min_length=1)]
    presupposed_by: Ids = ()


class Ranking(_Related):
    """A rank, and the figures that it orders, the best first."""

    kind: Literal["ranking"]
    rank: Id
    of: Id


Relation = Annotated[
    Sum | Within | Ratio | Listed | Full | NotAll | First | Ranking, Field(discriminator="kind")
]
RELATION: TypeAdapter[Relation] = TypeAdapter(Relation)
