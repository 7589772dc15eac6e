"""The complete tables of data/facts: one figure for every area."""

from __future__ import annotations

from collections.abc import Iterator

from data.build._fact_index import GROUPS, NOW, held_again
from data.build._fact_rows import FactRow, observation, of_row, parse_period, read_facts
from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025

Rows = Iterator[dict[str, str]]

SNAPSHOT = "2026 (year to date, snapshot 2026-10-10)"
# National lines: SOURCES.md states them beside the tables, which have only provinces.
NATIONAL_POPULATION_2024 = "101343.8"
NATIONAL_AREA = "331338.3"
NATIONAL_INDEX = "62.59"
# Of 2022 the table repeats its population of 2023.
HA_TINH = "42"

# The groups of Index 766, by the unit column of their table.
INDEX_GROUPS = {
    "CKMB công khai, minh bạch (max 18)": GROUPS["CKMB"],
    "TDGQ tiến độ giải quyết (max 20)": GROUPS["TDGQ"],
    "DVC trực tuyến (max 12)": GROUPS["CLGQ"],
    "thanh toán trực tuyến (max 10)": GROUPS["TTTT"],
    "mức độ hài lòng (max 18)": GROUPS["MDHL"],
    "số hóa hồ sơ (max 22)": GROUPS["MDSH"],
}
# Tables of the portal, without their common prefix and ending.
PORTAL_TABLES = {
    "dossiers_received": "dvcqg-dossiers-received",
    "ontime_rate": "dvcqg-ontime-rate",
    "avg_processing_days": "dvcqg-processing-days",
    "online_payment_rate": "dvcqg-online-payment-rate",
    "digitised_dossier_rate": "dvcqg-digitised-dossier-rate",
    "electronic_result_rate": "dvcqg-electronic-result-rate",
    "reused_digitised_data_rate": "dvcqg-reused-data-rate",
    "population_data_used_rate": "dvcqg-population-data-rate",
}
COMPUTED_TABLE = "online_payment_rate"


def population() -> Rows:
    """Average population of the 63 provinces in four years, and of the country in 2024."""
    for row in read_facts("population_2024.csv"):
        yield _of_province("population-average", EDITION_2024, row, "nso-population")
    yield observation(
        "population-average",
        "",
        COUNTRY_CODE,
        parse_period("2024"),
        NATIONAL_POPULATION_2024,
        origin="nso-population",
        locator="SOURCES.md, population_2024.csv",
    )


def urban() -> Rows:
    """Urban population of the 63 provinces and of the country in six years, and its share."""
    for row in read_facts("urban_share_63.csv"):
        cells = row.cells
        parts = {name: cells[name] for name in ("numerator", "denominator")}
        yield of_row(row, "population-urban", parts["numerator"])
        yield of_row(row, "population-urban-rate", cells["value"], qualifier="computed", **parts)
        if cells["area_code"] == HA_TINH and cells["period_start"] == "2022-01-01":
            yield of_row(
                row,
                "population-average",
                parts["denominator"],
                state="recomputed",
                qualifier="computed",
                note="Cộng dân số thành thị và nông thôn năm 2022; bảng theo tỉnh ghi 1.323,7.",
            )


def migration() -> Rows:
    """Net migration rate of the 63 provinces in six years."""
    for row in read_facts("net_migration_63.csv"):
        yield of_row(row, "migration-net-rate", row.cells["value"])


def area() -> Rows:
    """Land area of the 63 provinces and of the country."""
    note = "Nguồn không nêu năm; năm 2024 được suy ra từ mật độ dân số."
    for row in read_facts("area_km2_2024.csv"):
        yield _of_province("land-area", EDITION_2024, row, "nso-area") | {"note": note}
    yield observation(
        "land-area",
        "",
        COUNTRY_CODE,
        parse_period("2024"),
        NATIONAL_AREA,
        origin="nso-area",
        locator="SOURCES.md, area_km2_2024.csv",
        note=note,
    )


def index766() -> Rows:
    """Index 766 and its six groups for the 34 provinces, and the national index.

    The daily tables give the same figures once more: a locator names the row of both.
    """
    total, groups = "index766_total_34_2026.csv", "index766_groups_34_2026.csv"
    for file in (total, groups):
        again = held_again(file)
        for row in read_facts(file):
            group = INDEX_GROUPS.get(row.cells["unit"], "")
            made = _of_province(f"{NOW}-{group or 'total'}", EDITION_2025, row, "dvcqg-index766")
            same = again[row.cells["area_code"], group]
            if same.cells["value"] != made["value"]:
                raise ValueError(f"{row.locator} and {same.locator} differ; they are one figure.")
            yield made | {"locator": f"{row.locator}; {same.locator}"}
    yield observation(
        f"{NOW}-total",
        "",
        COUNTRY_CODE,
        parse_period(SNAPSHOT),
        NATIONAL_INDEX,
        origin="dvcqg-index766",
        locator=held_again(total)[COUNTRY_CODE, ""].locator,
        note="Số cả nước của nguồn; trung bình cộng của 34 tỉnh, thành là 62,58.",
    )


def portal() -> Rows:
    """Dossier figures of the 34 provinces, with numerator and denominator where there are."""
    parts = {
        (row.cells["table"], row.cells["area_code"]): row.cells
        for row in read_facts("dvcqg_parts_34_2026.csv")
    }
    for table, indicator in PORTAL_TABLES.items():
        for row in read_facts(f"dvcqg_{table}_34_2026.csv"):
            made = _of_province(indicator, EDITION_2025, row, "dvcqg-dossiers")
            both = parts.get((f"dvcqg_{table}", row.cells["area_code"]))
            if both:
                made |= {name: both[name] for name in ("numerator", "denominator")}
            if table == COMPUTED_TABLE:
                made["qualifier"] = "computed"
            yield made


def ranking() -> Rows:
    """Rank of the 63 provinces by the Digital Transformation Index of 2022."""
    for row in read_facts("dti_rank_2022_63.csv"):
        made = _of_province("dti-rank", EDITION_2024, row, "dti-2022-ranking")
        if made["value"] == "15":
            made["note"] = "Hai tỉnh cùng hạng 15."
        yield made


def _of_province(indicator: str, edition: str, row: FactRow, origin: str) -> dict[str, str]:
    cells = row.cells
    return observation(
        indicator,
        edition,
        cells["area_code"],
        parse_period(cells["period"]),
        cells["value"],
        origin=origin,
        locator=row.locator,
    )
