"""The texts of the page of methods, and the glossary."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

import yaml

from base.folders import LOCALE
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
def glossary_html(lang: Lang) -> str:
    """Write the glossary in the order of the reader's alphabet, the other language beside."""
    other: Lang = "en" if lang == "vi" else "vi"
    entries = sorted(glossary(), key=lambda entry: vietnamese_key(entry["term"][lang]))
    rows = "".join(
        f"<dt>{escape(entry['term'][lang])} <small lang='{other}'>"
        f"{escape(entry['term'][other])}</small></dt><dd>{escape(entry['meaning'][lang])}</dd>"
        for entry in entries
    )
    heading = escape(t("glossary.title", lang))
    return f'<div class="atlas-text atlas-glossary"><h2>{heading}</h2><dl>{rows}</dl></div>'
