"""The texts of the page of methods, and the glossary."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from base.folders import LOCALE
from base.html import Markup, el, terms
from base.words import Lang, t
from geo.names import vietnamese_key
from metrics.catalog import DATA_DIR


@cache
def methods_text(lang: Lang) -> str:
    """Return the text about methods, as Markdown."""
    return (LOCALE / lang / "methods.md").read_text(encoding="utf-8")


@cache
def glossary() -> tuple[dict[str, Any], ...]:
    """Return the terms of data/glossary.yaml: ``term`` and ``meaning``, each in vi and en."""
    with (DATA_DIR / "glossary.yaml").open(encoding="utf-8") as file:
        return tuple(yaml.load(file, Loader=yaml.CSafeLoader))


@cache
def glossary_html(lang: Lang) -> Markup:
    """Write the glossary in the order of the reader's alphabet, the other language beside."""
    other: Lang = "en" if lang == "vi" else "vi"
    entries = sorted(glossary(), key=lambda entry: vietnamese_key(entry["term"][lang]))
    told = terms(
        (
            (entry["term"][lang], " ", el("small", entry["term"][other], lang=other)),
            entry["meaning"][lang],
        )
        for entry in entries
    )
    return el("div.atlas-text.atlas-glossary", el("h2", t("glossary.title", lang)), told)
