"""Spellings of places that a team has accepted: who said so and when, used by its next table.

They are records of the store beside the datasets: ``record:alias:<team>:<edition>:<level>:<key>``.
What tells a whole row apart (a name and what it lies in) is one spelling, as
`metrics.importing.place_key` writes it. An alias only ever answers for a row that matches
nothing otherwise, and never for a unit that only another edition has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

import pandas as pd

from geo.editions import Level, has_area
from metrics.people import NO_TEAM, Actor
from metrics.store import OWN, Store

ALIAS: Final = "alias"
LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Alias:
    """One accepted spelling.

    Attributes
    ----------
    team
        Whose it is.
    edition, level, code
        The area meant.
    spelling
        As `metrics.importing.place_key` writes it; hostile until escaped.
    by, time
        Who accepted it, and when (ISO 8601 in UTC).
    """

    team: str
    edition: str
    level: str
    spelling: str
    code: str
    by: str
    time: str

    @property
    def owner(self) -> str:
        """The key of its row in the table of records."""
        return f"{OWN}{ALIAS}:{self.team}:{self.edition}:{self.level}:{self.spelling}"


def aliases(store: Store, team: str = NO_TEAM) -> tuple[Alias, ...]:
    """List the spellings of a team, by edition, level and spelling; of two the later one counts."""
    rows = store.records()
    found = [_read(text) for text in rows.loc[rows["kind"] == ALIAS, "record"]]
    mine = sorted((a for a in found if a and a.team == team), key=lambda alias: alias.time)
    latest = {alias.owner: alias for alias in mine}
    return tuple(latest[owner] for owner in sorted(latest))


def _read(text: str) -> Alias | None:
    try:
        return Alias(**{name: str(value) for name, value in json.loads(text).items()})
    except (ValueError, TypeError, AttributeError):
        return None  # of another version, or spoilt: it says nothing


def spellings(store: Store, edition: str, level: Level, team: str = NO_TEAM) -> dict[str, str]:
    """Return what a team has accepted for a map: spelling to code."""
    return {
        alias.spelling: alias.code
        for alias in aliases(store, team)
        if (alias.edition, alias.level) == (edition, str(level)) and has_area(edition, alias.code)
    }


def new_aliases(
    store: Store, accepted: Mapping[str, str], map_: tuple[str, Level], team: str, actor: Actor
) -> tuple[Alias, ...]:
    """Make aliases of accepted spellings that are not yet known with this meaning.

    The map is an edition and a level.
    """
    edition, level = map_
    known = spellings(store, edition, level, team)
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return tuple(
        Alias(team, edition, str(level), spelling, code, actor.name, now)
        for spelling, code in accepted.items()
        if known.get(spelling) != code and len(spelling) <= LONGEST and has_area(edition, code)
    )


def alias_rows(made: Iterable[Alias]) -> pd.DataFrame:
    """Return the rows of the table of records that aliases are."""
    rows = [
        {
            "kind": ALIAS,
            "id": alias.spelling,
            "dataset": alias.owner,
            "record": json.dumps(asdict(alias), ensure_ascii=False),
        }
        for alias in made
    ]
    return pd.DataFrame(rows, columns=["kind", "id", "dataset", "record"])
