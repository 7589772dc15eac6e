"""How fresh figures are, in words: of when, since when known, what is next, whether late."""

from __future__ import annotations

from datetime import datetime

from base.html import Markup, el, paragraphs
from base.words import Lang, day, pick, t
from metrics.refresh import Fresh, freshness
from metrics.store import VIET_NAM, Store
from ui.shell import as_of, current_actor


def moment(time: datetime | None, lang: Lang) -> str:
    """Write a moment by the clocks of Viet Nam; a dash for none."""
    if time is None:
        return day(None, lang)
    here = time.astimezone(VIET_NAM)
    return f"{day(here.date(), lang)}, {here:%H:%M}"


def fresh_of(store: Store, indicator: str) -> Fresh | None:
    """Tell how fresh the figures of an indicator are, as the reader may know it."""
    return freshness(store, current_actor(), past=bool(as_of())).get(indicator)


def newest_text(fresh: Fresh, lang: Lang) -> str:
    """Say of when the newest figures are, and when the last of them came in."""
    of = day(fresh.newest, lang)
    if fresh.came is None:
        return t("fresh.newest", lang, day=of)
    came = day(fresh.came.astimezone(VIET_NAM).date(), lang)
    return t("fresh.newest.came", lang, day=of, came=came)


def rhythm_text(fresh: Fresh, lang: Lang) -> str:
    """Say how often something new comes, and who says so."""
    if fresh.source is not None:
        every = t(f"refresh.every.{fresh.every}", lang)
        return t("fresh.rhythm.source", lang, every=every)
    if fresh.rhythm is not None:
        return t("fresh.rhythm.stated", lang, wording=pick(fresh.rhythm.wording, lang))
    return t("fresh.rhythm.unknown", lang)


def next_text(fresh: Fresh, lang: Lang) -> str:
    """Say when something new is expected, and whether it is late; "" where nobody states that."""
    if fresh.expected is None:
        return ""
    when = day(fresh.expected, lang)
    return t(f"fresh.next.{'late' if fresh.late else 'due'}", lang, day=when)


def fresh_html(fresh: Fresh, lang: Lang) -> Markup:
    """Write how fresh the figures of an indicator are."""
    asked = t("fresh.asked", lang, time=moment(fresh.asked, lang)) if fresh.asked else ""
    told = [newest_text(fresh, lang), f"{rhythm_text(fresh, lang)} {asked}".strip()]
    late = el("b", next_text(fresh, lang)) if fresh.late else next_text(fresh, lang)
    return el("section.atlas-fresh", el("h4", t("fresh.title", lang)), paragraphs([*told, late]))
