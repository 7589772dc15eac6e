"""The transcript of document 004, on Ho Chi Minh City in August 2022."""

import hashlib

import pytest

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

DOC = "004"
FILE = text_file(DOC)
needs_text = pytest.mark.skipif(FILE is None, reason="the texts are not beside the repository")
# Numbers that name things: Đề án 06, Đề án 6, levels 3 and 4; and the date of the article itself.
NAMES = {"06", "6", "3", "4", "01", "00", "15/08/2022"}


@pytest.fixture(scope="module")
def rows():
    return transcript(DOC)


def test_the_transcript_is_valid(rows):
    assert validate(rows, load_catalog()) == []
    assert set(rows["origin"]) == {"doc-004"}
    assert set(rows["area"]) == {"79", "VN"}


def test_every_number_stands_in_its_quote(rows):
    for row in rows[rows["value"].notna()].itertuples():
        assert is_printed(row.value, located(row.locator)[1]), row


def test_the_system_is_forecast_and_its_services_are_targets(rows):
    completed = one(rows, "procedure-system-completion")
    assert (completed["role"], completed["category"]) == ("forecast", "2022-10")
    assert one(rows, "procedure-system")["category"] == "preparing"
    promised = {
        "online-services-level34-rate": 100,
        "online-services-level34": 403,
        "essential-services-online": 25,
        "electronic-one-stop-rate": 100,
    }
    for indicator, value in promised.items():
        row = one(rows, indicator)
        assert (row["role"], row["value"]) == ("target", value)
        # The system is to be complete in October 2022; of what it offers no date is stated.
        assert (row["period_text"], row["period_end"]) == ("", "2022-08-15")
        assert "10/2022" in row["note"]


def test_all_procedures_are_both_a_result_and_the_denominator_of_a_target(rows):
    target = one(rows, "electronic-one-stop-rate")
    assert target["numerator"] == target["denominator"] == 1733
    assert one(rows, "procedures-total")["value"] == 1733
    assert one(rows, "procedures-total")["role"] == "result"


def test_birth_and_death_go_online_but_not_marriage(rows):
    found = {
        event: one(rows, f"registration-{event}-online") for event in ("birth", "death", "marriage")
    }
    assert [(row["role"], row["category"]) for row in found.values()] == [
        ("forecast", "level-3"),
        ("forecast", "level-3"),
        ("result", "not-on-portal"),
    ]


def test_a_row_without_a_stated_date_has_the_day_of_the_article(rows):
    undated = rows[rows["period_text"] == ""]
    assert len(undated)
    assert set(zip(undated["period_start"], undated["period_end"], strict=True)) == {
        ("2022-08-15", "2022-08-15")
    }
    assert undated["note"].str.contains("15/08/2022").all()


@needs_text
def test_the_text_is_the_one_that_was_transcribed():
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert load_catalog().origin("doc-004").sha256 == digest


@needs_text
def test_every_quote_stands_in_its_paragraph(rows):
    text = paragraphs(FILE)
    for locator in rows["locator"]:
        number, quote = located(locator)
        assert quote in text[number], locator


@needs_text
def test_no_number_of_the_text_is_left_out(rows):
    values = {*rows["value"].dropna(), *rows["numerator"].dropna()}
    known = {form for value in values for form in printed(value)}
    words = " ".join([*rows["period_text"], *rows["category"]])
    for number, text in paragraphs(FILE).items():
        for found in NUMBER.findall(text):
            assert found in known | NAMES or found in words, (number, found)
