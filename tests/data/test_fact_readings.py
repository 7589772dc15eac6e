"""Incomplete tables and periods: every row is kept, with its own definition and source."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.build._fact_rows import between, observation, parse_period
from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025
from metrics.catalog import load_catalog
from tests.data.fact_files import FACTS, fact_rows, observed, period

PARTIAL = {
    "dti_score_partial": "dti_scores",
    "mobile_gap_national": "coverage",
    "mobile_gap_villages_partial": "coverage",
    "cashless_welfare_partial": "cashless",
    "vneid_health_partial": "vneid_health",
}


@pytest.mark.parametrize("table", PARTIAL)
def test_incomplete_tables_keep_every_row(table):
    at = defaultdict(list)
    for row in observed(PARTIAL[table]):
        at[row["locator"]].append(row)
    editions = {"63": EDITION_2024, "34": EDITION_2025}
    catalog = load_catalog()
    for line, stated in enumerate(fact_rows(table), start=2):
        first = at[f"{table}.csv, dòng {line}"][0]
        assert first["value"] == stated["value"]
        worded = parse_period(stated["period"]).text
        assert first["period_text"] == worded
        country = stated["area_code"] == COUNTRY_CODE
        assert first["area"] == stated["area_code"]
        assert first["edition"] == ("" if country else editions[stated["area_system"][:2]])
        unit = stated["unit"].removesuffix(" (computed)")
        assert ("%" in unit) == (catalog.indicator(first["indicator"]).unit.vi == "%")
        assert (first["qualifier"] == "computed") == ("computed" in stated["unit"])


def test_numbers_in_the_words_of_a_row_are_figures_or_parts_too():
    rows = observed("coverage") + observed("cashless")
    kept = {row[name] for row in rows for name in ("value", "numerator", "denominator")}
    for table in ("mobile_gap_national", "mobile_gap_villages_partial", "cashless_welfare_partial"):
        for stated in fact_rows(table):
            words = stated["definition"].replace("(max", "")
            for number in re.findall(r"(?<![\dG])\d[\d,]*(?:\.\d+)?(?!G)", words):
                assert number.replace(",", "") in kept | {"2024"}, (stated["area_code"], number)


def test_sources_that_conflict_are_both_kept():
    rows = [row for row in observed("coverage") if row["indicator"] == "coverage-gap-counted"]
    assert {row["value"] for row in rows} == {"2148", "2418"}
    assert len({row["origin"] for row in rows}) == 2
    assert len({period(row) for row in rows}) == 1
    assert not load_catalog().indicator("coverage-gap-counted").prefer


def test_every_source_of_a_row_has_an_origin_of_its_own():
    origins = load_catalog().origins
    for table, file in PARTIAL.items():
        used = {row["locator"]: row["origin"] for row in observed(file)}
        for line, stated in enumerate(fact_rows(table), start=2):
            origin = origins[used[f"{table}.csv, dòng {line}"]]
            if not stated["source"].startswith("computed"):
                read_in = (origin.republished_in or "").lower()
                assert stated["source"].split()[0].split("/")[0].lower() in read_in


def test_origins_know_the_hash_of_the_table_they_name():
    checked = 0
    for origin in load_catalog().origins.values():
        path = FACTS / (origin.document or "")
        if path.is_file():
            assert origin.sha256 == hashlib.sha256(path.read_bytes()).hexdigest(), origin.id
            checked += 1
    assert checked >= 7


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024", ("2024-01-01", "2024-12-31", "year")),
        ("2024-02", ("2024-02-01", "2024-02-29", "month")),
        ("2024-09-13", ("2024-09-13", "2024-09-13", "instant")),
        ("2022-Q3", ("2022-07-01", "2022-09-30", "quarter")),
        ("before 2021-01-01", ("", "2021-01-01", "before")),
        ("2026 (year to date, snapshot 2026-10-10)", ("2026-01-01", "2026-10-10", "year_to_date")),
    ],
)
def test_periods_are_read_as_printed(text, read):
    found = parse_period(text)
    assert (found.start, found.end, found.grain, found.text) == (*read, text)


@pytest.mark.parametrize(
    ("text", "year", "words"),
    [
        ("2025 (late)", "2025", "cuối năm 2025"),
        ("2024 (undated page)", "2024", "năm 2024, trang không ghi ngày"),
    ],
)
def test_a_day_that_no_source_gives_is_no_day(text, year, words):
    found = parse_period(text)
    assert (found.start, found.end) == (f"{year}-01-01", f"{year}-12-31")
    assert (found.grain, found.text) == ("unknown", words)


@pytest.mark.parametrize(
    ("start", "end", "words", "grain"),
    [
        ("2024-11-05", "2024-11-05", "", "instant"),
        ("2026-01-01", "2026-10-10", "year to date, total", "year_to_date"),
        ("2026-02-01", "2026-02-28", "month, total", "month"),
        ("2025-04-01", "2025-06-30", "quarter, total", "quarter"),
        ("2024-01-01", "2024-12-31", "", "year"),
        ("2025-10-01", "2025-10-16", "month to date, total", "unknown"),
        ("2025-02-01", "2025-04-30", "", "unknown"),
    ],
)
def test_days_have_the_grain_that_they_fill(start, end, words, grain):
    found = between(start, end, words)
    assert (found.start, found.end, found.grain) == (start, end, grain)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_any_month_ends_on_its_last_day(day):
    found = parse_period(f"{day:%Y-%m}")
    start, end = date.fromisoformat(found.start), date.fromisoformat(found.end)
    assert start <= day <= end
    assert start.day == 1
    assert date.fromordinal(end.toordinal() + 1).day == 1


@pytest.mark.parametrize("text", ["", "last year", "2024-13", "2024-02-30", "Q3 2022", "24"])
def test_other_periods_are_refused(text):
    with pytest.raises(ValueError, match=r"known|month|day|illegal"):
        parse_period(text)


def test_a_column_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="no column colour"):
        observation("a", "", COUNTRY_CODE, parse_period("2024"), "1", colour="red")
