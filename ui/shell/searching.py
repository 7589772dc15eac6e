"""The search for a place, the same on every page."""

from __future__ import annotations

from typing import Any

from base.words import Lang, t
from geo.editions import EDITION_2025
from geo.maps import versioned
from ui.shell.components import Chosen, combobox, static_url


def search_places(
    key: str,
    lang: Lang,
    chosen: Chosen,
    *,
    edition: str = EDITION_2025,
    only: bool = False,
    **how: Any,
) -> None:
    """Show the search over the places of all editions, by old name or new, or by code.

    Parameters
    ----------
    chosen
        What is done with the place, given as ``edition:code``.
    edition
        The map looked at: of two places alike, the one on it comes first.
    only
        Whether only places of that edition are wanted; others lead to what they became there.
    **how
        What the list is told besides, or otherwise; see static/ui/combobox.js.
    """
    data = {
        "label": t("search.label", lang),
        "placeholder": t("search.hint", lang),
        "empty": t("search.none", lang),
        "unnumbered": t("search.none.number", lang),
        "more": t("picker.more", lang),
        "loading": t("search.loading", lang),
        "value": None,
        "places": static_url(versioned(f"places/search-{lang}.json")),
        "script": static_url(versioned("ui/search.js")),
        "edition": edition,
        "only": only,
    }
    combobox(key, data | how, chosen)
