"""The first page in HTML: the three themes, how current the atlas is, what it does not know."""

from __future__ import annotations

from html import escape
from itertools import groupby

from base.words import Lang, day, number, pick, t, tn
from metrics.briefs import Overview, Silence, reach_of_all, theme
from metrics.catalog import Domain
from metrics.store import Store
from ui.about import known
from ui.scene import level_name, map_name
from ui.theme.blocks import SILENT, link, page_href, paragraphs
from ui.theme.story import Headline, figure_html, map_heading, story
from ui.theme.words import joined


def about_html(store: Store, found: Overview, lang: Lang) -> str:
    """Say what the atlas is, how much it holds and how current that is."""
    held = known.summary(store, list(reach_of_all(store)), lang)
    current = t("overview.current", lang, day=day(found.newest, lang)) if found.newest else ""
    told = paragraphs((t("overview.what", lang), f"{current} {held}".strip()))
    return f'<div class="atlas-story">{told}</div>'


def themes_html(store: Store, found: Overview, lang: Lang) -> str:
    """Write the opening of each theme, with the way to its page."""
    items = []
    for domain in found.themes:
        facts = story(store, domain, lang)
        inner = _opening(facts.headline) + link(page_href(domain, lang), t("overview.read", lang))
        title = f'<a href="{escape(page_href(domain, lang))}" target="_self">'
        items.append(f"<section><h2>{title}{escape(facts.title)}</a></h2>{inner}</section>")
    return f'<div class="atlas-story atlas-front">{"".join(items)}</div>'


def _opening(headline: Headline) -> str:
    first = "".join(figure_html(figure, headline.how) for figure in headline.figures[:1])
    return f'{first}<p class="sense">{escape(headline.meaning)}</p>'


def map_heading_html(store: Store, domain: str, lang: Lang) -> str:
    """Write the heading of the map of the theme that reaches furthest; "" where it has none."""
    best, drawn = theme(store, domain).best, story(store, domain, lang).drawn
    return map_heading(drawn, best, lang, "overview.map") if best and drawn else ""


def unknowns_html(found: Overview, lang: Lang) -> str:
    """List what is not known, the largest first, each with the way to where it is told."""
    items = []
    for silence, subjects in groupby(found.unknowns, key=lambda pair: pair[1]):
        names = joined([_subject(domain, lang) for domain, _ in subjects], lang)
        items.append(f"<li>{escape(silent_text(silence, lang))} {names}.</li>")
    if found.unknown_targets:
        n, of = (number(count, lang) for count in (found.unknown_targets, found.targets))
        told = tn("overview.unknown.targets", found.unknown_targets, lang, n=n, of=of)
        address = escape(page_href("targets", lang))
        items.append(f'<li><a href="{address}" target="_self">{escape(told)}</a></li>')
    heading = f"<h2>{escape(t('overview.unknown', lang))}</h2>"
    more = link(page_href("known", lang), t("theme.open.known", lang))
    return f'<section class="atlas-story">{heading}<ul>{"".join(items)}</ul>{more}</section>'


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


def _subject(domain: Domain, lang: Lang) -> str:
    """Name a subject, with the way to where its page tells what nobody reports."""
    href = escape(f"{page_href(domain.id, lang)}#{SILENT}")
    return f'<a href="{href}" target="_self">{escape(pick(domain.title, lang))}</a>'
