"""Figures: the rows of a view, one for each area, or every observation; as files of each format."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from base.words import number, t
from geo.editions import COUNTRY_CODE, Level, areas
from metrics.exporting import (
    FORMATS,
    VIEW_COLUMNS,
    About,
    AsShown,
    Filtered,
    Rows,
    Selection,
    Tally,
    dumped,
    json_rows,
    metadata,
    title_of,
    view_href,
    window,
)
from ui.address import PUBLISHED, Param, Reading, bases
from ui.download import file_bytes, file_name, most_rows
from ui.serving.api.listed import MOST, links_of
from ui.serving.api.operations import ANY, BINARY, JSON, Answer, Asked, Operation
from ui.serving.api.parameters import (
    EDITION,
    LEVEL,
    PARENT,
    Parameter,
    choice,
    known,
    paging,
    read_day,
)
from ui.serving.api.problems import Problem
from ui.serving.api.schemas import STRING, listed, members, rows_schema

CSVW: Final = "csvw"
MEDIA: Final = {
    "json": JSON,
    "csv": FORMATS["csv"].mime,
    CSVW: "application/csvm+json",
    "jsonstat": "application/vnd.jsonstat+json",
    "geojson": FORMATS["geojson"].mime,
    "parquet": FORMATS["parquet"].mime,
}
# What of a row's geometry a file may hold: communes are many.
MOST_SHAPES: Final = 4000
MOST_INDICATORS: Final = 20
NEWEST, ALL, TO = "newest", "all", ".."
PAGE: Final = paging(MOST, MOST)


@dataclass(frozen=True, slots=True)
class Period:
    """Which figures are wanted.

    Attributes
    ----------
    at
        Of a view: the newest up to this day; None for the newest there are.
    every
        Whether every observation is wanted and not one for each area.
    since, until
        Of which as-of dates.
    """

    at: date | None = None
    every: bool = False
    since: date | None = None
    until: date | None = None


def _read_period(given: str, _: Reading) -> Period:
    if given == NEWEST:
        return Period()
    if given == ALL:
        return Period(every=True)
    if TO not in given:
        return Period(at=read_day(given))
    first, last = (read_day(end) if end else None for end in given.split(TO, 1))
    if (first or last) is None or (first and last and first > last):
        raise ValueError(given)
    return Period(every=True, since=first, until=last)


def _bases(so_far: Reading) -> tuple[str, ...]:
    level = so_far.found["level"] or Level.PROVINCE
    return bases(so_far.found["edition"], level)


def _read_basis(given: str, so_far: Reading) -> str:
    if given not in _bases(so_far):
        raise ValueError(given)
    return given


_INDICATORS: Final = replace(
    known("indicator", lambda s: s.known.catalog.indicators, most=MOST_INDICATORS), required=True
)
_PERIOD: Final = Parameter(
    Param("period", _read_period, start=lambda _: Period()),
    {"type": "string", "maxLength": 22, "default": NEWEST},
    told="period",
)
_BASIS: Final = Parameter(
    Param("basis", _read_basis, start=lambda _: PUBLISHED),
    {"type": "string", "maxLength": 12, "default": PUBLISHED},
    _bases,
)


def selection(asked: Asked) -> Selection:
    """Return what is asked for.

    Raises
    ------
    Problem
        If the parameters do not fit together.
    """
    period, level, parent = asked["period"], asked["level"], asked["parent"]
    indicators: tuple[str, ...] = asked["indicator"]
    parent = None if parent == COUNTRY_CODE else parent
    if period.every:
        if asked["basis"] != PUBLISHED:
            raise Problem("together", t("api.data.basis", asked.lang), parameter="basis")
        on = None if level is Level.COUNTRY else asked["edition"]
        return Filtered(
            indicators, on, level, parent, period.since, period.until, as_of=asked.as_of
        )
    if len(indicators) != 1:
        raise Problem("together", t("api.data.one", asked.lang), parameter="indicator")
    level = level or Level.PROVINCE
    if parent and not areas(asked["edition"], level, parent):
        told = t("api.data.parent", asked.lang, parent=parent, level=str(level))
        raise Problem("together", told, parameter="parent")
    basis = "" if asked["basis"] == PUBLISHED else asked["basis"]
    return AsShown(
        indicators[0], asked["edition"], level, parent, period.at, basis, as_of=asked.as_of
    )


def _data(asked: Asked) -> Answer:
    what, form = selection(asked), asked["format"]
    link = asked.link(view_href(what, asked.lang)) if isinstance(what, AsShown) else ""
    if form == "json":
        return rows_page(asked, what, title_of(asked.store, what, asked.lang), link)
    for name in ("limit", "offset"):
        if name in asked.given:
            raise Problem("together", t("api.data.whole", asked.lang, param=name), parameter=name)
    return rows_file(asked, what, form, "", link)


def rows_page(asked: Asked, what: Selection, title: str, link: str) -> Answer:
    """Answer with a page of rows, as records."""
    what.check(asked.store)
    total = what.count(asked.store)
    frames = list(window(what, asked.store, asked.lang, asked["offset"], asked["limit"]))
    tally = Tally()
    for frame in frames:
        tally.add(frame)
    kept = what.filtered(asked.store, asked.lang)
    about = About(title, link, asked.lang, asked.store.catalog, kept, what.as_of)
    links = links_of(asked, total)
    rows = [row for frame in frames for row in json_rows(frame[list(what.columns)])]
    document = {"metadata": metadata(about, tally), "total": total, "rows": rows, "links": links}
    return Answer(dumped(document).encode(), JSON, links, file_name(asked.store, what, "json"))


def rows_file(asked: Asked, what: Rows, form: str, title: str, link: str) -> Answer:
    """Answer with all rows as a file.

    Raises
    ------
    Problem
        If there are more than the format holds.
    """
    base = "csv" if form == CSVW else form
    what.check(asked.store)
    n, most = what.count(asked.store), _most(base)
    if n > most:
        told = t(
            "api.data.large", asked.lang, n=number(n, asked.lang), most=number(most, asked.lang)
        )
        raise Problem("too-large", told, instead=_instead(asked, base))
    content, beside = file_bytes(
        asked.store, what, base, asked.lang, title=title, link=link, bom=False
    )
    here = f"{asked.root}{asked.path.rpartition('.')[0]}"
    query = f"?{urlencode(asked.given)}" if asked.given else ""
    name = file_name(asked.store, what, base)
    if form == CSVW:
        told_ = {**json.loads(beside), "url": f"{here}.csv{query}"}
        return Answer(dumped(told_).encode(), MEDIA[form], name=f"{name}-metadata.json")
    links = {"describedby": f"{here}.{CSVW}{query}"} if form == "csv" else {}
    return Answer(content, MEDIA[form], links, name)


def _most(form: str) -> int:
    return min(most_rows(form), MOST_SHAPES) if FORMATS[form].geometry else most_rows(form)


def _instead(asked: Asked, form: str) -> list[str]:
    """Say what can be asked for: the rows page by page, or as what holds more."""
    here, given = f"{asked.root}/data", dict(asked.given)
    pages = f"{here}.json?{urlencode({**given, 'limit': MOST})}"
    narrower = f"{here}.{form}?{urlencode({**given, 'parent': '01'})}"
    return [pages, *([f"{here}.csv?{urlencode(given)}"] if form != "csv" else []), narrower]


_ROWS: Final = rows_schema(VIEW_COLUMNS)
DOCUMENT: Final = members(
    {
        "metadata": {"type": "object"},
        "total": {"type": "integer"},
        "rows": listed(_ROWS),
        "links": {"type": "object", "additionalProperties": STRING},
    }
)
OPERATIONS: Final = (
    Operation(
        name="data",
        path="/data.{format}",
        own=(
            choice("format", tuple(MEDIA), said="data.format"),
            _INDICATORS,
            EDITION,
            LEVEL,
            PARENT,
            _PERIOD,
            _BASIS,
            *PAGE,
        ),
        media={
            MEDIA["json"]: DOCUMENT,
            MEDIA["csv"]: STRING,
            MEDIA[CSVW]: members({"@context": ANY, "url": STRING, "tableSchema": ANY}),
            MEDIA["jsonstat"]: members({"version": STRING, "class": STRING, "value": ANY}),
            MEDIA["geojson"]: members({"type": STRING, "features": listed({"type": "object"})}),
            MEDIA["parquet"]: BINARY,
        },
        answer=_data,
        example="/data.json?indicator=index766-total",
    ),
)
