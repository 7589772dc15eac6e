"""Read the verified files of a public set, one after another: polygons by code."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import shapely

from geo.boundaries.official.records import Candidate, Finding, Refused, Shapes, Weight, named
from geo.boundaries.official.sets import PublicSet, SetFile, mended_codes
from geo.editions import Level

ID: Final = re.compile(rb'"id"\s*:\s*"(\d+)"')


class Polygons:
    """The polygons of a set, taken file by file."""

    def __init__(self, of: PublicSet) -> None:
        self._of = of
        self._shapes: Shapes = {}
        self._outlines: Shapes = {}
        self._mended: list[str] = []
        self._empty: list[str] = []

    def take(self, file: SetFile, content: bytes) -> None:
        """Read a file.

        Raises
        ------
        Refused
            If it is not of the form expected, which no verified file is.
        """
        try:
            if self._of.level is Level.COMMUNE:
                self._commune(content, file.code)
            else:
                self._province(content, file)
        except (ValueError, KeyError, TypeError, IndexError, shapely.errors.ShapelyError) as error:
            values = {"file": file.path, "error": str(error)[:200]}
            raise Refused([Finding("broken", Weight.REFUSED, values)]) from error

    def candidate(self) -> tuple[Candidate, list[Finding]]:
        """Give what was read, in the order of the set, and what was mended in it."""
        order = {self._right(file.code): at for at, file in enumerate(self._of.files)}
        codes = sorted(self._shapes, key=lambda code: (order.get(code, 0), code))
        shapes = {code: self._shapes[code] for code in codes}
        of = self._of
        findings = []
        if self._mended:
            units = ", ".join(
                f"{given} → {named(of.edition, [self._right(given)])}" for given in self._mended
            )
            values = {"n": str(len(self._mended)), "units": units}
            findings.append(Finding("codes_mended", Weight.MENDED, values))
        if self._empty:
            values = {"n": str(len(self._empty)), "files": ", ".join(self._empty)}
            findings.append(Finding("files_empty", Weight.NOTE, values))
        whole = of.level is Level.COMMUNE
        return Candidate(of.edition, of.level, shapes, of.source, self._outlines, whole), findings

    def _right(self, code: str) -> str:
        return mended_codes(self._of.edition).get(code, code)

    def _commune(self, content: bytes, code: str) -> None:
        """Read a GeoJSON collection of one feature, whose id is the code of the commune."""
        told = ID.search(content)
        if told is None or told[1].decode() != code:
            raise ValueError(f"it is about {told and told[1].decode()!r}")
        (shape,) = shapely.get_parts(shapely.from_geojson(content))
        if code in mended_codes(self._of.edition):
            self._mended.append(code)
        self._shapes[self._right(code)] = shape

    def _province(self, content: bytes, file: SetFile) -> None:
        """Read a province and its districts; those without coordinates are passed over."""
        province = json.loads(content) if content.strip() else {}
        districts = [one for one in province.get("level2s") or () if one.get("coordinates")]
        if not districts and not province.get("coordinates"):
            self._empty.append(file.path)
            return
        if str(province["level1_id"]) != file.code:
            raise ValueError(f"it is about {province['level1_id']!r}")
        if province.get("coordinates"):
            self._outlines[file.code] = _drawn(province)
        for district in districts:
            self._shapes[self._right(str(district["level2_id"]))] = _drawn(district)


def _drawn(record: dict[str, Any]) -> shapely.Geometry:
    geometry = {"type": record["type"], "coordinates": record["coordinates"]}
    return shapely.from_geojson(json.dumps(geometry))
