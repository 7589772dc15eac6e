"""Spellings of places that people have accepted, for one table or for the team."""

from __future__ import annotations

from collections.abc import Mapping as Accepted

import pandas as pd

from geo.editions import has_area
from metrics.importing.mapping import Mapping
from metrics.importing.names import BY_HAND, FOREIGN, NOT_PLACES, TEAM_ALIAS


def by_hand(frame: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Give rows the areas accepted for them by hand, but for units of other editions."""
    known = _known(mapping.places, mapping.edition)
    if not known:
        return frame
    pairs = zip(frame["place"], frame["parent"], strict=True)
    codes = pd.Series(
        [known.get(place_key(p, above)) or known.get(place_key(p)) or "" for p, above in pairs],
        index=frame.index,
        dtype=object,
    )
    return _told(frame, codes, ~frame["method"].isin(FOREIGN), BY_HAND)


def as_accepted(frame: pd.DataFrame, mapping: Mapping, aliases: Accepted) -> pd.DataFrame:
    """Give rows that are no area the ones that the team has accepted such spellings for."""
    known = _known(aliases, mapping.edition)
    if not known:
        return frame
    pairs = zip(frame["place"], frame["parent"], strict=True)
    codes = pd.Series(
        [known.get(place_key(p, above)) or "" for p, above in pairs],
        index=frame.index,
        dtype=object,
    )
    method = frame["method"]
    open_ = (frame["code"] == "") & ~method.isin([*FOREIGN, *NOT_PLACES])
    return _told(frame, codes, open_, TEAM_ALIAS)


def _known(accepted: Accepted, edition: str) -> dict[str, str]:
    return {place_key(text): code for text, code in accepted.items() if has_area(edition, code)}


def _told(frame: pd.DataFrame, codes: pd.Series, allowed: pd.Series, method: str) -> pd.DataFrame:
    told = (codes != "") & allowed
    frame.loc[told, "code"] = codes[told]
    frame.loc[told, "method"] = method
    frame.loc[told, "note"] = ""
    return frame


def place_key(place: str, parent: str = "") -> str:
    """Return what a spelling accepted by hand is kept under: "place" or "place | parent".

    Examples
    --------
    >>> place_key("  Châu  Thành", "Long An")
    'châu thành | long an'
    """
    texts = [" ".join(text.casefold().split("|")[0].split()) for text in (place, parent)]
    if not parent and "|" in place:
        texts = [" ".join(text.casefold().split()) for text in place.split("|", 1)]
    return " | ".join(text for text in texts if text)
