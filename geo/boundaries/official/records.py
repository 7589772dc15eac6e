"""What passes between the steps: findings, candidates, and what is ready to be put in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

import shapely

from base.reading import Unreadable
from base.words import Lang, Refusal, number, t
from geo.editions import (
    EDITION_2024,
    EDITION_2025,
    HOANG_SA,
    TRUONG_SA,
    Area,
    Level,
    area,
    areas,
    has_area,
    path,
)

Shapes = dict[str, shapely.Geometry]

# The finest level of each edition that is drawn; its provinces are put together from it.
FINEST: Final = {EDITION_2024: Level.DISTRICT, EDITION_2025: Level.COMMUNE}
MOST_NAMED: Final = 12
# The values of findings that are numbers.
NUMBERS: Final = frozenset({"n", "of", "km2", "metres"})
_PREFIX: Final = "boundaries.finding."


class Weight(StrEnum):
    """What a finding means: nothing was replaced; something was mended; something to know."""

    REFUSED = "refused"
    MENDED = "mended"
    NOTE = "note"


class Status(StrEnum):
    """Where the lines of a unit come from."""

    OFFICIAL = "official"  # as given
    CARRIED = "carried"  # official, put together from units of an older list
    SPLIT = "split"  # the outline is official, a line inside is approximate
    KEPT = "kept"  # bundled


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found out about what was given.

    Attributes
    ----------
    key
        Of the messages "boundaries.finding.*", or the whole id of another message.
    weight
        See `Weight`.
    values
        What the sentence speaks of; texts.
    """

    key: str
    weight: Weight
    values: Mapping[str, str] = field(default_factory=dict)

    def text(self, lang: Lang) -> str:
        """Write it as a sentence."""
        said = {
            key: _number(text, lang) if key in NUMBERS else text
            for key, text in self.values.items()
        }
        return t(self.key if "." in self.key else f"{_PREFIX}{self.key}", lang, **said)

    def record(self) -> dict[str, Any]:
        """Give it as JSON."""
        return {"key": self.key, "weight": str(self.weight), "values": dict(self.values)}

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Finding:
        """Take it from JSON."""
        return cls(record["key"], Weight(record["weight"]), dict(record["values"]))


class Refused(Refusal):
    """What was given cannot be used; nothing was replaced. Holds all findings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("findings")

    def say(self, lang: Lang) -> str:
        """Say every finding, a line each."""
        return "\n".join(finding.text(lang) for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Source:
    """What boundaries were taken from.

    Attributes
    ----------
    origin_id
        Key of its record in data/origins; "" of a file.
    name
        Title of a file as told by whoever imported it.
    date
        Its date, as told; "" unknown.
    sha256
        Of the file; "" of a set, whose files are verified one by one.
    """

    origin_id: str = ""
    name: str = ""
    date: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Polygons by code, before they are checked; EPSG:4326.

    Attributes
    ----------
    edition, level
        What they are said to be.
    shapes
        Code to polygon. Codes of an older list of districts are allowed.
    outlines
        Outlines of provinces that came along, to find what is missing within; may be empty.
    source
        Where they came from.
    whole
        Whether a set draws all land of its provinces, so that what it leaves out is not theirs.
    """

    edition: str
    level: Level
    shapes: Shapes
    source: Source
    outlines: Shapes = field(default_factory=dict)
    whole: bool = False


def unread(refused: Unreadable) -> Refused:
    """Say as a finding why a file cannot be read."""
    values = {name: str(value) for name, value in refused.values.items()}
    key = f"{refused.prefix}{refused.key}".removeprefix(_PREFIX)
    return Refused([Finding(key, Weight.REFUSED, values)])


@dataclass(frozen=True, slots=True)
class Prepared:
    """A valid coverage of every unit of an edition, ready to be put in force.

    Attributes
    ----------
    edition
        Id of the edition.
    level
        What was given: the finest level, or provinces.
    shapes
        Code of each unit of the finest level to its polygon, EPSG:4326.
    status
        Code of each unit of the level given to where its lines come from.
    source
        Where they came from.
    findings
        Everything found out.
    """

    edition: str
    level: Level
    shapes: Shapes
    status: Mapping[str, Status]
    source: Source
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class EditionRefused:
    """Why the boundaries of an edition cannot be used: everything found out about them."""

    edition: str
    findings: tuple[Finding, ...]


def _number(text: str, lang: Lang) -> str:
    """Write a number as the reader does; "<1" stays."""
    whole, _, decimals = text.partition(".")
    return number(float(text), lang, len(decimals), fixed=True) if whole.isdigit() else text


def codes_of(edition: str, level: Level) -> list[str]:
    """List the codes of an edition and level."""
    return [unit.code for unit in areas(edition, level)]


def province_of(edition: str, code: str) -> str:
    """Give the code of the province that a unit lies in, or is."""
    return next(step.code for step in path(area(edition, code)) if step.level is Level.PROVINCE)


def is_island(edition: str, code: str) -> bool:
    """Tell whether a unit of the finest level is Hoàng Sa or Trường Sa."""
    return code in {codes[edition, FINEST[edition]] for codes in (HOANG_SA, TRUONG_SA)}


def named(edition: str, codes: Iterable[str]) -> str:
    """Write units for people: name and code, the first dozen of them."""
    listed = list(codes)
    words = [_called(edition, code) for code in listed[:MOST_NAMED]]
    rest = len(listed) - len(words)
    return ", ".join(words) + (f", … (+{rest})" if rest else "")


def _called(edition: str, code: str) -> str:
    if not has_area(edition, code):
        return code[:40]
    unit: Area = area(edition, code)
    return f"{unit.name_vi} ({code})"
