"""What may come in: sizes that no honest table exceeds, and the refusal of what does."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final

from base.words import Lang, t

MAX_BYTES: Final = 256 * 1024 * 1024
MAX_ROWS: Final = 1_100_000
MAX_COLUMNS: Final = 600
MAX_SHEETS: Final = 60
MAX_CELLS: Final = 30_000_000
MAX_CELL: Final = 4_000
# A workbook is a ZIP archive: what it unpacks to, in all and against its size.
MAX_UNPACKED: Final = 1024 * 1024 * 1024
MAX_RATIO: Final = 150
RATIO_FROM: Final = 32 * 1024 * 1024
MAX_ENTRIES: Final = 5_000


class ImportRefused(ValueError):
    """A file or a mapping that cannot be taken; nothing of it was stored.

    Parameters
    ----------
    key
        The message is ``import.refused.<key>``.
    **values
        What its placeholders stand for; hostile until escaped.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def say(self, lang: Lang) -> str:
        """Say what is wrong and what to do."""
        return t(f"import.refused.{self.key}", lang, **self.values)

    def __str__(self) -> str:
        return self.say("en")


def check_size(name: str, size: int) -> None:
    """Refuse a file that is empty or too large.

    Raises
    ------
    ImportRefused
        Naming the file, its size and the limit.
    """
    if size == 0:
        raise ImportRefused("empty", file=name)
    if size > MAX_BYTES:
        raise ImportRefused("too_big", file=name, size=size >> 20, limit=MAX_BYTES >> 20)


def check_archive(name: str, data: bytes) -> None:
    """Refuse a ZIP archive that would unpack to too much; it is not unpacked for that.

    Raises
    ------
    ImportRefused
        If the archive is damaged, has too many entries, or unpacks to more than the limits.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ImportRefused("damaged", file=name) from None
    unpacked = sum(entry.file_size for entry in entries)
    squeezed = unpacked > RATIO_FROM and unpacked > MAX_RATIO * len(data)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or squeezed:
        raise ImportRefused(
            "bomb", file=name, size=len(data) >> 10, unpacked=unpacked >> 20, n=len(entries)
        )


def check_shape(name: str, sheet: str, rows: int, columns: int) -> None:
    """Refuse a sheet with more rows, columns or cells than the limits.

    Raises
    ------
    ImportRefused
        Naming the sheet, its shape and the limits.
    """
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise ImportRefused(
            "too_large",
            file=name,
            sheet=sheet,
            rows=rows,
            columns=columns,
            max_rows=MAX_ROWS,
            max_columns=MAX_COLUMNS,
        )
