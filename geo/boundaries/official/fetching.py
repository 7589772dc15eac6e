"""From a public set to boundaries ready to be put in force."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import shapely

from base.reading import Packed, Unreadable, archive, read_entry
from geo.boundaries.official.download import (
    MOST_ARCHIVE,
    MOST_FILE,
    Brought,
    Folder,
    Place,
    Progress,
    bring,
    bring_archive,
    few,
    network,
)
from geo.boundaries.official.records import (
    Candidate,
    Finding,
    Prepared,
    Refused,
    Shapes,
    Weight,
    unread,
)
from geo.boundaries.official.sets import PublicSet, blob_id, public_sets
from geo.boundaries.official.upgrade import Step, prepare
from geo.boundaries.replaced import folder
from geo.editions import Level

# The file of a commune, in whichever folder of an archive.
ENTRY: Final = re.compile(r"(?:.*/)?(\d{5})_[^/]*\.geojson")
URL: Final = re.compile(r"https?://")


def fetched(
    editions: Iterable[str],
    *,
    mirror: str | None = None,
    partial: bool = False,
    single_files: bool = False,
    progress: Progress = lambda *_: None,
    step: Step | None = None,
) -> list[Prepared]:
    """Bring, verify, check and mend the public sets of some editions.

    Parameters
    ----------
    mirror
        Folder or URL that stands in for the network, with a folder for each set; or the archive of
        a set. None for the network.
    partial
        Whether files may be missing or altered: where they are, bundled boundaries stay.
    single_files
        Whether to leave the archive of a set aside.
    step
        Told the name of each step as it begins.

    Raises
    ------
    Refused
        If a set cannot be used; with everything found out about it so far.
    """
    made = []
    for edition in editions:
        of = public_sets()[edition]
        candidate, found = _brought(of, mirror, partial, single_files, progress)
        try:
            # What a whole set lacks by itself is kept from the bundled layer; `partial` is about
            # files that did not come.
            ready = prepare(candidate, partial=True, step=step)
        except Refused as refused:
            raise Refused([*found, *refused.findings]) from None
        made.append(replace(ready, findings=(*found, *ready.findings)))
    return made


def _brought(
    of: PublicSet, mirror: str | None, partial: bool, single_files: bool, progress: Progress
) -> tuple[Candidate, list[Finding]]:
    if mirror is not None and Path(mirror).is_file():
        return _from_archive(of, Path(mirror), partial)
    with _place(of, mirror) as place:
        content = None if single_files else bring_archive(of, place, progress)
        if content is None:
            brought = bring(of, place, progress)
            return _parsed(of, brought.contents), _judged(of, brought, partial)
    with tempfile.NamedTemporaryFile(suffix=".zip") as held:
        held.write(content)
        held.flush()
        return _from_archive(of, Path(held.name), partial)


@contextmanager
def _place(of: PublicSet, mirror: str | None) -> Iterator[Place]:
    """Open where files come from."""
    if mirror is None or URL.match(mirror):
        opened = network(folder() / "downloads", mirror)
        with opened.client:
            yield opened
        return
    root = Path(mirror)
    if not root.is_dir():
        raise _refused("no_mirror", path=mirror)
    if not (root / of.key).is_dir():
        raise _refused("mirror_empty", path=mirror, set=of.key)
    yield Folder(root)


def _judged(of: PublicSet, brought: Brought, partial: bool) -> list[Finding]:
    """Say what came; refuse a set with missing or altered files unless that is wanted.

    Raises
    ------
    Refused
        Naming the files.
    """
    weight = Weight.NOTE if partial else Weight.REFUSED
    verified = {"n": str(len(brought.contents)), "set": of.key}
    found = [Finding("verified", Weight.NOTE, verified)]
    if brought.altered:
        values = {"n": str(len(brought.altered)), "files": few(brought.altered)}
        found.append(Finding("altered", weight, values))
    if brought.absent:
        n, total = len(brought.absent), len(of.files)
        values = {"n": str(n), "of": str(total), "files": few(brought.absent)}
        found.append(Finding("files_missing", weight, values))
    if not brought.contents:
        raise Refused([*found, Finding("nothing", Weight.REFUSED)])
    if len(found) > 1 and not partial:
        raise Refused([*found, Finding("partial_hint", Weight.NOTE)])
    return found


def _from_archive(of: PublicSet, path: Path, partial: bool) -> tuple[Candidate, list[Finding]]:
    """Read the archive of a set, having verified it as a whole."""
    if of.archive is None:
        raise _refused("mirror_empty", path=path.name, set=of.key)
    if path.stat().st_size > MOST_ARCHIVE or blob_id(path.read_bytes()) != of.archive.blob:
        raise _refused("altered", n="1", files=path.name)
    wanted = {file.code: file for file in of.files}
    brought = Brought()
    try:
        with archive(path, path.name, Packed()) as opened:
            for entry in opened.infolist():
                match = ENTRY.fullmatch(entry.filename)
                file = wanted.get(match[1]) if match else None
                if file is not None:
                    content = read_entry(path.name, opened, entry, most=MOST_FILE)
                    brought.contents[file.path] = content
    except Unreadable as error:
        raise unread(error) from error
    brought.absent = [file.path for file in of.files if file.path not in brought.contents]
    findings = _judged(of, brought, partial)
    return _parsed(of, brought.contents), findings


def _parsed(of: PublicSet, contents: dict[str, bytes]) -> Candidate:
    """Read the polygons of verified files.

    Raises
    ------
    Refused
        If a file is not of the form expected, which no verified file is.
    """
    shapes: Shapes = {}
    outlines: Shapes = {}
    for file in of.files:
        content = contents.get(file.path)
        if content is None:
            continue
        try:
            if of.level is Level.COMMUNE:
                shapes[file.code] = _of_commune(content, file.code)
            else:
                _of_province(content, file.code, shapes, outlines)
        except (ValueError, KeyError, TypeError, IndexError, shapely.errors.ShapelyError) as error:
            raise _refused("broken", file=file.path, error=str(error)[:200]) from error
    return Candidate(of.edition, of.level, shapes, of.source, outlines)


def _of_commune(content: bytes, code: str) -> shapely.Geometry:
    """Read a GeoJSON collection of one feature, whose id is the code of the commune."""
    collection = json.loads(content)
    (feature,) = collection["features"]
    if str(feature["id"]) != code:
        raise ValueError(f"it is about {feature['id']!r}")
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def _of_province(content: bytes, code: str, shapes: Shapes, outlines: Shapes) -> None:
    """Read a province and its districts; those without coordinates are passed over."""
    province = json.loads(content)
    if str(province["level1_id"]) != code:
        raise ValueError(f"it is about {province['level1_id']!r}")
    if province.get("coordinates"):
        outlines[code] = _polygons(province)
    for district in province["level2s"]:
        if district.get("coordinates"):
            shapes[str(district["level2_id"])] = _polygons(district)


def _polygons(record: dict[str, Any]) -> shapely.Geometry:
    geometry = {"type": record["type"], "coordinates": record["coordinates"]}
    return shapely.from_geojson(json.dumps(geometry))


def _refused(key: str, **values: str) -> Refused:
    return Refused([Finding(key, Weight.REFUSED, values)])
