"""What may be asked, declared once: it is read, checked and documented by the same record."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from base.words import LANGS, Lang, t
from geo.editions import EDITION_2025, Level, edition, editions, has_area
from metrics.store import Store
from ui.address import KNOWN, LONGEST, Address, Param, Reading, Refusal, among, mapped_editions
from ui.serving.api.problems import printable, refused

Schema = Mapping[str, Any]
# From what was read before to what may be said.
Allowed = Callable[[Reading], Iterable[str]]
LONGEST_CODE: Final = 12
LONGEST_ID: Final = 80
# A code, an id: letters, digits, hyphens.
WORD: Final = r"^[A-Za-z0-9-]+$"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    Attributes
    ----------
    param
        What reads it, as one of an address.
    schema
        Its JSON schema.
    allowed
        What may be said where it was refused; by default the schema says it.
    required
        Whether nothing can be answered without it.
    said
        The message that tells what it means: ``api.param.<said>``; by default its name.
    told
        The message that says what is allowed: ``api.rule.<told>``; by default the schema says it.
    loose
        Whether an empty value is as good as none, as in the address of a page.
    """

    param: Param
    schema: Schema
    allowed: Allowed | None = None
    required: bool = False
    said: str = ""
    told: str = ""
    loose: bool = False

    @property
    def name(self) -> str:
        """Its name in the address."""
        return self.param.name

    def means(self, lang: Lang) -> str:
        """Say what it means."""
        return t(f"api.param.{self.said or self.name}", lang)

    def may_be(self, so_far: Reading, lang: Lang) -> Iterable[str]:
        """Say what is allowed."""
        return self.allowed(so_far) if self.allowed else [self.rule(lang)]

    def rule(self, lang: Lang) -> str:
        """Say in words what is allowed, whatever else is asked."""
        return t(f"api.rule.{self.told}", lang) if self.told else rule(self.schema, lang)


def rule(schema: Schema, lang: Lang) -> str:
    """Say in words what a schema allows."""
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "minimum" in schema:
        bounds = {"least": schema["minimum"], "most": schema["maximum"]}
        return t(f"api.rule.{schema['type']}", lang, **bounds)
    if schema.get("format") == "date":
        return t("api.rule.date", lang)
    return t("api.rule.text", lang, most=schema.get("maxLength", LONGEST_ID))


def choice(
    name: str, values: Collection[str], start: str | None = None, said: str = ""
) -> Parameter:
    """Make a choice from a list."""
    schema = {"type": "string", "enum": list(values)}
    if start is not None:
        schema["default"] = start
    param = Param(name, among(*values), start=lambda _: start)
    return Parameter(param, schema, lambda _: values, said=said)


def whole(name: str, least: int, most: int, start: int) -> Parameter:
    """Make a whole number."""

    def read(given: str, _: Reading) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", given, re.ASCII) or not least <= int(given) <= most:
            raise ValueError(given)
        return int(given)

    schema = {"type": "integer", "minimum": least, "maximum": most, "default": start}
    return Parameter(Param(name, read, start=lambda _: start), schema)


def decimal(name: str, least: float, most: float) -> Parameter:
    """Make a number without which nothing can be answered."""

    def read(given: str, _: Reading) -> float:
        if not re.fullmatch(r"-?[0-9]{1,4}(\.[0-9]{1,15})?", given, re.ASCII):
            raise ValueError(given)
        if not least <= float(given) <= most:
            raise ValueError(given)
        return float(given)

    schema = {"type": "number", "minimum": least, "maximum": most}
    return Parameter(Param(name, read, start=lambda _: None), schema, required=True)


def text(name: str, longest: int) -> Parameter:
    """Make a free text without which nothing can be answered."""
    schema = {"type": "string", "minLength": 1, "maxLength": longest}
    param = Param(name, lambda given, _: given, start=lambda _: "", longest=longest)
    return Parameter(param, schema, required=True)


def known(name: str, ids: Allowed, *, most: int = 0, said: str = "") -> Parameter:
    """Make a choice from what exists in the store; with `most`, of so many parted by commas."""

    def one(given: str, so_far: Reading) -> str:
        if given not in ids(so_far):
            raise ValueError(given)
        return given

    def several(given: str, so_far: Reading) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(given.split(",")))
        if len(found) > most or not set(found) <= set(ids(so_far)):
            raise ValueError(given)
        return found

    longest = LONGEST_ID * max(most, 1)
    pattern = r"^[a-z0-9-]+(,[a-z0-9-]+)*$" if most else WORD
    schema = {"type": "string", "pattern": pattern, "maxLength": longest}
    read = several if most else one
    start = () if most else None
    return Parameter(
        Param(name, read, start=lambda _: start, longest=longest), schema, ids, said=said
    )


def day(name: str) -> Parameter:
    """Make a day."""
    param = Param(name, lambda given, _: read_day(given), start=lambda _: None)
    return Parameter(param, {"type": "string", "format": "date"})


def read_day(given: str) -> date:
    """Read a day as YYYY-MM-DD, and in no other way of ISO 8601."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given, re.ASCII):
        raise ValueError(given)
    return date.fromisoformat(given)


def _levels(so_far: Reading) -> list[str]:
    return [str(level) for level in edition(so_far.found["edition"]).levels]


def _read_level(given: str, so_far: Reading) -> Level:
    if given not in _levels(so_far):
        raise ValueError(given)
    return Level(given)


def _read_area(given: str, so_far: Reading) -> str:
    if not has_area(so_far.found["edition"], given):
        raise ValueError(given)
    return given


def _parents(so_far: Reading) -> Sequence[str]:
    return [t("api.rule.code", _lang(so_far), edition=so_far.found["edition"])]


def _lang(so_far: Reading) -> Lang:
    lang: Lang = so_far.found["lang"]
    return lang


LANG: Final = choice("lang", LANGS, LANGS[0])
AS_OF: Final = Parameter(KNOWN, {"type": "string", "maxLength": LONGEST}, told="as_of", loose=True)
EDITION: Final = choice("edition", [one.id for one in editions()], EDITION_2025)
# An edition that has boundaries.
MAPPED: Final = choice("edition", mapped_editions(), EDITION_2025)
LEVEL: Final = Parameter(
    Param("level", _read_level, start=lambda _: None),
    {"type": "string", "enum": [str(level) for level in Level]},
    _levels,
)
PARENT: Final = Parameter(
    Param("parent", _read_area, start=lambda _: None),
    {"type": "string", "pattern": WORD, "maxLength": LONGEST_CODE},
    _parents,
)
CODE: Final = replace(PARENT, param=replace(PARENT.param, name="code"), required=True)
INDICATOR: Final = known("indicator", lambda so_far: so_far.known.catalog.indicators)
ORIGIN: Final = known("origin", lambda so_far: so_far.known.catalog.origins)


def flag(name: str) -> Parameter:
    """Make a switch that is off unless it is said to be on."""
    return choice(name, ("1", "0"), "0")


def among_pages(most: int, start: int) -> Parameter:
    """Make the number of hits that are wanted."""
    return whole("limit", 1, most, start)


def paging(most: int, start: int) -> tuple[Parameter, ...]:
    """Make the parameters of a list that is handed out in pages."""
    return whole("limit", 1, most, start), whole("offset", 0, 10_000_000, 0)


def read_all(
    parameters: Sequence[Parameter],
    given: Mapping[str, str],
    store: Store,
    lang: Lang,
    path: Collection[str],
) -> dict[str, Any]:
    """Read what was asked.

    Parameters
    ----------
    given
        What arrived, each parameter once.
    path
        Names of the parameters that are part of the path.

    Raises
    ------
    Problem
        If any is not known, cannot be followed, or is missing.
    """
    named = {one.name: one for one in parameters}
    check_names(given, named, lang)
    engine: Address[dict[str, Any]] = Address(dict, tuple(one.param for one in parameters))
    found, unread = engine.read(given, store)
    empty = [Refusal(n, "") for n, value in given.items() if not value and not named[n].loose]
    for bad in (*unread, *empty):
        allowed = named[bad.param].may_be(Reading(found, store), lang)
        in_path = bad.param in path
        raise refused(bad.param, bad.given, allowed, lang, reason=bad.reason, path=in_path)
    for one in parameters:
        if one.required and one.name not in given:
            raise refused(one.name, "", [], lang, reason=t("api.missing", lang, param=one.name))
    return found


def check_names(given: Mapping[str, str], known: Collection[str], lang: Lang) -> None:
    """Refuse a parameter that is not asked for here."""
    for name, value in given.items():
        if name not in known:
            told = t("api.strange", lang, param=printable(name), allowed=", ".join(known))
            raise refused(printable(name), value, known, lang, reason=told)
