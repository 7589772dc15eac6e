"""Tables with periods in columns: every cell is stored, found again by the file and the line."""

from __future__ import annotations

import re

import pytest

from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, area
from metrics.catalog import load_catalog
from tests.data.fact_files import by_locator, fact_rows, long_tables

ROWS, TABLES = 7493, 19
EDITIONS = {
    "34": EDITION_2025,
    "63": EDITION_2024,
    "district2024": EDITION_2024,
    "commune2025": EDITION_2025,
    "country": "",
}
# As of a day by its words, though the table gives the months up to it.
AS_OF_ITS_DAY = {("mobile_gap_more", "99.72")}
# October of this table is printed with two decimals in another, which is the figure stored.
ROUNDED = "index766_trend_angiang_2025"


@pytest.fixture(scope="module")
def stored():
    return by_locator()


def cells():
    for table, rows in long_tables().items():
        for line, row in enumerate(rows, start=2):
            yield table, row, f"{table}.csv, dòng {line}"


def first(rows, table, stated):
    """Pick the observation of the cell itself among those of its row."""
    if table == "urban_share_63":
        return next(row for row in rows if row["indicator"] == "population-urban-rate")
    return next(row for row in rows if row["value"] == stated["value"] or len(rows) == 1)


def test_all_tables_are_here():
    tables = long_tables()
    assert (len(tables), sum(len(rows) for rows in tables.values())) == (TABLES, ROWS)


def test_every_value_is_stored_in_its_own_digits(stored):
    for table, stated, place in cells():
        made = first(stored[place], table, stated)
        if table == ROUNDED and made["value"] != stated["value"]:
            assert round(float(made["value"]), 1) == float(stated["value"]), place
        else:
            assert made["value"] == stated["value"], place


def test_every_value_stands_at_its_place_and_period(stored):
    for table, stated, place in cells():
        made = first(stored[place], table, stated)
        assert (made["edition"], made["area"]) == (
            EDITIONS[stated["area_system"]],
            stated["area_code"],
        ), place
        assert made["period_end"] == stated["period_end"], place
        if (table, stated["value"]) not in AS_OF_ITS_DAY:
            assert made["period_start"] == stated["period_start"], place
        words = stated["qualifier"]
        if words.startswith("year to date"):
            assert made["grain"] == "year_to_date", place
        if "not finished" in stated["note"] or words.startswith("month to date"):
            assert made["grain"] == "unknown", place


def test_parts_are_stored_beside_their_rate(stored):
    seen = 0
    for table, stated, place in cells():
        if not (stated["numerator"] and stated["denominator"]):
            continue
        made = first(stored[place], table, stated)
        parts = made["numerator"], made["denominator"]
        assert parts == (stated["numerator"], stated["denominator"]), place
        if stated["unit"] == "%":
            rate = 100 * float(parts[0]) / float(parts[1])
            half = 0.5 / 10 ** len(stated["value"].partition(".")[2])
            assert float(stated["value"]) == pytest.approx(rate, abs=max(half, 0.005) + 1e-6), place
            seen += 1
    assert seen == 384 + 26 + 1


def test_every_name_is_that_of_its_code():
    for table, stated, place in cells():
        if stated["area_code"] == COUNTRY_CODE:
            continue
        known = area(EDITIONS[stated["area_system"]], stated["area_code"])
        if stated["area_system"] == "commune2025":
            assert known.name_vi == stated["area_name"], (table, place)
        else:
            assert known.name_vi.endswith(stated["area_name"]), (table, place)


def test_every_row_has_the_origin_of_its_source_and_its_publisher(stored):
    sources = {row["source_id"]: row for row in fact_rows("sources_more")}
    origins = load_catalog().origins
    held = {"dvcqg-index766"}
    for table, stated, place in cells():
        made = first(stored[place], table, stated)
        wanted = stated["source_id"].replace("_", "-")
        assert made["origin"].startswith(wanted) or made["origin"] in held, place
        publisher = re.sub(r" \(.*\)", "", sources[stated["source_id"]]["publisher"])
        assert origins[made["origin"]].producer.en.startswith(publisher), place
        assert origins[made["origin"]].republished_in, place


def test_every_source_is_used():
    used = {row["source_id"] for rows in long_tables().values() for row in rows}
    assert used == {row["source_id"] for row in fact_rows("sources_more")}


def test_what_the_sources_call_about_or_over_is_so(stored):
    for table, stated, place in cells():
        made = first(stored[place], table, stated)
        words = stated["qualifier"] + stated["note"]
        if re.search('"about|"some', words):
            assert made["qualifier"] == "about", place
        if '"more than"' in words:
            assert made["qualifier"] == "over", place
        if "(computed" in words:
            assert made["qualifier"] == "computed", place
