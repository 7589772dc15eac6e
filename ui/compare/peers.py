"""The places that are like the one pinned last: one act adds each."""

from __future__ import annotations

from typing import Final

import streamlit as st

from base.html import details, el
from base.words import t
from geo.editions import area
from metrics.similar import NoPeers, similar
from ui.address import MOST_PINS, View
from ui.parts import add_pin, method_text, why_alike
from ui.scene import place_name
from ui.shell import show, show_html, store

MOST: Final = 3


def peer_buttons(view: View) -> None:
    """Offer the nearest peers of the place pinned last, or say why there are none."""
    if not view.pins or len(view.pins) >= MOST_PINS:
        return
    place, lang = area(view.edition, view.pins[-1]), view.lang
    try:
        found = similar(store(), view.edition, place.code)
    except NoPeers as refusal:
        show("p.atlas-small", refusal.say(lang))
        return
    peers = [peer for peer in found.peers if peer.place.code not in view.pins][:MOST]
    if not peers:
        return
    with st.container(key="peers", horizontal=True, vertical_alignment="center"):
        words = t("similar.add", lang, name=place_name(place, lang))
        show_html(str(el("span.atlas-small", words)), width="content")
        for peer in peers:
            code = peer.place.code
            st.button(
                f"+ {place_name(peer.place, lang)}",
                key=f"peer {code}",
                help=why_alike(peer, lang),
                on_click=add_pin,
                args=(code,),
            )
    show_html(details(t("similar.how", lang), el("p", method_text(found, lang))))
