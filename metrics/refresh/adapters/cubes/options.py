"""What a source says of a cube: which dimension is what, and which figures are which indicator."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from geo.editions import COUNTRY_CODE, Level, editions, has_area
from metrics.catalog import Indicator, Origin, Text
from metrics.observations import ROLES
from metrics.refresh import Source
from metrics.refresh.adapters.cubes.statuses import Status

Name = Annotated[str, Field(min_length=1, max_length=300)]


class Record(BaseModel):
    """Base of the options: frozen, and no field that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Measure(Record):
    """What the figures of one value are.

    Attributes
    ----------
    indicator
        Id of the catalog, or of the records of the source.
    scale
        What they are multiplied by to be in the unit of the indicator; None: as the source says.
    """

    indicator: Name
    scale: Annotated[float, Field(gt=0, le=1e12)] | None = None
    role: str = ROLES[0]

    @field_validator("role")
    @classmethod
    def _known(cls, role: str) -> str:
        if role not in ROLES:
            raise ValueError(f"allowed: {', '.join(ROLES)}")
        return role


class Cited(Record):
    """Who the figures are from; what is not known is left out."""

    producer: Text
    title: Text | None = None
    licence: str = "unknown"
    url: str | None = None
    date_published: str | None = None
    notes: Text | None = None

    def origin(self, source: Source) -> Origin:
        """Make the record of the origin, the same one at each run."""
        return Origin(
            id=source.dataset,
            producer=self.producer,
            title=self.title or source.title,
            date_published=self.date_published,
            date_published_kind="stated" if self.date_published else "unknown",
            url=self.url or (source.address if source.address.startswith("http") else None),
            licence=self.licence,
            notes=self.notes,
        )


class Placed(Record):
    """What every source of figures says: where they are, and who they are from.

    Attributes
    ----------
    edition, level
        The map that the areas are of.
    origin
        See `Cited`.
    whole
        Whether each run has all that there is: what is no longer there is withdrawn.
    """

    edition: str
    level: Level
    origin: Cited
    whole: bool = False

    @field_validator("edition")
    @classmethod
    def _edition(cls, edition: str) -> str:
        known = [one.id for one in editions()]
        if edition not in known:
            raise ValueError(f"allowed: {', '.join(known)}")
        return edition


class CubeOptions(Placed):
    """Options of sources whose figures stand by dimensions.

    Attributes
    ----------
    area, time, measure
        Dimensions (or columns) by id or label; left out, those that the source itself marks so.
    place
        Code of the one area that all figures are of, where no dimension says it.
    within
        Code of the province that all areas lie in.
    area_by
        Whether areas are told by their names, or by codes that are those of the edition.
    places
        Values that are areas by hand, with their codes; null for one that is none.
    periods
        Values that are no plain periods, with the period they are; null for one that is left out.
    indicators
        By code or label of the measure. `indicator` in its place: all figures are of that one.
    fixed
        Of each other dimension, which code or label is taken.
    statuses
        What flags mean that are not those of SDMX or Eurostat.
    records
        Indicators that the catalog lacks.
    """

    area: str = ""
    place: str = ""
    within: str = ""
    area_by: Literal["name", "code"] = "name"
    places: dict[Name, str | None] = Field(default_factory=dict, max_length=5_000)
    time: str = ""
    periods: dict[Name, str | None] = Field(default_factory=dict, max_length=2_000)
    measure: str = ""
    indicator: Measure | None = None
    indicators: dict[Name, Measure] = Field(default_factory=dict, max_length=500)
    fixed: dict[Name, Name] = Field(default_factory=dict, max_length=30)
    statuses: dict[Name, Status] = Field(default_factory=dict)
    records: tuple[Indicator, ...] = Field(default=(), max_length=100)

    @field_validator("indicator", mode="before")
    @classmethod
    def _of_id(cls, raw: Any) -> Any:
        return {"indicator": raw} if isinstance(raw, str) else raw

    @field_validator("indicators", mode="before")
    @classmethod
    def _of_ids(cls, raw: Any) -> Any:
        return {k: cls._of_id(v) for k, v in raw.items()} if isinstance(raw, dict) else raw

    @model_validator(mode="after")
    def _sound(self) -> CubeOptions:
        if bool(self.indicator) == bool(self.indicators):
            raise ValueError("either indicator or indicators is given")
        if self.area and self.place:
            raise ValueError("either area or place is given")
        named = [self.within, *filter(None, self.places.values()), self.place]
        for code in filter(None, named):
            if code != COUNTRY_CODE and not has_area(self.edition, code):
                raise ValueError(f"edition {self.edition} has no area {code!r}")
        return self

    def measure_of(self, code: str, label: str) -> Measure | None:
        """Return what the figures of a value are; None for one that is not asked for."""
        if self.indicator:
            return self.indicator
        return self.indicators.get(code) or self.indicators.get(label.strip())
