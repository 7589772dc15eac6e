"""A difference to read: why it waits, what it counts, and the figures that differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from base.html import Markup, details, el, items, join, link, paragraphs
from base.words import Lang, number, period, pick, t
from geo.editions import COUNTRY_CODE, Level, has_area
from metrics.catalog import Indicator
from metrics.observations import STATES
from metrics.refresh import KINDS, Difference, Kind, Line
from metrics.store import Store
from ui.parts import moment, rows_html
from ui.scene import (
    level_name,
    map_name,
    role_text,
    state_text,
    trace_href,
    value_text,
    where_name,
    with_unit,
)

# Of each kind so many figures are written out, and so many series.
MOST_LINES: Final = 40
MOST_SERIES: Final = 60
DIGITS: Final = 4
ALL_DIGITS: Final = 12
# What a person looks at first comes first; what is only many is folded.
ORDER: Final[tuple[Kind, ...]] = (
    *("outlier", "revised", "withdrawn", "missing", "twice"),
    *("new", "reworded"),
)
FOLDED: Final = frozenset({"new", "reworded"})


def counts_text(counts: Mapping[Kind, int], lang: Lang) -> str:
    """Say how many figures there are of each kind that there is."""
    told = ((counts.get(kind, 0), kind) for kind in KINDS)
    return ", ".join(t(f"refresh.count.{kind}", lang, n=number(n, lang)) for n, kind in told if n)


def difference_html(one: Difference, store: Store, lang: Lang, *, open_: bool) -> Markup:
    """Write what a run would change, and why it waits."""
    when = moment(datetime.fromisoformat(one.time), lang)
    counts = counts_text(one.counts, lang) or t("refresh.count.none", lang)
    heading = join(el("b", t("refresh.run", lang, time=when)), " ", el("small", counts))
    figures = {name: number(getattr(one, name), lang) for name in ("figures", "same")}
    notes = [pick(note, lang) for note in one.notes]
    records = t("refresh.records_come", lang, n=number(one.records, lang)) if one.records else ""
    return el(
        "details.atlas-difference",
        el("summary", heading),
        items(el("b", reason.say(lang)) for reason in one.reasons),
        paragraphs([t("refresh.figures", lang, **figures), records, *notes]),
        _series(one, store, lang),
        [_kind(one, kind, store, lang) for kind in ORDER],
        open=open_,
    )


def _series(one: Difference, store: Store, lang: Lang) -> Markup:
    """Write how much differs of each indicator at each level."""
    names = ("indicator", "map", "figures", "same", "differs")
    heads = [t(f"refresh.series.{name}", lang) for name in names]
    rows = [
        (
            _title(series.indicator, series.role, store, lang),
            _map(series.edition, series.level, lang),
            number(series.figures, lang),
            number(series.same, lang),
            counts_text(series.counts, lang) or "–",
        )
        for series in one.series[:MOST_SERIES]
    ]
    more = len(one.series) - len(rows)
    rest = more > 0 and el("p", t("refresh.more", lang, n=number(more, lang)))
    return join(rows_html(heads, rows, t("refresh.series", lang)), rest)


def _kind(one: Difference, kind: Kind, store: Store, lang: Lang) -> Markup:
    """Write the figures of one kind, the largest change first."""
    lines = [line for line in one.lines if line.kind == kind]
    n = one.counts.get(kind, 0)
    if not n or not lines:
        return Markup()
    shown = lines[:MOST_LINES]
    rest = n - len(shown)
    names = ("indicator", "place", "period", *_columns(kind))
    heads = [t(f"refresh.line.{name}", lang) for name in names]
    heading = t(f"refresh.section.{kind}", lang, n=number(n, lang))
    told = join(
        rows_html(heads, (_line(line, kind, store, lang) for line in shown), heading),
        rest > 0 and el("p", t("refresh.more", lang, n=number(rest, lang))),
    )
    return details(heading, told) if kind in FOLDED else join(el("h4", heading), told)


def _columns(kind: Kind) -> Sequence[str]:
    if kind == "revised":
        return ("before", "after", "change")
    if kind == "outlier":
        return ("before", "after")
    return {"withdrawn": ("before",), "missing": ()}.get(kind, ("after",))


def _line(line: Line, kind: Kind, store: Store, lang: Lang) -> Iterable[object]:
    indicator = store.catalog.indicators.get(line.indicator)
    sides = [line.before, line.after]
    before, after = (_figure(side, line.role, indicator, lang) for side in sides)
    if before == after and line.before != line.after:
        # They differ beyond the digits that the indicator is written with.
        before, after = (_whole(side, lang) for side in sides)
    told = {"before": before, "after": after, "change": _change(line, lang)}
    return (
        _title(line.indicator, line.role, store, lang),
        _place(line, indicator, lang),
        _when(line, lang),
        *(told[name] for name in _columns(kind)),
    )


def _title(id_: str, role: str, store: Store, lang: Lang) -> str:
    """Name an indicator; by its id where it comes with the difference and is not known yet."""
    indicator = store.catalog.indicators.get(id_)
    return role_text(role, lang) + (pick(indicator.short, lang) if indicator else id_)


def _map(edition: str, level: str, lang: Lang) -> str:
    names = [map_name(edition, lang) if edition else ""]
    if level in set(map(str, Level)):
        names.insert(0, level_name(Level(level), lang, 2))
    return " · ".join(name for name in names if name)


def _place(line: Line, indicator: Indicator | None, lang: Lang) -> Markup:
    """Name a place, with the way to what the atlas says of it now."""
    known = line.area == COUNTRY_CODE or (line.edition and has_area(line.edition, line.area))
    if not known:
        return join(line.area)
    name = where_name(line.edition, line.area, lang)
    href = trace_href(lang, line.indicator, line.edition, line.area) if indicator else ""
    return link(href, name[:1].upper() + name[1:])


def _when(line: Line, lang: Lang) -> str:
    start, end = (
        date.fromisoformat(day) if day else None for day in (line.period_start, line.period_end)
    )
    return period(start, end, line.grain, lang) if end else ""


def _figure(value: float | str | None, role: str, indicator: Indicator | None, lang: Lang) -> str:
    """Write a side as the atlas writes a figure of the indicator."""
    if isinstance(value, str):
        categories = indicator.categories if indicator else ()
        named = next((one for one in categories or () if one.id == value), None)
        if named:
            return pick(named.title, lang)
        return state_text(value, lang) if value in STATES else value
    if value is None or indicator is None or indicator.categories:
        return _whole(value, lang)
    row = {"state": "reported", "value": value, "qualifier": "", "category": "", "role": role}
    return with_unit(value_text(row, indicator, lang), indicator, lang)


def _whole(value: float | str | None, lang: Lang) -> str:
    """Write a side with all its digits; a dash for none."""
    if value is None:
        return "–"
    return value if isinstance(value, str) else number(value, lang, ALL_DIGITS)


def _change(line: Line, lang: Lang) -> str:
    """Say by how much a value changes, and what share that is of what its indicator spans."""
    before, after = line.before, line.after
    if isinstance(before, str) or isinstance(after, str) or before is None or after is None:
        return ""
    by = after - before
    sign = "+" if by > 0 else ""
    told = f"{sign}{number(by, lang, DIGITS)}"
    if line.share is None:
        return told
    share = number(line.share * 100, lang, 1)
    return t("refresh.change", lang, by=told, share=share)
