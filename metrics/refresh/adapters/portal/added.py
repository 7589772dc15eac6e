"""Records that come with the figures: their origin, and indicators that the catalog lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from base.words import LANGS, Lang, t
from metrics.catalog import INDICATOR, ORIGIN, Catalog, Indicator, Origin
from metrics.refresh import Source
from metrics.refresh.adapters.portal.groups import ON_TIME
from metrics.refresh.adapters.portal.options import Time

_FAMILY: Final = "index766"
_MONTH_ON_TIME: Final = "dvcqg-month-ontime-rate"


def score_id(name: str, time: Time) -> str:
    """Name the indicator of the total or of a group."""
    return f"{_FAMILY}-{name}" if time == "year" else f"{_FAMILY}-{time}-{name}"


def part_id(indicator: str, time: Time) -> str | None:
    """Name the indicator of another figure; None where the catalog has none for such a span."""
    if time == "year":
        return indicator
    return _MONTH_ON_TIME if (indicator, time) == (ON_TIME, "month") else None


def origin_id(source: Source) -> str:
    """Name the origin of what a source gives."""
    return f"refresh-{source.id}"


def records_for(
    source: Source, used: Iterable[str], catalog: Catalog
) -> tuple[tuple[str, str], ...]:
    """Make the origin of a source, and the indicators of the index by quarter or month.

    Parameters
    ----------
    used
        Ids of the indicators that there are figures of.
    """
    made: list[tuple[str, str]] = [(ORIGIN, _origin(source).model_dump_json(exclude_none=True))]
    for id_ in sorted(set(used) - catalog.indicators.keys()):
        time, _, name = id_.removeprefix(f"{_FAMILY}-").partition("-")
        base = catalog.indicators[score_id(name, "year")]
        made.append((INDICATOR, _of_span(base, id_, time).model_dump_json(exclude_none=True)))
    return tuple(made)


def _origin(source: Source) -> Origin:
    parts = urlsplit(source.address)
    return Origin.model_validate(
        {
            "id": origin_id(source),
            "producer": {lang: t("refresh.portal_producer", lang) for lang in LANGS},
            "title": source.title.model_dump(),
            "date_published_kind": "unknown",
            "url": source.address if parts.scheme in ("http", "https") else None,
            "licence": "unknown",
        }
    )


def _of_span(base: Indicator, id_: str, time: str) -> Indicator:
    """Make the indicator of a quarter or a month of that of the year; its caveats are its own."""

    def said(key: str, text: str, lang: Lang) -> str:
        return t(f"refresh.portal_{key}.{time}", lang, text=text)

    def both(key: str, field: str) -> dict[str, str]:
        return {lang: said(key, getattr(getattr(base, field), lang), lang) for lang in LANGS}

    return base.model_copy(
        update={
            "id": id_,
            "family": f"{_FAMILY}-{time}",
            "title": type(base.title)(**both("title", "title")),
            "short": type(base.title)(**both("short", "short")),
            "definition": type(base.title)(**both("definition", "definition")),
            "caveats": (type(base.title)(**{g: t("refresh.portal_revises", g) for g in LANGS}),),
            "featured": None,
            "grades": None,
            "prefer": (),
        }
    )
