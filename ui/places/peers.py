"""The places that are like one: in its profile, with what brings them near and what parts them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from base.html import Markup, el, items, join, link
from base.words import Lang, number, pick, t
from geo.editions import COUNTRY_CODE, Area, Level
from metrics.similar import Driver, NoPeers, Peer, similar
from metrics.store import Store
from ui.address import View, explore_href, profile_href
from ui.parts import driver_text, method_text
from ui.places.paper import OFF_PAPER
from ui.scene import place_name

# Levels whose places are told that they have no peers; of others nothing is said.
TOLD = (Level.PROVINCE, Level.DISTRICT)


def peers_html(store: Store, place: Area, lang: Lang) -> Markup:
    """Write the nearest peers of a place; why there are none, where one may look for them."""
    heading = el("h2", t("similar.title", lang))
    try:
        found = similar(store, place.edition, place.code)
    except NoPeers as refusal:
        if place.level not in TOLD:
            return Markup()
        return el(f"section.peers.{OFF_PAPER}", heading, el("p", refusal.say(lang)))
    listed = items((_peer(place, peer, lang) for peer in found.peers), "ol")
    method = el("p", el("small", method_text(found, lang)))
    return el(f"section.peers.{OFF_PAPER}", heading, listed, method)


def _peer(place: Area, peer: Peer, lang: Lang) -> Markup:
    other = peer.place
    name = link(profile_href(other.edition, other.code, lang), place_name(other, lang, full=True))
    told = t(
        "similar.peer",
        lang,
        distance=number(peer.distance, lang, 2, fixed=True),
        n=number(peer.indicators, lang),
    )
    beside = link(side_href(place, other, lang), t("similar.beside", lang))
    head = el("p", el("b", name), " ", told, " ", beside)
    near, apart = (_drivers(place, found, lang) for found in (peer.near, peer.apart))
    lines = (("near", near), ("apart", apart or t("similar.nothing", lang)))
    return head + join(
        el("p", el("small", t(f"similar.{key}", lang), ": ", text)) for key, text in lines if text
    )


def _drivers(place: Area, found: tuple[Driver, ...], lang: Lang) -> Markup:
    told = (
        join(
            link(explore_href(one.indicator, place, lang), pick(one.indicator.short, lang)),
            f" ({driver_text(one, lang)})",
        )
        for one in found
    )
    return join(*told, by="; ")


def side_href(place: Area, other: Area, lang: Lang) -> str:
    """Return the address of two places side by side."""
    view = View(lang=lang).to(edition=place.edition, level=place.level)
    view = replace(view, pins=(place.code, other.code), place=COUNTRY_CODE)
    return f"places?{urlencode(view.params())}"
