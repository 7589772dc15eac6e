"""From a file to boundaries ready to be put in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from typing import Final

from geo.boundaries.official.matching import Fields, matched
from geo.boundaries.official.records import FINEST, Finding, Prepared, Refused, Source, Weight
from geo.boundaries.official.upgrade import Step, prepare
from geo.boundaries.official.vector import read_vector
from geo.editions import Level

LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class FileOptions:
    """What is said about a file.

    Attributes
    ----------
    edition, level
        What its polygons are: provinces, or the finest units of the edition.
    title, date
        Who drew them and when, shown with every map.
    code_field, name_field, parent_field, layer, crs, encoding
        See `matching.matched` and `vector.read_vector`.
    partial
        Whether units that it lacks keep their bundled boundaries.
    """

    edition: str
    level: Level
    title: str
    date: str = ""
    code_field: str | None = None
    name_field: str | None = None
    parent_field: str | None = None
    layer: str | None = None
    crs: str | None = None
    encoding: str | None = None
    partial: bool = False


def from_file(path: Path, options: FileOptions, *, step: Step | None = None) -> Prepared:
    """Read, match, check and mend the boundaries of a file.

    Parameters
    ----------
    path
        GeoJSON, TopoJSON, GeoPackage, FlatGeobuf, KML, GeoParquet, a zipped Shapefile, or one of
        the others zipped; hostile until checked.
    step
        Told the name of each step as it begins: read, check, match, mend.

    Raises
    ------
    Refused
        If it cannot be used; with everything found out so far.
    """
    levels = (Level.PROVINCE, FINEST[options.edition])
    if options.level not in levels:
        values = {"edition": options.edition, "level": options.level, "levels": ", ".join(levels)}
        raise Refused([Finding("csv.level", Weight.REFUSED, values)])
    if step:
        step("read")
    frame, findings = read_vector(
        path, crs=options.crs, layer=options.layer, encoding=options.encoding
    )
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    source = Source("", options.title[:LONGEST], options.date[:LONGEST], digest)
    try:
        candidate, found = matched(
            frame,
            options.edition,
            options.level,
            source,
            fields=Fields(options.code_field, options.name_field, options.parent_field),
        )
        findings = [*findings, *found]
        made = prepare(candidate, partial=options.partial, step=step)
    except Refused as refused:
        told = [one for one in findings if one not in refused.findings]
        raise Refused([*told, *refused.findings]) from None
    return replace(made, findings=(*findings, *made.findings))
