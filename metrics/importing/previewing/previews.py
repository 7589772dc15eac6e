"""A file of a user, read, with the tables found in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from base.reading import COMMAND, Most
from geo.coverage.output import texts_marked
from metrics.importing.cells import Block, Finding, ImportRefused, units_to_headings
from metrics.importing.previewing.left import rows_left
from metrics.importing.previewing.personal import personal_findings
from metrics.importing.tables import Book, find_blocks, read_book, texts_of, upright


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that was read.

    Attributes
    ----------
    book
        The file, with how it was read.
    blocks
        The tables found on its sheets.
    personal
        Columns that look like personal data; with any, the file is refused.
    outside
        Rows with figures that are in no table.
    """

    book: Book
    blocks: tuple[Block, ...]
    personal: tuple[Finding, ...]
    outside: tuple[Finding, ...] = ()

    def without_rows(self) -> Preview:
        """Let the rows go: what stores a table that was examined needs only what it is called."""
        blocks = tuple(replace(block, rows=[], numbers=[]) for block in self.blocks)
        return replace(self, book=replace(self.book, sheets=()), blocks=blocks)


def preview(name: str, data: bytes, most: Most = COMMAND) -> Preview:
    """Read a file and find its tables.

    Parameters
    ----------
    name
        Its name; may be hostile.

    Returns
    -------
    Preview
        With at least one table.

    Raises
    ------
    Unreadable
        If it cannot be read.
    ImportRefused
        If no table is found in it, or it carries the mark of made-up data: these are never put
        among real figures.
    """
    book = read_book(name, data, most)
    if texts_marked(book.name, (cell for sheet in book.sheets for cell in texts_of(sheet))):
        raise ImportRefused("simulated", file=book.name)
    found = [(sheet, find_blocks(sheet)) for sheet in book.sheets]
    tables = [
        (sheet, [units_to_headings(one) for block in some for one in upright(block)])
        for sheet, some in found
    ]
    blocks = tuple(block for _, some in tables for block in some)
    if not blocks:
        raise ImportRefused("no_table", file=book.name)
    return Preview(book, blocks, tuple(personal_findings(tables)), tuple(rows_left(found)))
