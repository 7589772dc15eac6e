"""Complete tables: observations against the facts, read here independently, figure by figure."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from data.build import facts
from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, Level, areas
from metrics.catalog import load_catalog
from tests.data.fact_files import OBSERVATIONS, by_area, fact_rows, observed, period, read_rows

YTD = ("2026-01-01", "2026-10-10", "year_to_date")

ROWS_IN_FILE = {
    "population_2024": 63 * 4 + 1,
    "area_2024": 63 + 1,
    "census2019": 3 * (712 + 63 + 1),
    "census2019_carried_2024": 3 * (695 + 63),
    "urban_2019_2024": 2 * 6 * (63 + 1) + 1,
    "migration_2019_2024": 6 * 63,
    "index766_2026": 34 * 7 + 1,
    "index766_2026_daily": 4 * (34 + 1) + 3 * 34 * 6,
    "index766_2026_monthly": 85,
    "index766_2026_communes": (135 + 126) * 7 + 102,
    "index766_2025": 3 * 34 * 7,
    "index766_2025_monthly": 3 * 34 * 7 + 21 - 3,
    "index766_2025_communes": 3 * 102 * 7,
    "dvcqg_2026": 34 * 8,
    "dvcqg_2026_partial": 26,
    "dti_rank_2022": 63,
    "dti_scores": 21,
    "dti_parts": 92,
    "coverage": 40,
    "cashless": 35,
    "vneid_health": 10,
    "doc_000": 62,
    "doc_001": 161,
    "doc_002": 93,
    "doc_003": 55,
    "doc_004": 34,
}
# table of facts → (file of observations, indicator, edition)
PLAIN = {
    "population_2024": ("population_2024", "population-average", EDITION_2024),
    "area_km2_2024": ("area_2024", "land-area", EDITION_2024),
    "index766_total_34_2026": ("index766_2026", "index766-total", EDITION_2025),
    "dvcqg_dossiers_received_34_2026": ("dvcqg_2026", "dvcqg-dossiers-received", EDITION_2025),
    "dvcqg_ontime_rate_34_2026": ("dvcqg_2026", "dvcqg-ontime-rate", EDITION_2025),
    "dvcqg_avg_processing_days_34_2026": ("dvcqg_2026", "dvcqg-processing-days", EDITION_2025),
    "dvcqg_online_payment_rate_34_2026": (
        "dvcqg_2026",
        "dvcqg-online-payment-rate",
        EDITION_2025,
    ),
    "dvcqg_digitised_dossier_rate_34_2026": (
        "dvcqg_2026",
        "dvcqg-digitised-dossier-rate",
        EDITION_2025,
    ),
    "dvcqg_electronic_result_rate_34_2026": (
        "dvcqg_2026",
        "dvcqg-electronic-result-rate",
        EDITION_2025,
    ),
    "dvcqg_reused_digitised_data_rate_34_2026": (
        "dvcqg_2026",
        "dvcqg-reused-data-rate",
        EDITION_2025,
    ),
    "dvcqg_population_data_used_rate_34_2026": (
        "dvcqg_2026",
        "dvcqg-population-data-rate",
        EDITION_2025,
    ),
    "dti_rank_2022_63": ("dti_rank_2022", "dti-rank", EDITION_2024),
    "cashless_si_quangbinh_district_2024": ("cashless", "cashless-si-rate", EDITION_2024),
}


def test_the_files_are_all_there_and_none_besides():
    found = {path.stem: len(read_rows(path)) for path in OBSERVATIONS.glob("*.csv")}
    assert found == ROWS_IN_FILE


def test_what_is_shipped_is_what_the_facts_give(tmp_path):
    for path in facts.build(tmp_path):
        assert path.read_bytes() == (OBSERVATIONS / path.name).read_bytes(), path.name


@pytest.mark.parametrize("table", PLAIN)
def test_complete_tables_keep_every_figure_in_its_own_digits(table):
    file, indicator, edition = PLAIN[table]
    made = {
        (row["area"], row["period_text"]): row["value"]
        for row in observed(file)
        if (row["indicator"], row["edition"]) == (indicator, edition)
        and row["locator"].startswith(f"{table}.csv")
    }
    stated = {(row["area_code"], row["period"]): row["value"] for row in fact_rows(table)}
    assert made == stated


@pytest.mark.parametrize(
    ("table", "level", "edition", "n"),
    [
        ("population_2024", Level.PROVINCE, EDITION_2024, 63),
        ("area_km2_2024", Level.PROVINCE, EDITION_2024, 63),
        ("dti_rank_2022_63", Level.PROVINCE, EDITION_2024, 63),
        ("index766_total_34_2026", Level.PROVINCE, EDITION_2025, 34),
        ("dvcqg_ontime_rate_34_2026", Level.PROVINCE, EDITION_2025, 34),
    ],
)
def test_complete_tables_cover_every_province(table, level, edition, n):
    file, indicator, _ = PLAIN[table]
    covered = {
        row["area"]
        for row in observed(file)
        if row["indicator"] == indicator and row["edition"] == edition
    }
    assert covered == {area.code for area in areas(edition, level)}
    assert len(covered) == n


def test_the_eight_districts_of_quang_binh_and_their_province_have_figures():
    found = by_area("cashless", "cashless-si-rate", EDITION_2024)
    districts = {area.code for area in areas(EDITION_2024, parent="44")}
    assert len(districts) == 8
    assert districts | {"44"} <= set(found)


def test_snapshots_are_dated_to_the_day():
    for file in ("index766_2026", "dvcqg_2026"):
        assert {period(row) for row in observed(file)} == {YTD}


def test_groups_of_the_index_add_up_to_the_total_everywhere():
    sums = defaultdict(float)
    seen = Counter()
    stated = Counter(
        (row["area_code"], float(row["value"])) for row in fact_rows("index766_groups_34_2026")
    )
    for row in observed("index766_2026"):
        if row["indicator"] != "index766-total":
            sums[row["area"]] += float(row["value"])
            seen[row["area"], float(row["value"])] += 1
    assert seen == stated
    total = by_area("index766_2026", "index766-total", EDITION_2025)
    # Rounding leaves a hundredth in two provinces.
    assert dict(sums) == pytest.approx({a: float(value) for a, value in total.items()}, abs=0.0101)


def test_each_group_of_the_index_has_the_title_and_the_maximum_of_its_table():
    words = {
        "index766-openness": "công khai, minh bạch",
        "index766-progress": "tiến độ giải quyết",
        "index766-online-services": "trực tuyến (max 12)",
        "index766-online-payment": "thanh toán trực tuyến",
        "index766-satisfaction": "mức độ hài lòng",
        "index766-digitisation": "số hóa hồ sơ",
    }
    catalog = load_catalog()
    made = {row["locator"].split(";")[0]: row["indicator"] for row in observed("index766_2026")}
    for line, row in enumerate(fact_rows("index766_groups_34_2026"), start=2):
        indicator = catalog.indicator(made[f"index766_groups_34_2026.csv, dòng {line}"])
        assert words[indicator.id] in row["unit"]
        assert f"(max {indicator.max_value:g})" in row["unit"]
        assert words[indicator.id].split(" (")[0] in indicator.title.vi


def test_rates_of_the_portal_follow_from_their_parts():
    parts = {
        (row["table"], row["area_code"]): (row["numerator"], row["denominator"])
        for row in fact_rows("dvcqg_parts_34_2026")
    }
    tables = {indicator: table for table, (_, indicator, _) in PLAIN.items()}
    checked = 0
    for row in observed("dvcqg_2026"):
        key = (tables[row["indicator"]].removesuffix("_34_2026"), row["area"])
        assert (row["numerator"], row["denominator"]) == parts.get(key, ("", ""))
        if key in parts:
            share = 100 * float(row["numerator"]) / float(row["denominator"])
            assert float(row["value"]) == pytest.approx(share, abs=0.00501)
            checked += 1
    assert checked == len(parts) == 6 * 34


def test_only_the_computed_rate_of_the_portal_is_marked_computed():
    marked = {row["indicator"] for row in observed("dvcqg_2026") if row["qualifier"] == "computed"}
    assert marked == {"dvcqg-online-payment-rate"}


def test_dossiers_add_up_to_the_stated_sum():
    found = by_area("dvcqg_2026", "dvcqg-dossiers-received", EDITION_2025)
    assert sum(int(value) for value in found.values()) == 14_666_757


@pytest.mark.parametrize(
    ("file", "indicator", "value"),
    [
        ("population_2024", "population-average", "101343.8"),
        ("area_2024", "land-area", "331338.3"),
        ("index766_2026", "index766-total", "62.59"),
        ("census2019", "census-population", "96208984"),
        ("census2019", "census-urban-population", "33122548"),
    ],
)
def test_national_lines_are_stored_as_stated(file, indicator, value):
    (row,) = [
        row
        for row in observed(file)
        if row["area"] == COUNTRY_CODE and row["indicator"] == indicator
    ]
    assert (row["value"], row["edition"], row["state"]) == (value, "", "reported")
