"""The document of a page: its head, what stands above every page and below it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from base.html import Markup, el, items, join
from base.words import LANGS, Lang, day, t
from metrics.store import known_words
from ui.publish.feeds import ALL
from ui.publish.links import Ways
from ui.publish.site import HOME, spoken, theme_path
from ui.updates import FEED_MEDIA

NAME: Final = "Atlas 06"
# Nothing is asked of elsewhere, and no script runs but those of the folder.
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
STYLE: Final = "assets/site.css"
SCRIPTS: Final = ("assets/search.js", "assets/site.js")


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page says.

    Attributes
    ----------
    path
        Where it is, in its first language.
    title, about
        What it shows, and a sentence about it.
    body
        What stands between the menu and the foot.
    scripts
        Files besides those of every page, in the order in which they run.
    picture
        Where its picture is; "" for none.
    beside
        Other forms of it: media type and place.
    data
        What it is for machines that look for data (JSON-LD); empty for none.
    """

    path: str
    title: str
    about: str
    body: Markup
    scripts: Sequence[str] = ()
    picture: str = ""
    beside: Sequence[tuple[str, str]] = ()
    data: Any = None


def document(page: Page, ways: Ways) -> bytes:
    """Write the document of a page."""
    lang = ways.lang
    root = ways.file(HOME).removesuffix(HOME)
    html = el(
        "html",
        el("head", *_head(page, ways)),
        el(
            "body",
            el("a.skip", t("skip.text", lang), href="#main"),
            _header(page, ways),
            el("main", page.body, id="main", tabindex="-1"),
            _foot(ways),
            [
                el("script", src=ways.file(name), defer=True)
                for name in (*page.scripts, f"assets/places-{lang}.js", *SCRIPTS)
            ],
        ),
        lang=lang,
        data_root=root,
        data_lang=lang,
    )
    return f"<!DOCTYPE html>\n{html}\n".encode()


def _head(page: Page, ways: Ways) -> list[Markup]:
    title = page.title if page.title == NAME else f"{page.title} – {NAME}"
    told = [
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=POLICY),
        el("title", title),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="description", content=page.about),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", property="og:title", content=title),
        el("meta", property="og:description", content=page.about),
        el("meta", property="og:type", content="website"),
        el("meta", property="og:site_name", content=NAME),
        el("link", rel="icon", href=ways.file("assets/icon.svg"), type="image/svg+xml"),
        el("link", rel="stylesheet", href=ways.file(STYLE)),
    ]
    told += [
        el("link", rel="alternate", type=media, href=ways.file(at)) for media, at in page.beside
    ]
    if base := ways.site.base:
        news, feed = t("updates.heading", ways.lang), ways.to(ALL)
        told.append(
            el("link", rel="alternate", type=FEED_MEDIA, title=f"{NAME}: {news}", href=feed)
        )
        own = base + spoken(page.path, ways.lang)
        told += [el("link", rel="canonical", href=own), el("meta", property="og:url", content=own)]
        told += [
            el("link", rel="alternate", hreflang=lang, href=base + spoken(page.path, lang))
            for lang in LANGS
        ]
        if page.picture:
            told.append(el("meta", property="og:image", content=base + page.picture))
            told.append(el("meta", name="twitter:card", content="summary_large_image"))
    if page.data:
        text = json.dumps(page.data, ensure_ascii=False, separators=(",", ":"))
        # What stands in a script must not end it.
        safe = Markup(text.replace("<", "\\u003c"))
        told.append(el("script", safe, type="application/ld+json"))
    return told


def begun(text: str) -> str:
    """Begin a line with a capital."""
    return text[:1].upper() + text[1:]


def _header(page: Page, ways: Ways) -> Markup:
    lang, site = ways.lang, ways.site
    doors = [(HOME, t("nav.explore", lang))]
    if profiles := _profiles(ways):
        doors.append((profiles, t("nav.profile", lang)))
    doors += [(theme_path(id_), t(f"nav.{id_}", lang)) for id_ in site.themes]
    doors += [(f"{name}.html", t(f"nav.{name}", lang)) for name in ("sources", "methods")]
    return el(
        "header.masthead",
        el("a.brand", NAME, href=ways.to(HOME)),
        el(
            "nav",
            items(_door(path, name, page, ways) for path, name in doors),
            aria_label=t("publish.doors", lang),
        ),
        _search(lang),
        _languages(page, ways),
    )


def _profiles(ways: Ways) -> str:
    found = [path for path in ways.site.pages() if path.startswith("places/")]
    return found[0] if found else ""


def _door(path: str, name: str, page: Page, ways: Ways) -> Markup:
    return el("a", name, href=ways.to(path), aria_current="page" if path == page.path else None)


def _search(lang: Lang) -> Markup:
    # Without a script there is nothing to search with: it is shown by the script that serves it.
    field = el(
        "input",
        type="search",
        id="search",
        autocomplete="off",
        spellcheck="false",
        placeholder=t("publish.search", lang),
        aria_label=t("publish.search", lang),
        role="combobox",
        aria_expanded="false",
        aria_controls="hits",
        aria_autocomplete="list",
        data_none=t("publish.none", lang),
    )
    hits = el("ul", id="hits", role="listbox", aria_label=t("publish.search", lang), hidden=True)
    return el("div.search", field, hits, el("p", role="status", class_="quiet"), hidden=True)


def _languages(page: Page, ways: Ways) -> Markup:
    told = [
        el(
            "a",
            lang.upper(),
            href=ways.to(page.path, lang),
            lang=lang,
            hreflang=lang,
            aria_current="true" if lang == ways.lang else None,
        )
        for lang in LANGS
    ]
    return el("nav.languages", told, aria_label=t("picker.language", ways.lang))


def _foot(ways: Ways) -> Markup:
    lang, site = ways.lang, ways.site
    frozen = el("time", day(site.frozen, lang), datetime=site.frozen.isoformat())
    before, after = t("publish.frozen", lang, day="\0").split("\0")
    known = known_words(site.as_of, lang)
    live = join(" ", el("a", t("publish.live", lang), href=site.live)) if site.live else ""
    more = [
        el("a", t(f"nav.{name}", lang), href=ways.to(f"{name}.html"))
        for name in ("updates", "known", "methods", "sources")
    ]
    more.append(el("a", t("publish.files", lang), href=ways.to("files.html")))
    return el(
        "footer.colophon",
        el("p", t("foot.what", lang), ". ", before, frozen, after, known and f" {known}.", live),
        items(more),
    )
