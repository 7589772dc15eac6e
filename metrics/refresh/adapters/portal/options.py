"""What a source may ask the portal for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from metrics.refresh.adapters.portal.departments import provinces
from metrics.store import VIET_NAM

Time = Literal["year", "quarter", "month"]
LONGEST: Final[dict[Time, int]] = {"year": 0, "quarter": 4, "month": 12}
_MONTHS: Final[dict[Time, int]] = {"year": 12, "quarter": 3, "month": 1}

Code = Annotated[str, StringConstraints(pattern=r"^H[0-9]{2}$")]
# A name of a file and no path: what a mirror or a folder holds.
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*\.json$")]


class Asked(BaseModel):
    """A span of time as the portal is asked for it: of a year its quarter or month, or none."""

    model_config = ConfigDict(frozen=True)

    time: Time
    year: int
    number: int | None

    def body(self) -> dict[str, int | str]:
        """Write it as the requests have it."""
        body: dict[str, int | str] = {"timeType": self.time, "year": self.year}
        if self.number is not None:
            body[self.time] = self.number
        return body


class PortalOptions(BaseModel):
    """PortalOptions of a source that the portal adapter reads.

    Attributes
    ----------
    year
        Left out: the year it is when it is asked. The portal before 2026 scored in another way.
    time, number
        The year to date, or one of its quarters or months; left out, the one that runs.
    provinces
        Whether figures of the provinces are taken.
    communes
        The portal's codes of the provinces whose communes are taken too.
    figures
        The index with its groups, the indicators of dossiers, or both.
    snapshots
        Names of files of daily snapshots that stand for the replies of the portal.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: Annotated[int, Field(ge=2026, le=2100)] | None = None
    time: Time = "year"
    number: Annotated[int, Field(ge=1, le=12)] | None = None
    provinces: bool = True
    communes: Annotated[tuple[Code, ...], Field(max_length=99)] = ()
    figures: Annotated[tuple[Literal["index", "indicators"], ...], Field(min_length=1)] = (
        "index",
        "indicators",
    )
    snapshots: Annotated[tuple[FileName, ...], Field(max_length=400)] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.number is not None and self.number > LONGEST[self.time]:
            raise ValueError(f"number: a {self.time} has {LONGEST[self.time] or 'none'} at most")
        unknown = [code for code in self.communes if code not in provinces()]
        if unknown:
            raise ValueError(f"communes: {', '.join(unknown)}; known: {', '.join(provinces())}")
        if len(set(self.communes)) < len(self.communes):
            raise ValueError("communes: a province is named twice")
        if not (self.provinces or self.communes or self.snapshots):
            raise ValueError("provinces or communes: nothing would be asked for")
        return self

    def asked(self, now: datetime) -> Asked:
        """Say what is asked for at a time."""
        day = now.astimezone(VIET_NAM)
        number = self.number
        if number is None and self.time != "year":
            number = (day.month - 1) // _MONTHS[self.time] + 1
        return Asked(time=self.time, year=self.year or day.year, number=number)
