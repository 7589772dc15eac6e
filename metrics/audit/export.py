"""The findings of the audit as a file: CSV with one row each, JSON with the observations too."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from base.reading import cell
from base.words import Lang, t
from metrics.audit.records import Finding
from metrics.audit.sums import arithmetic
from metrics.audit.words import names, say, title, tolerance, where
from metrics.catalog import Catalog
from metrics.exporting import source_text

COLUMNS: Final = (
    "id",
    "rule",
    "rule_name",
    "severity",
    "indicator_id",
    "indicator",
    "edition",
    "area_code",
    "area",
    "period_end",
    "finding",
    "arithmetic",
    "tolerance",
    "observations",
    "origin_ids",
    "origins",
    "locators",
    "places",
)
SEPARATOR: Final = "; "


def as_csv(found: Iterable[Finding], catalog: Catalog, lang: Lang, mark: str = "") -> str:
    """Write findings as CSV (RFC 4180); text that a spreadsheet would run is neutralised.

    Parameters
    ----------
    found
        The findings, in order.
    mark
        What the file begins with.
    """
    stream = io.StringIO(newline="")
    stream.write(mark)
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for finding in found:
        told = record(finding, catalog, lang)
        writer.writerow([cell(str(told[name])) for name in COLUMNS])
    return stream.getvalue()


def as_json(found: Iterable[Finding], catalog: Catalog, lang: Lang) -> str:
    """Write findings as JSON, each with the observations it rests on and the places it is about."""
    records = [document(finding, catalog, lang) for finding in found]
    return json.dumps(records, ensure_ascii=False, indent=1, default=str) + "\n"


def document(finding: Finding, catalog: Catalog, lang: Lang) -> dict[str, Any]:
    """Tell a finding with the observations it rests on and the places it is about."""
    told = record(finding, catalog, lang)
    told["places"] = [{"edition": edition, "code": code} for edition, code in finding.places]
    told["rows"] = [asdict(witness) for witness in finding.witnesses]
    return told


def record(finding: Finding, catalog: Catalog, lang: Lang) -> dict[str, Any]:
    """Tell a finding in flat values; see `COLUMNS`."""
    origins = [catalog.origin(id_) for id_ in finding.origins]
    return {
        "id": finding.id,
        "rule": finding.rule,
        "rule_name": t(f"audit.rule.{finding.rule}", lang),
        "severity": str(finding.severity),
        "indicator_id": finding.indicator,
        "indicator": title(finding, catalog, lang),
        "edition": finding.edition,
        "area_code": finding.area,
        "area": where(finding, lang),
        "period_end": finding.period_end.isoformat() if finding.period_end else "",
        "finding": say(finding, catalog, lang),
        "arithmetic": arithmetic(finding, catalog, lang),
        "tolerance": tolerance(finding, lang),
        "observations": finding.n,
        "origin_ids": SEPARATOR.join(finding.origins),
        "origins": SEPARATOR.join(source_text(origin, lang) for origin in origins),
        "locators": SEPARATOR.join(dict.fromkeys(w.locator for w in finding.witnesses)),
        "places": names(finding, lang, len(finding.places)),
    }
