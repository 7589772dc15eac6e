"""A name for the program that runs: another one may write the same view otherwise."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from base.folders import ROOT

# What the words, colours and messages of a view are made by.
PARTS: Final = ("base", "geo", "metrics", "ui", "locale", "data/indicators")


def _name() -> str:
    found = sha256()
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*")):
            if path.suffix in (".py", ".po", ".yaml"):
                found.update(path.read_bytes())
    return found.hexdigest()[:12]


PROGRAM: Final = _name()
