"""The places of a table: matched, refused with a reason, or not a place at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Accepted
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from base.reading import Cell
from base.words import Lang
from geo.crosswalk import crosswalk
from geo.editions import Area, Level, area, areas, editions, has_area
from geo.names import MATCHED, Method, resolve_many
from metrics.importing.blocks import Block
from metrics.importing.mapping import Mapping
from metrics.importing.numbers import looks_numeric
from metrics.importing.periods import plain

# A predecessor's figure is not its successor's: it belongs to the edition it was published on.
ACCEPTED: Final = frozenset(MATCHED - {Method.PREDECESSOR, Method.COUNTRY})
# Rows that are no area, and are not missed: totals and regions serve as checks.
NO_AREA: Final = frozenset(
    {Method.TOTAL, Method.REGION, Method.EMPTY, Method.PLACEHOLDER, Method.COUNTRY}
)
SAMPLE: Final = 600
BY_HAND: Final = "by_hand"
TEAM_ALIAS: Final = "team_alias"
# Units of another edition: nobody's word makes their figures those of a unit of this one.
_FOREIGN: Final = frozenset(
    str(method) for method in (Method.PREDECESSOR, Method.SPLIT, Method.OTHER_EDITION)
)
PARENT_ROW: Final = "parent_row"
# Rows of sums over a group of places, and words between them: "Khối phường", "Trong đó:".
GROUP: Final = "group"
NOT_PLACES: Final = (*map(str, NO_AREA), PARENT_ROW, GROUP)
_GROUPS: Final = re.compile(
    r"(?:khoi|nhom|cum|khu vuc|vung)(?: .*)?|mien (?:bac|trung|nam|nui|dong|tay)\b.*|"
    r"(?:cong|tong|toan)(?: (?:so|cong|hop|toan|chung|cac|ca|trang|tinh|thanh pho|huyen|xa|quoc|"
    r"[a-z]|\d+)\b.*)?|(?:so |luy ke )?(?:mang|chuyen) (?:sang|tiep)(?: .*)?|"
    r"(?:trung binh|binh quan).*|"
    r"(?:trong do|bao gom|gom|chia ra|"
    r"cac (?!.*\bkhac$)(?:xa|phuong|tinh|huyen|quan|thanh pho|don vi))\b.*|"
    r"(?:cac )?(?:xa|phuong|huyen|tinh) (?:mien nui|dong bang|trung du|vung (?:cao|sau|xa|bien)|"
    r"bien gioi|hai dao|ven bien|bai ngang|dac biet kho khan|kho khan|nong thon|do thi|con lai|"
    r"khac|khu vuc \S+|loai \S+)(?: .*)?|"
    r"(?:[ivx]+|[a-d])(?:[./-].*)?"
)
# Above rows of communes: "Khu vực huyện Đô Lương (cũ)".
_OLD_GROUPS: Final = re.compile(
    r"(?:khu vuc |dia ban |thuoc )?(?:huyen|quan|thi xa|thanh pho|tinh|tx|tp) .* (?:cu|truoc day)"
)
_OLD: Final = re.compile(r"\(\s*(?:cũ|former|trước đây)\s*\)|\bcũ\s*$", re.IGNORECASE)
_TYPES: Final = {
    Level.DISTRICT: ("Huyện", "Quận", "Thị xã", "Thành phố"),
    Level.COMMUNE: ("Xã", "Phường", "Đặc khu", "Thị trấn"),
}
# A total in two languages: "CẢ NƯỚC - WHOLE COUNTRY".
_TWO_LANGUAGES: Final = re.compile(r"\s+[-–/]\s+|\n")
PLACE_COLUMNS: Final = ("row", "place", "parent", "code", "method", "note", "suggestions")
# What a heading says of the level of its places.
_LEVEL_WORDS: Final = (
    (Level.DISTRICT, re.compile(r"\b(huyen|quan|thi xa|district)\b")),
    (Level.COMMUNE, re.compile(r"(?<!thi )\b(xa|phuong|thi tran|dac khu|commune|ward)\b")),
    (Level.PROVINCE, re.compile(r"\b(tinh|province)\b")),
)
_NO_LEVEL: Final = re.compile(r"\b(?:dia|thanh) (?:phuong|pho)\b")
# What a table of the level may lie in, and the level of rows that head their parts.
_ABOVE: Final = {Level.DISTRICT: Level.PROVINCE, Level.COMMUNE: Level.PROVINCE}


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a column of names fits the areas of an edition and level.

    Attributes
    ----------
    edition, level
        The map.
    share
        Share of the distinct names that are areas of it.
    n
        Number of distinct names that are.
    """

    edition: str
    level: Level
    share: float
    n: int


def fits(cells: Iterable[object], parents: Iterable[object] | None = None) -> list[Fit]:
    """Tell which editions and levels a column of places may be of, the best first.

    Parameters
    ----------
    cells, parents
        Cells of the column, and of the column of parents where there is one; the first `SAMPLE`
        distinct ones are looked at.
    """
    frame = pd.DataFrame({"name": pd.Series(list(cells), dtype=object)})
    frame["parent"] = pd.Series(list(parents), dtype=object) if parents is not None else None
    frame = frame.dropna(subset=["name"]).drop_duplicates().head(SAMPLE)
    found = [
        _fit(frame, edition.id, level, with_parent=parents is not None)
        for edition in reversed(editions())
        for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
        if level in edition.levels and areas(edition.id, level)
    ]
    return sorted(found, key=lambda fit: -fit.share)


def fits_below_rows(cells: Iterable[object]) -> list[Fit]:
    """Tell which maps a column may be of whose rows stand below the name of their province.

    Parameters
    ----------
    cells
        Cells of the column, in their order.
    """
    names = pd.Series([cell for cell in cells if cell is not None], dtype=object)
    found = []
    for edition in reversed(editions()):
        for level in (one for one in _ABOVE if one in edition.levels):
            parents, heads = _from_rows(names, edition.id, level)
            below = ~heads & parents.notna()
            if heads.any() and below.any():
                rows = pd.DataFrame({"name": names[below], "parent": parents[below]})
                found.append(_fit(rows.drop_duplicates(), edition.id, level, with_parent=True))
    return sorted(found, key=lambda fit: -fit.share)


def _fit(frame: pd.DataFrame, edition: str, level: Level, *, with_parent: bool) -> Fit:
    if frame.empty:
        return Fit(edition, level, 0.0, 0)
    parents = frame["parent"] if with_parent else None
    matched = resolve_many(frame["name"], parents, edition=edition, level=level)["match_method"]
    places = ~matched.isin([str(m) for m in NO_AREA])
    good = matched.isin([str(m) for m in ACCEPTED])
    if not places.any():
        return Fit(edition, level, 0.0, 0)
    return Fit(edition, level, float(good.sum() / places.sum()), int(good.sum()))


def level_named(heading: str) -> Level | None:
    """Return the one level that a heading names: "Huyện", "Xã, phường"; None for none or two."""
    words = _NO_LEVEL.sub("", plain(heading)).replace("thi xa", "huyen")
    found = {level for level, pattern in _LEVEL_WORDS if pattern.search(words)}
    return found.pop() if len(found) == 1 else None


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
    elif mapping.within and mapping.level in _ABOVE:
        parents = pd.Series(mapping.within, index=names.index, dtype=object)
    elif mapping.parent_rows and mapping.level in _ABOVE:
        parents, heads = _from_rows(names, mapping.edition, mapping.level)
    ids, distinct = _distinct(names, parents, heads)
    found = _matched(distinct, mapping, lang, with_parents=parents is not None)
    found = _as_headed(found, mapping, lang)
    found = _groups_told(_of_before(found, mapping), mapping, lang)
    found = _as_accepted(_by_hand(found, mapping), mapping, aliases or {})
    found = _nearby(found, mapping)
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
    types = _TYPES.get(mapping.level, ())
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


def _groups_told(frame: pd.DataFrame, mapping: Mapping, lang: Lang) -> pd.DataFrame:
    """Tell rows of groups and of totals in two languages from places that match nothing."""
    groups = []
    if mapping.level is Level.COMMUNE and mapping.edition == editions()[-1].id:
        old = [bool(_OLD_GROUPS.fullmatch(plain(str(place)))) for place in frame["place"]]
        groups = list(frame.index[old])
        frame.loc[groups, ["code", "method"]] = "", GROUP
    open_ = (frame["code"] == "") & ~frame["method"].isin([*NOT_PLACES, *_FOREIGN])
    for at in frame.index[open_ & (frame["place"] != "")]:
        place = str(frame.at[at, "place"])
        first = _TWO_LANGUAGES.split(place)[0]
        if first != place:
            read = resolve_many([first], edition=mapping.edition, level=mapping.level, lang=lang)
            method = str(read.iloc[0]["match_method"])
            if method in map(str, NO_AREA - {Method.EMPTY, Method.PLACEHOLDER}):
                frame.at[at, "method"] = method
                continue
        if _GROUPS.fullmatch(plain(place)):
            frame.at[at, "method"] = GROUP
            groups.append(at)
    frame.loc[groups, "suggestions"] = pd.Series([()] * len(groups), index=groups, dtype=object)
    return frame


def _of_before(frame: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
    """Mark a name that says that it is one of before: "Long An (cũ)" is none of today's."""
    if mapping.edition != editions()[-1].id:
        return frame
    old = frame["place"].str.contains(_OLD, regex=True) & (frame["code"] != "")
    frame.loc[old, "method"] = str(Method.OTHER_EDITION)
    frame.loc[old, "code"] = ""
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


def province_named(text: str, edition: str) -> str | None:
    """Return the code of the province of an edition that a text is the name of."""
    found = resolve_many([text], edition=edition, level=Level.PROVINCE).iloc[0]
    good = found["match_method"] in [str(m) for m in ACCEPTED - {Method.CODE}]
    return str(found["area_code"]) if good else None


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
    foreign = frame["method"].isin(_FOREIGN)
    frame.loc[foreign, "suggestions"] = pd.Series([()] * len(frame), dtype=object)[foreign]
    return frame


def _are_provinces(mapping: Mapping) -> bool:
    """Tell whether what the rows lie in are provinces, by the heading or as heads of rows."""
    if mapping.level is not Level.COMMUNE:
        return False
    headed = mapping.parent is not None and level_named(mapping.parent) is Level.PROVINCE
    return headed or (mapping.parent is None and mapping.parent_rows)


def _from_rows(names: pd.Series, edition: str, level: Level) -> tuple[pd.Series, pd.Series]:
    """Take the parents from rows that name an area of the level above."""
    own = resolve_many(names, edition=edition, level=level)["match_method"]
    up = resolve_many(names, edition=edition, level=_ABOVE[level])
    is_above = up["match_method"].isin([str(m) for m in ACCEPTED])
    heads = is_above & ~own.isin([str(m) for m in ACCEPTED])
    return names.where(heads).ffill(), heads


def _by_hand(frame: pd.DataFrame, mapping: Mapping) -> pd.DataFrame:
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
    return _told(frame, codes, ~frame["method"].isin(_FOREIGN), BY_HAND)


def _as_accepted(frame: pd.DataFrame, mapping: Mapping, aliases: Accepted) -> pd.DataFrame:
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
    open_ = (frame["code"] == "") & ~method.isin([*_FOREIGN, *NOT_PLACES])
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


def is_total_row(row: Sequence[Cell], mapping: Mapping) -> bool:
    """Tell whether a row without a place is one of totals, said in another column: "Tổng cộng"."""
    texts = [cell for cell in row if isinstance(cell, str) and not looks_numeric(cell)]
    if not texts:
        return False
    read = resolve_many(texts, edition=mapping.edition, level=mapping.level)["match_method"]
    return bool(read.isin([str(Method.TOTAL), str(Method.COUNTRY)]).any()) or any(
        _GROUPS.fullmatch(plain(text)) for text in texts if len(text) > 2
    )


def are_places(texts: Sequence[str]) -> bool:
    """Tell whether at least half of some texts are names of areas of any edition and level."""
    return max((fit.share for fit in fits(texts)), default=0.0) >= 0.5
