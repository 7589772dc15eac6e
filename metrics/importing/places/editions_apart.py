"""What a table and its map do not share: areas without a row, rows of another map."""

from __future__ import annotations

import pandas as pd

from geo.editions import Area, Level, areas, editions
from geo.names import Method, resolve_many
from metrics.importing.mapping import Mapping
from metrics.importing.names import ACCEPTED


def absent(frame: pd.DataFrame, mapping: Mapping) -> list[Area]:
    """List the areas that a table says nothing about, within the provinces that it speaks of."""
    named = set(frame["code"]) - {""}
    everything = areas(mapping.edition, mapping.level)
    if mapping.level is not Level.PROVINCE:
        homes = {one.parent for one in everything if one.code in named}
        everything = tuple(one for one in everything if one.parent in homes)
    return [one for one in everything if one.code not in named]


def other_editions(frame: pd.DataFrame, mapping: Mapping) -> dict[str, list[int]]:
    """Find rows that only another edition has, by that edition.

    Returns
    -------
    dict
        Edition to the numbers of its rows; more than none of them beside rows of the mapping's
        edition means that the table mixes editions.
    """
    strangers = frame[
        (frame["code"] == "")
        & frame["method"].isin(
            [str(Method.OTHER_EDITION), str(Method.PREDECESSOR), str(Method.SPLIT)]
        )
    ]
    found: dict[str, list[int]] = {}
    if strangers.empty:
        return found
    above = strangers["parent"] if (strangers["parent"] != "").any() else None
    for edition in reversed(editions()):
        if edition.id == mapping.edition or mapping.level not in edition.levels:
            continue
        there = resolve_many(strangers["place"], above, edition=edition.id, level=mapping.level)
        good = there["match_method"].isin([str(m) for m in ACCEPTED])
        if good.any():
            found[edition.id] = [int(row) for row in strangers.loc[good, "row"]]
            strangers = strangers[~good]
            above = strangers["parent"] if above is not None else None
        if strangers.empty:
            break
    return found
