"""Figures as files to take away."""

from metrics.exporting.about import Tally
from metrics.exporting.citation import Cited, bibtex, citation, ris
from metrics.exporting.csv import metadata_path
from metrics.exporting.files import FORMATS, Progress, export
from metrics.exporting.geo import MOST_ROWS
from metrics.exporting.names import name_of, title_of
from metrics.exporting.permalink import permalink, public_url, view_href, view_params
from metrics.exporting.presskit import Kit, Picture, kit_name, write_kit
from metrics.exporting.rows import area_name, is_simulated, source_text, text_cells
from metrics.exporting.select import RESULT, AsShown, Filtered, Measured, Selection
from metrics.exporting.snippet import command, snippet
from metrics.exporting.spreadsheet import (
    sheet_cells,
    sheet_code,
    sheet_heads,
    sheet_number,
    sheet_writer,
)
