"""What people type and the place that must come first, for the search here and in the browser."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

_FILE = Path(__file__).with_name("typed.csv")


def rows() -> list[tuple[str, str, str, str]]:
    """List query, name, edition and what must be told, decomposed spellings included."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        found = [tuple(row) for row in csv.reader(stream, delimiter=";")][1:]
    apart = [(unicodedata.normalize("NFD", row[0]), *row[1:]) for row in found]
    return found + [row for row in apart if row not in found]
