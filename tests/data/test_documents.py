"""Transcribed documents: every row can be found again in the text; nothing is smoothed."""

from __future__ import annotations

import re
from collections import Counter

from metrics.catalog import load_catalog
from tests.data.fact_files import observed, period


def test_every_row_of_the_document_quotes_its_paragraph():
    for row in observed("doc_000"):
        quote = re.fullmatch(r"đoạn (\d+): “(.+)”", row["locator"])
        assert quote, row["locator"]
        assert 1 <= int(quote[1]) <= 16
        assert len(quote[2].split()) <= 12


def test_a_row_without_a_stated_date_has_the_month_of_the_document():
    undated = [row for row in observed("doc_000") if not row["period_text"]]
    assert undated
    assert {period(row) for row in undated} == {("2024-11-01", "2024-11-30", "month")}
    assert all("suy ra" in row["note"] for row in undated)


def test_contradictions_of_the_document_are_kept():
    rows = {}
    for row in observed("doc_000"):
        rows.setdefault(row["indicator"], []).append(row)
    graded = [rows[f"conference-rated-{grade}"][0] for grade in ("good", "fair", "average")]
    assert [row["value"] for row in graded] == ["7", "2", "3"]
    assert {row["denominator"] for row in graded} == {"11"}
    assert all("12" in row["note"] for row in graded)
    assert {row["value"] for row in rows["criminal-record-localities"]} == {"47"}
    named = Counter(row["category"] for row in rows["criminal-record-vneid"])
    assert named == {"official": 7, "trial": 4}
    assert load_catalog().indicator("criminal-record-vneid").list == "named_only"
