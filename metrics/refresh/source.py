"""A source that refreshes: where it is, how often it speaks, and what is accepted of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from metrics.catalog import Text

ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
Every = Literal["day", "week", "month", "quarter", "year"]
_LENGTHS: Final = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "quarter": timedelta(days=92),
    "year": timedelta(days=366),
}


class Bounds(BaseModel):
    """What a difference may be at most to be accepted by itself; more waits for a person.

    Attributes
    ----------
    revised_share
        Of the figures that it speaks of again, the share that may have another value.
    revised_by
        How much a value may change, as a share of what the indicator spans.
    withdrawn
        How many figures may go.
    missing_areas
        How many areas may be missing that the reply before had.
    outliers
        How many figures may lie far outside of what their indicator had before.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    revised_share: Annotated[float, Field(ge=0, le=1)] = 0.2
    revised_by: Annotated[float, Field(ge=0, le=1)] = 0.25
    withdrawn: Annotated[int, Field(ge=0)] = 0
    missing_areas: Annotated[int, Field(ge=0)] = 0
    outliers: Annotated[int, Field(ge=0)] = 0


class Source(BaseModel):
    """One source, as its YAML file describes it.

    Attributes
    ----------
    id
        Name for commands and folders; the dataset that it fills is ``refresh-<id>``.
    adapter
        Which adapter reads it; see `metrics.refresh.adapters`.
    title
        For people, in both languages.
    address
        Where it is: an address of the web, or a file or folder for adapters that read such.
    every
        How often something new is expected.
    grace_days
        Days after which what is expected is late.
    pause
        Seconds between two requests, at least.
    by_hand
        Whether it is asked only when somebody names it, and never because it is due.
    team
        Whose the figures are; "" on an install of one person.
    private
        Whether only that team sees them.
    bounds
        See `Bounds`.
    options
        What its adapter asks for besides; checked by the adapter's own model.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, StringConstraints(pattern=f"^{ID.pattern}$", max_length=60)]
    adapter: str
    title: Text
    address: str
    every: Every
    grace_days: Annotated[int, Field(ge=0, le=366)] = 3
    pause: Annotated[float, Field(ge=1, le=600)] = 1
    by_hand: bool = False
    team: str = ""
    private: bool = False
    bounds: Bounds = Bounds()
    options: dict[str, Any] = {}

    @property
    def dataset(self) -> str:
        """Id of the dataset that it fills."""
        return f"refresh-{self.id}"

    @property
    def length(self) -> timedelta:
        """The longest time between two of its figures."""
        return _LENGTHS[self.every]
