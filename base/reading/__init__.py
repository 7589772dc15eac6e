"""Read files of unknown hands, always guarded; write files, never half."""

from base.reading.apart import Apart, Room, put_batches, put_table
from base.reading.atomic import force_to_disk, replacing, replacing_file, write_atomically
from base.reading.cells import bounded, cell, mapped, neutralise, neutralised, plain_number, restore
from base.reading.columns import Coded, coded_columns
from base.reading.decode import AUTO, ENCODINGS, LEGACY, LOST, decode
from base.reading.delimited import delimiter_of, records
from base.reading.kinds import other_kind
from base.reading.legacy import from_tcvn3, from_vni, legacy_font, reencoded
from base.reading.limits import COMMAND, EDITOR, VISITOR, Most, check_shape, check_size, check_text
from base.reading.markup import is_markup
from base.reading.named import check_named
from base.reading.numbers import (
    MAX_DIGITS,
    DecimalMark,
    is_either,
    mark_of,
    number_column,
    plain_digits,
    says_no_figure,
)
from base.reading.parquet import read_parquet
from base.reading.refusal import Unreadable
from base.reading.seen import (
    SOFT_HYPHEN,
    Cell,
    Percent,
    Sheet,
    cell_seen,
    squared,
    visible,
    work_sheet,
)
from base.reading.sheets import SheetOfCells
from base.reading.stopping import Stop, StoppedError, stoppable
from base.reading.table import Table, TableError, read_table, write_table
from base.reading.tables import read_any_table
from base.reading.workbook import read_markup, read_workbook
from base.reading.zips import Packed, archive, read_entry
