"""Transcribed documents: every row can be found again in the text; nothing is smoothed."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from metrics.catalog import load_catalog
from tests.data.doc_text import located, paragraphs, text_file
from tests.data.fact_files import observed, period

DOCS = ("000", "001", "002", "003", "004")


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


def aims(doc):
    return [row for row in observed(f"doc_{doc}") if row["role"] in ("target", "forecast")]


@pytest.mark.parametrize("doc", DOCS)
def test_no_deadline_that_the_source_does_not_word(doc):
    text = text_file(doc)
    for row in aims(doc):
        # A blank wording says that the date is the document's, and the note says so too.
        if not row["period_text"]:
            assert re.search(r"[Kk]hông nêu (thời )?hạn", row["note"]), row
            assert re.search(r"suy ra|ngày đăng", row["note"]), row
        elif text is not None:
            number, _ = located(row["locator"])
            # A wording that opens the paragraph is capital there and is quoted small.
            assert row["period_text"].casefold() in paragraphs(text)[number].casefold(), row


@pytest.mark.parametrize("doc", DOCS)
def test_a_goal_is_something_to_reach_and_never_a_date(doc):
    indicators = load_catalog().indicators
    goals = [row for row in aims(doc) if row["role"] == "target"]
    assert not [row for row in goals if indicators[row["indicator"]].kind == "date"]


def test_figures_after_a_date_in_the_same_paragraph_are_of_that_date():
    dated = [row for row in observed("doc_000") if row["period_text"] == "Tính đến 13/11/2024"]
    assert {period(row) for row in dated} == {("2024-11-13", "2024-11-13", "instant")}
    assert {row["indicator"] for row in dated} == {
        "criminal-record-localities",
        "criminal-record-dossiers",
        "land-parcels-digitised",
        "land-districts-digitised",
        "civil-status-localities-done",
    }


def test_provinces_are_counted_out_of_those_there_were():
    wholes = {
        row["indicator"]: row["denominator"]
        for row in observed("doc_000")
        if "localities" in row["indicator"] and row["denominator"]
    }
    assert wholes["criminal-record-localities-named"] == "11"
    assert wholes["criminal-record-localities-trial"] == "11"
    for state in ("done", "basically-done", "at-risk"):
        assert wholes[f"civil-status-localities-{state}"] == "63"


def test_rounded_millions_of_the_document_are_about():
    about = {row["value"] for row in observed("doc_000") if row["qualifier"] == "about"}
    assert about == {"12800000", "14800000"}


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
