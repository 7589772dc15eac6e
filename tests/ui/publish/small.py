"""A small atlas as a folder, of made-up figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from tests.metrics.made_up import row
from ui.publish import Wanted, publish

BASE = "https://example.org/copy/"
LIVE = "https://atlas.example.org/"
ONLY = ("rate", "named", f"{EDITION_2025}:01", f"{EDITION_2025}:VN", f"{EDITION_2025}:R2")


def rows():
    """Rates of all provinces in two periods, a status of a few, one figure of the country."""
    provinces = areas(EDITION_2025, Level.PROVINCE)
    found = [
        row("rate", place.code, 50 + at, edition=EDITION_2025, period_end=end)
        for end in ("2025-06-30", "2025-12-31")
        for at, place in enumerate(provinces)
    ]
    named = areas(EDITION_2024, Level.PROVINCE)[:3]
    found += [row("named", place.code, category="done", edition=EDITION_2024) for place in named]
    return [*found, row("rate", "VN", 61, edition="", period_end="2025-12-31")]


@dataclass(frozen=True)
class Folder:
    """The folder and what was asked for."""

    path: Path
    store: object
    wanted: Wanted

    def text(self, path):
        return (self.path / path).read_text(encoding="utf-8")

    def files(self):
        return {
            str(file.relative_to(self.path)): file.read_bytes()
            for file in self.path.rglob("*")
            if file.is_file()
        }


def published(store, out, *, only=ONLY, base=BASE, live=LIVE):
    """Build the folder."""
    wanted = Wanted(out=out, only=only, base=base, live=live)
    publish(wanted, store=store)
    return Folder(out, store, wanted)
