"""The first page: the map that the atlas opens with, the themes, and the list of all maps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from base.html import Markup, details, el, items, join
from base.words import LANGS, Lang, number, pick, t
from geo.editions import COUNTRY_CODE, Level, area
from metrics.store import Store
from ui.publish.document import NAME, Page, begun, document
from ui.publish.links import Ways
from ui.publish.maps import drawn_of, map_block, map_scripts
from ui.publish.site import HOME, MapOf, Site, place_path, spoken
from ui.scene import level_name, map_name, place_name
from ui.shell import title_html
from ui.theme import lines_html


def jobs(_: Site) -> Iterator[tuple[Lang]]:
    """Yield each language."""
    for lang in LANGS:
        yield (lang,)


def write(site: Site, store: Store, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Write the first page in a language."""
    ways = Ways(site, store, spoken(HOME, lang), lang)
    parts, scripts, picture = [title_html(NAME, t("foot.what", lang))], [], ""
    if site.front is not None:
        drawn = drawn_of(site, store, site.front, lang)
        words = drawn.scene.words
        parts = [title_html(words.title, words.subtitle), map_block(drawn, site.front, ways)]
        scripts, picture = map_scripts(drawn, lang), spoken(site.front.path(".png"), lang)
    if site.themes:
        parts.append(ways.within(lines_html(store, lang)))
    parts += [_maps(site, store, ways), _places(site, ways)]
    about = f"{t('foot.what', lang)}."
    page = Page(
        path=HOME, title=NAME, about=about, body=join(parts), scripts=scripts, picture=picture
    )
    yield ways.page, document(page, ways)


def _maps(site: Site, store: Store, ways: Ways) -> Markup:
    """List the maps by subject: of each indicator those of its levels and maps of the country."""
    lang, known = ways.lang, store.catalog
    told = []
    for id_, domain in known.domains.items():
        own = [one for one in site.newest if known.indicators[one.indicator].domain == id_]
        if own:
            lines = [
                (pick(known.indicators[name].short, lang), " ", _levels(list(of), ways))
                for name, of in groupby(own, key=lambda one: one.indicator)
            ]
            name = el("h3", pick(domain.title, lang), f" ({number(len(lines), lang)})")
            told.append(details(name, items(lines)))
    return el("section.listed", el("h2", t("publish.maps", lang)), told) if told else Markup()


def _levels(maps: list[MapOf], ways: Ways) -> Markup:
    lang, told = ways.lang, []
    for one in maps:
        name = level_name(Level(one.level), lang, 2)
        if one.place != COUNTRY_CODE:
            name += f", {place_name(area(one.edition, one.place), lang)}"
        told.append(
            el("a", begun(f"{name} · {map_name(one.edition, lang)}"), href=ways.to(one.path()))
        )
    return el("small", join(*told, by=" | "))


def _places(site: Site, ways: Ways) -> Markup:
    lang, told = ways.lang, []
    for edition, of in groupby(site.places, key=lambda one: one[0]):
        links = [
            el("a", place_name(area(*one), lang), href=ways.to(place_path(*one))) for one in of
        ]
        name = el("h3", begun(map_name(edition, lang)), f" ({number(len(links), lang)})")
        told.append(details(name, items(links, "ul.columns")))
    return el("section.listed", el("h2", t("nav.profile", lang)), told) if told else Markup()
