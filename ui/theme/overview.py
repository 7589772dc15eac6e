"""A line for each theme, below the map of the first page."""

from __future__ import annotations

from base.html import Markup, el, link
from base.words import Lang, t
from metrics.briefs import THEMES
from metrics.store import Store
from ui.theme.blocks import onward, page_href
from ui.theme.story import figure_html, story


def lines_html(store: Store, lang: Lang) -> Markup:
    """Write the opening figure of each theme, with its date and the way to its page."""
    themes = []
    for domain in THEMES:
        if domain not in store.catalog.domains:
            continue
        facts = story(store, domain, lang)
        href, opening = page_href(domain, lang), facts.headline
        themes.append(
            el(
                "section",
                el("h2", link(href, facts.title)),
                (figure_html(figure, opening.how) for figure in opening.figures[:1]),
                onward(href, t("overview.read", lang)),
            )
        )
    return el("div.atlas-story.atlas-front", themes)
