"""Pages of text: sources, what is known, methods, and the files for programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from base.html import Markup, details, el, escape, items, join
from base.words import LANGS, Lang, number, pick, t
from metrics.briefs import coverage, taken
from metrics.store import KEPT_FOR, Store
from metrics.updates import Scope, updates
from ui.about import coverage_html, glossary_html, methods_text, origin_html, summary
from ui.publish.document import Page, document
from ui.publish.feeds import ALL, CALENDAR
from ui.publish.links import Ways, raised
from ui.publish.site import ABOUT, Site, spoken
from ui.shell import title_html
from ui.updates import MOST_ENTRIES, updates_html

BOLD: Final = re.compile(r"\*\*(.+?)\*\*")


def jobs(_: Site) -> Iterator[tuple[str, Lang]]:
    """Yield each page in each language."""
    for name in ABOUT:
        for lang in LANGS:
            yield name, lang


def write(site: Site, store: Store, name: str, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Write a page in a language."""
    path = f"{name}.html"
    ways = Ways(site, store, spoken(path, lang), lang)
    title, lead, told = _PAGES[name](store, ways)
    body = join(title_html(title, lead), ways.within(told))
    page = Page(path=path, title=title, about=lead or t("foot.what", lang), body=body)
    yield ways.page, document(page, ways)


def _sources(store: Store, ways: Ways) -> tuple[str, str, Markup]:
    lang = ways.lang
    found = sorted(taken(store), key=lambda item: -item.observations)
    listed = (raised(origin_html(item, lang)) for item in found)
    told = el("div.atlas-text.atlas-sources", listed)
    return t("sources.title", lang), t("sources.lead", lang), told


def _known(store: Store, ways: Ways) -> tuple[str, str, Markup]:
    lang, found = ways.lang, coverage(store)
    told = [el("p.atlas-text", summary(store, found, lang))]
    for domain in store.catalog.domains.values():
        rows = [row for row in found if row.indicator.domain == domain.id]
        if rows:
            n = number(len({row.indicator.id for row in rows}), lang)
            name = el("h2", pick(domain.title, lang), f" ({n})")
            table = coverage_html(store, rows, lang)
            told.append(el("div.atlas-text", details(name, table, open_=len(told) == 1)))
    return t("known.title", lang), t("known.lead", lang), join(told)


def _methods(_: Store, ways: Ways) -> tuple[str, str, Markup]:
    lang = ways.lang
    blocks = (_block(text) for text in methods_text(lang).split("\n\n"))
    told = el("div.atlas-text.prose", blocks)
    return t("methods.title", lang), "", told + glossary_html(lang)


def _block(text: str) -> Markup:
    """Write a heading or a paragraph of what is written in Markdown."""
    said = Markup(BOLD.sub(r"<b>\1</b>", str(escape(text.strip()))))
    return el("h2", said[3:]) if said.startswith("## ") else el("p", said)


def _updates(store: Store, ways: Ways) -> tuple[str, str, Markup]:
    lang = ways.lang
    told = [el("a", t("updates.calendar", lang), href=ways.to(CALENDAR), download=True)]
    if ways.site.base:
        told.insert(0, el("a", t("updates.follow", lang), href=ways.to(ALL)))
    found = updates(store, Scope(), MOST_ENTRIES)
    none = t("updates.none", lang, limit=number(KEPT_FOR.days, lang))
    listed = updates_html(store, found, lang) if found else el("p.atlas-text", none)
    text = join(el("div.atlas-text.prose", items(told)), raised(listed))
    return t("updates.heading", lang), t("updates.lead", lang), text


def _files(_: Store, ways: Ways) -> tuple[str, str, Markup]:
    lang = ways.lang
    told = [
        el("a", t(f"publish.file.{name}", lang), href=ways.file(path))
        for name, path in (
            ("start", "api/v1/index.json"),
            ("openapi", "api/v1/openapi.json"),
            ("dcat", "dcat.jsonld"),
        )
    ]
    text = el("div.atlas-text.prose", el("p", t("publish.files.what", lang)), items(told))
    return t("publish.files", lang), t("publish.files.lead", lang), text


_PAGES: Final[dict[str, Callable[[Store, Ways], tuple[str, str, Markup]]]] = {
    "sources": _sources,
    "known": _known,
    "methods": _methods,
    "updates": _updates,
    "files": _files,
}
