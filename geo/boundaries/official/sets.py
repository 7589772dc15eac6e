"""The two public sets of official boundaries: which files, at which commit, with which ids."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from hashlib import sha1
from typing import Final

from base.folders import DATA
from geo.boundaries.official.records import Source
from geo.editions import EDITION_2024, EDITION_2025, Level

LISTS: Final = DATA / "official"
FAULTS: Final = "faults.csv"  # what is known to be wrong in them
RAW: Final = "https://raw.githubusercontent.com"


@dataclass(frozen=True, slots=True)
class SetFile:
    """A file of a public repository.

    Attributes
    ----------
    path
        Below the root of the repository.
    blob
        Its git blob id.
    code
        Of the area that it is about: a province, or a commune. "" of an archive.
    """

    path: str
    blob: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A set of files at one commit.

    Attributes
    ----------
    key
        Name of the repository, and of its folder in a mirror.
    owner, commit
        Where it is.
    edition, level
        What it draws.
    files
        All of them, in official order.
    archive
        The same files in one archive; None where there is none.
    source
        What is told of it.
    """

    key: str
    owner: str
    commit: str
    edition: str
    level: Level
    files: tuple[SetFile, ...]
    archive: SetFile | None
    source: Source

    def address(self, file: SetFile, base: str | None = None) -> str:
        """Return where a file is fetched: from GitHub, or from a mirror by URL."""
        if base is None:
            return f"{RAW}/{self.owner}/{self.key}/{self.commit}/{file.path}"
        return f"{base.rstrip('/')}/{self.key}/{file.path}"


def blob_id(content: bytes) -> str:
    """Return the git blob id of a content."""
    head = b"blob %d\0" % len(content)
    return sha1(head + content, usedforsecurity=False).hexdigest()


@cache
def public_sets() -> dict[str, PublicSet]:
    """Return the public sets by the edition that each draws."""
    districts = PublicSet(
        key="dvhcvn",
        owner="daohoangson",
        commit="4b1b6b59c5880c620722663bcb48c5c105364be5",
        edition=EDITION_2024,
        level=Level.DISTRICT,
        files=_listed("districts_2024.txt", "data/gis/", ""),
        archive=None,
        source=Source("boundaries-official-2024"),
    )
    communes = PublicSet(
        key="vietnamese-provinces-database",
        owner="thanglequoc",
        commit="cd58063299585146ded3981f2272946ef19ced54",
        edition=EDITION_2025,
        level=Level.COMMUNE,
        files=_listed("communes_2025.txt", "json/geojson/", ".geojson"),
        archive=SetFile(
            "json/vn_provinces_wards_geojson_2026-07-25__20_54_43.zip",
            "6588541d9ca5426c9c3bbd24ac8eeb2b562bf4f4",
        ),
        source=Source("boundaries-official-2025"),
    )
    return {one.edition: one for one in (districts, communes)}


@cache
def mended_codes(edition: str) -> dict[str, str]:
    """Return the codes that public lists have wrong, and the right ones."""
    return {row["given"]: row["right"] for row in _faults(edition, "code")}


@cache
def empty_files(edition: str) -> frozenset[str]:
    """Name the files of a set that are known to hold no polygon: nothing lacks without them."""
    return frozenset(row["given"] for row in _faults(edition, "empty"))


def _faults(edition: str, fault: str) -> list[dict[str, str]]:
    with (LISTS / FAULTS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if (row["edition"], row["fault"]) == (edition, fault)]


def _listed(name: str, root: str, ending: str) -> tuple[SetFile, ...]:
    """Read a list of ids; a line that ends with a slash names the folder of those below it."""
    files, folder = [], ""
    for line in (LISTS / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.endswith("/"):
            folder = f"{line}wards/"
            continue
        blob, file = line.split(" ")
        code = file.partition("_")[0].partition(".")[0]
        files.append(SetFile(f"{root}{folder}{file}{ending}", blob, code))
    return tuple(files)
