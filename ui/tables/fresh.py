"""How fresh the figures of indicators are, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from base.html import Markup, el, join, link
from base.words import Lang, day, pick, t
from metrics.refresh import Fresh, freshness
from metrics.store import VIET_NAM, Store
from ui.address import View
from ui.parts import next_text, rhythm_text, rows_html
from ui.shell import current_actor
from ui.tables.asked import Asked

COLUMNS = ("indicator", "newest", "came", "rhythm", "next")


def fresh_table(store: Store, asked: Asked, lang: Lang) -> Markup:
    """Write how fresh the indicators chosen are, or all: late ones first, then the newest."""
    every = freshness(store, current_actor())
    found = [one for id_, one in every.items() if id_ in asked.indicators or not asked.indicators]
    found.sort(key=lambda one: (not one.late, -one.newest.toordinal()))
    if not found:
        return el("p.atlas-text", t("fresh.none", lang))
    heads = [t(f"fresh.column.{name}", lang) for name in COLUMNS]
    rows = (_row(one, lang) for one in found)
    note = el("p.atlas-small", t("fresh.note", lang))
    return join(note, rows_html(heads, rows, t("fresh.caption", lang)))


def _row(one: Fresh, lang: Lang) -> Iterable[object]:
    href = View(lang=lang).to(indicator=one.indicator.id).href()
    came = day(one.came.astimezone(VIET_NAM).date(), lang) if one.came else ""
    told = next_text(one, lang)
    return (
        link(href, pick(one.indicator.title, lang)),
        day(one.newest, lang),
        came,
        rhythm_text(one, lang),
        el("b", told) if one.late else told,
    )
