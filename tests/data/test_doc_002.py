"""The transcript of document 002, on Ha Noi at the end of 2024."""

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

DOC = "002"
FILE = text_file(DOC)
needs_text = pytest.mark.skipif(FILE is None, reason="the texts are not beside the repository")
# Written out in the text: a fee of nothing, the leading place.
IN_WORDS = {
    "online-fee": "mức thu bằng không",
    "school-record-rank": "dẫn đầu toàn quốc",
    "health-kiosk-hospitals": "Xanh Pôn, Đức Giang, Đống Đa",
}
# Numbers that name things: Đề án 06, Resolution 11, "the second point", the years.
NAMES = {"06", "11", "2", "27", "2024", "2025", "2023"}


@pytest.fixture(scope="module")
def rows():
    return transcript(DOC)


def test_the_transcript_is_valid(rows):
    assert validate(rows, load_catalog()) == []
    assert set(rows["origin"]) == {"doc-002"}
    assert set(rows["area"]) == {"01", "VN"}


def test_every_number_stands_in_its_quote(rows):
    for row in rows[rows["value"].notna()].itertuples():
        _, quote = located(row.locator)
        words = IN_WORDS.get(row.indicator)
        assert words in quote if words else is_printed(row.value, quote.replace("04", "4")), row


def test_rates_keep_the_printed_figure_beside_their_parts(rows):
    rate = one(rows, "procedures-online-rate")
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (63.18, 1191, 1885)
    assert rate["value"] == pytest.approx(100 * 1191 / 1885, abs=0.005)
    facilities = one(rows, "health-facilities-id-card-rate")
    assert (facilities["numerator"], facilities["denominator"]) == (850, 850)


def test_a_contradiction_is_kept_and_told(rows):
    total = one(rows, "procedures-online")
    parts = [one(rows, "online-services-full"), one(rows, "online-services-partial")]
    assert [part["value"] for part in parts] == [318, 872]
    assert total["value"] == sum(part["value"] for part in parts) + 1
    assert all("318 + 872 = 1.190" in row["note"] for row in (total, *parts))


def test_parking_sites_are_told_twice_and_add_up(rows):
    sites = rows[rows["indicator"] == "cashless-parking-sites"]
    assert sites["value"].tolist() == [360, 360]
    kinds = ("cashless-parking-motorbike", "cashless-parking-car")
    found = [one(rows, kind) for kind in kinds]
    assert sum(row["value"] for row in found) == 360
    assert [row["denominator"] for row in found] == [360, 360]
    late = rows[rows["period_text"] == "đến cuối năm 2024"]
    assert len(late) == 3
    assert set(late["grain"]) == {"unknown"}


def test_named_hospitals_are_counted_as_at_least_so_many(rows):
    kiosks = one(rows, "health-kiosk-hospitals")
    assert (kiosks["value"], kiosks["qualifier"]) == (3, "at_least")


def test_up_to_five_per_cent_and_rounded_millions(rows):
    assert one(rows, "parking-technology-cost")["qualifier"] == "up_to"
    assert one(rows, "health-records-created")["qualifier"] == "about"


def test_dates_and_time_limits(rows):
    dates = {row.indicator: (row.category, row.role) for row in rows.itertuples()}
    # Until when a rule holds is no goal to reach.
    assert dates["online-fee-until"] == ("2025-12-31", "result")
    assert dates["criminal-record-free-from"] == ("2024-06-01", "result")
    assert dates["criminal-record-free-until"] == ("2024-12-31", "result")
    assert dates["service-centre-approved"] == ("2024-10-04", "result")
    assert dates["ihanoi-vneid-from"] == ("2024-11-11", "result")
    assert dates["directive-27-date"] == ("2023-10-27", "result")


def test_changes_say_since_when(rows):
    year = one(rows, "health-insured-change-year")
    assert (year["value"], year["period_start"]) == (218474, "2023-09-30")
    since = one(rows, "health-insured-change-year-end")
    assert (since["value"], since["period_start"]) == (59939, "2023-12-31")
    assert {year["period_end"], since["period_end"]} == {"2024-09-30"}


def test_over_is_said_in_the_quote(rows):
    over = rows[rows["qualifier"] == "over"]
    for row in over.itertuples():
        assert {"hơn", "trên"} & set(located(row.locator)[1].split()), row
    assert set(over["value"]) == {1100, 8e6, 850, 21e6, 6.3e6, 2.5e6, 2.3e6, 17000}


@needs_text
def test_the_text_is_the_one_that_was_transcribed():
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    assert load_catalog().origin("doc-002").sha256 == digest


@needs_text
def test_every_quote_stands_in_its_paragraph(rows):
    text = paragraphs(FILE)
    for locator in rows["locator"]:
        number, quote = located(locator)
        assert quote in text[number], locator


@needs_text
def test_no_number_of_the_text_is_left_out(rows):
    told = rows.assign(paragraph=[located(locator)[0] for locator in rows["locator"]])
    for number, text in paragraphs(FILE).items():
        of = told[told["paragraph"] == number]
        figures = {*of["value"], *of["numerator"], *of["denominator"]} - {None}
        known = {form.split()[0] for value in figures if value == value for form in printed(value)}
        words = " ".join([*of["period_text"], *of["locator"], *of["note"]])
        for found in NUMBER.findall(text):
            parts = {found, found.lstrip("0"), *found.split("/")}
            assert parts & (known | NAMES) or found in words, (number, found)
