"""The first page in HTML: the three themes, how current the atlas is, what it does not know."""

from __future__ import annotations

from itertools import groupby

from base.html import Markup, el, items, link, paragraphs
from base.words import Lang, day, number, pick, t, tn
from metrics.briefs import Overview, Silence, reach_of_all, theme
from metrics.catalog import Domain
from metrics.store import Store
from ui.about import known
from ui.scene import level_name, map_name
from ui.theme.aims import SILENT
from ui.theme.blocks import onward, page_href
from ui.theme.story import figure_html, map_heading, story
from ui.theme.words import joined


def about_html(store: Store, found: Overview, lang: Lang) -> Markup:
    """Say what the atlas is, how much it holds and how current that is."""
    held = known.summary(store, list(reach_of_all(store)), lang)
    current = t("overview.current", lang, day=day(found.newest, lang)) if found.newest else ""
    told = paragraphs((t("overview.what", lang), f"{current} {held}".strip()))
    return el("div.atlas-story", told)


def themes_html(store: Store, found: Overview, lang: Lang) -> Markup:
    """Write the opening of each theme, with the way to its page."""
    themes = []
    for domain in found.themes:
        facts = story(store, domain, lang)
        href, opening = page_href(domain, lang), facts.headline
        themes.append(
            el(
                "section",
                el("h2", link(href, facts.title)),
                (figure_html(figure, opening.how) for figure in opening.figures[:1]),
                el("p.sense", opening.meaning),
                onward(href, t("overview.read", lang)),
            )
        )
    return el("div.atlas-story.atlas-front", themes)


def map_heading_html(store: Store, domain: str, lang: Lang) -> Markup:
    """Write the heading of the map of the theme that reaches furthest; "" where it has none."""
    best, drawn = theme(store, domain).best, story(store, domain, lang).drawn
    return map_heading(drawn, best, lang, "overview.map") if best and drawn else Markup()


def unknowns_html(found: Overview, lang: Lang) -> Markup:
    """List what is not known, the largest first, each with the way to where it is told."""
    told: list[object] = []
    for silence, subjects in groupby(found.unknowns, key=lambda pair: pair[1]):
        names = joined([_subject(domain, lang) for domain, _ in subjects], lang)
        told.append((silent_text(silence, lang), " ", Markup(names), "."))
    if found.unknown_targets:
        n, of = (number(count, lang) for count in (found.unknown_targets, found.targets))
        text = tn("overview.unknown.targets", found.unknown_targets, lang, n=n, of=of)
        told.append(link(page_href("targets", lang), text))
    heading = el("h2", t("overview.unknown", lang))
    more = onward(page_href("known", lang), t("theme.open.known", lang))
    return el("section.atlas-story", heading, items(told), more)


def silent_text(silence: Silence, lang: Lang) -> str:
    """Say how many areas of a map have no figure about what is named next."""
    return tn(
        "overview.unknown.areas",
        len(silence.silent),
        lang,
        n=number(len(silence.silent), lang),
        of=number(silence.of, lang),
        areas=level_name(silence.level, lang, silence.of),
        map=map_name(silence.edition, lang),
    )


def _subject(domain: Domain, lang: Lang) -> Markup:
    """Name a subject, with the way to where its page tells what nobody reports."""
    return link(f"{page_href(domain.id, lang)}#{SILENT}", pick(domain.title, lang))
