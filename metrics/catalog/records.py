"""The records of the catalog: what an indicator and an origin are made of."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Kind = Literal["rate", "count", "amount", "score", "rank", "duration", "date", "status"]
# Why figures make no order: they are of a sample, or it is not known whether sources count alike.
Unranked = Literal["sample", "counting"]
Direction = Literal["higher_better", "lower_better", "neutral"]
Aggregation = Literal["sum", "ratio_of_sums", "weighted_mean", "none"]
DateKind = Literal["stated", "of_publication", "inferred", "unknown"]
Listing = Literal["exhaustive", "named_only"]
Meaning = Literal["done", "ordered", "planned", "lacking"]

SHORT_TITLE_LENGTH = 40
_PARTIAL_DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Line = Annotated[str, Field(min_length=1)]


def _partial_date(text: str) -> str:
    if not _PARTIAL_DATE.match(text):
        raise ValueError("a date is written YYYY, YYYY-MM or YYYY-MM-DD, in quotes")
    # Month and day must exist: 2024-02-30 is refused here.
    date.fromisoformat(text + "-01" * (2 - text.count("-")))
    return text


PartialDate = Annotated[str, AfterValidator(_partial_date)]


class Record(BaseModel):
    """Base of all records: frozen, and no field that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(Record):
    """A wording in both languages, Vietnamese first."""

    vi: Line
    en: Line


class Domain(Record):
    """A subject that indicators are grouped by; `order` is its place in menus, 1 first."""

    id: Id
    title: Text
    order: int = Field(ge=1)


class Category(Record):
    """One value of a status indicator.

    `meaning` says what it means for its place: that it has what is asked after (`done`), was told
    to get it (`ordered`), is on the way to it (`planned`) or is without it (`lacking`). Left out,
    nothing follows from it.
    """

    id: Id
    title: Text
    meaning: Meaning | None = None


class Classes(Record):
    """How the values are cut into classes unless the user says otherwise."""

    method: Line
    k: int = Field(ge=2, le=9)


class Withheld(Record):
    """Figures that are kept and shown but compare nothing: never coloured, ranked or clustered.

    `level`, `origins` and `values` say which; left out, all. The first rule that a figure falls
    under gives its reason.
    """

    level: Literal["country", "region", "province", "district", "commune"] | None = None
    origins: tuple[Id, ...] = ()
    values: tuple[float, ...] = ()
    reason: Text

    def holds(self, level: str, origin: str, value: float) -> bool:
        """Tell whether a figure falls under this rule."""
        return (
            self.level in (None, level)
            and (not self.origins or origin in self.origins)
            and (not self.values or value in self.values)
        )


class Target(Record):
    """What an area has undertaken or been told to reach, and by when.

    `edition` is left out for the whole country. Either `value` or `category` is given.
    """

    edition: str | None = None
    area: Line
    value: float | None = None
    category: str | None = None
    deadline: date | None = None
    origin: Id
    note: Text | None = None

    @model_validator(mode="after")
    def _one_of_value_and_category(self) -> Target:
        if (self.value is None) == (self.category is None):
            raise ValueError("a target has either a value or a category")
        return self


class Rhythm(Record):
    """How often new figures come out, where the source itself says so.

    `days` is within how many days after the end of a period, left out where the source does not
    say; `wording` is what it says.
    """

    every: Literal["month", "quarter", "year"]
    days: int | None = Field(default=None, ge=0, le=366)
    origin: Id
    wording: Text


class Indicator(Record):
    """A question that figures answer, with everything needed to read them rightly.

    Attributes
    ----------
    id, family
        Name in addresses and files; `family` ties variants with different definitions together.
    domain
        Id of a `Domain`.
    title, short
        Full title, and one of at most 40 characters for menus and legends.
    kind
        Rates, scores, ranks, durations and statuses fill areas; counts and amounts get circles.
    numerator, denominator
        What the parts of an observation mean. A count may have them too: n of N.
    aggregation, weight
        How areas add up to their parent; `weight` is the indicator that weighs a mean.
    decimals
        As printed by the source.
    classes
        Method and number of classes unless the reader says otherwise.
    grades
        Id of the scale of `metrics.catalog.grades` by which the source grades the score.
    categories, list
        For a status: its values, best first, and whether an area that the source does not name is
        known not to be among them (`exhaustive`) or simply not named (`named_only`).
    featured
        Place among the indicators shown first, 1 first.
    prefer
        Origins to believe, first one first, where several speak of the same period.
    comparable_days
        How many days apart the ends of two periods may be for areas to be ranked by them.
    least_share
        Share of the areas of a scope that must have a figure of one period for any to be ranked.
    unranked
        Why nobody is said to be first, highest or lowest by figures that are drawn all the same.
    rhythm
        How often figures come out: only where the source states it.
    withheld
        Figures that are shown with a reason and never compared.
    """

    id: Id
    family: Id | None = None
    domain: Id
    title: Text
    short: Text
    definition: Text
    unit: Text
    kind: Kind
    numerator: Text | None = None
    denominator: Text | None = None
    direction: Direction
    aggregation: Aggregation
    weight: Id | None = None
    decimals: int = Field(default=0, ge=0, le=6)
    classes: Classes | None = None
    grades: Id | None = None
    categories: tuple[Category, ...] = ()
    list: Listing | None = None
    targets: tuple[Target, ...] = ()
    caveats: tuple[Text, ...] = ()
    featured: int | None = Field(default=None, ge=1)
    max_value: float | None = None
    prefer: tuple[Id, ...] = ()
    comparable_days: int = Field(default=0, ge=0)
    least_share: float = Field(default=0.5, ge=0, le=1)
    unranked: Unranked | None = None
    withheld: tuple[Withheld, ...] = ()
    rhythm: Rhythm | None = None

    @model_validator(mode="after")
    def _fields_agree(self) -> Indicator:
        for language in ("vi", "en"):
            short = getattr(self.short, language)
            if len(short) > SHORT_TITLE_LENGTH:
                raise ValueError(
                    f"short.{language} has {len(short)} characters, at most "
                    f"{SHORT_TITLE_LENGTH} are allowed: {short!r}"
                )
        if (self.kind == "status") != bool(self.categories):
            raise ValueError("categories: a status has them, nothing else does")
        if (self.kind == "status") != (self.list is not None):
            raise ValueError("list: a status is exhaustive or named_only, nothing else is")
        twice = [name for name, n in Counter(c.id for c in self.categories).items() if n > 1]
        if twice:
            raise ValueError(f"categories: ids declared twice: {', '.join(twice)}")
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("numerator and denominator are both given or both left out")
        if self.aggregation == "ratio_of_sums" and self.numerator is None:
            raise ValueError("aggregation ratio_of_sums needs a numerator and a denominator")
        if (self.aggregation == "weighted_mean") != (self.weight is not None):
            raise ValueError("weight: a weighted_mean has one, nothing else does")
        if self.unranked and self.kind in ("rank", "status"):
            raise ValueError(f"unranked: a {self.kind} is not ranked by its figures anyway")
        if self.kind in ("rank", "date", "status") and self.aggregation != "none":
            raise ValueError(f"aggregation: a {self.kind} does not add up; write none")
        return self


class Origin(Record):
    """Where figures come from; what is unknown is left out or says so.

    Attributes
    ----------
    producer
        Who the figure is from: the one to cite.
    date_published, date_published_kind
        YYYY, YYYY-MM or YYYY-MM-DD, and how it is known.
    document, sha256
        File that the figures were read from, and its hash.
    republished_in
        Where they were read, if not at the producer.
    licence
        Terms of use; "unknown" where the source states none.
    """

    id: Id
    producer: Text
    title: Text
    citation: str | None = None
    date_published: PartialDate | None = None
    date_published_kind: DateKind
    date_accessed: PartialDate | None = None
    url: str | None = None
    document: str | None = None
    locator: str | None = None
    republished_in: str | None = None
    licence: Line
    notes: Text | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None

    @model_validator(mode="after")
    def _date_and_kind_agree(self) -> Origin:
        if (self.date_published is None) != (self.date_published_kind == "unknown"):
            raise ValueError(
                "date_published_kind is unknown exactly where date_published is left out"
            )
        return self
