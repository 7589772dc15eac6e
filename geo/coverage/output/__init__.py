"""Write what the search for gaps found."""

from geo.coverage.output.mark import (
    grid_marked,
    marked,
    marked_name,
    one_kind,
    same_kind,
    texts_marked,
    with_mark,
)
from geo.coverage.output.report import left_out, report
from geo.coverage.output.write import FORMATS, table_bytes, tables, write_result, write_table
