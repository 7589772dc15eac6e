"""Rows as JSON: records, and beside them what they mean and where they are from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from base.words import t
from metrics.catalog import boundary_kind, boundary_notes
from metrics.exporting.about import SOURCE_COLUMNS, TOLD_STATES, About, Tally, edition_text
from metrics.exporting.citation import citation
from metrics.exporting.geo import gathered
from metrics.exporting.rows import json_cells


def write_json(
    frames: Iterator[pd.DataFrame], columns: Sequence[str], out: Path, about: About
) -> Tally:
    """Write a JSON document: ``metadata``, and ``rows`` with a member for each column."""
    rows, tally = gathered(frames)
    document = {"metadata": metadata(about, tally), "rows": json_rows(rows[list(columns)])}
    out.write_text(dumped(document), encoding="utf-8", newline="\n")
    return tally


def json_rows(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Write rows of an export as records; what is missing is None, and ``state`` says why."""
    cells = json_cells(rows)
    return [dict(zip(cells, line, strict=True)) for line in zip(*cells.values(), strict=True)]


def metadata(about: About, tally: Tally) -> dict[str, Any]:
    """Tell of rows what the notes of other formats tell, for programs: keys are no words."""
    lang = about.lang
    editions = [id_ for id_ in sorted(tally.editions) if id_]
    return {
        "title": about.title,
        "link": about.link or None,
        "language": lang,
        "simulated": tally.simulated,
        "citation": citation(about.cited(tally)),
        "filtered": about.filtered or None,
        "as_of": about.as_of or None,
        "boundaries": boundary_kind(tally.editions),
        "boundary_note": boundary_notes(tally.editions, lang),
        "editions": {id_: edition_text(id_, lang) for id_ in editions},
        "unranked": about.unranked(tally),
        "missing": t("export.missing", lang),
        "states": {s: t(f"state.{s}", lang) for s in TOLD_STATES if tally.states[s]},
        "sources": sources(about, tally),
    }


def sources(about: About, tally: Tally) -> list[dict[str, str | None]]:
    """List the sources of the rows as records."""
    lines: Iterable[Sequence[str]] = about.sources(tally)[1:]
    return [_plain(dict(zip(SOURCE_COLUMNS, line, strict=True))) for line in lines]


def dumped(document: object) -> str:
    """Write a document: UTF-8, no number that JSON does not know."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(source: Mapping[str, str]) -> dict[str, str | None]:
    # How many rows a source has is written for people.
    return {key: text or None for key, text in source.items() if key != "rows"}
