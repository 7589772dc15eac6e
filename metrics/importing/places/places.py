"""The places of a table: matched, refused with a reason, or not a place at all."""

from __future__ import annotations

import re
from collections.abc import Mapping as Accepted
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from base.reading import Cell
from base.words import Lang
from geo.crosswalk import crosswalk
from geo.editions import Area, Level, area, editions, has_area
from geo.names import Method, resolve_many
from metrics.importing.cells import Block
from metrics.importing.mapping import Mapping
from metrics.importing.names import (
    ABOVE,
    ACCEPTED,
    FOREIGN,
    PARENT_ROW,
    TYPES,
    from_rows,
    level_named,
    province_named,
)
from metrics.importing.places.groups import groups_told
from metrics.importing.places.spellings import as_accepted, by_hand

_OLD: Final = re.compile(r"\(\s*(?:cũ|former|trước đây)\s*\)|\bcũ\s*$", re.IGNORECASE)
_OF_A_PLACE: Final = re.compile(
    r"\b(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+\S.*$",
    re.IGNORECASE,
)
PLACE_COLUMNS: Final = ("row", "place", "parent", "code", "method", "note", "suggestions")


def match_places(
    block: Block, mapping: Mapping, lang: Lang, aliases: Accepted | None = None
) -> pd.DataFrame:
    """Match every row of a table to an area, or say why it is none.

    Parameters
    ----------
    mapping
        Its columns; spellings accepted by hand come first.

    Returns
    -------
    pd.DataFrame
        One row per data row with `PLACE_COLUMNS`: ``row`` is its number in the sheet, ``code`` is
        "" where there is no area, ``method`` a `geo.names.Method`, `BY_HAND`, `TEAM_ALIAS` or
        `PARENT_ROW`, ``suggestions`` a tuple of areas of this edition and level that may be meant.
    """
    names = pd.Series(carried_down(block, mapping), dtype=object)
    parents = pd.Series(block.column(mapping.parent), dtype=object) if mapping.parent else None
    heads = pd.Series(False, index=names.index)
    if parents is not None:
        parents = parents.ffill()
    elif mapping.within and mapping.level in ABOVE:
        parents = pd.Series(mapping.within, index=names.index, dtype=object)
    elif mapping.parent_rows and mapping.level in ABOVE:
        parents, heads = from_rows(names, mapping.edition, mapping.level)
    ids, distinct = _distinct(names, parents, heads)
    found = _matched(distinct, mapping, lang, with_parents=parents is not None)
    found = _as_headed(found, mapping, lang)
    found = groups_told(_of_before(found, mapping), mapping, lang)
    found = as_accepted(by_hand(found, mapping), mapping, aliases or {})
    found = _nearby(_of_offices(found, mapping), mapping)
    # Every row has the answer of its name, the same object.
    frame = found.take(ids).reset_index(drop=True)
    frame.insert(0, "row", np.asarray(block.numbers, dtype=np.int64))
    return frame


def carried_down(block: Block, mapping: Mapping) -> list[Cell]:
    """Return the places of the rows, one that is written once per group in each row of it.

    Only where it is evident: in a long table, whose rows then differ in their indicator or period.
    """
    names = block.column(mapping.place)
    by = [c for c in (mapping.indicator_column, mapping.period_column) if c]
    if not by or all(name is not None for name in names) or names[0] is None:
        return names
    filled = pd.Series(names, dtype=object).ffill()
    rows = pd.DataFrame({"place": filled} | {str(c): block.column(c) for c in by}).astype(str)
    return names if rows.duplicated().any() else list(filled)


def _as_headed(frame: pd.DataFrame, mapping: Mapping, lang: Lang) -> pd.DataFrame:
    """Take a name that is a province's too for a part of the province that all is known to be in.

    "Long An" below "Phường" is the ward. Without such a heading it may be the sum of what was the
    province, where that is now part of the one that the table is of; elsewhere it is the part.
    """
    types = TYPES[mapping.level] if mapping.level in ABOVE else ()
    headed = level_named(mapping.place) is mapping.level and not mapping.parent_rows
    for at in frame.index[(frame["method"] == str(Method.AMBIGUOUS)) & (frame["code"] == "")]:
        place, above = str(frame.at[at, "place"]), mapping.within or str(frame.at[at, "parent"])
        home = _province(above, mapping.edition) if types and above else None
        if home is None or not (headed or _is_apart(place, home, mapping.edition)):
            continue
        typed = [f"{word} {place}" for word in types]
        above_them = [home] * len(typed)
        read = resolve_many(
            typed, above_them, edition=mapping.edition, level=mapping.level, lang=lang
        )
        good = read[read["match_method"].isin([str(Method.NAME), str(Method.NO_DIACRITICS)])]
        if good["area_code"].nunique() == 1:
            frame.at[at, "code"] = good["area_code"].iloc[0]
            frame.at[at, "method"] = str(good["match_method"].iloc[0])
            frame.at[at, "note"] = ""
    return frame


def _province(text: str, edition: str) -> str | None:
    if has_area(edition, text) and area(edition, text).level is Level.PROVINCE:
        return text
    return province_named(text, edition)


def _is_apart(place: str, home: str, edition: str) -> bool:
    """Tell whether no province of the name is, or became part of, the province of a table."""
    newest = editions()[-1].id
    for one in editions():
        code = province_named(place, one.id)
        if code is None:
            continue
        if one.id == edition and code != home:
            return False
        if one.id == edition or edition != newest:
            return code != home
        links = crosswalk(one.id, newest, Level.PROVINCE, Level.PROVINCE).links
        if any(link.from_code == code and link.to_code == home for link in links):
            return False
    return True


def _of_before(frame: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Mark a name that says that it is one of before: "Long An (cũ)" is none of today's."""
    if mapping.edition != editions()[-1].id:
        return frame
    old = frame["place"].str.contains(_OLD, regex=True) & (frame["code"] != "")
    frame.loc[old, "method"] = str(Method.OTHER_EDITION)
    frame.loc[old, "code"] = ""
    return frame


def _of_offices(frame: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Suggest for an office the place that it is of: "Công an tỉnh Cao Bằng" may stand for it."""
    for at in frame.index[frame["method"] == str(Method.AUTHORITY)]:
        of = _OF_A_PLACE.search(str(frame.at[at, "place"]))
        if of is None or frame.at[at, "suggestions"]:
            continue
        above = [frame.at[at, "parent"] or None]
        read = resolve_many([of[0]], above, edition=mapping.edition, level=mapping.level)
        if read["match_method"].iloc[0] in (str(Method.NAME), str(Method.NO_DIACRITICS)):
            code = str(read["area_code"].iloc[0])
            near: Any = (area(mapping.edition, code),)
            frame.at[at, "suggestions"] = near
    return frame


def _nearby(frame: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Keep the suggestions that lie in the province that the rows beside them are in."""
    if mapping.level is Level.PROVINCE:
        return frame
    for above, rows in frame.groupby("parent"):
        homes = {str(area(mapping.edition, code).parent) for code in rows["code"] if code}
        if mapping.within:
            homes = {mapping.within}
        if not homes:
            homes = {str(province_named(str(above), mapping.edition) or "")} - {""}
        if homes:
            kept = [tuple(a for a in s if a.parent in homes) for s in rows["suggestions"]]
            frame.loc[rows.index, "suggestions"] = pd.Series(kept, index=rows.index, dtype=object)
    return frame


def _distinct(
    names: pd.Series, parents: pd.Series | None, heads: pd.Series
) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the distinct names with what they lie in, and which of them each row has."""
    pairs = pd.DataFrame({"name": names, "parent": parents, "head": heads})
    codes = [pd.factorize(pairs[name], use_na_sentinel=False)[0] for name in pairs]
    both = (codes[0].astype(np.int64) * (codes[1].max(initial=0) + 1) + codes[1]) * 2 + codes[2]
    ids, _ = pd.factorize(both)
    first = np.full(ids.max(initial=-1) + 1, -1)
    first[ids[::-1]] = np.arange(len(ids))[::-1]
    return ids, pairs.iloc[first].reset_index(drop=True)


def _matched(
    distinct: pd.DataFrame, mapping: Mapping, lang: Lang, *, with_parents: bool
) -> pd.DataFrame:
    """Match distinct names: the columns of `PLACE_COLUMNS` but for the row."""
    above = distinct["parent"] if with_parents else None
    if above is not None and _are_provinces(mapping):
        # Below "Tỉnh" stand provinces: "Lào Cai" is not the town of before.
        known = {text: _province(_text(text), mapping.edition) for text in above.dropna().unique()}
        above = above.map(lambda text: known.get(text) or text, na_action="ignore")
    heads = distinct["head"].astype(bool)
    matched = resolve_many(
        distinct["name"], above, edition=mapping.edition, level=mapping.level, lang=lang
    )
    method = matched["match_method"].astype(str)
    accepted = method.isin([str(m) for m in ACCEPTED]) & ~heads
    frame = pd.DataFrame(
        {
            "place": [_text(name) for name in distinct["name"]],
            "parent": [_text(p) for p in distinct["parent"]] if with_parents else "",
            "code": matched["area_code"].where(accepted, "").fillna(""),
            "method": method.where(~heads, PARENT_ROW),
            "note": matched["match_note"],
            "suggestions": [_of_level(s, mapping) for s in matched["suggestions"]],
        },
        dtype=object,
    )
    foreign = frame["method"].isin(FOREIGN)
    frame.loc[foreign, "suggestions"] = pd.Series([()] * len(frame), dtype=object)[foreign]
    return frame


def _are_provinces(mapping: Mapping) -> bool:
    """Tell whether what the rows lie in are provinces, by the heading or as heads of rows."""
    if mapping.level is not Level.COMMUNE:
        return False
    headed = mapping.parent is not None and level_named(mapping.parent) is Level.PROVINCE
    return headed or (mapping.parent is None and mapping.parent_rows)


def _of_level(suggestions: Sequence[Area], mapping: Mapping) -> tuple[Area, ...]:
    return tuple(
        one for one in suggestions if one.edition == mapping.edition and one.level is mapping.level
    )[:5]


def _text(cell: Any) -> str:
    if cell is None or (isinstance(cell, float) and np.isnan(cell)):
        return ""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell)
