"""Write the names that the browser searches places by: one file per language in static/places."""

from __future__ import annotations

import json
from pathlib import Path

from base.folders import STATIC
from base.words import LANGS
from geo.search import shipped

OUT = STATIC / "places"


def main(out: Path = OUT) -> None:
    """Write all files."""
    out.mkdir(parents=True, exist_ok=True)
    for lang in LANGS:
        text = json.dumps(shipped(lang), ensure_ascii=False, separators=(",", ":"))
        (out / f"search-{lang}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
