"""What brings two places near or parts them, in words."""

from __future__ import annotations

from base.words import Lang, number, pick, t
from metrics.similar import FEWEST_SHARED, NEAR, Driver, Peer, Similar
from ui.scene import period_text, place_name, value_text, with_unit


def driver_text(driver: Driver, lang: Lang) -> str:
    """Write the two figures of an indicator, with their period."""
    indicator = driver.indicator
    return t(
        "similar.driver",
        lang,
        own=value_text(driver.own, indicator, lang),
        other=with_unit(value_text(driver.other, indicator, lang), indicator, lang),
        when=period_text(driver.own, lang),
    )


def why_alike(peer: Peer, lang: Lang) -> str:
    """Say in one line how near a peer is, and by what."""
    distance = number(peer.distance, lang, 2, fixed=True)
    told = t("similar.peer", lang, distance=distance, n=number(peer.indicators, lang))
    names = [pick(one.indicator.short, lang) for one in peer.near]
    return told + (t("similar.peer.near", lang, names="; ".join(names)) if names else "")


def method_text(found: Similar, lang: Lang) -> str:
    """Tell how peers are found, and among how many."""
    return t(
        "similar.method",
        lang,
        name=place_name(found.place, lang),
        n=number(found.indicators, lang),
        questions=number(found.questions, lang),
        compared=number(found.compared, lang),
        usual=number(found.usual, lang, 2, fixed=True),
        least=number(FEWEST_SHARED, lang),
        near=number(NEAR, lang, 1),
    )
