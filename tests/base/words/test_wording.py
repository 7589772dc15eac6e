"""Dates as their source words them, in both languages."""

import re
from datetime import date

import pytest

from base.folders import ROOT
from base.words import OF_DOCUMENT, period


@pytest.mark.parametrize(
    ("words", "grain", "end", "vi", "en"),
    [
        ("cuối năm 2024", "unknown", date(2024, 12, 31), "cuối năm 2024", "late 2024"),
        ("đầu năm 2024", "unknown", date(2024, 12, 31), "đầu năm 2024", "early 2024"),
        (
            "trong 2 năm qua",
            "unknown",
            date(2023, 12, 31),
            "trong 2 năm qua (2023)",
            "over the past two years (2023)",
        ),
        (
            "trước 30/12",
            "before",
            date(2022, 12, 30),
            "trước 30/12 (2022)",
            "before 30 December (2022)",
        ),
        ("2021-01", "before", date(2021, 1, 1), "trước 01/01/2021", "before 1 January 2021"),
        ("lời lạ 2024", "unknown", date(2024, 12, 31), "lời lạ 2024", "“lời lạ 2024”"),
        (
            "so với ngày 2/1/2024",
            "unknown",
            date(2024, 11, 13),
            "so với ngày 02/01/2024",
            "against 2 January 2024",
        ),
        (
            "từ nay đến Tết Nguyên đán Giáp Thìn 2024",
            "before",
            date(2024, 2, 10),
            "đến Tết Nguyên đán Giáp Thìn 2024",
            "by the Lunar New Year of 2024",
        ),
        ("năm 2024", "year", date(2024, 12, 31), "năm 2024", "2024"),
    ],
)
def test_no_day_is_written_that_no_source_gives(words, grain, end, vi, en):
    assert period(None, end, grain, "vi", words) == vi
    assert period(None, end, grain, "en", words) == en


def test_the_date_of_the_document_is_said_to_be_that():
    told = period(date(2023, 12, 1), date(2023, 12, 31), "month", "vi", OF_DOCUMENT)
    assert told == "tháng 12/2023, theo ngày của bài"


def test_texts_in_vietnamese_write_days_in_one_form():
    """Two digits for the day and the month; what a source is quoted for stands in the figures."""
    short = re.compile(r"(?<![\d/.])(?:\d/\d{1,2}|\d{2}/\d)/(?:19|20)\d\d(?!\d)")
    folders = ("locale/vi", "data/indicators", "data/origins")
    paths = [path for name in folders for path in (ROOT / name).rglob("*.*")]
    paths += [ROOT / "data/glossary.yaml", ROOT / "data/editions/editions.csv"]
    found = {path.name: short.findall(path.read_text("utf-8")) for path in paths}
    assert {name: days for name, days in found.items() if days} == {}
