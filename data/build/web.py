"""Make the web files of the boundaries: ``python -m data.build.web``."""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.boundaries import BOUNDARIES_DIR, WEB_DIR
from geo.boundaries.web import build


def main() -> None:
    """Build, and print what was made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=BOUNDARIES_DIR)
    parser.add_argument("--web", type=Path, default=WEB_DIR)
    options = parser.parse_args()
    for record in build(options.source, options.web)["layers"]:
        print(f"{record['url']}  {record['n']} areas  {record['bytes']:,} bytes")


if __name__ == "__main__":
    main()
