"""Titles and names of what is exported: stable, safe, the same for the same choice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from base.words import Lang, date_range, pick, t
from geo.editions import COUNTRY_CODE, EDITION_2025, area
from metrics.exporting.about import edition_text
from metrics.exporting.rows import is_simulated
from metrics.exporting.select import AsShown, Filtered, Rows, Several
from metrics.panel import filter_name, write_filters
from metrics.store import SIMULATED_PREFIX, Store

LONGEST_NAME: Final = 120


def marked(store: Store, out: Path) -> Path:
    """Put ``sim-`` before the name of a file with figures that are made up."""
    if is_simulated(store) and not out.name.startswith(SIMULATED_PREFIX):
        return out.with_name(SIMULATED_PREFIX + out.name)
    return out


def _short(name: str) -> str:
    """Cut a name that is too long; what was cut is told by its digest, so that names differ."""
    if len(name) <= LONGEST_NAME:
        return name
    digest = sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9].rstrip('._-')}_{digest}"


def safe_name(*parts: object, longest: int | None = LONGEST_NAME) -> str:
    """Make a file name of parts: letters, digits, points, hyphens, underscores; never empty.

    Examples
    --------
    >>> safe_name("Số hóa", "2025", "../01")
    'So-hoa_2025_01'
    """
    words = []
    for part in parts:
        plain = str(part).replace("đ", "d").replace("Đ", "D")
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
        words.append(re.sub(r"[^A-Za-z0-9.]+", "-", plain).strip("-."))
    return "_".join(word for word in words if word)[:longest].rstrip("._-") or "atlas06"


def name_of(store: Store, what: Rows) -> str:
    """Name the file of a selection, without its ending."""
    head = f"{SIMULATED_PREFIX}atlas06" if is_simulated(store) else "atlas06"
    known = f"as-of-{what.as_of}" if what.as_of else ""
    if isinstance(what, AsShown):
        carried = f"from-{what.basis}" if what.basis else ""
        place = what.parent or COUNTRY_CODE
        at = what.at.isoformat() if what.at else "newest"
        made = what.measured.kind if what.measured else ""
        only = f"only-{filter_name(write_filters(what.filters))}" if what.filters.names else ""
        parts = (head, what.indicator, what.edition, what.level, place, at, carried, made)
        return _short(safe_name(*parts, only, known, longest=None))
    if isinstance(what, Several):
        views, first = what.views, what.views[0]
        place, of = first.parent or COUNTRY_CODE, dict.fromkeys(view.indicator for view in views)
        days = [view.at.isoformat() if view.at else "newest" for view in views]
        named = (head, *of, first.edition, first.level, place, *dict.fromkeys(days), known)
        return _short(safe_name(*named, longest=None))
    few = what.indicators if what.indicators and len(what.indicators) <= 2 else ()
    many = f"{len(what.indicators)}-indicators" if what.indicators and not few else ""
    days = [day.isoformat() for day in (what.since, what.until) if day]
    edition = "VN" if what.edition == "" else what.edition or ""
    every = "all" if replace(what, as_of="") == Filtered() else ""
    named = (head, *few, many, edition, what.level or "", what.place or "", *days, every, known)
    return safe_name(*named)


def title_of(store: Store, what: Rows, lang: Lang) -> str:
    """Say what a selection holds, where and when."""
    if isinstance(what, AsShown):
        return _title_of_view(store, what, lang)
    if isinstance(what, Several):
        return "; ".join(_title_of_view(store, view, lang) for view in what.views)
    parts = [_indicators(store, what, lang)]
    if what.edition:
        parts.append(edition_text(what.edition, lang))
    if what.level is not None:
        parts.append(t(f"export.level.{what.level}", lang))
    if what.place is not None:
        place = area(what.edition or EDITION_2025, what.place)
        parts.append(place.name_vi if lang == "vi" else place.name_en)
    if what.since or what.until:
        first, last = what.since, what.until
        parts.append(
            date_range(first, last, lang)
            if first and last
            else t(
                "export.since" if first else "export.until",
                lang,
                day=date_range(None, first or last, lang),
            )
        )
    return ", ".join(parts)


def _indicators(store: Store, what: Filtered, lang: Lang) -> str:
    if what.indicators is None:
        return t("export.all", lang)
    titles = [pick(store.catalog.indicator(id_).title, lang) for id_ in what.indicators]
    return "; ".join(titles[:3]) + (" …" if len(titles) > 3 else "")


def _title_of_view(store: Store, what: AsShown, lang: Lang) -> str:
    shown = what.panel(store)
    place = area(what.edition, what.parent or COUNTRY_CODE)
    where = place.name_vi if lang == "vi" else place.name_en
    title = pick(shown.indicator.title, lang)
    when = date_range(shown.date_min, shown.date_max, lang)
    if shown.date_max is None:
        return t("title.plain", lang, what=title, where=where)
    return t("title.with_date", lang, what=title, where=where, when=when)
