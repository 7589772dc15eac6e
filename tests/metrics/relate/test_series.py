"""Time series: what is joined, what is not, and where sources disagree."""

from datetime import date

import pytest

from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025
from metrics.relate import series
from metrics.store import ensure_store
from tests.metrics.made_up import row, write

HANOI, DA_NANG, QUANG_NAM = "01", "48", "49"


@pytest.fixture
def of(tmp_path):
    """Return a function from made-up rows to the series of some areas."""

    def build(*rows, indicator="rate", edition=EDITION_2024, codes=(HANOI,)):
        data = write(tmp_path / "data", list(rows))
        store = ensure_store(home=tmp_path / "var", data_dir=data)
        return series(store, indicator, edition, codes)

    return build


def runs(found):
    return [name for name in found.frame["run"] if name]


def test_points_of_one_area_and_grain_are_one_line_oldest_first(of):
    found = of(
        row("rate", HANOI, 3, period_end="2024-12-31", grain="year"),
        row("rate", HANOI, 1, period_end="2022-12-31", grain="year"),
    )
    assert found.frame["value"].tolist() == [1, 3]
    assert len(set(runs(found))) == 1
    assert found.dates == (date(2022, 12, 31), date(2024, 12, 31))
    assert found.seam is None


def test_unlike_grains_are_not_joined(of):
    found = of(
        row("rate", HANOI, 1, period_end="2023-12-31", grain="year"),
        row("rate", HANOI, 2, period_end="2024-12-31", grain="year"),
        row("rate", HANOI, 3, period_end="2024-12-31", grain="month"),
    )
    by_grain = found.frame.groupby("grain")["run"].unique()
    assert len(by_grain["year"]) == len(by_grain["month"]) == 1
    assert by_grain["year"][0] != by_grain["month"][0]


def test_a_year_so_far_begins_anew_every_year(of):
    ends = ("2023-06-30", "2023-09-30", "2024-06-30")
    found = of(*[row("rate", HANOI, 1, period_end=end, grain="year_to_date") for end in ends])
    first, second, third = found.frame["run"]
    assert first == second != third


@pytest.mark.parametrize("grain", ["before", "unknown"])
def test_periods_without_a_beginning_stand_by_themselves(of, grain):
    rows = [
        row("rate", HANOI, 1, period_end=end, grain=grain) for end in ("2023-06-30", "2024-06-30")
    ]
    assert runs(of(*rows)) == []


def test_what_sources_disagree_about_is_shown_whole_and_not_joined(of):
    found = of(
        row("rate", HANOI, 1, period_end="2023-12-31"),
        row("rate", HANOI, 2),
        row("rate", HANOI, 5, origin="press"),
    )
    told = found.frame[["value", "conflicting", "run"]].values.tolist()
    assert [cells[:2] for cells in told] == [[1, False], [2, True], [5, True]]
    assert [bool(cells[2]) for cells in told] == [True, False, False]


def test_a_declared_preference_settles_a_disagreement(of):
    found = of(
        row("trusted", HANOI, 2), row("trusted", HANOI, 5, origin="press"), indicator="trusted"
    )
    assert found.frame[["value", "conflicting"]].values.tolist() == [[2, False]]


def test_sources_that_agree_are_one_point_with_both_names(of):
    found = of(row("rate", HANOI, 2), row("rate", HANOI, 2, origin="press", qualifier="about"))
    assert len(found.frame) == 1
    assert set(found.frame["origins"][0]) == {"ministry", "press"}
    assert found.frame["qualifier"][0] == "about"


def test_targets_forecasts_and_missing_figures_are_no_points(of):
    found = of(
        row("rate", HANOI, 9, role="target"),
        row("rate", HANOI, 8, role="forecast"),
        row("rate", HANOI, state="not_applicable", note="…"),
        row("rate", HANOI, 0, period_end="2023-12-31"),
    )
    assert found.frame["value"].tolist() == [0]


def test_a_province_of_today_has_the_figures_of_those_it_unites(of):
    found = of(
        row("people", DA_NANG, 1),
        row("people", QUANG_NAM, 2),
        row("people", DA_NANG, 5, edition=EDITION_2025, period_end="2025-12-31"),
        indicator="people",
        edition=EDITION_2025,
        codes=(DA_NANG,),
    )
    told = found.frame[["value", "is_carried", "on_edition", "side"]].values.tolist()
    assert told == [[3, True, EDITION_2024, "before"], [5, False, EDITION_2025, "after"]]
    assert found.seam == date(2025, 7, 1)
    assert len(set(runs(found))) == 2


def test_a_part_that_is_missing_makes_no_number(of):
    found = of(
        row("people", DA_NANG, 1), indicator="people", edition=EDITION_2025, codes=(DA_NANG,)
    )
    assert found.frame["value"].isna().all()
    assert found.frame["state"].tolist() == ["partial"]
    assert found.dates == ()


def test_the_country_has_no_seam(of):
    found = of(
        row("rate", COUNTRY_CODE, 1, edition=""),
        row("rate", COUNTRY_CODE, 2, edition="", period_end="2025-12-31"),
        edition=EDITION_2025,
        codes=(COUNTRY_CODE,),
    )
    assert found.seam is None
    assert len(set(runs(found))) == 1


def test_areas_come_as_asked_for_once_each(of):
    found = of(row("rate", HANOI, 1), row("rate", DA_NANG, 2), codes=(DA_NANG, HANOI, DA_NANG))
    assert found.codes == (DA_NANG, HANOI)
    assert found.frame["code"].tolist() == [DA_NANG, HANOI]


def test_nothing_known_is_an_empty_series(of):
    assert of(row("rate", HANOI, 1), codes=(DA_NANG,)).frame.empty


def test_an_area_that_does_not_exist_is_refused(of):
    with pytest.raises(LookupError):
        of(row("rate", HANOI, 1), codes=("zz",))
