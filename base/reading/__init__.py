"""Read files of unknown hands, always guarded; write files, never half."""

from base.reading.atomic import force_to_disk, replacing, replacing_file, write_atomically
from base.reading.cells import bounded, cell, mapped, neutralise, plain_number, restore
from base.reading.legacy import from_tcvn3, from_vni, legacy_font, reencoded, vietnamese_share
from base.reading.table import MAX_BYTES, Table, TableError, read_table, write_table
