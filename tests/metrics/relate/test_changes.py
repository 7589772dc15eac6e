"""Changes between two dates: numbers where like meets like, reasons where it does not."""

from datetime import date

import numpy as np
import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.harmonise import carried
from metrics.panel import panel
from metrics.relate import CHANGES, changes, kinds_of_change
from metrics.relate.changes import REASONS, UnlikePanels
from metrics.store import ensure_store
from tests.metrics.made_up import row, write

A, B, C, D = (place.code for place in areas(EDITION_2024, Level.PROVINCE)[:4])
OLD, NEW = "2023-12-31", "2024-12-31"


@pytest.fixture
def between(tmp_path):
    """Return a function from made-up rows to the change of an indicator, by area."""

    def build(*rows, indicator="rate", how="difference", since=OLD, until=NEW):
        data = write(tmp_path / "data", list(rows))
        store = ensure_store(home=tmp_path / "var", data_dir=data)
        days = [date.fromisoformat(day) for day in (since, until)]
        old, new = (panel(store, indicator, EDITION_2024, Level.PROVINCE, at=day) for day in days)
        return changes(old, new, how, *days).frame.set_index("code")

    return build


def pair(code, before, after, indicator="rate", **fields):
    return [
        row(indicator, code, before, period_end=OLD, **fields),
        row(indicator, code, after, period_end=NEW, **fields),
    ]


def test_a_difference_is_after_less_before(between):
    found = between(*pair(A, 50, 60.5), *pair(B, 0, 0), *pair(C, 0.3, 0.1))
    assert found.loc[[A, B, C], "value"].tolist() == [10.5, 0.0, -0.2]
    assert found.loc[A, ["before", "after", "reason"]].tolist() == [50, 60.5, ""]


def test_a_percentage_is_of_the_figure_before(between):
    found = between(*pair(A, 50, 60), *pair(B, 200, 50), how="percent")
    assert found.loc[[A, B], "value"].tolist() == [20, -75]


def test_a_percentage_of_nothing_or_less_has_no_value(between):
    found = between(*pair(A, 0, 60), *pair(B, 0, 0), *pair(C, -5, 5), how="percent")
    assert found.loc[[A, B, C], "reason"].tolist() == ["zero_base", "zero_base", "negative_base"]
    assert found["value"].isna().all()


def test_places_gained_are_counted_among_those_that_can_be_compared(between):
    rows = [*pair(A, 10, 30), *pair(B, 20, 20), *pair(C, 30, 10), row("rate", D, 99)]
    found = between(*rows, how="rank")
    assert found.loc[[A, B, C], "value"].tolist() == [2, 0, -2]
    assert found.loc[A, ["before", "after"]].tolist() == [3, 1]  # D has no figure before
    assert found.loc[D, "reason"] == "no_before"


def test_where_lower_is_better_a_fall_of_the_figure_is_a_rise_in_rank(between):
    found = between(*pair(A, 9, 1, "days"), *pair(B, 5, 5, "days"), indicator="days", how="rank")
    assert found.loc[[A, B], "value"].tolist() == [1, -1]


def test_ranks_are_taken_as_published(between):
    found = between(*pair(A, 40, 35, "place"), indicator="place", how="rank")
    assert found.loc[A, "value"] == 5


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([], [row("rate", A, 1)], "no_before"),
        ([row("rate", A, 1, period_end=OLD)], [row("rate", A, state="suppressed")], "no_after"),
        (
            [row("rate", A, 1, period_end=OLD), row("rate", A, 2, period_end=OLD, origin="press")],
            [row("rate", A, 1)],
            "conflict_before",
        ),
        (
            [row("rate", A, 1, period_end=OLD)],
            [row("rate", A, 1), row("rate", A, 2, origin="press")],
            "conflict_after",
        ),
        ([row("rate", A, 1, period_end=OLD)], [], "older_after"),
        ([row("rate", A, 1, period_end="2022-12-31")], [row("rate", A, 1)], "older_before"),
        (
            [row("rate", A, 1, period_end=OLD, grain="year")],
            [row("rate", A, 1, grain="month")],
            "unlike_grain",
        ),
        (
            [row("rate", A, 1, period_end=OLD, grain="unknown")],
            [row("rate", A, 1, grain="unknown")],
            "open_period",
        ),
        (
            [row("rate", A, 1, period_end=OLD, qualifier="over")],
            [row("rate", A, 1)],
            "bound",
        ),
        (
            [row("rate", A, 1, period_end=OLD, role="target")],
            [row("rate", A, 1)],
            "no_before",
        ),
    ],
)
def test_unlike_figures_are_not_subtracted(between, before, after, reason):
    found = between(*before, *after, *pair(B, 1, 2))
    assert found.loc[A, "reason"] == reason
    assert np.isnan(found.loc[A, "value"])
    assert found.loc[B, "value"] == 1


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [
        ("2023-09-30", "2024-09-30", ""),
        ("2023-09-30", "2024-10-31", "unlike_span"),
        ("2024-06-30", "2024-09-30", "unlike_span"),
        ("2023-02-28", "2024-02-29", ""),
    ],
)
def test_a_year_so_far_is_set_against_the_same_stretch_of_another(between, since, until, reason):
    rows = [row("rate", A, 1, period_end=end, grain="year_to_date") for end in (since, until)]
    found = between(*rows, since=since, until=until)
    assert found.loc[A, "reason"] == reason


def test_about_stays_about(between):
    found = between(
        row("rate", A, 1, period_end=OLD, qualifier="about"), row("rate", A, 2), *pair(B, 1, 2)
    )
    assert found.loc[[A, B], "approximate"].tolist() == [True, False]


def test_every_area_has_a_number_or_a_reason(between):
    found = between(*pair(A, 1, 2))
    assert (found["value"].notna() == (found["reason"] == "")).all()
    assert set(found["reason"]) <= {"", *REASONS}


def test_statuses_and_dates_do_not_change_by_a_number(between):
    with pytest.raises(UnlikePanels):
        between(row("named", A, category="done"), indicator="named")


def test_a_rank_has_no_percentage(between):
    with pytest.raises(UnlikePanels):
        between(*pair(A, 1, 2, "place"), indicator="place", how="percent")


def test_the_earlier_date_comes_first(between):
    with pytest.raises(ValueError, match="earlier"):
        between(*pair(A, 1, 2), since=NEW, until=OLD)


def test_a_carried_panel_is_not_set_against_a_published_one(tmp_path):
    rows = [*pair(A, 1, 2), row("rate", A, 3, edition=EDITION_2025, period_end="2025-12-31")]
    store = ensure_store(home=tmp_path / "var", data_dir=write(tmp_path / "data", rows))
    new = panel(store, "rate", EDITION_2025, Level.PROVINCE)
    old = carried(store, "rate", EDITION_2024, EDITION_2025, Level.PROVINCE)
    with pytest.raises(UnlikePanels):
        changes(old, new, "difference", date(2024, 12, 31), date(2025, 12, 31))
    other = panel(store, "rate", EDITION_2024, Level.PROVINCE)
    with pytest.raises(UnlikePanels):
        changes(other, new, "difference", date(2024, 12, 31), date(2025, 12, 31))


def test_what_can_be_asked_depends_on_the_kind(between, tmp_path):
    between(*pair(A, 1, 2))
    catalog = ensure_store(home=tmp_path / "var", data_dir=tmp_path / "data").catalog
    asked = {name: kinds_of_change(catalog.indicator(name)) for name in catalog.indicators}
    assert asked["rate"] == asked["people"] == CHANGES
    assert asked["place"] == ("rank",)
    assert asked["named"] == asked["since"] == ()
