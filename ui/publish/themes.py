"""The article of a theme, as the app has it, with its map."""

from __future__ import annotations

from collections.abc import Iterator

from base.html import Markup, el, join
from base.words import LANGS, Lang, t
from metrics.store import Store
from ui.publish.document import Page, document
from ui.publish.links import Ways
from ui.publish.maps import map_figure, map_scripts
from ui.publish.site import Site, map_of, spoken, theme_path
from ui.theme import story


def jobs(site: Site) -> Iterator[tuple[str, Lang]]:
    """Yield each subject in each language."""
    for domain in site.themes:
        for lang in LANGS:
            yield domain, lang


def write(site: Site, store: Store, domain: str, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Write the article of a subject in a language."""
    path = theme_path(domain)
    ways = Ways(site, store, spoken(path, lang), lang)
    told = story(store, domain, lang)
    above, below = told.caption
    drawn, shown, scripts = told.drawn, Markup(), []
    if drawn is not None and told.mapped and map_of(drawn.scene.view) in site.has_map:
        shown = el("div.atlas-story", map_figure(drawn, map_of(drawn.scene.view), ways))
        scripts = map_scripts(drawn, lang)
    head, foot = join(told.lead, above), join(below, told.below)
    body = el("div.story", ways.within(head), shown, ways.within(foot))
    figure = next(iter(told.headline.figures), None)
    about = f"{figure.what}: {figure.value}." if figure else t("foot.what", lang)
    page = Page(path=path, title=told.title, about=about, body=body, scripts=scripts)
    yield ways.page, document(page, ways)
