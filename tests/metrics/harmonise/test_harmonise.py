"""A panel on another map: what adds up, what is refused, and what is never understated."""

import pandas as pd
import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.harmonise import carried
from metrics.store import ensure_store
from tests.metrics.made_up import INDICATORS, indicator, row, write

HANOI = "01"
OLD_AN_GIANG, KIEN_GIANG, AN_GIANG = "89", "91", "91"
DA_NANG, QUANG_NAM = "48", "49"
GIA_LAI, BINH_DINH, NEW_GIA_LAI = "64", "52", "52"
WEIGHED = indicator("weighed", aggregation="weighted_mean", weight="people")
CODES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]


@pytest.fixture
def shown(tmp_path):
    """Return a function from rows on the map of 2024 to a panel on that of 2025."""

    def build(*rows, name="rate", to=EDITION_2025, **how):
        made = [*INDICATORS, WEIGHED]
        store = ensure_store(
            home=tmp_path / "var", data_dir=write(tmp_path / "data", list(rows), made)
        )
        source = EDITION_2024 if to != EDITION_2024 else EDITION_2025
        return carried(store, name, source, to, Level.PROVINCE, **how)

    return build


def at(found, code):
    return found.frame.set_index("code").loc[code]


def test_a_part_without_a_figure_leaves_the_sum_blank_and_says_how_much_there_is(shown):
    got = at(shown(row("people", DA_NANG, 10), name="people"), DA_NANG)
    assert pd.isna(got["value"])
    assert (got["state"], got["how"], got["coverage_by"]) == ("partial", "", "population")
    assert 0.4 < got["coverage"] < 0.5
    assert got["note_values"]["k"] == 1
    assert got["note_values"]["n"] == 2
    assert got["note_values"]["missing"] == "Tỉnh Quảng Nam"
    assert pd.isna(got["rank"])


def test_zero_is_a_figure_and_a_suppressed_part_is_not(shown):
    rows = [row("people", DA_NANG, 0), row("people", QUANG_NAM, 5)]
    assert at(shown(*rows, name="people"), DA_NANG)["value"] == 5
    rows[1] = row("people", QUANG_NAM, state="suppressed")
    assert at(shown(*rows, name="people"), DA_NANG)["state"] == "partial"


def test_a_part_where_it_does_not_apply_is_not_missed(shown):
    rows = [row("people", DA_NANG, 7), row("people", QUANG_NAM, state="not_applicable")]
    assert at(shown(*rows, name="people"), DA_NANG)["value"] == 7


def test_a_rate_is_the_ratio_of_sums_not_a_mean_of_rates(shown):
    rows = [
        row("rate", DA_NANG, 90, numerator=90, denominator=100),
        row("rate", QUANG_NAM, 10, numerator=90, denominator=900),
    ]
    got = at(shown(*rows), DA_NANG)
    assert (got["value"], got["how"]) == (18, "ratio_of_sums")
    assert (got["numerator"], got["denominator"]) == (180, 1000)
    assert (got["state"], got["qualifier"]) == ("recomputed", "computed")


def test_a_rate_without_its_parts_is_refused(shown):
    rows = [row("rate", DA_NANG, 90), row("rate", QUANG_NAM, 10), row("rate", HANOI, 50)]
    found = shown(*rows)
    got = at(found, DA_NANG)
    assert (got["state"], got["note_key"]) == ("cannot_be_carried", "harmonise.parts_missing")
    assert "tử số và mẫu số" in got["note"]
    assert pd.isna(got["value"])
    assert at(found, HANOI)["value"] == 50


def test_a_mean_over_no_weight_is_refused(shown):
    rows = [row("weighed", code, 1) for code in (DA_NANG, QUANG_NAM)]
    rows += [row("people", code, 0) for code in (DA_NANG, QUANG_NAM)]
    assert at(shown(*rows, name="weighed"), DA_NANG)["note_key"] == "harmonise.no_weight"


def test_a_mean_is_weighed_by_what_the_indicator_names(shown):
    rows = [
        row("weighed", DA_NANG, 10),
        row("weighed", QUANG_NAM, 40),
        row("people", DA_NANG, 200),
        row("people", QUANG_NAM, 100),
    ]
    got = at(shown(*rows, name="weighed"), DA_NANG)
    assert (got["value"], got["how"], got["weight"]) == (20, "weighted_mean", "Tên people")
    assert "Tên people" in got["note"]
    refused = at(shown(*rows[:3], name="weighed"), DA_NANG)
    assert (refused["state"], refused["note_key"]) == (
        "cannot_be_carried",
        "harmonise.parts_missing",
    )


def test_a_rank_is_refused_even_where_nothing_changed(shown):
    found = shown(row("place", HANOI, 1), row("place", DA_NANG, 2), name="place")
    for code in (HANOI, DA_NANG):
        got = at(found, code)
        assert (got["state"], got["note_key"]) == ("cannot_be_carried", "harmonise.rank")
        assert pd.isna(got["value"])
        assert pd.isna(got["rank"])
    assert "63" in at(found, HANOI)["note"]


def test_days_do_not_add_up(shown):
    rows = [row("days", DA_NANG, 2), row("days", QUANG_NAM, 4), row("days", HANOI, 3)]
    found = shown(*rows, name="days")
    assert at(found, DA_NANG)["note_key"] == "harmonise.not_additive"
    # Unchanged units keep their figure, but no place among the 34 is made of the few that do.
    assert at(found, HANOI)["value"] == 3
    assert pd.isna(at(found, HANOI)["rank"])


def test_carried_sums_are_ranked_anew(shown):
    rows = [row("people", DA_NANG, 5), row("people", QUANG_NAM, 6), row("people", HANOI, 7)]
    found = shown(*rows, name="people")
    assert (at(found, DA_NANG)["rank"], at(found, HANOI)["rank"]) == (1, 2)
    assert found.frame["rank_recomputed"].sum() == 2


@pytest.mark.parametrize(
    ("said", "state", "how", "category"),
    [
        (("done", "done"), "recomputed", "all", "done"),
        (("done", "begun"), "mixed", "some", ""),
        (("done", None), "partial", "some", ""),
        ((None, None), "not_named", "", ""),
    ],
)
def test_a_status_is_kept_where_all_parts_share_it(shown, said, state, how, category):
    rows = [
        row("named", code, category=one)
        for code, one in zip((DA_NANG, QUANG_NAM), said, strict=True)
        if one
    ]
    rows.append(row("named", HANOI, category="done"))
    got = at(shown(*rows, name="named"), DA_NANG)
    assert (got["state"], got["how"], got["category"]) == (state, how, category)
    if how == "some":
        n = sum(one is not None for one in said)
        assert f"{n} trên 2" in got["note"]
        assert "xong: Thành phố Đà Nẵng" in got["note"]
        assert got["note"].startswith("Chỉ biết" if None in said else "Không giống nhau")


def test_a_conflict_of_a_part_is_a_conflict_of_the_whole_with_all_sources(shown):
    rows = [
        row("people", DA_NANG, 5),
        row("people", DA_NANG, 6, origin="press"),
        row("people", QUANG_NAM, 1),
    ]
    found = shown(*rows, name="people")
    got = at(found, DA_NANG)
    assert (got["state"], got["note_key"]) == ("conflicting", "harmonise.conflicting")
    assert set(got["origins"]) == {"ministry", "press"}
    assert pd.isna(got["value"])
    assert len(found.alternatives) == 2
    assert set(found.alternatives["edition"]) == {EDITION_2024}


def test_figures_of_unlike_periods_are_not_added(shown):
    rows = [row("people", DA_NANG, 5), row("people", QUANG_NAM, 6, period_end="2023-12-31")]
    found = shown(*rows, name="people")
    got = at(found, DA_NANG)
    assert (got["state"], got["note_key"]) == ("partial", "harmonise.unlike_periods")
    rows[1] = row("people", QUANG_NAM, 6, grain="year")
    assert at(shown(*rows, name="people"), DA_NANG)["note_key"] == "harmonise.unlike_periods"


def test_all_origins_and_bounds_are_kept(shown):
    rows = [
        row("people", DA_NANG, 5, qualifier="over", locator="tr. 1"),
        row("people", QUANG_NAM, 6, origin="press", locator="tr. 2"),
    ]
    got = at(shown(*rows, name="people"), DA_NANG)
    assert got["origins"] == ("ministry", "press")
    assert (got["origin"], got["locator"]) == ("", "tr. 1; tr. 2")
    assert got["qualifier"] == "at_least"


def test_backwards_only_unchanged_units_keep_their_figure(shown):
    rows = [row("people", code, 8, edition=EDITION_2025) for code in (HANOI, DA_NANG)]
    found = shown(*rows, name="people", to=EDITION_2024)
    assert at(found, HANOI)["value"] == 8
    for code in (DA_NANG, QUANG_NAM):
        assert at(found, code)["note_key"] == "harmonise.part_of"
    shared = shown(*rows, name="people", to=EDITION_2024, split_by="population")
    parts = [at(shared, code) for code in (DA_NANG, QUANG_NAM)]
    assert sum(part["value"] for part in parts) == pytest.approx(8, rel=1e-9)
    assert {(part["how"], part["weight"], part["qualifier"]) for part in parts} == {
        ("apportioned", "population", "about")
    }


def test_the_same_code_is_another_province_on_the_other_map(shown):
    # 52 is Bình Định on the map of 2024 and Gia Lai on that of 2025.
    rows = [row("people", BINH_DINH, 1), row("people", GIA_LAI, 2)]
    assert at(shown(*rows, name="people"), NEW_GIA_LAI)["value"] == 3


def test_one_area_as_scope_and_its_summary(shown):
    rows = [row("people", DA_NANG, 5), row("people", QUANG_NAM, 6)]
    found = shown(*rows, name="people", parent=DA_NANG)
    assert list(found.frame["code"]) == [DA_NANG]
    assert found.parent_row is None
    assert found.summary().value == 11


def test_an_incomplete_map_has_no_total(shown):
    summary = shown(row("people", DA_NANG, 5), name="people").summary()
    assert (summary.how, summary.value) == ("incomplete", None)
