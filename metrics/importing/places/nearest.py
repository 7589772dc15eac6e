"""The suggestions for places that can be accepted all at once."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from rapidfuzz import fuzz

from geo.editions import Area
from geo.names import Method
from metrics.importing.cells import plain
from metrics.importing.mapping import Report
from metrics.importing.places.spellings import place_key

# Why a row matches nothing, where the nearest name may be taken unseen.
_SURE_ENOUGH: Final = (str(Method.UNKNOWN), str(Method.DIACRITICS_CONFLICT))
LIKE_ENOUGH: Final = 82
# "Cao Bằng (56 xã)": how many units are in it.
_COUNTED: Final = re.compile(r" \d+ (?:xa|phuong|don vi|huyen|dvhc)\b.*$")


def nearest(report: Report) -> dict[str, str]:
    """Return the suggestions that can be accepted all at once: spelling to code.

    Left out is what is ambiguous (a name of several areas), what names a unit of another level or
    edition, and what differs in a number: these need a person to look at each. So do two offices
    of one place.
    """
    rows = report.unmatched.drop_duplicates(["place", "parent"])
    rows = rows[rows["suggestions"].map(bool)]
    found = {
        place_key(row["place"], row["parent"]): row["suggestions"][0].code
        for row in rows.to_dict("records")
        if _is_near(row["place"], row["method"], row["suggestions"])
    }
    # A place that another row is already, or that two spellings are nearest to, is nobody's.
    told = Counter(found.values()) + Counter(set(report.places["code"]))
    return {spelling: code for spelling, code in found.items() if told[code] == 1}


def _is_near(place: str, method: str, near: tuple[Area, ...]) -> bool:
    """Tell whether a spelling is like enough, the office of one place, or a place with a count."""
    if method == str(Method.AUTHORITY):
        return len(near) == 1
    bare = _COUNTED.sub("", plain(place))
    if method == str(Method.LIST) and bare != plain(place):
        return len(near) == 1 and _likeness(bare, near[0]) == 100
    alike = _digits(place) == _digits(near[0].name_vi)
    return method in _SURE_ENOUGH and alike and _likeness(place, near[0]) >= LIKE_ENOUGH


def _likeness(text: str, near: Area) -> float:
    """Return how alike a spelling and a name are, with the type of the unit and without."""
    name = plain(text)
    return max(
        fuzz.ratio(name, plain(near.name_vi)),
        fuzz.ratio(name, plain(near.name_vi).split(" ", 1)[-1]),
    )


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
