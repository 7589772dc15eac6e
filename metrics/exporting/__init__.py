"""Figures as files to take away."""

from metrics.exporting.about import About, Tally
from metrics.exporting.citation import Cited, bibtex, citation, ris
from metrics.exporting.csv import metadata_path
from metrics.exporting.files import FORMATS, Progress, export
from metrics.exporting.geo import MOST_ROWS, geometry_text
from metrics.exporting.names import name_of, title_of
from metrics.exporting.permalink import permalink, public_url, view_href, view_params
from metrics.exporting.presskit import Kit, Picture, kit_name, write_kit
from metrics.exporting.records import dumped, json_rows, metadata
from metrics.exporting.remote import remote
from metrics.exporting.rows import (
    EXPORT_COLUMNS,
    FLAG_COLUMNS,
    FLOAT_COLUMNS,
    RANK_COLUMNS,
    VIEW_COLUMNS,
    area_name,
    export_rows,
    is_simulated,
    source_text,
    text_cells,
)
from metrics.exporting.select import (
    RESULT,
    AsShown,
    Filtered,
    Measured,
    Rows,
    Selection,
    Several,
    as_observations,
    window,
)
from metrics.exporting.snippet import command, snippet
from metrics.exporting.spreadsheet import (
    CODES,
    FOR_PEOPLE,
    sheet_cells,
    sheet_code,
    sheet_heads,
    sheet_number,
    sheet_writer,
)
