"""Which row of a table is which unit, and what each unit goes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from base.words import Lang, number, t
from geo.convert.records import KNOWN_WEIGHTS, LeftOut, SplitBy
from geo.crosswalk import Crosswalk, Relation, Weight, exact_shares, old_commune
from geo.editions import Level, UnknownArea, area
from geo.names import MATCHED, Method, resolve_many

# Rows that are no unit: nothing is lost when they are left out.
NO_UNIT: Final = frozenset({Method.EMPTY, Method.TOTAL, Method.REGION, Method.COUNTRY})
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a unit of the new map: a unit of the old, and how much of it.

    Attributes
    ----------
    code
        Of the old unit.
    share
        Part of it that belongs to the new one; None where unknown.
    whole
        Whether that is all of it.
    """

    code: str
    share: Fraction | None
    whole: bool


def match_rows(
    cells: Sequence[str],
    parents: Sequence[str] | None,
    made: Crosswalk,
    *,
    are_codes: bool,
    lang: Lang,
    first_row: int = 2,
) -> tuple[list[str | None], list[LeftOut]]:
    """Match the rows of a table to units of the old map.

    Parameters
    ----------
    parents
        What each lies in; None where the table does not say.
    """
    if are_codes:
        known = frozenset(made.from_codes)
        found = [_code(cell, made, known, lang) for cell in cells]
    else:
        found = _names(cells, parents, made, lang)
    codes = [code for code, _, _ in found]
    left = [
        LeftOut(row, cells[row - first_row], reason, note)
        for row, (code, reason, note) in enumerate(found, start=first_row)
        if code is None
    ]
    return codes, left


def _code(
    cell: str, made: Crosswalk, known: frozenset[str], lang: Lang
) -> tuple[str | None, str, str]:
    text = cell.strip()
    if not text:
        return None, "total", t("convert.left.empty", lang)
    code = text
    # Five island districts have no communes and stand among them under their own, shorter codes.
    if text not in known and text.isascii() and text.isdigit():
        code = text.zfill(len(made.from_codes[0]))
    if code in known:
        return code, "", ""
    level = t(f"names.level.{made.level_from}", lang)
    return None, "unmatched", t("convert.left.code", lang, level=level, edition=made.from_edition)


def _names(
    cells: Sequence[str], parents: Sequence[str] | None, made: Crosswalk, lang: Lang
) -> list[tuple[str | None, str, str]]:
    edition, level = made.from_edition, made.level_from
    found = resolve_many(cells, parents, edition=edition, level=level, lang=lang)
    rows = zip(
        found["area_code"],
        found["match_method"],
        found["match_note"],
        found["renamed"],
        strict=True,
    )
    return [_judged(code, Method(method), note, renamed) for code, method, note, renamed in rows]


def _judged(
    code: str | None, method: Method, note: str, renamed: bool
) -> tuple[str | None, str, str]:
    if method in NO_UNIT:
        return None, "total", note
    if method not in MATCHED:
        return None, "unmatched", note
    # The figure of a unit that is only a part of today's would be too low for it.
    if method is Method.PREDECESSOR and not renamed:
        return None, "predecessor", note
    return code, "", ""


def unique_rows(
    codes: Sequence[str | None],
    groups: Sequence[Group],
    cells: Sequence[str],
    lang: Lang,
    first_row: int = 2,
) -> tuple[dict[Group, dict[str, int]], list[LeftOut]]:
    """Find the one row of each unit in each group.

    Returns
    -------
    rows : dict
        By group, then by code: the position of the row, from 0.
    left_out : list of LeftOut
        Rows of units that have several in a group: none of them is taken, since it cannot be told
        whether they are to be added.
    """
    places: dict[tuple[Group, str], list[int]] = defaultdict(list)
    for at, (code, group) in enumerate(zip(codes, groups, strict=True)):
        if code is not None:
            places[group, code].append(at)
    rows: dict[Group, dict[str, int]] = {}
    left: list[LeftOut] = []
    for (group, code), found in places.items():
        if len(found) == 1:
            rows.setdefault(group, {})[code] = found[0]
            continue
        rows.setdefault(group, {})
        listed = ", ".join(str(at + first_row) for at in found)
        n = number(len(found), lang)
        note = t("convert.left.duplicate", lang, code=code, n=n, rows=listed)
        left += [LeftOut(at + first_row, cells[at], "duplicate", note) for at in found]
    return rows, left


def shares_of(made: Crosswalk, split_by: SplitBy) -> dict[str, tuple[Share, ...]]:
    """Group the crosswalk by the units it leads to, with exact shares.

    Parameters
    ----------
    split_by
        What divided units are shared out by.

    Returns
    -------
    dict of str to tuple of Share
        By code of the new unit, in official order.
    """
    weight = Weight(split_by)
    found: dict[str, list[Share]] = {code: [] for code in made.to_codes}
    for source in dict.fromkeys(link.from_code for link in made.links):
        links = made.targets(source)
        if len(links) == 1 and links[0].relation is Relation.WHOLE:
            found[links[0].to_code].append(Share(source, Fraction(1), True))
            continue
        shares = exact_shares([link.share(weight) for link in links])
        for at, link in enumerate(links):
            found[link.to_code].append(Share(source, shares[at] if shares else None, False))
    return {code: tuple(shares) for code, shares in found.items()}


def unit_name(edition: str, code: str, level: Level) -> str:
    """Name a unit in Vietnamese, the communes of before July 2025 among them."""
    try:
        return area(edition, code).name_vi
    except UnknownArea:
        return old_commune(code).name_vi if level is Level.COMMUNE else code


def size_of(edition: str, code: str, weight: str) -> Fraction | None:
    """Return the population (persons) or the land area (km²) of a unit; None where unknown."""
    try:
        unit = area(edition, code)
    except UnknownArea:
        return None
    size = unit.population if weight == KNOWN_WEIGHTS[0] else unit.area_km2
    return None if size is None else Fraction(str(size))


def unlinked(
    codes: Sequence[str | None],
    cells: Sequence[str],
    shares: Mapping[str, Sequence[Share]],
    lang: Lang,
) -> list[LeftOut]:
    """List the rows of units of which it is not known where they went."""
    linked = {share.code for parts in shares.values() for share in parts}
    return [
        LeftOut(row, cell, "unlinked", t("convert.left.unlinked", lang, code=code))
        for row, (code, cell) in enumerate(zip(codes, cells, strict=True), start=2)
        if code is not None and code not in linked
    ]
