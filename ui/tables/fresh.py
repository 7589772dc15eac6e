"""How fresh the figures of indicators are, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from base.html import el, link
from base.words import Lang, day, pick, t
from metrics.briefs import PAGE_ROWS, pages
from metrics.refresh import Fresh, freshness
from metrics.store import VIET_NAM, Store
from ui.address import View
from ui.parts import rows_html
from ui.shell import as_of, current_actor, show, show_html
from ui.tables.asked import Asked

COLUMNS = ("indicator", "newest", "came", "rhythm", "next")


def fresh_table(store: Store, asked: Asked, lang: Lang) -> int:
    """Show how fresh the indicators chosen are, or all: late ones first, then the newest.

    Returns
    -------
    int
        How many pages there are.
    """
    every = freshness(store, current_actor(), past=bool(as_of()))
    found = [one for id_, one in every.items() if id_ in asked.indicators or not asked.indicators]
    found.sort(key=lambda one: (not one.late, -one.newest.toordinal()))
    if not found:
        show("p.atlas-text", t("fresh.none", lang))
        return 1
    last = pages(len(found), PAGE_ROWS)
    first = (min(asked.page, last) - 1) * PAGE_ROWS
    heads = [t(f"fresh.column.{name}", lang) for name in COLUMNS]
    rows = (_row(one, lang) for one in found[first : first + PAGE_ROWS])
    show("p.atlas-small", t("fresh.note", lang))
    show_html(rows_html(heads, rows, t("fresh.caption", lang)))
    return last


def _row(one: Fresh, lang: Lang) -> Iterable[object]:
    href = View(lang=lang).to(indicator=one.indicator.id).href()
    came = day(one.came.astimezone(VIET_NAM).date(), lang) if one.came else ""
    return (
        link(href, pick(one.indicator.title, lang)),
        day(one.newest, lang),
        came,
        _rhythm(one, lang),
        _next(one, lang),
    )


def _rhythm(one: Fresh, lang: Lang) -> str:
    if one.source is not None:
        every = t(f"refresh.every.{one.every}", lang)
        return t("fresh.short.source", lang, every=every)
    if one.rhythm is not None:
        return f"“{pick(one.rhythm.wording, lang)}”"
    return t("fresh.short.unknown", lang)


def _next(one: Fresh, lang: Lang) -> object:
    if one.expected is None:
        return ""
    when = day(one.expected, lang)
    return el("b", t("fresh.short.late", lang, day=when)) if one.late else when
