"""The candidate that a reading of a name makes of an entry."""

from __future__ import annotations

from dataclasses import dataclass

from geo.editions import Area
from geo.names.answer import Answer
from geo.names.entry import Entry
from geo.names.links import parts_of, steps_into
from geo.names.text import Key


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold one entry that a reading of the name may mean.

    Attributes
    ----------
    tier
        0 where the diacritics are the official ones or the text has none at all, 1 where some are
        missing, more where they contradict.
    """

    entry: Entry
    key: Key
    types: frozenset[str] | None
    tier: int

    @property
    def typed(self) -> bool:
        """Whether the name gives a type that the entry is written with, or none."""
        return self.types is None or bool(self.types & self.entry.types)

    @property
    def typed_elsewhere(self) -> bool:
        """Whether the type given is one that the area has in another edition."""
        return self.types is not None and bool(self.types & self.entry.other_types)


def note_parts(answer: Answer, unit: Area) -> Answer:
    """Say where an area has taken in units of the edition before."""
    split = {code for code, s in steps_into(unit.edition, unit.level).items() if len(s) > 1}
    parts = [p for p in parts_of(unit.edition, unit.level, unit.code) if p.code not in split]
    if not parts or (len(parts) == 1 and parts[0].code == unit.code):
        return answer
    return answer.noting("enlarged", area=unit, parts=", ".join(p.name_vi for p in parts))
