"""From polygons by code to boundaries in force: check, mend, report, and only then replace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import shapely

from geo.boundaries.official.base import bundled
from geo.boundaries.official.carry import carry
from geo.boundaries.official.fit import fit
from geo.boundaries.official.islands import keep_islands, without_islands
from geo.boundaries.official.mend import assemble, check, cleaned, km2, simplified
from geo.boundaries.official.records import (
    FINEST,
    Candidate,
    Finding,
    Prepared,
    Refused,
    Shapes,
    Status,
    Weight,
    codes_of,
    named,
    province_of,
)
from geo.boundaries.official.sound import check_axes, misplaced, polygons_only, sound
from geo.boundaries.official.swaps import unswap
from geo.editions import EDITION_2024, Level, area

# The share by which the area of a unit may differ from the official figure without a word.
OFF: Final = 0.2
# A unit is taken from what its province has left only if that is so much of what it should have.
LEAST_LEFT: Final = 0.3
Step = Callable[[str], None]


def prepare(candidate: Candidate, *, partial: bool = False, step: Step | None = None) -> Prepared:
    """Check and mend polygons until they are a valid coverage of an edition.

    Parameters
    ----------
    partial
        Whether units that are missing keep their bundled boundaries; else they are refused.

    Raises
    ------
    Refused
        If it cannot be used; with everything found out so far.
    """
    tell = step or (lambda _: None)
    findings: list[Finding] = []
    try:
        tell("check")
        check_axes(candidate.shapes)
        shapes, found = sound(candidate.edition, candidate.shapes)
        findings += found
        if candidate.level is Level.PROVINCE:
            made = _provinces(replace(candidate, shapes=shapes), partial, findings, tell)
        else:
            made = _finest(replace(candidate, shapes=shapes), partial, findings, tell)
    except Refused as refused:
        raise Refused([*findings, *refused.findings]) from None
    return made


def _finest(candidate: Candidate, partial: bool, findings: list[Finding], tell: Step) -> Prepared:
    edition, level, shapes = candidate.edition, candidate.level, candidate.shapes
    status: dict[str, Status] = {}
    tell("match")
    if edition == EDITION_2024:
        shapes, found = carry(shapes, status)
        findings += found
    findings += keep_islands(edition, level, shapes, status)
    special = {code: shapes.pop(code) for code in list(shapes) if is_island(edition, code)}
    findings += unswap(edition, level, shapes)
    findings += misplaced(edition, level, shapes)
    findings += _from_outlines(candidate, shapes)
    _complete(edition, level, {**shapes, **special}, partial, findings)
    tell("mend")
    base = bundled(edition, level)
    kept = {code: base[code] for code in base if code not in shapes and code not in special}
    land = {code: shape for code, shape in base.items() if code not in special}
    made, found = assemble(edition, shapes, kept, land)
    findings += found
    made = {**simplified(edition, made), **special}
    made = {code: made[code] for code in base}
    check(edition, made, made)
    whole = {code: status.get(code, Status.OFFICIAL) for code in base}
    whole |= dict.fromkeys(kept, Status.KEPT)
    findings += _areas(edition, made, whole)
    return Prepared(edition, level, made, whole, candidate.source, tuple(findings))


def _provinces(
    candidate: Candidate, partial: bool, findings: list[Finding], tell: Step
) -> Prepared:
    """Fit the bundled units of each province into its official outline."""
    edition, level = candidate.edition, FINEST[candidate.edition]
    units = bundled(edition, level)
    special = {code: shape for code, shape in units.items() if is_island(edition, code)}
    tell("match")
    base = {code: without_islands(s) for code, s in bundled(edition, Level.PROVINCE).items()}
    shapes = {code: without_islands(shape) for code, shape in candidate.shapes.items()}
    shapes = {code: shape for code, shape in shapes.items() if not shape.is_empty}
    findings.append(Finding("island_kept", Weight.NOTE, {"units": named(edition, special)}))
    findings += unswap(edition, Level.PROVINCE, shapes)
    findings += misplaced(edition, Level.PROVINCE, shapes)
    _complete(edition, Level.PROVINCE, shapes, partial, findings)
    tell("mend")
    kept = {code: base[code] for code in base if code not in shapes}
    outlines, found = assemble(edition, shapes, kept, base)
    findings += found
    drawn: Shapes = {}
    for province, outline in outlines.items():
        own = {c: s for c, s in units.items() if province_of(edition, c) == province}
        drawn |= fit({c: s for c, s in own.items() if c not in special}, outline)
    lost = [code for code in units if code not in drawn and code not in special]
    if lost:
        raise Refused([Finding("vanished", Weight.REFUSED, {"units": named(edition, lost)})])
    made = {**simplified(edition, cleaned(drawn)), **special}
    made = {code: made[code] for code in units}
    check(edition, made, units)
    status = {code: Status.OFFICIAL if code in shapes else Status.KEPT for code in base}
    source = candidate.source
    return Prepared(edition, Level.PROVINCE, made, status, source, tuple(findings))


def is_island(edition: str, code: str) -> bool:
    """Tell whether a unit of the finest level is Hoàng Sa or Trường Sa."""
    from geo.editions import HOANG_SA, TRUONG_SA  # noqa: PLC0415

    return code in {codes[edition, FINEST[edition]] for codes in (HOANG_SA, TRUONG_SA)}


def _from_outlines(candidate: Candidate, shapes: Shapes) -> list[Finding]:
    """Take missing units from what the outline of their province has left."""
    edition, level = candidate.edition, candidate.level
    base, taken = bundled(edition, level), []
    missing = [c for c in base if c not in shapes and not is_island(edition, c)]
    for province, outline in candidate.outlines.items():
        own = [code for code in missing if province_of(edition, code) == province]
        siblings = [s for c, s in shapes.items() if province_of(edition, c) == province]
        if not own or not siblings or shapely.is_empty(outline):
            continue
        left = shapely.difference(shapely.make_valid(outline), shapely.union_all(siblings))
        parts = [p for p in shapely.get_parts(polygons_only(left)) if km2(p) > 1.0]
        room = polygons_only(shapely.union_all(parts))
        found = {} if room.is_empty else fit({code: base[code] for code in own}, room)
        for code, shape in found.items():
            if shape.area >= LEAST_LEFT * base[code].area:
                shapes[code] = shape
                taken.append(code)
    if not taken:
        return []
    values = {"n": str(len(taken)), "units": named(edition, taken)}
    return [Finding("remainder", Weight.MENDED, values)]


def _complete(
    edition: str, level: Level, shapes: Shapes, partial: bool, findings: list[Finding]
) -> None:
    """Refuse, or note, what is missing."""
    official = codes_of(edition, level)
    missing = [code for code in official if code not in shapes]
    if all(is_island(edition, code) for code in shapes):
        raise Refused([Finding("nothing", Weight.REFUSED)])
    if not missing:
        return
    values = {"n": str(len(missing)), "of": str(len(official)), "units": named(edition, missing)}
    if not partial:
        refused = [Finding("missing", Weight.REFUSED, values)]
        raise Refused([*refused, Finding("partial_hint", Weight.NOTE)])
    findings.append(Finding("kept", Weight.NOTE, values))


def _areas(edition: str, made: Shapes, status: dict[str, Status]) -> list[Finding]:
    """Name the units whose area is far from the official figure."""
    off = []
    for code, shape in made.items():
        known = area(edition, code).area_km2
        given = status[code] is not Status.KEPT and not is_island(edition, code)
        if known and given and abs(km2(shape) / known - 1) > OFF:
            off.append(code)
    if not off:
        return []
    values = {"n": str(len(off)), "units": named(edition, off)}
    return [Finding("areas_off", Weight.NOTE, values)]
