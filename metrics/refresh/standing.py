"""How each source stands: when it was asked, what came of it, and whether something is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from metrics.people import Actor
from metrics.refresh.adapters import ADAPTERS
from metrics.refresh.difference import Difference
from metrics.refresh.held import held, how_many
from metrics.refresh.sources import SHIPPED, Found, SourceError, sources
from metrics.refresh.state import State, folder_of, read_state, utc_now


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands.

    Attributes
    ----------
    found
        The source, and where it is described.
    state
        What came of asking it.
    due, late
        Whether it is to be asked now; whether something new should have come by now.
    waits
        How many runs wait for a person; they are not read.
    """

    found: Found
    state: State
    due: bool
    late: bool
    waits: int


def standing(found: Found, home: Path | None = None) -> Standing:
    """Tell how one source stands."""
    folder, now = folder_of(found.source.id, home), utc_now()
    state = read_state(folder)
    due = state.is_due(now) and not found.source.by_hand
    late = state.is_late(found.source, now)
    return Standing(found, state, due, late, how_many(folder))


def standings(
    actor: Actor,
    home: Path | None = None,
    shipped: Path = SHIPPED,
    adapters: Mapping[str, str] = ADAPTERS,
) -> list[Standing]:
    """Tell how all sources stand that a person may know of: private ones are their team's.

    Raises
    ------
    SourceError
        If the description of one is wrong.
    """
    found = sources(home, shipped, adapters).values()
    return [standing(one, home) for one in found if may_see(one, actor)]


def waiting(
    source: str,
    actor: Actor,
    home: Path | None = None,
    shipped: Path = SHIPPED,
    adapters: Mapping[str, str] = ADAPTERS,
) -> tuple[Found, list[Difference]]:
    """Return a source and what waits of it, oldest first.

    Raises
    ------
    SourceError
        If there is no such source that the person may decide about.
    HeldError
        If what waits cannot be read.
    """
    every = sources(home, shipped, adapters)
    seen = {id_: found for id_, found in every.items() if actor.may_write(found.source.team)}
    if source not in seen:
        raise SourceError("unknown", id=source[:80], known=", ".join(seen) or "–")
    return seen[source], held(folder_of(source, home))


def may_see(found: Found, actor: Actor) -> bool:
    """Tell whether a person may know of a source: of a private one its team may."""
    return not found.source.private or actor.may_read(found.source.team)
