"""How large a map in one file is."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from geo.editions import EDITION_2024, EDITION_2025, Level
from metrics.store import ensure_store
from ui.address import View
from ui.download.embedding import embed_file
from ui.scene import draw

VIEWS = {
    "34 provinces": View(),
    "63 provinces": View(edition=EDITION_2024),
    "districts of a province": View(edition=EDITION_2024, place="01", level=Level.DISTRICT),
    "communes of a province": View(edition=EDITION_2025, place="01", level=Level.COMMUNE),
    "696 districts": View(edition=EDITION_2024, level=Level.DISTRICT),
    "3,321 communes": View(edition=EDITION_2025, level=Level.COMMUNE),
}


def sizes() -> dict[str, int]:
    """Return kilobytes by size of map, the typeface and all scripts included."""
    with tempfile.TemporaryDirectory() as folder:
        store = ensure_store(home=Path(folder))
        at = datetime(2026, 1, 1, tzinfo=UTC)
        return {
            name: round(len(embed_file(store, draw(store, view), at).encode()) / 1000)
            for name, view in VIEWS.items()
        }
