"""Taking figures away."""

from ui.download.downloads import (
    DOWNLOADS,
    MOST_ROWS,
    PARTS,
    Wanted,
    as_shown,
    file_bytes,
    file_name,
    most_rows,
)
from ui.download.embedding import embed_bytes
from ui.download.kits import kit_of
from ui.download.parts import kit_part, whole_address
