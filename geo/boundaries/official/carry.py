"""Carry an older list of districts to that of edition 2024.

Lists of before the mergers of 2024 and 2025 hold units that are gone. Which became which is in
data/crosswalk: a unit that is gone goes whole to its successor; one that was divided into units
that the list does not know yet is divided along the bundled, approximate lines, and that is said.
Parts that moved between two units which are both in the list cannot be told from the polygons
alone; they stay as given.
"""

from __future__ import annotations

from typing import Final

import shapely

from geo.boundaries.official.base import bundled
from geo.boundaries.official.fit import fit
from geo.boundaries.official.records import Finding, Shapes, Status, Weight, codes_of, named
from geo.crosswalk import crosswalk
from geo.editions import EDITION_2019, EDITION_2024, Level

# The share of a new unit's bundled polygon that must lie in an old unit to be cut out of it.
LEAST_SHARE: Final = 0.2


def carry(shapes: Shapes, status: dict[str, Status]) -> tuple[Shapes, list[Finding]]:
    """Carry polygons of districts, 2019 or later, to the districts of edition 2024.

    Returns
    -------
    shapes, findings
        Codes of edition 2024 only; some may be missing.
    """
    today = set(codes_of(EDITION_2024, Level.DISTRICT))
    after = _successors()
    pieces: dict[str, list[shapely.Geometry]] = {}
    gone, divided, unknown = [], [], []
    for code, shape in shapes.items():
        heirs = after.get(code, set())
        if code in today:
            new = [n for n in sorted(heirs - {code}) if n not in shapes and _lies_in(n, shape)]
            parts = _divide([code, *new], shape) if new else {code: shape}
            if new:
                divided += [code, *new]
        elif heirs:
            parts = _divide(sorted(heirs), shape)
            gone.append(code)
            status.update(dict.fromkeys(parts, Status.CARRIED))
        else:
            unknown.append(code)
            continue
        for heir, part in parts.items():
            pieces.setdefault(heir, []).append(part)
    status.update(dict.fromkeys(divided, Status.SPLIT))
    joined = {
        code: parts[0] if len(parts) == 1 else shapely.union_all(parts)
        for code, parts in pieces.items()
    }
    return joined, _told(gone, divided, unknown)


def _successors() -> dict[str, set[str]]:
    links = crosswalk(EDITION_2019, EDITION_2024, Level.DISTRICT, Level.DISTRICT).links
    after: dict[str, set[str]] = {}
    for link in links:
        after.setdefault(link.from_code, set()).add(link.to_code)
    return after


def _lies_in(code: str, shape: shapely.Geometry) -> bool:
    own = bundled(EDITION_2024, Level.DISTRICT)[code]
    share: float = shapely.area(shapely.intersection(own, shape)) / shapely.area(own)
    return share >= LEAST_SHARE


def _divide(heirs: list[str], shape: shapely.Geometry) -> Shapes:
    if len(heirs) == 1:
        return {heirs[0]: shape}
    layer = bundled(EDITION_2024, Level.DISTRICT)
    return fit({heir: layer[heir] for heir in heirs}, shape)


def _told(gone: list[str], divided: list[str], unknown: list[str]) -> list[Finding]:
    findings = []
    if gone:
        values = {"n": str(len(gone)), "units": named(EDITION_2019, gone)}
        findings.append(Finding("carried", Weight.MENDED, values))
    if divided:
        values = {"units": named(EDITION_2024, dict.fromkeys(divided))}
        findings.append(Finding("split", Weight.MENDED, values))
    if unknown:
        values = {"n": str(len(unknown)), "units": ", ".join(c[:20] for c in unknown[:12])}
        findings.append(Finding("unknown_codes", Weight.NOTE, values))
    return findings
