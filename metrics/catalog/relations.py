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
# The fields of relations that name no indicator.
_OWN = frozenset(
    {
        *("kind", "category", "names", "added", "overlap", "at_most", "value", "rule"),
        *("categories", "level", "rest"),
    }
)


class _Related(Record):
    """What all relations have: the ids they name."""

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield the fields that name indicators, each with an id."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if name in _OWN:
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
    # A rate whose numerator is this one's denominator: of those filed online, how many on time.
    numerator_of: Ids = ()

    @model_validator(mode="after")
    def _has_a_part(self) -> Ratio:
        if not (self.numerator or self.denominator or self.numerator_of):
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


class Cohort(_Related):
    """A count of places, and what is said in the same breath to hold for some of them."""

    kind: Literal["cohort"]
    cohort: Id
    counts: Annotated[Ids, Field(min_length=1)]


class Categories(_Related):
    """Counts that exclude one another, of one whole: each states it as its denominator."""

    kind: Literal["categories"]
    counts: Annotated[Ids, Field(min_length=2)]


class Shared(_Related):
    """Rates that have one denominator by definition, and the figure that it is."""

    kind: Literal["shared"]
    whole: Id
    rates: Annotated[Ids, Field(min_length=1)]


class Increase(_Related):
    """A rate, and by how many per cent, or points of it, it is said to have grown."""

    kind: Literal["increase"]
    of: Id
    by: Id


class Plan(_Related):
    """What was reached, and which share of a plan that is."""

    kind: Literal["plan"]
    reached: Id
    share: Id


class Beyond(_Related):
    """Rates that may be above 100 per cent: of a target that was set, say, which can be passed."""

    kind: Literal["beyond"]
    rates: Annotated[Ids, Field(min_length=1)]


class Implied(_Related):
    """A count and its share of a whole that follows from them.

    Attributes
    ----------
    rest
        Whether the count is of those that the share leaves out.
    """

    kind: Literal["implied"]
    count: Id
    rate: Id
    rest: bool = False


class People(_Related):
    """Counts of people, or of what each has one of; a denominator counts for its figure.

    Attributes
    ----------
    population
        The population, in thousands.
    counts
        Each is held against it; with `added` their sum, as of groups that hardly overlap.
    overlap
        How much of the population, in per cent, may be in two of the groups.
    """

    kind: Literal["people"]
    population: Id
    counts: Annotated[Ids, Field(min_length=1)]
    added: bool = False
    overlap: float = Field(default=0, ge=0, le=100)


class Verdict(_Related):
    """A category that finds a rate low, and the most that one would call so.

    Attributes
    ----------
    counts
        Counts whose share of their denominator is that rate, where no source works it out.
    """

    kind: Literal["verdict"]
    status: Id
    category: Id
    rate: Id
    counts: Ids = ()
    at_most: float


class Counted(_Related):
    """Counts of the areas of a level, which cannot be more than there are in the place."""

    kind: Literal["counted"]
    level: Literal["province", "district"]
    counts: Annotated[Ids, Field(min_length=1)]


class Same(_Related):
    """Indicators that say one thing in two lists, and of one place and period the same."""

    kind: Literal["same"]
    indicators: Annotated[Ids, Field(min_length=2)]


class Ordered(_Related):
    """Dates that come one after the other."""

    kind: Literal["ordered"]
    dates: Annotated[Ids, Field(min_length=2)]


class Answers(_Related):
    """Indicators whose figures tell whether a target of another indicator is reached.

    Attributes
    ----------
    target, category
        The indicator aimed at; of a status the category, left out for any.
    by
        What answers, of the same place.
    rule
        When it is reached: the figure itself is held against the target (``value``); none is left
        (``zero``); there are any (``some``); the count is all of its denominator (``whole``); the
        count as a percentage of its denominator is held against the target (``share``); a status
        is in one of `categories` (``category``).
    """

    kind: Literal["answers"]
    target: Id
    category: Id | None = None
    by: Annotated[Ids, Field(min_length=1)]
    rule: Literal["value", "zero", "some", "whole", "share", "category"] = "value"
    categories: Ids = ()

    @model_validator(mode="after")
    def _has_categories(self) -> Answers:
        if (self.rule == "category") != bool(self.categories):
            raise ValueError("categories: the rule category has them, no other does")
        return self


Relation = Annotated[
    Sum
    | Within
    | Ratio
    | Listed
    | Full
    | NotAll
    | First
    | Ranking
    | Cohort
    | Categories
    | Shared
    | Increase
    | Plan
    | Beyond
    | Implied
    | People
    | Verdict
    | Counted
    | Same
    | Ordered
    | Answers,
    Field(discriminator="kind"),
]
RELATION: TypeAdapter[Relation] = TypeAdapter(Relation)
