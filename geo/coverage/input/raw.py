"""A table as it was read from a file, and how much of a file is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from base.reading import Room
from geo.coverage.ground import Ints, Texts

if TYPE_CHECKING:
    import pandas as pd

# Unpacked. The cells of all the world in OpenCelliD are 5 GB; those of Viet Nam 100 MB.
MAX_BYTES: Final = 2 * 1024**3
MAX_ROWS: Final = 20_000_000
MAX_COLUMNS: Final = 400
# Of a command, which has the machine to itself.
ROOM: Final = Room(memory=16 << 30, seconds=3600, result=8 << 30)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is accepted.

    Attributes
    ----------
    max_bytes, max_rows
        Of each file: bytes once unpacked, and rows.
    max_settlements
        Settlements, which are kept in memory with all that is found about them.
    max_vertices
        Of all shapes of a file.
    max_paths
        From candidates for new sites to settlements, over real ground.
    room
        What opening one may take.
    """

    max_bytes: int = MAX_BYTES
    max_rows: int = MAX_ROWS
    max_settlements: int = MAX_ROWS
    max_vertices: int = 200_000_000
    max_paths: int = 1_000_000
    room: Room = ROOM


@dataclass(frozen=True, slots=True)
class Asked:
    """How one file is to be read; ``names`` says which column is which, as of `Files.columns`."""

    name: str
    crs: str
    encoding: str
    limits: Limits
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """A table as it was read.

    Attributes
    ----------
    file
        Name, for messages.
    frame
        Its columns; those of text formats as text.
    row
        Row of each record in the file, the header being 1.
    geometry
        Geometries in EPSG:4326 where it is a vector file.
    n_read
        Records in the file, those that could not be read included.
    crs
        System of the coordinates of a table that are not degrees, as its owner names it.
    """

    file: str
    frame: pd.DataFrame
    row: Ints
    geometry: Texts | None
    n_read: int
    crs: str = ""
