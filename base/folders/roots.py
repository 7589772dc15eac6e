"""The folders of the project, found once from where this file lies."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
DATA: Final = ROOT / "data"
STATIC: Final = ROOT / "static"
LOCALE: Final = ROOT / "locale"
STYLES: Final = ROOT / "ui" / "styles"
