"""What an adapter does: says what to ask, and makes observations of the replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

import pandas as pd
from pydantic import BaseModel

from base.words import Message, Refusal
from metrics.catalog import Catalog
from metrics.refresh.source import Source


class ShapeError(Refusal):
    """A reply is not of the shape that its adapter knows; nothing of the run is stored."""

    prefix = "refresh."


@dataclass(frozen=True, slots=True)
class Ask:
    """One request.

    Attributes
    ----------
    name
        Name of the reply's file, the same in each run: a mirror is a folder of such files.
    address
        Whole address.
    body
        Sent as JSON, where the method is POST.
    accept
        Media type that is asked for.
    too_much
        Statuses by which a service says that less is to be asked at once: such a reply is kept,
        and the adapter asks for less.
    """

    name: str
    address: str
    method: Literal["GET", "POST"] = "GET"
    body: Mapping[str, Any] | None = None
    accept: str = "application/json"
    too_much: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, kept as it was.

    Attributes
    ----------
    time
        When it came, in UTC; of a mirror, when that was made.
    path
        The file that holds its body and nothing else.
    sha256
        Of that body.
    """

    ask: Ask
    time: datetime
    status: int
    media: str
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the replies of one run say.

    Attributes
    ----------
    frame
        Observations, with the columns of `metrics.observations.OBSERVATION_COLUMNS`.
    records
        Pairs of kind and JSON of indicators and origins that the catalog lacks; see
        `metrics.catalog.with_records`.
    notes
        What was recognised, marked or left out, and why, for whoever reads the difference.
    whole
        Whether the replies hold all that the source has: figures that are not among them are
        withdrawn. Else they speak for the periods that they have figures of, and for no other.
    """

    frame: pd.DataFrame
    records: tuple[tuple[str, str], ...] = ()
    notes: tuple[Message, ...] = field(default=())
    whole: bool = False


def unknown_shape(reply: Reply, why: object) -> ShapeError:
    """Make the error for a reply that is not of the shape that is known; `why` is cut short."""
    return ShapeError("shape", name=reply.ask.name, why=" ".join(str(why).split())[:300])


class Adapter(Protocol):
    """Reads one kind of source; holds nothing between calls, and asks nobody by itself."""

    Options: ClassVar[type[BaseModel]]

    def asks(self, source: Source, options: Any, replies: Sequence[Reply]) -> Sequence[Ask]:
        """Return what to ask next, given the replies so far; nothing when all is there.

        Raises
        ------
        ShapeError
            If a reply does not tell how to go on.
        """

    def read(
        self, source: Source, options: Any, replies: Sequence[Reply], catalog: Catalog
    ) -> Gathered:
        """Make observations of all replies of a run.

        Raises
        ------
        ShapeError
            If they are damaged, incomplete, or of a shape that is not known.
        """
