"""The transcript of document 003, on Vĩnh Phúc in the first nine months of 2022."""

import hashlib

import pytest

from geo.editions import COUNTRY_CODE
from metrics.catalog import load_catalog
from metrics.observations import validate
from tests.data.doc_text import (
    NUMBER,
    is_printed,
    located,
    one,
    paragraphs,
    printed,
    text_file,
    transcript,
)

DOC = "003"
FILE = text_file(DOC)
needs_text = pytest.mark.skipif(FILE is None, reason="the texts are not beside the repository")
# Numbers that name things: Đề án 06, Decree 59, the heading "5 nhóm tiện ích", "11 nhóm".
NAMES = {"06", "59"}
HEADINGS = {5, 11}


@pytest.fixture(scope="module")
def rows():
    return transcript(DOC)


def test_the_transcript_is_valid(rows):
    assert validate(rows, load_catalog()) == []
    assert set(rows["origin"]) == {"doc-003"}
    assert set(rows["area"]) == {"26", COUNTRY_CODE}


def test_every_number_stands_in_its_quote(rows):
    for row in rows[rows["value"].notna()].itertuples():
        _, quote = located(row.locator)
        assert is_printed(row.value, quote.replace("/", " / ")), row


def test_the_citizens_are_a_figure_of_their_own(rows):
    citizens = one(rows, "citizens-14-and-over")
    assert citizens["value"] == one(rows, "cccd-dossiers")["denominator"] == 969342


@pytest.mark.parametrize(
    ("indicator", "part", "whole"),
    [
        ("cccd-dossiers", 890731, 969342),
        ("health-cccd-facilities", 165, 179),
        ("children-data-cleaned", 94616, 362555),
        ("merit-records-digitised", 87630, 138000),
    ],
)
def test_n_of_n(rows, indicator, part, whole):
    found = one(rows, indicator)
    assert (found["value"], found["numerator"], found["denominator"]) == (part, part, whole)


def test_the_printed_rate_is_kept_beside_its_parts(rows):
    rate = one(rows, "cccd-dossiers-rate")
    assert rate["value"] == 92
    assert 100 * rate["numerator"] / rate["denominator"] == pytest.approx(91.9, abs=0.05)
    assert "91,9%" in rate["note"]


def test_results_of_30_september_have_the_year_inferred(rows):
    dated = rows[rows["period_text"] == "Tính đến 30/9"]
    assert set(dated["period_end"]) == {"2022-09-30"}
    assert dated["note"].str.contains("2022 được suy ra", regex=False).all()
    assert set(dated["value"]) == {890731, 969342, 92, 165, 530000, 47.2}


def test_nearly_is_kept(rows):
    nearly = rows[rows["qualifier"] == "nearly"]
    assert set(nearly["value"]) == {530000, 85000}
    assert nearly["note"].str.contains("gần", regex=False).all()


def test_targets_stand_beside_results(rows):
    assert one(rows, "health-cccd-facilities-rate", role="target")["value"] == 100
    issuing = one(rows, "cccd-issuance", role="target")
    assert (issuing["period_end"], issuing["grain"]) == ("2022-12-30", "before")
    low = one(rows, "cccd-issuance", role="result")
    assert low["category"] == "low"
    assert "92%" in low["note"]
    assert set(rows[rows["indicator"] == "utility-groups"]["role"]) == {"target", "result"}


def test_a_row_without_a_date_has_the_month_of_the_document(rows):
    undated = rows[(rows["period_text"] == "")]
    assert set(undated["period_end"]) == {"2022-10-31"}
    assert set(undated["grain"]) == {"month"}
    assert undated["note"].str.contains("10/2022, suy ra", regex=False).all()


@needs_text
def test_the_text_is_the_one_that_was_transcribed():
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert load_catalog().origin("doc-003").sha256 == digest


@needs_text
def test_every_quote_stands_in_its_paragraph(rows):
    text = paragraphs(FILE)
    for locator in rows["locator"]:
        number, quote = located(locator)
        assert quote in text[number], locator
        assert len(quote.split()) <= 12, locator


@needs_text
def test_no_number_of_the_text_is_left_out(rows):
    told = rows.assign(paragraph=[located(locator)[0] for locator in rows["locator"]])
    for number, text in paragraphs(FILE).items():
        if number in HEADINGS:
            continue
        of = told[told["paragraph"] == number]
        figures = {*of["value"], *of["numerator"], *of["denominator"]}
        known = {form.split()[0] for value in figures if value == value for form in printed(value)}
        words = " ".join([*of["period_text"], *of["locator"], *of["note"]])
        for found in NUMBER.findall(text):
            parts = {found, *found.split("/")}
            assert parts & (known | NAMES) or found in words, (number, found)
