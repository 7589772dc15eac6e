"""The transcript of document 001, on the country at the end of 2023."""

import hashlib

import pytest

from geo.editions import COUNTRY_CODE, EDITION_2024, Level, areas
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

DOC = "001"
FILE = text_file(DOC)
needs_text = pytest.mark.skipif(FILE is None, reason="the texts are not beside the repository")
# Printed in a way of its own: with a leading zero, in thousand millions.
AS_PRINTED = {"procedure-target-groups": "09 nhóm", "population-db-lookups": "1,3 tỷ"}
# Numbers that name things: Đề án 06, COVID-19, version 3.0.
NAMES = {"06", "19", "3.0"}
# By paragraph: how many headings follow; the two years that paragraph 3 tells again.
LEFT_OUT = {(3, "6"), (18, "3"), (21, "4"), (2, "2")}
REMAINS_OF_A_TABLE = 44

CASHLESS = {"95", "27", "83", "66", "33", "91", "36", "25", "45", "94", "86", "26"}
FEES = {"89", "77", "74", "60", "92", "48", "67", "31", "91", "54", "94", "72", "79", "08", "84"}


@pytest.fixture(scope="module")
def rows():
    return transcript(DOC)


def listed(rows, indicator, role):
    """Return the rows of a list of provinces."""
    return rows[(rows["indicator"] == indicator) & (rows["role"] == role)]


def test_the_transcript_is_valid(rows):
    assert validate(rows, load_catalog()) == []
    assert set(rows["origin"]) == {"doc-001"}
    assert set(rows["area"]) == {COUNTRY_CODE, "01", "46", *CASHLESS, *FEES}


def test_every_number_stands_in_its_quote(rows):
    for row in rows[rows["value"].notna()].itertuples():
        _, quote = located(row.locator)
        words = AS_PRINTED.get(row.indicator)
        assert words in quote if words else is_printed(row.value, quote.replace("/", " / ")), row


def test_twelve_provinces_are_told_to_pay_welfare_without_cash(rows):
    told = listed(rows, "cashless-start", "result")
    assert set(told["area"]) == CASHLESS
    assert set(told["category"]) == {"told"}
    assert len(told) == one(rows, "cashless-told-localities")["value"] == 12


def test_the_twelve_have_until_tet_like_all_of_their_group(rows):
    due = listed(rows, "cashless-start", "target")
    assert set(due["area"]) == CASHLESS
    assert set(due["category"]) == {"carried-out"}
    assert set(due["period_end"]) == {one(rows, "project06-urgent-tasks")["period_end"]}
    assert set(due["grain"]) == {"before"}


def test_counts_of_provinces_go_with_their_whole(rows):
    for indicator in ("cashless-told-localities", "fee-exemption-told-localities"):
        told = one(rows, indicator)
        assert (told["numerator"], told["denominator"]) == (told["value"], 63)


def test_rounded_millions_are_about(rows):
    about = rows[rows["qualifier"] == "about"]
    assert set(about["value"]) == {2.2e6, 10.2e6, 16.8e6}


def test_what_paragraphs_15_and_17_find_wanting_is_there(rows):
    for indicator in ("direction-by-leaders", "coordination-of-agencies", "public-communication"):
        assert located(one(rows, indicator)["locator"])[0] in (15, 17)


def test_fifteen_provinces_are_told_to_cut_fees_beside_16_of_63(rows):
    told = listed(rows, "fee-exemption", "result")
    assert set(told["area"]) == FEES
    assert len(told) == one(rows, "fee-exemption-told-localities")["value"] == 15
    missing = one(rows, "fee-exemption-missing-localities")
    assert (missing["numerator"], missing["denominator"]) == (16, 63)
    assert "15" in missing["note"]
    due = listed(rows, "fee-exemption", "target")
    assert set(due["area"]) == FEES
    assert set(due["period_end"]) == {"2024-06-01"}
    assert set(due["grain"]) == {"before"}


def test_not_being_listed_is_no_status():
    catalog = load_catalog()
    for indicator in ("cashless-start", "fee-exemption"):
        assert catalog.indicator(indicator).list == "named_only"


def test_targets_stand_beside_results(rows):
    online = "portal-online-rate-ministries"
    assert one(rows, online, role="target")["value"] == 40
    assert one(rows, online, role="result")["value"] == 31.7
    done = one(rows, "essential-services-online", role="result")
    left = one(rows, "essential-services-remaining")
    assert (done["numerator"], left["numerator"]) == (38, 15)
    assert done["denominator"] == left["denominator"] == done["value"] + left["value"] == 53


@pytest.mark.parametrize(
    ("indicator", "area", "end", "grain"),
    [
        ("criminal-record-rollout", "46", "2024-03-31", "quarter"),
        ("health-book-guidance", "01", "2024-01-31", "month"),
        ("health-book-guidance", "VN", "2024-01-31", "month"),
        ("coverage-gap-status", "VN", "2024-03-31", "quarter"),
        ("national-db-officials", "VN", "2024-01-31", "month"),
        ("procedures-not-cut-proposal", "VN", "2024-01-31", "month"),
        ("law-personal-data", "VN", "2024-12-31", "year"),
        ("population-data-oversight", "VN", "2024-06-30", "quarter"),
        ("data-standards", "VN", "2024-03-31", "quarter"),
        ("project06-urgent-tasks", "VN", "2024-02-10", "before"),
    ],
)
def test_deadlines(rows, indicator, area, end, grain):
    found = one(rows, indicator, role="target", area=area)
    assert (found["period_end"], found["grain"]) == (end, grain)


def test_over_is_over(rows):
    over = rows[rows["qualifier"] == "over"]
    for locator in over["locator"]:
        assert {"hơn", "trên"} & set(located(locator)[1].split()), locator
    assert set(over["value"]) == {11.2e6, 35.4e6, 2500, 1.3e9, 70e6}


def test_a_row_without_a_date_has_the_month_of_the_document(rows):
    undated = rows[rows["period_text"] == ""]
    assert set(undated["period_end"]) == {"2023-12-31"}
    assert set(undated["grain"]) == {"month"}
    assert undated["note"].str.contains("12/2023, suy ra", regex=False).all()


@needs_text
def test_the_text_is_the_one_that_was_transcribed():
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert load_catalog().origin("doc-001").sha256 == digest


@needs_text
def test_every_quote_stands_in_its_paragraph(rows):
    text = paragraphs(FILE)
    for locator in rows["locator"]:
        number, quote = located(locator)
        assert quote in text[number], locator
        assert len(quote.split()) <= 12, locator


@needs_text
@pytest.mark.parametrize(("paragraph", "codes"), [(23, CASHLESS), (32, FEES)])
def test_the_text_names_these_provinces_and_no_other(paragraph, codes):
    text = paragraphs(FILE)[paragraph].replace("Rịa-Vũng", "Rịa - Vũng")
    named = {place.code for place in areas(EDITION_2024, Level.PROVINCE) if place.short_vi in text}
    assert named == codes


@needs_text
def test_no_number_of_the_text_is_left_out(rows):
    told = rows.assign(paragraph=[located(locator)[0] for locator in rows["locator"]])
    for number, text in paragraphs(FILE).items():
        if number >= REMAINS_OF_A_TABLE:
            continue
        of = told[told["paragraph"] == number]
        figures = {*of["value"], *of["numerator"], *of["denominator"]}
        known = {form.split()[0] for value in figures if value == value for form in printed(value)}
        words = " ".join([*of["period_text"], *of["locator"], *of["note"]])
        for found in NUMBER.findall(text):
            parts = {found, found.lstrip("0"), *found.split("/")}
            told_of = parts & (known | NAMES) or found in words
            assert told_of or (number, found) in LEFT_OUT, (number, found)
