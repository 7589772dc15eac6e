"""From polygons by code to boundaries in force: check, mend, report, and only then replace."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import shapely
from shapely.affinity import scale

from geo.boundaries.official.base import bundled
from geo.boundaries.official.carry import carry
from geo.boundaries.official.edges import by_province, check, cleaned, simplified
from geo.boundaries.official.fit import fit
from geo.boundaries.official.gaps import within_outlines
from geo.boundaries.official.islands import keep_islands, without_islands
from geo.boundaries.official.measure import check_areas, check_outlines, check_provinces
from geo.boundaries.official.mend import assemble, cut
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
    is_island,
    named,
    province_of,
)
from geo.boundaries.official.sound import beside, check_axes, check_places, misplaced, sound
from geo.boundaries.official.swaps import unswap
from geo.editions import EDITION_2024, Level

Step = Callable[[str], None]
# The share of a province that units without room in its outline may add to it.
MOST_KEPT: Final = 0.1


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
    shapes, found = _known(edition, level, shapes, status)
    findings += found
    findings += keep_islands(edition, level, shapes, status)
    special = {code: shapes.pop(code) for code in list(shapes) if is_island(edition, code)}
    findings += unswap(edition, level, shapes)
    check_places(edition, level, shapes)
    findings += misplaced(edition, level, shapes)
    findings += beside(edition, level, shapes)
    outlines = {code: without_islands(shape) for code, shape in candidate.outlines.items()}
    findings += within_outlines(edition, level, shapes, outlines, status)
    if not shapes and all(status.get(code) is Status.KEPT for code in special):
        raise Refused([Finding("nothing", Weight.REFUSED)])
    _complete(edition, level, {**shapes, **special}, partial, findings)
    tell("mend")
    base = bundled(edition, level)
    kept = {code: base[code] for code in base if code not in shapes and code not in special}
    land = {code: shape for code, shape in base.items() if code not in special}
    drawn = {province_of(edition, code) for code in shapes} if candidate.whole else set(outlines)
    made, found = assemble(edition, shapes, kept, land, drawn)
    findings += found
    check(edition, special, special)  # far out at sea; the others were checked as they were thinned
    made = {**simplified(edition, made), **special}
    made = {code: made[code] for code in base}
    whole = {code: status.get(code, Status.OFFICIAL) for code in base}
    whole |= dict.fromkeys(kept, Status.KEPT)
    main = {code: shape for code, shape in made.items() if code not in special}
    findings += check_outlines(edition, main, outlines)
    findings += check_areas(edition, made, whole, whole=candidate.whole)
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
    check_places(edition, Level.PROVINCE, shapes)
    findings += misplaced(edition, Level.PROVINCE, shapes)
    findings += beside(edition, Level.PROVINCE, shapes)
    findings += check_provinces(edition, shapes, base)
    _complete(edition, Level.PROVINCE, shapes, partial, findings)
    tell("mend")
    kept = {code: base[code] for code in base if code not in shapes}
    outlines, found = assemble(edition, shapes, kept, base, set(shapes))
    findings += found
    drawn: Shapes = {}
    for province, outline in outlines.items():
        own = {c: s for c, s in units.items() if province_of(edition, c) == province}
        drawn |= fit({c: s for c, s in own.items() if c not in special}, outline)
    lost = [code for code in units if code not in drawn and code not in special]
    if lost:
        drawn = _with_islets(edition, drawn, {code: units[code] for code in lost})
        values = {"n": str(len(lost)), "units": named(edition, lost)}
        findings.append(Finding("islet_kept", Weight.NOTE, values))
    made = {**simplified(edition, cleaned(drawn)), **special}
    made = {code: made[code] for code in units}
    check(edition, made, units)
    status = {code: Status.OFFICIAL if code in shapes else Status.KEPT for code in base}
    source = candidate.source
    return Prepared(edition, Level.PROVINCE, made, status, source, tuple(findings))


def _with_islets(edition: str, drawn: Shapes, islets: Shapes) -> Shapes:
    """Keep the bundled polygons of units that an outline has no room for, where nobody is.

    Together they are at most a tenth of what the outline of their province holds: larger ones are
    drawn smaller, each part in its place.
    """
    small: Shapes = {}
    for codes in by_province(edition, islets):
        province = province_of(edition, codes[0])
        own = [shape for code, shape in drawn.items() if province_of(edition, code) == province]
        most = MOST_KEPT * float(shapely.area(own).sum())
        size = float(shapely.area([islets[code] for code in codes]).sum())
        factor = math.sqrt(most / size) if most and size > most else 1.0
        small |= {code: _scaled(islets[code], factor) for code in codes}
    room = cut(small, cleaned(drawn))
    crowded = {code: small[code] for code, shape in room.items() if shape.is_empty}
    return {**cut(drawn, crowded), **room, **crowded}


def _scaled(shape: shapely.Geometry, factor: float) -> shapely.Geometry:
    if factor == 1.0:
        return shape
    parts = [scale(part, factor, factor, origin="centroid") for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _known(
    edition: str, level: Level, shapes: Shapes, status: dict[str, Status]
) -> tuple[Shapes, list[Finding]]:
    """Carry an older list to that of the edition; set aside what is in no list."""
    if edition == EDITION_2024:
        return carry(shapes, status)
    known = set(codes_of(edition, level))
    unknown = [code for code in shapes if code not in known]
    if not unknown:
        return shapes, []
    values = {"n": str(len(unknown)), "units": ", ".join(code[:20] for code in unknown[:12])}
    kept = {code: shape for code, shape in shapes.items() if code in known}
    return kept, [Finding("unknown_codes", Weight.NOTE, values)]


def _complete(
    edition: str, level: Level, shapes: Shapes, partial: bool, findings: list[Finding]
) -> None:
    """Refuse, or note, what is missing."""
    official = codes_of(edition, level)
    missing = [code for code in official if code not in shapes]
    if not shapes:
        raise Refused([Finding("nothing", Weight.REFUSED)])
    if not missing:
        return
    values = {"n": str(len(missing)), "of": str(len(official)), "units": named(edition, missing)}
    if not partial:
        refused = [Finding("missing", Weight.REFUSED, values)]
        raise Refused([*refused, Finding("partial_hint", Weight.NOTE)])
    findings.append(Finding("kept", Weight.NOTE, values))
