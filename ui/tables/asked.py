"""What the page of tables is asked for: every filter, the order, the columns, the pivot."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from base.words import Lang
from geo.editions import COUNTRY_CODE, Level, area, editions, has_area
from metrics.briefs import DIMENSIONS, MOST_TEXT, SORTS, Narrowed, indicators_named
from metrics.observations import QUALIFIERS, ROLES, STATES
from metrics.store import Store
from ui.address import LONGEST, Refusal

ROWS, PIVOT = "rows", "pivot"
SHOWS: Final = (ROWS, PIVOT)
COLUMNS: Final = (
    "indicator",
    "theme",
    "place",
    "map",
    "level",
    "period",
    "figure",
    "parts",
    "role",
    "state",
    "qualifier",
    "source",
    "locator",
    "note",
    "dataset",
)
FIRST_COLUMNS: Final = ("indicator", "place", "period", "figure", "source")
MOST_INDICATORS: Final = 10
MOST_PAGES: Final = 1_000_000
LONGEST_LIST: Final = 600
_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of the page; "" and () ask for nothing.

    Attributes
    ----------
    show
        Rows, or a table of two dimensions.
    indicators, map, level, place, since, until, role, state, qualifier, origin, dataset
        Filters; `map` is an edition, or VN for the country's series; `place` is a code of `map`.
        Dates are written YYYY, YYYY-MM or YYYY-MM-DD.
    least, most
        Range of the value, with a decimal point.
    text
        What is searched for.
    sort, columns, page
        Of the rows.
    by, across
        Of the pivot; `page` is of its rows.
    """

    show: str = ROWS
    indicators: tuple[str, ...] = ()
    map: str = ""
    level: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    role: str = ""
    state: str = ""
    qualifier: str = ""
    origin: str = ""
    dataset: str = ""
    least: str = ""
    most: str = ""
    text: str = ""
    sort: str = SORTS[0]
    columns: tuple[str, ...] = FIRST_COLUMNS
    page: int = 1
    by: str = "indicator"
    across: str = "year"

    def params(self) -> dict[str, str]:
        """Write what is asked for as parameters of an address; filters that ask nothing are out."""
        told = {f.name: _written(getattr(self, f.name)) for f in fields(self)}
        unused = ("by", "across") if self.show == ROWS else ("sort", "columns")
        return {name: text for name, text in told.items() if text and name not in unused}

    def href(self, lang: Lang, **changes: Any) -> str:
        """Return the address of the page with some parameters changed, on its first page."""
        return "tables?" + urlencode({"lang": lang, **replace(self, page=1, **changes).params()})

    def narrowed(self, store: Store) -> Narrowed:
        """Return the filters as the store takes them."""
        return Narrowed(
            indicators=self.indicators or None,
            edition={"": None, COUNTRY_CODE: ""}.get(self.map, self.map),
            level=Level(self.level) if self.level else None,
            place=self.place or None,
            since=first_day(self.since),
            until=last_day(self.until),
            role=self.role,
            state=self.state,
            qualifier=self.qualifier,
            origin=self.origin,
            dataset=self.dataset,
            least=float(self.least) if self.least else None,
            most=float(self.most) if self.most else None,
            text=self.text,
            text_indicators=indicators_named(store, self.text) if self.text else (),
        )


PARAMS: Final = tuple(field.name for field in fields(Asked))
# Choosing anew leads to the first page.
FILTERS: Final = PARAMS[1:15]


def _written(value: Any) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def first_day(text: str) -> date | None:
    """Return the first day of a year, a month or a day."""
    if not text:
        return None
    return date.fromisoformat(text + "-01" * (2 - text.count("-")))


def last_day(text: str) -> date | None:
    """Return the last day of a year, a month or a day."""
    first = first_day(text)
    if first is None or text.count("-") == 2:
        return first
    month = first.month if text.count("-") == 1 else 12
    return first.replace(month=month, day=monthrange(first.year, month)[1])


def read_asked(params: Mapping[str, str], store: Store) -> tuple[Asked, list[Refusal]]:
    """Read the parameters of the page; what cannot be followed is refused and left out.

    Parameters
    ----------
    store
        Whose indicators, origins and datasets exist.
    """
    allowed = _allowed(store)
    found: dict[str, Any] = {}
    refused: list[Refusal] = []
    for name in PARAMS:
        given = str(params.get(name, ""))
        if not given:
            continue
        try:
            found[name] = _read(name, given, allowed, found)
        except (ValueError, LookupError):
            refused.append(Refusal(name, given[:LONGEST]))
    return Asked(**found), refused


def _allowed(store: Store) -> dict[str, Collection[str]]:
    catalog = store.catalog
    return {
        "show": SHOWS,
        "map": (COUNTRY_CODE, *(edition.id for edition in editions())),
        "level": tuple(str(level) for level in Level),
        "role": ROLES,
        "state": STATES,
        "qualifier": QUALIFIERS,
        "origin": catalog.origins,
        "dataset": tuple(store.datasets()["id"]),
        "indicators": catalog.indicators,
        "sort": SORTS,
        "columns": COLUMNS,
        "by": DIMENSIONS,
        "across": DIMENSIONS,
    }


def _read(
    name: str, given: str, allowed: Mapping[str, Collection[str]], found: Mapping[str, Any]
) -> Any:
    if name in ("indicators", "columns"):
        return _list(name, given, allowed[name])
    if name in allowed:
        return _one(given, allowed[name])
    if name == "place":
        return _place(given, str(found.get("map", "")))
    if name in ("since", "until"):
        return _day(given)
    if name in ("least", "most"):
        if not _NUMBER.fullmatch(given):
            raise ValueError(given)
        return given
    if name == "page":
        # int() takes digits of other scripts, signs and underscores too.
        if not re.fullmatch(r"[1-9]\d{0,6}", given, re.ASCII) or int(given) > MOST_PAGES:
            raise ValueError(given)
        return int(given)
    return _text(given)


def _text(given: str) -> str:
    """Return what is searched for as the store has it: composed letters, single spaces."""
    plain = unicodedata.normalize("NFC", " ".join(given.split()))
    # Control characters are in no figure, and databases refuse them.
    if len(plain) > MOST_TEXT or not plain.isprintable():
        raise ValueError(given)
    return plain


def _one(given: str, allowed: Collection[str]) -> str:
    if given not in allowed:
        raise ValueError(given)
    return given


def _list(name: str, given: str, allowed: Collection[str]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(given[:LONGEST_LIST].split(",")))
    most = MOST_INDICATORS if name == "indicators" else len(COLUMNS)
    if len(values) > most or not all(value in allowed for value in values):
        raise ValueError(given)
    return values


def _place(given: str, edition: str) -> str:
    if not edition or edition == COUNTRY_CODE or not has_area(edition, given):
        raise ValueError(given)
    if area(edition, given).level in (Level.COUNTRY, Level.REGION):
        raise ValueError(given)
    return given


def _day(given: str) -> str:
    if not _DAY.fullmatch(given):
        raise ValueError(given)
    first_day(given)
    return given
