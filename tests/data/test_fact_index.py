"""The index of Decision 766: two portals, days, months, communes."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from geo.editions import COUNTRY_CODE, EDITION_2025, Level, areas
from metrics.catalog import load_catalog
from tests.data.fact_files import fact_rows, long_tables, observed

GROUPS = (
    "openness",
    "progress",
    "online-services",
    "online-payment",
    "satisfaction",
    "digitisation",
)
COMMUNES = {"01": 126, "52": 135, "91": 102}
# Means of the 34 totals, and the national lines, as SOURCES.md tells them.
DAYS = {
    "2026-09-26": (61.70, "61.71"),
    "2026-09-27": (61.56, "61.56"),
    "2026-10-05": (61.85, "61.86"),
    "2026-10-06": (61.88, "61.88"),
}


def sums(rows, family):
    """Return totals and sums of groups by area and last day."""
    totals, added = {}, defaultdict(float)
    for row in rows:
        key = row["area"], row["period_end"]
        name = row["indicator"].removeprefix(f"{family}-")
        if name == "total":
            totals[key] = float(row["value"])
        elif name in GROUPS:
            added[key] += float(row["value"])
    return totals, added


def communes_of(province):
    return {place.code for place in areas(EDITION_2025, Level.COMMUNE, parent=province)}


@pytest.mark.parametrize(
    ("file", "family", "n"),
    [
        ("index766_2026_daily", "index766", 3 * 34),
        ("index766_2025", "index766-2025", 3 * 34),
        ("index766_2025_monthly", "index766-2025-month", 3 * 34),
        ("index766_2025_communes", "index766-2025", 3 * 102),
    ],
)
def test_groups_add_up_to_the_total(file, family, n):
    totals, added = sums(observed(file), family)
    assert len(added) == n
    assert added == pytest.approx({key: totals[key] for key in added}, abs=0.0101)


def test_groups_add_up_in_gia_lai_and_not_in_ha_noi_where_it_is_said():
    rows = observed("index766_2026_communes")
    totals, added = sums(rows, "index766")
    notes = {row["area"]: row["note"] for row in rows if row["indicator"] == "index766-total"}
    hanoi, gia_lai = communes_of("01"), communes_of("52")
    apart = {area: totals[area, day] - added[area, day] for area, day in added if area in hanoi}
    assert len(apart) == 126
    told = {area for area in hanoi if "sáu nhóm cộng lại" in notes[area]}
    assert len(told) == 86
    for area, difference in apart.items():
        assert (abs(difference) > 0.065) == (area in told)
        if area in told:
            written = f"{abs(difference):.2f}".replace(".", ",")
            assert f"{'thấp' if difference < 0 else 'cao'} hơn {written} điểm" in notes[area]
    assert sum(abs(difference) > 11 for difference in apart.values()) == 7
    for area, day in added:
        if area in gia_lai:
            assert added[area, day] == pytest.approx(totals[area, day], abs=0.001)


@pytest.mark.parametrize("province", COMMUNES)
def test_every_commune_of_three_provinces_has_figures(province):
    wanted = communes_of(province)
    assert len(wanted) == COMMUNES[province]
    rows = [row for row in observed("index766_2026_communes") if row["area"] in wanted]
    seen = Counter(row["indicator"] for row in rows)
    kinds = {"total"} if province == "91" else {"total", *GROUPS}
    assert seen == {f"index766-{kind}": COMMUNES[province] for kind in kinds}


def test_scores_that_are_no_commune_s_own_are_marked():
    rows = observed("index766_2026_communes")
    for province in ("01", "52"):
        copied = [
            row
            for row in rows
            if row["indicator"] == "index766-openness" and row["area"] in communes_of(province)
        ]
        assert len({row["value"] for row in copied}) == 1
        assert all(row["note"].startswith("Điểm của cả tỉnh") for row in copied)
    given = [row for row in rows if row["indicator"] == "index766-satisfaction"]
    for row in given:
        assert ("cho sẵn" in row["note"]) == (row["value"] in ("18", "6"))


@pytest.mark.parametrize("day", DAYS)
def test_the_mean_of_the_provinces_and_the_national_line(day):
    rows = [
        row
        for row in observed("index766_2026_daily")
        if row["period_end"] == day and row["indicator"] == "index766-total"
    ]
    own = [float(row["value"]) for row in rows if row["area"] != COUNTRY_CODE]
    (national,) = [row["value"] for row in rows if row["area"] == COUNTRY_CODE]
    mean, line = DAYS[day]
    assert len(own) == 34
    assert sum(own) / 34 == pytest.approx(mean, abs=0.0051)
    assert national == line


def test_the_two_portals_share_no_indicator_and_no_family():
    catalog = load_catalog()
    years = defaultdict(set)
    for path in ("2025", "2025_monthly", "2025_communes", "2026", "2026_daily", "2026_monthly"):
        for row in observed(f"index766_{path}"):
            years[row["period_end"][:4]].add(row["indicator"])
    assert not years["2025"] & years["2026"]
    families = {
        year: {catalog.indicator(id_).family or id_ for id_ in ids} for year, ids in years.items()
    }
    assert not families["2025"] & families["2026"]


def test_months_and_the_year_to_date_are_told_apart():
    grains = defaultdict(set)
    for path in ("2025", "2025_monthly", "2026_daily", "2026_monthly", "2026_communes"):
        for row in observed(f"index766_{path}"):
            grains[row["indicator"]].add(row["grain"] == "year_to_date")
    assert all(len(kinds) == 1 for kinds in grains.values())


def test_the_snapshot_is_stored_once_and_names_both_tables():
    for row in observed("index766_2026"):
        assert "daily.csv, dòng" in row["locator"]
    days = {row["period_end"] for row in observed("index766_2026_daily")}
    assert days == set(DAYS)


def test_revisions_are_kept_and_the_last_reading_is_preferred():
    catalog = load_catalog()
    for file in ("index766_2026_monthly", "index766_2025_monthly"):
        readings = defaultdict(dict)
        for row in observed(file):
            key = row["indicator"], row["area"], row["period_start"], row["period_end"]
            assert row["origin"] not in readings[key]
            readings[key][row["origin"]] = row["value"]
        again = {key: said for key, said in readings.items() if len(said) > 1}
        assert again
        for (indicator, *_), said in again.items():
            latest = max(said, key=lambda id_: catalog.origin(id_).date_accessed)
            prefer = catalog.indicator(indicator).prefer
            assert min(said, key=prefer.index) == latest
    january = {
        row["value"]
        for row in observed("index766_2026_monthly")
        if (row["indicator"], row["area"]) == ("index766-month-total", COUNTRY_CODE)
        and row["period_end"] == "2026-01-31"
    }
    assert january == {"37", "38.55"}


def test_each_group_goes_to_the_indicator_of_its_maximum():
    catalog = load_catalog()
    made = {row["locator"]: row["indicator"] for row in observed("index766_2026_communes")}
    rows = long_tables()["index766_communes_gialai_2026"]
    for line, stated in enumerate(rows, start=2):
        most = catalog.indicator(made[f"index766_communes_gialai_2026.csv, dòng {line}"]).max_value
        assert f"max {most:g})" in stated["unit"] or f"of {most:g}" in stated["unit"]


def test_ha_tinh_of_2022_is_the_sum_of_its_urban_and_rural_people():
    rows = observed("urban_2019_2024")
    (row,) = [row for row in rows if row["indicator"] == "population-average"]
    assert (row["area"], row["value"], row["state"]) == ("42", "1317.3", "recomputed")
    assert load_catalog().indicator("population-average").prefer == (row["origin"],)
    (old,) = [
        stated
        for stated in fact_rows("population_2024")
        if (stated["area_code"], stated["period"]) == ("42", "2022")
    ]
    assert old["value"] == "1323.7"
    for year in range(2019, 2025):
        urban = [
            row
            for row in rows
            if row["indicator"] == "population-urban" and row["period_end"] == f"{year}-12-31"
        ]
        parts = [float(row["value"]) for row in urban if row["area"] != COUNTRY_CODE]
        (whole,) = [float(row["value"]) for row in urban if row["area"] == COUNTRY_CODE]
        assert len(parts) == 63
        assert sum(parts) == pytest.approx(whole, abs=0.15)
