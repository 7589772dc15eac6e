"""What is said of a page where its address is pasted: title, a sentence, its picture."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from base.html import Markup, el
from base.words import DEFAULT_LANG, LANGS, Lang, t
from geo.editions import area
from metrics.briefs import THEMES, profile
from metrics.exporting import public_url
from ui.address import AS_OF, CLUSTERS, PROFILE, VIEW, carry, parse, read_asked
from ui.compare import FEWEST, draw_clusters
from ui.places import lede
from ui.scene import Manner, draw, place_name
from ui.serving.api import BESIDE, LISTS, PLACES, asked_beside, beside_pages
from ui.serving.api.beside import PNG
from ui.serving.base import base_path, whole
from ui.serving.feeds import feeds_html
from ui.serving.published import LONGEST_QUERY, is_closed, published
from ui.shell import FIRST
from ui.theme import story

NAME: Final = "Atlas 06"
# A picture that is wide and light; its dots are those of `geo.figure.pixels`.
PICTURE: Final = {"size": "wide", "dpi": "150"}
LOCALES: Final = {"vi": "vi_VN", "en": "en_GB"}
OEMBED: Final = "api/v1/oembed"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Card:
    """What is said of a page.

    Attributes
    ----------
    title, about
        What it shows, and a sentence about it.
    address
        Relative to the app: of the same view, whatever else was asked.
    picture, alt
        Where its picture is, relative to the app, and what that shows; "" where it has none.
    """

    title: str
    about: str
    address: str
    picture: str = ""
    alt: str = ""


def card(page: str, query: str) -> tuple[Card, Lang]:
    """Write what is said of a page, from what is published; of one that is closed only its name.

    Parameters
    ----------
    query
        What follows the question mark, as it arrived.
    """
    pairs = parse_qsl(query) if len(query) <= LONGEST_QUERY else []
    given = asked_beside(page, pairs) if page in beside_pages() else {}
    lang: Lang = next((one for one in LANGS if one == dict(pairs).get("lang")), DEFAULT_LANG)
    address = _address(page, {"lang": lang, **given} if page in LISTS else {"lang": lang})
    plain = Card(_name(page, lang), t("foot.what", lang), address)
    try:
        if is_closed():
            return plain, lang
        if page in THEMES:
            return _of_theme(page, plain, given.get(AS_OF, ""), lang), lang
        if page == PLACES:
            return _of_places(plain, given, lang), lang
        if page in LISTS or page not in beside_pages():
            return plain, lang
        return (_of_view(given) if page == FIRST else _of_page(page, given, lang)), lang
    except Exception as error:  # the page itself says what is wrong
        _log.debug("no card of %s: %s", page, error)
        return plain, lang


def _name(page: str, lang: Lang) -> str:
    return t("app.name", lang) if page == FIRST else f"{t(f'nav.{page}', lang)} – {NAME}"


def _address(page: str, given: dict[str, str]) -> str:
    return f"{'' if page == FIRST else page}?{urlencode(given)}"


def _of_view(given: dict[str, str]) -> Card:
    store = published(given.get(AS_OF, ""))
    own = {name: text for name, text in given.items() if name in VIEW.names}
    view, _ = parse(own, store.catalog.indicators)
    scene = draw(store, view).scene
    shown, words = scene.view.params(), scene.words
    plain = Card(f"{words.title} – {NAME}", words.subtitle, _address(FIRST, shown))
    if scene.manner is Manner.EMPTY:
        return plain
    picture = f"{FIRST}.png?{urlencode(shown | PICTURE)}"
    return replace(plain, picture=picture, alt=words.alt)


def _of_page(page: str, given: dict[str, str], lang: Lang) -> Card:
    title, about = _name(page, lang), t("foot.what", lang)
    store = published(given.get(AS_OF, ""))
    view, _ = parse({"lang": lang, **given}, store.catalog.indicators)
    picture = f"{page}.png?{urlencode(given | PICTURE)}"
    if page == PROFILE:
        title = f"{place_name(area(view.edition, view.place), lang, full=True)} – {NAME}"
        about = lede(profile(store, view.edition, view.place), lang)
    elif page == CLUSTERS:
        asked, _ = read_asked(given, CLUSTERS, view, store)
        drawn = draw_clusters(store, view, asked.clusters)
        title, about = f"{drawn.title} – {NAME}", " ".join(drawn.sentences) or drawn.why
        picture = picture if drawn.found else ""
    address = _address(page, {"lang": lang, **given})
    return Card(title, about, address, picture, title if picture else "")


def _of_places(plain: Card, given: dict[str, str], lang: Lang) -> Card:
    store = published(given.get(AS_OF, ""))
    view, _ = parse({"lang": lang, **given}, store.catalog.indicators)
    if len(view.pins) < FEWEST:
        return plain
    names = ", ".join(place_name(area(view.edition, code), lang, full=True) for code in view.pins)
    picture = f"{PLACES}.png?{urlencode(given)}"
    return replace(plain, about=names, picture=picture, alt=names)


def _of_theme(page: str, plain: Card, as_of: str, lang: Lang) -> Card:
    found = story(published(as_of), page, lang)
    figures = [f"{one.what}: {one.value} ({one.when})" for one in found.headline.figures[:1]]
    said = replace(plain, about=" ".join([*figures, found.headline.meaning]) or plain.about)
    if found.drawn is None or not found.mapped:
        return said
    scene = found.drawn.scene
    shown = carry(scene.view.params(), as_of)
    picture = f"{FIRST}.png?{urlencode(shown | PICTURE)}"
    return replace(said, picture=picture, alt=scene.words.alt)


def card_html(found: Card, lang: Lang) -> list[Markup]:
    """Write a card as what stands in the head of a document."""
    told = {
        "og:site_name": NAME,
        "og:type": "website",
        "og:locale": LOCALES[lang],
        "og:title": found.title,
        "og:description": found.about,
        "og:url": whole(found.address),
    }
    if found.picture:
        told |= {"og:image": whole(found.picture), "og:image:alt": found.alt}
        told |= {"og:image:type": "image/png", "twitter:card": "summary_large_image"}
    metas = [el("meta", property=name, content=text) for name, text in told.items()]
    return [el("meta", name="description", content=found.about), *metas]


def links_html(page: str, query: str, found: Card) -> list[Markup]:
    """Write the one address to keep, and those of what stands beside the page."""
    links = [el("link", rel="canonical", href=whole(found.address)), *feeds_html(page, query)]
    if page not in beside_pages() or len(query) > LONGEST_QUERY:
        return links
    given = asked_beside(page, parse_qsl(query))
    asked = f"?{urlencode(given)}" if given else ""
    links += [
        el("link", rel="alternate", type=BESIDE[form], href=f"{base_path()}/{page}.{form}{asked}")
        for form in beside_pages()[page]
        if found.picture or form != PNG or page not in THEMES
    ]
    if page == FIRST and public_url():
        at = whole(f"{OEMBED}?{urlencode({'url': whole(found.address)})}")
        links.append(el("link", rel="alternate", type="application/json+oembed", href=at))
    return links
