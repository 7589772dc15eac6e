"""What users have defined themselves: indicators, with the origins of their targets.

They belong to no dataset. Their rows in the table of records are owned by a key that says what they
are, and whose: ``record:indicator:<id>:<team>``.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from metrics.catalog import INDICATOR
from metrics.people.actors import NO_TEAM
from metrics.store import OWN, Store

# Records that a newer one has taken the place of; see `metrics.datasets.indicators.history`.
WAS: Final = "was:"


class OwnKey(NamedTuple):
    """Whose an indicator of users is: its id, and the team; "" for everybody's."""

    id: str
    team: str = NO_TEAM

    @property
    def text(self) -> str:
        """The key as it stands in the table of records."""
        return f"{OWN}{INDICATOR}:{self.id}" + (f":{self.team}" if self.team else "")

    @classmethod
    def read(cls, text: str) -> OwnKey | None:
        """Read a key; None for what is none, such as the id of a dataset."""
        start = f"{OWN}{INDICATOR}:"
        if not text.startswith(start):
            return None
        # An id has no colon; a team may.
        return cls(*text.removeprefix(start).split(":", 1))


def own_keys(store: Store) -> tuple[OwnKey, ...]:
    """List the indicators that users have defined, by id."""
    found = {OwnKey.read(text) for text in store.records()["dataset"]}
    return tuple(sorted(key for key in found if key is not None))
