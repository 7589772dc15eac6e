"""From a public set to boundaries ready to be put in force."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from base.reading import Packed, Unreadable, archive, read_entry
from geo.boundaries.official.download import (
    MOST_ARCHIVE,
    MOST_FILE,
    Brought,
    Folder,
    Place,
    Progress,
    Take,
    bring,
    bring_archive,
    few,
    network,
)
from geo.boundaries.official.parsing import Polygons
from geo.boundaries.official.records import (
    Candidate,
    EditionRefused,
    Finding,
    Prepared,
    Refused,
    Weight,
    unread,
)
from geo.boundaries.official.sets import PublicSet, blob_id, empty_files, public_sets
from geo.boundaries.official.upgrade import Step, prepare
from geo.boundaries.replaced import folder

# The file of a commune, in whichever folder of an archive.
ENTRY: Final = re.compile(r"(?:.*/)?(\d{5})_[^/]*\.geojson")
URL: Final = re.compile(r"https?://")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of the public sets that were asked for.

    Attributes
    ----------
    ready
        Editions that can be put in force.
    refused
        Those that cannot, and why.
    """

    ready: tuple[Prepared, ...]
    refused: tuple[EditionRefused, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found out, of all editions."""
        ready = (finding for one in self.ready for finding in one.findings)
        return (*ready, *(finding for one in self.refused for finding in one.findings))


def fetched(
    editions: Iterable[str],
    *,
    mirror: str | None = None,
    partial: bool = False,
    single_files: bool = False,
    progress: Progress = lambda *_: None,
    step: Step | None = None,
) -> Fetched:
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

    Returns
    -------
    Fetched
        What is ready, and why the rest is not: one set's faults are none of the other's.

    Raises
    ------
    Refused
        If no set can be used; with everything found out.
    """
    made, refusals = [], []
    for edition in editions:
        found: list[Finding] = []
        try:
            of = public_sets()[edition]
            candidate, found = _brought(of, mirror, partial, single_files, progress)
            # What a whole set lacks by itself is kept from the bundled layer; `partial` is about
            # files that did not come.
            ready = prepare(candidate, partial=True, step=step)
            made.append(replace(ready, findings=(*found, *ready.findings)))
        except Refused as refused:
            refusals.append(EditionRefused(edition, (*found, *refused.findings)))
    if not made:
        raise Refused([finding for one in refusals for finding in one.findings])
    return Fetched(tuple(made), tuple(refusals))


def _brought(
    of: PublicSet, mirror: str | None, partial: bool, single_files: bool, progress: Progress
) -> tuple[Candidate, list[Finding]]:
    polygons = Polygons(of)
    if mirror is not None and Path(mirror).is_file():
        brought = _from_archive(of, Path(mirror), polygons.take)
    else:
        with _place(of, mirror) as place:
            content = None if single_files else bring_archive(of, place, progress)
            brought = Brought(absent=[file.path for file in of.files])
            if content is not None:
                with tempfile.NamedTemporaryFile(suffix=".zip") as held:
                    held.write(content)
                    held.flush()
                    del content
                    brought = _from_archive(of, Path(held.name), polygons.take)
            if brought.absent:  # no archive, or one laid out otherwise: file by file
                absent = set(brought.absent)
                left = replace(of, files=tuple(file for file in of.files if file.path in absent))
                rest = bring(left, place, progress, polygons.take)
                rest.taken = [*brought.taken, *rest.taken]
                brought = rest
    found = _judged(of, brought, partial)
    candidate, mended = polygons.candidate()
    return candidate, [*found, *mended]


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
    verified = {"n": str(len(brought.taken)), "set": of.key}
    found = [Finding("verified", Weight.NOTE, verified)]
    known = [path for path in brought.absent if Path(path).name in empty_files(of.edition)]
    absent = [path for path in brought.absent if path not in known]
    if brought.altered:
        values = {"n": str(len(brought.altered)), "files": few(brought.altered)}
        found.append(Finding("altered", weight, values))
    if absent:
        n, total = len(absent), len(of.files)
        values = {"n": str(n), "of": str(total), "files": few(absent)}
        found.append(Finding("files_missing", weight, values))
    if not brought.taken:
        raise Refused([*found, Finding("nothing", Weight.REFUSED)])
    if len(found) > 1 and not partial:
        raise Refused([*found, Finding("partial_hint", Weight.NOTE)])
    if known:
        values = {"n": str(len(known)), "files": few(known)}
        found.append(Finding("files_empty", Weight.NOTE, values))
    return found


def _from_archive(of: PublicSet, path: Path, take: Take) -> Brought:
    """Read the archive of a set, verified as a whole, or file by file where packed again."""
    if of.archive is None:
        raise _refused("mirror_empty", path=path.name, set=of.key)
    if path.stat().st_size > MOST_ARCHIVE:
        raise _refused("altered", n="1", files=path.name)
    whole = blob_id(path.read_bytes()) == of.archive.blob
    wanted = {file.code: file for file in of.files}
    brought = Brought()
    try:
        with archive(path, path.name, Packed()) as opened:
            for entry in opened.infolist():
                match = ENTRY.fullmatch(entry.filename)
                file = wanted.pop(match[1], None) if match else None
                if file is None:
                    continue
                content = read_entry(path.name, opened, entry, most=MOST_FILE)
                if whole or blob_id(content) == file.blob:
                    take(file, content)
                    brought.taken.append(file.path)
                else:
                    brought.altered.append(file.path)
    except Unreadable as error:
        raise unread(error) from error
    if not whole and not brought.taken:
        raise _refused("altered", n="1", files=path.name)
    brought.absent = [file.path for file in wanted.values()]
    return brought


def _refused(key: str, **values: str) -> Refused:
    return Refused([Finding(key, Weight.REFUSED, values)])
