"""The panel: each area's newest result, its state, and what is never invented."""

from datetime import date

import pandas as pd
import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level, UnknownArea, areas
from metrics.panel import PANEL_COLUMNS, panel
from metrics.store import ensure_store
from metrics.targets import targets
from tests.metrics.made_up import INDICATORS, row, text, write

HANOI, HA_GIANG, QUANG_BINH, HUE = "01", "02", "44", "46"
PROVINCES_2024 = areas(EDITION_2024, Level.PROVINCE)


@pytest.fixture
def shown(tmp_path):
    """Return a function from rows to the panel of an indicator over them."""

    def build(*rows, indicator="rate", level=Level.PROVINCE, edition=EDITION_2024, **how):
        indicators = how.pop("indicators", None)
        data_dir = write(tmp_path / "data", list(rows), indicators)
        store = ensure_store(home=tmp_path / "var", data_dir=data_dir)
        return panel(store, indicator, edition, level, **how)

    return build


def at(found, code):
    return found.frame.set_index("code").loc[code]


def test_one_row_per_area_in_official_order_whatever_there_is(shown):
    found = shown(row("rate", QUANG_BINH, 40.5))
    assert list(found.frame["code"]) == [area.code for area in PROVINCES_2024]
    assert tuple(found.frame.columns) == PANEL_COLUMNS
    assert (found.n_reported, found.n_areas) == (1, 63)
    assert found.indicator.id == "rate"


def test_a_figure_comes_with_its_date_and_its_source(shown):
    got = at(shown(row("rate", QUANG_BINH, 40.5, numerator=81, denominator=200)), QUANG_BINH)
    assert (got["value"], got["numerator"], got["denominator"]) == (40.5, 81, 200)
    assert (got["state"], got["qualifier"], got["grain"]) == ("reported", "exact", "instant")
    assert got["period_end"] == pd.Timestamp("2024-12-31")
    assert got["period_text"] == "ngày 31/12/2024"
    assert (got["origin"], got["locator"], got["dataset"]) == ("ministry", "tr. 1", "shipped")
    assert got["name_vi"] == "Tỉnh Quảng Bình"


def test_missing_is_not_zero(shown):
    found = shown(row("rate", HANOI, 0))
    assert (at(found, HANOI)["value"], at(found, HANOI)["state"]) == (0, "reported")
    assert pd.isna(at(found, QUANG_BINH)["value"])
    assert at(found, QUANG_BINH)["state"] == "no_data"
    assert at(found, QUANG_BINH)["origin"] == ""
    assert pd.isna(at(found, QUANG_BINH)["rank"])


def test_each_area_shows_its_own_newest_result_up_to_the_date(shown):
    rows = [
        row("rate", HANOI, 1, period_end="2023-12-31"),
        row("rate", HANOI, 2, period_end="2024-06-30"),
        row("rate", HANOI, 3, period_end="2025-06-30"),
        row("rate", QUANG_BINH, 4, period_end="2022-12-31"),
    ]
    found = shown(*rows, at=date(2024, 12, 31))
    assert at(found, HANOI)["value"] == 2
    assert at(found, QUANG_BINH)["value"] == 4
    assert (found.date_min, found.date_max) == (date(2022, 12, 31), date(2024, 6, 30))
    assert at(shown(*rows), HANOI)["value"] == 3
    assert at(shown(*rows, at=date(2024, 6, 30)), HANOI)["value"] == 2


def test_too_old_a_result_is_left_out_by_the_tolerance(shown):
    rows = [
        row("rate", HANOI, 1, period_end="2024-12-31"),
        row("rate", QUANG_BINH, 2, period_end="2024-12-01"),
    ]
    when = date(2024, 12, 31)
    assert shown(*rows, at=when, tolerance_days=30).n_reported == 2
    assert at(shown(*rows, at=when, tolerance_days=29), QUANG_BINH)["state"] == "no_data"
    assert shown(*rows, tolerance_days=29).n_reported == 1


def test_before_the_first_result_there_is_no_data(shown):
    found = shown(row("rate", HANOI, 1), at=date(2020, 1, 1))
    assert at(found, HANOI)["state"] == "no_data"
    assert (found.n_reported, found.date_min, found.date_max) == (0, None, None)


def test_editions_and_levels_are_never_mixed(shown):
    rows = [
        row("rate", HANOI, 1, edition=EDITION_2025),
        row("rate", "001", 2),
        row("rate", "VN", 3, edition=""),
    ]
    assert shown(*rows).n_reported == 0
    assert at(shown(*rows, edition=EDITION_2025), HANOI)["value"] == 1
    assert at(shown(*rows, level=Level.DISTRICT), "001")["value"] == 2


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
def test_the_country_is_one_series_across_editions(shown, edition):
    found = shown(row("rate", "VN", 3, edition=""), level=Level.COUNTRY, edition=edition)
    assert at(found, "VN")["value"] == 3
    assert found.parent_row is None


def test_only_results_are_shown(shown):
    rows = [
        row("rate", HANOI, 50, period_end="2024-06-30"),
        row("rate", HANOI, 80, role="target"),
        row("rate", HANOI, 90, role="forecast"),
    ]
    assert at(shown(*rows), HANOI)["value"] == 50


def test_targets_are_asked_for_by_themselves(tmp_path):
    declared = {
        "area": "VN",
        "value": 80,
        "deadline": date(2025, 12, 31),
        "origin": "ministry",
        "note": text("theo kế hoạch"),
    }
    indicators = [INDICATORS[0] | {"targets": [declared]}]
    rows = [row("rate", HANOI, 90, role="target", period_end="2025-06-30"), row("rate", HANOI, 1)]
    data_dir = write(tmp_path / "data", rows, indicators)
    store = ensure_store(home=tmp_path / "var", data_dir=data_dir)
    found = targets(store, "rate")
    assert list(zip(found["area"], found["value"], strict=True)) == [(HANOI, 90), ("VN", 80)]
    assert list(found["deadline"].dt.date) == [date(2025, 6, 30), date(2025, 12, 31)]
    assert list(targets(store, "rate", edition="")["note"]) == ["theo kế hoạch"]
    assert targets(store, "rate", area="44").empty


class TestWhereSourcesDisagree:
    two = (
        row("rate", HANOI, 33.7, origin="press"),
        row("rate", HANOI, 34.2, origin="ministry"),
    )

    def test_without_a_preference_there_is_no_value_and_all_are_shown(self, shown):
        found = shown(*self.two, row("rate", QUANG_BINH, 1))
        got = at(found, HANOI)
        assert got["state"] == "conflicting"
        assert pd.isna(got["value"])
        assert pd.isna(got["rank"])
        assert (got["origin"], got["qualifier"], got["n_alternatives"]) == ("", "", 2)
        assert set(found.alternatives["value"]) == {33.7, 34.2}
        assert found.n_reported == 1
        assert at(found, QUANG_BINH)["n_alternatives"] == 0

    def test_two_places_of_one_source_can_disagree(self, shown):
        rows = (row("rate", HANOI, 1), row("rate", HANOI, 2, locator="tr. 9"))
        assert at(shown(*rows), HANOI)["state"] == "conflicting"

    def test_the_preferred_source_is_taken_and_the_other_comes_along(self, shown):
        rows = [row | {"indicator": "trusted"} for row in self.two]
        found = shown(*rows, indicator="trusted")
        got = at(found, HANOI)
        assert (got["value"], got["state"], got["origin"]) == (34.2, "reported", "ministry")
        assert got["n_alternatives"] == 1
        assert list(found.alternatives["origin"]) == ["press"]

    def test_a_preferred_source_that_contradicts_itself_settles_nothing(self, shown):
        rows = (row("trusted", HANOI, 1), row("trusted", HANOI, 2, locator="tr. 9"))
        assert at(shown(*rows, indicator="trusted"), HANOI)["state"] == "conflicting"

    def test_a_preference_that_is_not_among_them_settles_nothing(self, shown):
        rows = (row("trusted", HANOI, 1, origin="press"), row("trusted", HANOI, 2, origin="other"))
        assert at(shown(*rows, indicator="trusted"), HANOI)["state"] == "conflicting"

    def test_sources_that_agree_are_no_conflict(self, shown):
        rows = (row("rate", HANOI, 5, origin="press"), row("rate", HANOI, 5.0))
        found = shown(*rows)
        assert (at(found, HANOI)["value"], at(found, HANOI)["state"]) == (5, "reported")
        assert found.alternatives.empty

    def test_an_older_figure_is_no_alternative(self, shown):
        rows = (row("rate", HANOI, 1, period_end="2023-12-31", origin="press"), self.two[0])
        found = shown(*rows)
        assert at(found, HANOI)["value"] == 33.7
        assert found.alternatives.empty

    def test_figures_of_unlike_grain_do_not_conflict_and_the_finer_is_taken(self, shown):
        rows = (row("rate", HANOI, 1, grain="year"), row("rate", HANOI, 2, grain="month"))
        found = shown(*rows)
        assert (at(found, HANOI)["value"], at(found, HANOI)["grain"]) == (2, "month")
        assert found.alternatives.empty

    def test_a_known_grain_goes_before_an_unknown_one_which_comes_along(self, shown):
        rows = (row("rate", HANOI, 1, grain="unknown"), row("rate", HANOI, 2, grain="year"))
        found = shown(*rows)
        assert (at(found, HANOI)["value"], at(found, HANOI)["state"]) == (2, "reported")
        assert list(found.alternatives["value"]) == [1]

    def test_statuses_conflict_too(self, shown):
        rows = (
            row("named", HANOI, category="done"),
            row("named", HANOI, category="begun", origin="press"),
        )
        got = at(shown(*rows, indicator="named"), HANOI)
        assert (got["state"], got["category"]) == ("conflicting", "")


@pytest.mark.parametrize("state", ["not_applicable", "suppressed", "split"])
def test_a_stored_state_without_a_figure_is_kept(shown, state):
    found = shown(
        row("rate", HANOI, 5, period_end="2023-12-31"),
        row("rate", HANOI, state=state, note="chia tách"),
    )
    got = at(found, HANOI)
    assert got["state"] == state
    assert pd.isna(got["value"])
    assert pd.isna(got["rank"])
    assert got["origin"] == "ministry"
    assert found.n_reported == 0


def test_a_recomputed_figure_counts_and_says_so(shown):
    found = shown(row("rate", HANOI, 5, state="recomputed", qualifier="computed"))
    assert at(found, HANOI)["state"] == "recomputed"
    assert at(found, HANOI)["rank"] == 1
    assert found.n_reported == 1


def test_an_area_that_did_not_exist_then_is_told_from_one_without_data(shown):
    later = shown(row("rate", QUANG_BINH, 5), at=date(2025, 12, 31))
    # Hà Giang was dissolved on 30 June 2025; Hà Nội was not.
    assert at(later, HA_GIANG)["state"] == "not_existing"
    assert at(later, HANOI)["state"] == "no_data"
    assert later.n_areas < 63
    # A result from when it existed is still shown, with its own date.
    assert at(later, QUANG_BINH)["value"] == 5
    then = shown(row("rate", QUANG_BINH, 5), at=date(2025, 6, 30))
    assert at(then, HA_GIANG)["state"] == "no_data"


def test_before_it_was_founded_an_area_did_not_exist(shown):
    # Huế is a city of its own since 1 January 2025.
    assert at(shown(row("rate", HANOI, 5), at=date(2022, 12, 31)), HUE)["state"] == "not_existing"
    rows = [row("rate", "760", 5, period_end="2025-02-28")]
    # Quận 2 became part of Thủ Đức in 2021, which is the 769 of this edition.
    assert at(shown(*rows, level=Level.DISTRICT), "769")["state"] == "no_data"


@pytest.mark.parametrize("end", ["2022-12-31", "2025-12-31"])
def test_figures_carried_to_an_edition_beyond_its_time_are_of_all_its_areas(shown, end):
    found = shown(row("rate", HANOI, 5, period_end=end))
    assert set(found.frame["state"]) == {"reported", "no_data"}
    assert found.n_areas == 63


@pytest.mark.parametrize(("indicator", "state"), [("named", "not_named"), ("listed", "no_data")])
def test_absence_from_a_list_is_not_a_status(shown, indicator, state):
    found = shown(row(indicator, HANOI, category="done"), indicator=indicator)
    assert (at(found, HANOI)["category"], at(found, HANOI)["state"]) == ("done", "reported")
    assert at(found, QUANG_BINH)["state"] == state
    assert at(found, HANOI)["rank"] is pd.NA
    assert found.categories[0].id == "done"


def test_without_any_list_nobody_is_not_named(shown):
    found = shown(row("named", HANOI, category="done"), indicator="named", at=date(2020, 1, 1))
    assert set(found.frame["state"]) <= {"no_data", "not_existing"}


def test_a_list_names_nobody_of_a_province_it_passed_over(shown):
    rows = [row("named", "001", category="done")]
    found = shown(*rows, indicator="named", level=Level.DISTRICT, parent=QUANG_BINH)
    assert set(found.frame["state"]) == {"not_named"}


def test_a_parent_narrows_the_scope_and_the_ranks(shown):
    rows = [row("rate", "450", 5), row("rate", "001", 50), row("rate", QUANG_BINH, 7)]
    found = shown(*rows, level=Level.DISTRICT, parent=QUANG_BINH)
    assert len(found.frame) == 8
    assert at(found, "450")["rank"] == 1
    assert found.parent_row["value"] == 7
    assert found.parent_row["code"] == QUANG_BINH


def test_the_parent_of_provinces_is_the_country(shown):
    rows = [row("rate", HANOI, 5), row("rate", "VN", 6, edition="", period_end="2024-06-30")]
    assert shown(*rows).parent_row["value"] == 6
    assert shown(*rows, at=date(2024, 1, 1)).parent_row is None


def test_a_region_can_be_the_parent(shown):
    found = shown(row("rate", QUANG_BINH, 5), parent="R4")
    assert len(found.frame) == 5
    assert found.n_reported == 0


@pytest.mark.parametrize(
    ("indicator", "expected"), [("rate", [1, 1, 3]), ("days", [2, 2, 1]), ("place", [9, 9, 3])]
)
def test_ranks_follow_the_direction(shown, indicator, expected):
    codes = (HANOI, HA_GIANG, QUANG_BINH)
    rows = [row(indicator, code, value) for code, value in zip(codes, (9, 9, 3), strict=True)]
    found = shown(*rows, indicator=indicator)
    assert [at(found, code)["rank"] for code in codes] == expected


def test_dates_are_ranked_by_the_calendar(shown):
    rows = [
        row("since", HANOI, category="2024-02-01"),
        row("since", HA_GIANG, category="2023-12-31"),
        row("since", QUANG_BINH, category="2024-02-01"),
    ]
    found = shown(*rows, indicator="since")
    assert [at(found, row["area"])["rank"] for row in rows] == [2, 1, 2]


class TestSummary:
    everywhere = tuple(area.code for area in PROVINCES_2024)

    def rows(self, **fields):
        parts = {"numerator": 1, "denominator": 4}
        rows = [row("rate", code, 25, **(parts | fields)) for code in self.everywhere]
        rows[0] |= {"numerator": 10, "denominator": 14}
        return rows

    def test_the_published_figure_goes_first(self, shown):
        published = row("rate", "VN", 31.4, edition="")
        got = shown(*self.rows(), published).summary()
        assert (got.how, got.value, got.n, got.of) == ("published", 31.4, 63, 63)
        assert got.row["origin"] == "ministry"

    def test_a_ratio_is_that_of_the_sums_not_the_mean(self, shown):
        got = shown(*self.rows()).summary()
        assert got.how == "ratio"
        assert got.value == pytest.approx(100 * (62 + 10) / (62 * 4 + 14))

    def test_of_a_scope_that_is_one_area_its_own_figure_is_taken(self, shown):
        own = row("rate", "VN", 31.4, edition="", numerator=1, denominator=3)
        got = shown(own, level=Level.COUNTRY).summary()
        assert (got.how, got.value) == ("published", 31.4)

    def test_an_incomplete_set_has_no_total(self, shown):
        got = shown(*self.rows()[1:]).summary()
        assert (got.how, got.value, got.n, got.of) == ("incomplete", None, 62, 63)

    def test_one_area_without_its_parts_leaves_no_ratio(self, shown):
        rows = self.rows()
        rows[5] |= {"numerator": "", "denominator": ""}
        assert shown(*rows).summary().how == "incomplete"

    def test_areas_of_which_nothing_is_expected_are_not_missed(self, shown):
        rows = [row("people", code, 2) for code in self.everywhere]
        rows[3] |= {"value": "", "state": "not_applicable"}
        got = shown(*rows, indicator="people").summary()
        assert (got.how, got.value, got.n, got.of) == ("sum", 124, 62, 62)

    def test_figures_of_different_dates_are_not_added(self, shown):
        rows = [row("people", code, 2) for code in self.everywhere]
        rows[3] |= {"period_end": "2024-06-30"}
        got = shown(*rows, indicator="people").summary()
        assert (got.how, got.value) == ("unlike_periods", None)

    def test_a_conflicting_area_leaves_no_total(self, shown):
        rows = [row("people", code, 2) for code in self.everywhere]
        got = shown(*rows, row("people", HANOI, 3, origin="press"), indicator="people").summary()
        assert (got.how, got.n) == ("incomplete", 62)

    def test_what_does_not_add_up_is_not_added(self, shown):
        rows = [row("days", code, 2) for code in self.everywhere]
        assert shown(*rows, indicator="days").summary().how == "not_additive"

    def test_sources_that_disagree_about_the_parent_give_no_figure(self, shown):
        rows = [row("rate", "VN", 1, edition=""), row("rate", "VN", 2, edition="", origin="press")]
        got = shown(*rows).summary()
        assert (got.how, got.value) == ("conflicting", None)


def test_what_is_handed_out_can_be_changed_without_harm(tmp_path):
    data_dir = write(tmp_path / "data", [row("rate", HANOI, 5)])
    store = ensure_store(home=tmp_path / "var", data_dir=data_dir)
    first = panel(store, "rate", EDITION_2024, Level.PROVINCE)
    first.frame.loc[:, "value"] = -1.0
    first.frame.loc[:, "name_vi"] = "x"
    again = panel(store, "rate", EDITION_2024, Level.PROVINCE)
    assert at(again, HANOI)["value"] == 5
    assert at(again, HANOI)["name_vi"] == "Thành phố Hà Nội"


@pytest.mark.parametrize(
    "asked", [{"indicator": "nope"}, {"edition": "1999"}, {"parent": "99"}, {"level": "street"}]
)
def test_what_does_not_exist_is_told(shown, asked):
    with pytest.raises((LookupError, ValueError), match=str(next(iter(asked.values())))):
        shown(row("rate", HANOI, 5), **asked)


def test_an_area_of_another_edition_is_not_taken_for_one_of_this(shown):
    with pytest.raises(UnknownArea):
        shown(row("rate", HANOI, 5), edition=EDITION_2025, parent=HA_GIANG)


def test_what_a_caller_changes_nobody_else_gets(shown):
    first = shown(row("rate", QUANG_BINH, 40.5), row("rate", "VN", 30, edition=""))
    first.frame["value"] = 1.0
    first.frame.loc[0, "state"] = "made up"
    first.parent_row["value"] = 2.0
    again = shown(row("rate", QUANG_BINH, 40.5), row("rate", "VN", 30, edition=""))
    assert at(again, QUANG_BINH)["value"] == 40.5
    assert set(again.frame["state"]) == {"reported", "no_data"}
    assert again.parent_row["value"] == 30


def test_new_figures_make_a_new_panel(tmp_path):
    home = tmp_path / "var"
    for value in (40.5, 41.5):
        data_dir = write(tmp_path / str(value), [row("rate", QUANG_BINH, value)])
        found = panel(ensure_store(home=home, data_dir=data_dir), "rate", EDITION_2024, "province")
        assert at(found, QUANG_BINH)["value"] == value
