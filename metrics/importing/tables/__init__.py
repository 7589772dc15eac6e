"""Where the tables of a sheet are: headings, rows, notes at the foot."""

from metrics.importing.tables.blocks import find_blocks
from metrics.importing.tables.book import Book, read_book, texts_of
from metrics.importing.tables.cell_kinds import is_figure, is_numbering
from metrics.importing.tables.header_rows import is_unit_heading
from metrics.importing.tables.layouts import upright
