"""What the page of tables is asked for: every filter, the order, the columns, the pivot."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from base.words import Lang
from geo.editions import COUNTRY_CODE, Level, area, editions, has_area
from metrics.briefs import DIMENSIONS, MOST_TEXT, SORTS, Narrowed, indicators_named
from metrics.observations import QUALIFIERS, ROLES, STATES
from metrics.store import Store
from ui.address import Address, Param, Reading, among, listed, one_of

ROWS, PIVOT, FRESH = "rows", "pivot", "fresh"
SHOWS: Final = (ROWS, PIVOT, FRESH)
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
        Rows, a table of two dimensions, or how fresh the figures of indicators are.
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
        unused = ("by", "across") if self.show == ROWS else ("sort", "columns")
        told = TABLES.write(self).items()
        return {name: text for name, text in told if text and name not in unused}

    def href(self, lang: Lang, **changes: Any) -> str:
        """Return the address of the page with some parameters changed, on its first page."""
        return "tables?" + urlencode({"lang": lang, **replace(self, page=1, **changes).params()})

    def narrowed(self, store: Store, as_of: str = "") -> Narrowed:
        """Return the filters as the store takes them, which was so at `as_of`."""
        return Narrowed(
            as_of=as_of,
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


def _number(given: str, _: Reading) -> str:
    if not _NUMBER.fullmatch(given):
        raise ValueError(given)
    return given


def _page(given: str, _: Reading) -> int:
    # int() takes digits of other scripts, signs and underscores too.
    if not re.fullmatch(r"[1-9]\d{0,6}", given, re.ASCII) or int(given) > MOST_PAGES:
        raise ValueError(given)
    return int(given)


def _text(given: str, _: Reading) -> str:
    """Return what is searched for as the store has it: composed letters, single spaces."""
    plain = unicodedata.normalize("NFC", " ".join(given.split()))
    # Control characters are in no figure, and databases refuse them.
    if len(plain) > MOST_TEXT or not plain.isprintable():
        raise ValueError(given)
    return plain


def _place(given: str, so_far: Reading) -> str:
    edition = so_far.found["map"]
    if not edition or edition == COUNTRY_CODE or not has_area(edition, given):
        raise ValueError(given)
    if area(edition, given).level in (Level.COUNTRY, Level.REGION):
        raise ValueError(given)
    return given


def _day(given: str, _: Reading) -> str:
    if not _DAY.fullmatch(given):
        raise ValueError(given)
    first_day(given)
    return given


# What exists is in the store.
TABLES: Final = Address(
    Asked,
    (
        Param("show", among(*SHOWS)),
        Param(
            "indicators",
            listed(lambda so_far: so_far.known.catalog.indicators, MOST_INDICATORS),
            ",".join,
            longest=LONGEST_LIST,
        ),
        Param("map", among(COUNTRY_CODE, *(edition.id for edition in editions()))),
        Param("level", among(*map(str, Level))),
        Param("place", _place),
        Param("since", _day),
        Param("until", _day),
        Param("role", among(*ROLES)),
        Param("state", among(*STATES)),
        Param("qualifier", among(*QUALIFIERS)),
        Param("origin", lambda text, so_far: one_of(so_far.known.catalog.origins, text)),
        Param(
            "dataset",
            lambda text, so_far: one_of(tuple(so_far.known.datasets()["id"]), text),
            longest=LONGEST_LIST,
        ),
        Param("least", _number),
        Param("most", _number),
        Param("text", _text, longest=LONGEST_LIST),
        Param("sort", among(*SORTS)),
        Param("columns", listed(lambda _: COLUMNS, len(COLUMNS)), ",".join, longest=LONGEST_LIST),
        Param("page", _page),
        Param("by", among(*DIMENSIONS)),
        Param("across", among(*DIMENSIONS)),
    ),
)
