"""Lay out rasters that come one by one or packed: a file, or a folder of tiles."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from base.reading import Packed, Unreadable, archive
from geo.coverage.ground import CoverageError
from geo.coverage.terrain.sheets import MAX_TILES, TIFF

# Rasters, and the small texts that say where a raster lies that does not say it itself.
_TILES: Final = (".tif", ".tiff")
_PLACES: Final = (".tfw", ".tifw", ".tiffw")
_LONGEST_PLACE: Final = 4_096
_ZIP: Final = b"PK\x03\x04"
_CHUNK: Final = 1 << 20


def lay_out(given: Sequence[tuple[Path, str]], folder: Path, most: int) -> tuple[Path, str]:
    """Lay out rasters.

    Parameters
    ----------
    given
        Files, GeoTIFF or zips of them, and what messages call each.
    folder
        An empty folder.
    most
        Bytes, once unpacked.

    Returns
    -------
    path, name
        One raster or the folder, as `geo.coverage.ground.Relief` takes it, and what it is called.

    Raises
    ------
    Unreadable
        Where an archive cannot be used, or all is too large.
    CoverageError
        Where there is no raster in it.
    """
    named = ", ".join(name for _, name in given)
    called, left, tiles = named if len(named) <= 120 else f"{named[:119]}…", most, []
    for at, (path, name) in enumerate(given):
        into = folder / f"{at:04}"
        into.mkdir()
        if _begins(path) == _ZIP:
            tiles += _unpack(path, name, into, left)
        else:
            tile = into / _plain(name)
            shutil.copyfile(path, tile)
            tiles.append(tile)
        left = most - sum(tile.stat().st_size for tile in tiles)
        if left < 0:
            raise Unreadable("unpacked", file=name, limit=most >> 20)
    for tile in tiles:
        # A file of another kind, such as a VRT, may name files that its owner may not see.
        if not _begins(tile).startswith(TIFF):
            raise CoverageError("gaps_kind", file=tile.name)
    if not tiles:
        raise CoverageError("terrain_no_tiles", file=called, allowed=", ".join(_TILES))
    if len(tiles) > MAX_TILES:
        raise CoverageError("terrain_many_tiles", file=called, n=len(tiles), limit=MAX_TILES)
    return (tiles[0] if len(tiles) == 1 else folder), called


def _begins(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(len(_ZIP))


def _plain(name: str) -> str:
    """Make a name that leads nowhere and keeps its ending as rasters have it."""
    stem = re.sub(r"[^\w .()-]", "_", PurePosixPath(name).stem).strip(". ")[:80] or "tile"
    suffix = PurePosixPath(name).suffix.lower()
    return stem + (suffix if suffix in (*_TILES, *_PLACES) else ".tif")


def _unpack(path: Path, file: str, into: Path, most: int) -> list[Path]:
    """Unpack the rasters of an archive, each into a folder of its own with what places it."""
    tiles = []
    with archive(path, file, Packed(MAX_TILES * 4, most)) as opened:
        entries = {entry.filename: entry for entry in opened.infolist() if not entry.is_dir()}
        wanted = [name for name in entries if PurePosixPath(name).suffix.lower() in _TILES]
        for at, name in enumerate(sorted(wanted)):
            tile = into / f"{at:05}" / _plain(PurePosixPath(name).name)
            tile.parent.mkdir()
            _copy(opened, entries[name], tile, file)
            tiles.append(tile)
            for other, entry in entries.items():
                inside = PurePosixPath(other)
                beside = inside.with_suffix("") == PurePosixPath(name).with_suffix("")
                placing = beside and inside.suffix.lower() in _PLACES
                if placing and entry.file_size <= _LONGEST_PLACE:
                    _copy(opened, entry, tile.with_suffix(inside.suffix.lower()), file)
    return tiles


def _copy(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path, file: str) -> None:
    left = entry.file_size
    try:
        with opened.open(entry) as stream, to.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    break
                out.write(chunk)
    except Exception as error:  # zipfile, zlib and lzma each have errors of their own
        said = f"{entry.filename[:80]}: {error}"
        raise Unreadable("broken", file=file, error=said[:200]) from error
    if left < 0:
        raise Unreadable("broken", file=file, error=entry.filename[:80])
