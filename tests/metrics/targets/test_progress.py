"""Targets against the last figures: every rule, its edges, and what must never be compared."""

from datetime import date

import pandas as pd
import pytest

from geo.editions import EDITION_2025
from metrics.store import ensure_store
from metrics.targets import Reason, State, as_of, by_place, counted, progress, targets
from metrics.targets.goals import goals
from metrics.targets.progress import is_met
from tests.metrics import made_up
from tests.metrics.made_up import indicator, row

NEWS = row("people", "24", 5, period_end="2025-06-30", period_text="30/6/2025")


@pytest.fixture
def judged(tmp_path):
    """Return a function from rows to the progress of their targets."""

    def build(rows, indicators=None):
        data_dir = made_up.write(tmp_path / "data", [*rows, NEWS], indicators)
        return progress(ensure_store(home=tmp_path / "var", data_dir=data_dir))

    return build


def target(name, area, value="", **fields):
    return row(name, area, value, role="target", **fields)


def one(judged, rows, indicators=None):
    (item,) = judged(rows, indicators)
    return item


@pytest.mark.parametrize(
    ("name", "aim", "value", "fields", "state", "reason"),
    [
        ("trusted", 80, 80, {}, State.REACHED, Reason.MET),
        ("trusted", 80, 79.9, {}, State.MISSED, Reason.OVERDUE),
        ("days", 5, 4, {}, State.REACHED, Reason.MET),
        ("days", 5, 5.1, {}, State.MISSED, Reason.OVERDUE),
        ("trusted", 80, 70, {"period_end": "2024-11-30"}, State.UNKNOWN, Reason.NONE_SINCE),
        ("trusted", 80, 90, {"period_end": "2024-11-30"}, State.REACHED, Reason.MET),
        ("trusted", 80, 80, {"qualifier": "over"}, State.REACHED, Reason.MET),
        ("trusted", 80, 70, {"qualifier": "over"}, State.UNKNOWN, Reason.UNDECIDED),
        ("trusted", 80, 80, {"qualifier": "under"}, State.MISSED, Reason.OVERDUE),
        ("trusted", 80, 90, {"qualifier": "at_most"}, State.UNKNOWN, Reason.UNDECIDED),
        ("days", 5, 6, {"qualifier": "over"}, State.MISSED, Reason.OVERDUE),
        ("days", 5, 4, {"qualifier": "at_least"}, State.UNKNOWN, Reason.UNDECIDED),
    ],
)
def test_numbers_are_judged_by_side_deadline_and_bound(
    judged, name, aim, value, fields, state, reason
):
    item = one(judged, [target(name, "24", aim), row(name, "24", value, **fields)])
    assert (item.state, item.reason) == (state, reason)


def test_the_gap_is_what_is_missing_whichever_side_is_better(judged):
    more, less = judged(
        [
            target("days", "24", 5),
            row("days", "24", 7.5),
            target("trusted", "24", 80),
            row("trusted", "24", 70),
        ]
    )
    assert {more.gap, less.gap} == {2.5, 10}


def test_the_word_of_the_source_counts_more_than_the_direction(judged):
    neutral = [indicator("plain", direction="neutral"), *made_up.INDICATORS]
    rows = [target("plain", "24", 80, qualifier="at_least"), row("plain", "24", 85)]
    assert one(judged, rows, neutral).state is State.REACHED


def test_without_a_direction_only_the_same_number_is_met(judged):
    neutral = [indicator("plain", direction="neutral"), *made_up.INDICATORS]
    rows = [target("plain", "24", 80), row("plain", "24", 85)]
    assert one(judged, rows, neutral).state is State.MISSED


def test_a_status_that_something_else_is_done_does_not_decide(shipped):
    found = {(p.goal.indicator.id, p.goal.area): p for p in progress(shipped)}
    assert found["it-infrastructure", "26"].reason is Reason.UNDECIDED
    assert found["online-service-use", "26"].state is State.ON_THE_WAY


def test_a_status_is_met_by_its_very_category(judged):
    aim = target("named", "24", category="done")
    assert one(judged, [aim, row("named", "24", category="done")]).state is State.REACHED


def test_a_day_is_met_if_it_is_not_later(judged):
    late, soon = (
        one(
            judged, [target("since", "24", category="2024-06-01"), row("since", "24", category=day)]
        )
        for day in ("2024-06-02", "2024-06-01")
    )
    assert (late.state, soon.state) == (State.MISSED, State.REACHED)


def test_a_source_without_a_deadline_makes_nobody_late(judged):
    rows = [target("trusted", "24", 80, period_text=""), row("trusted", "24", 70)]
    item = one(judged, rows)
    assert (item.state, item.reason, item.goal.due) == (State.ON_THE_WAY, Reason.NO_DEADLINE, None)


def test_a_deadline_ahead_of_all_figures_is_still_to_come(judged):
    far = {"period_end": "2030-12-31", "period_text": "2030"}
    item = one(judged, [target("trusted", "24", 80, **far), row("trusted", "24", 70)])
    assert (item.state, item.reason) == (State.ON_THE_WAY, Reason.AHEAD)


def test_sources_that_disagree_leave_it_unknown(judged):
    rows = [target("rate", "24", 80), row("rate", "24", 70), row("rate", "24", 90, origin="press")]
    assert one(judged, rows).reason is Reason.DISAGREE


def test_another_edition_place_or_indicator_is_never_compared(judged):
    rows = [
        target("trusted", "24", 80),
        row("trusted", "24", 90, edition=EDITION_2025),
        row("trusted", "25", 90),
        row("rate", "24", 90),
        row("trusted", "24", 90, role="forecast"),
        row("trusted", "24", state="suppressed"),
    ]
    assert one(judged, rows).reason is Reason.NO_FIGURE


def test_the_newest_figure_speaks(judged):
    rows = [
        target("trusted", "24", 80),
        row("trusted", "24", 90, period_end="2024-01-31", period_text="1/2024"),
        row("trusted", "24", 70),
    ]
    assert one(judged, rows).state is State.MISSED


def test_what_several_sources_say_is_one_target(judged):
    aims = [target("trusted", "24", 80), target("trusted", "24", 80, origin="press")]
    item = one(judged, aims)
    assert [source.origin for source in item.goal.sources] == ["ministry", "press"]


def test_a_target_of_the_country_is_asked_of_each_place_that_has_a_figure(tmp_path):
    rows = [
        target("trusted", "VN", 80, edition=""),
        row("trusted", "24", 90),
        row("trusted", "25", 70),
        target("people", "VN", 100, edition=""),
    ]
    folder = made_up.write(tmp_path / "data", [*rows, NEWS])
    store = ensure_store(home=tmp_path / "var", data_dir=folder)
    rate, count = sorted(goals(store), key=lambda goal: goal.indicator.id, reverse=True)
    found = by_place(store, rate)
    assert [(item.goal.area, item.state) for item in found] == [
        ("24", State.REACHED),
        ("25", State.MISSED),
    ]
    assert by_place(store, count) == ()


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return ensure_store(home=tmp_path_factory.mktemp("shipped"))


def test_every_target_that_is_shipped_is_judged(shipped):
    rows = shipped.observations()
    declared = sum(len(i.targets) for i in shipped.catalog.indicators.values())
    found = progress(shipped)
    stated = sum(len(item.goal.sources) for item in found)
    assert stated == int((rows["role"] == "target").sum()) + declared
    assert sum(counted(found).values()) == len(found)
    dues = [item.goal.due or date.max for item in found]
    assert dues == sorted(dues)
    newest = rows.loc[(rows["role"] == "result"), "period_end"].max()
    assert as_of(shipped) == newest.date()


def test_the_states_of_the_shipped_targets_follow_from_their_figures(shipped):
    for item in progress(shipped):
        if item.state is State.MISSED:
            assert pd.Timestamp(item.figure["period_end"]).date() >= item.goal.due
        if item.state in (State.MISSED, State.ON_THE_WAY) and item.by is None:
            assert is_met(item.goal, item.figure) is False
        if item.state is State.REACHED and item.by is None:
            assert is_met(item.goal, item.figure) is True
            assert item.figure["edition"] == item.goal.edition


def the(shipped, indicator, area):
    return next(
        item
        for item in progress(shipped)
        if (item.goal.indicator.id, item.goal.area) == (indicator, area)
    )


def test_a_target_is_judged_by_figures_of_other_indicators_that_answer_it(shipped):
    covered = the(shipped, "coverage-gap-status", "VN")
    assert (covered.state, covered.by.id) == (State.MISSED, "coverage-gap-powered")
    assert [figure["value"] for _, figure in covered.also[:2]] == [717, 761]
    facilities = the(shipped, "health-cccd-facilities-rate", "26")
    assert facilities.by.id == "health-cccd-facilities"
    assert facilities.gap == pytest.approx(100 - 100 * 165 / 179)
    assert the(shipped, "single-account-services", "79").state is State.REACHED
    paid = the(shipped, "cashless-start", "27")
    assert (paid.state, paid.by.id) == (State.REACHED, "cashless-protection-people")


def test_no_deadline_where_the_source_has_only_words_or_says_when_it_begins(shipped):
    goals_of = {(g.indicator.id, g.area): g for g in goals(shipped)}
    for name in ("school-record-secondary", "single-account-services"):
        area = {"school-record-secondary": "01"}.get(name, "79")
        assert goals_of[name, area].due is None
    early = goals_of["credit-scoring-vietcombank", "VN"]
    assert (early.grain, early.wording) == ("unknown", "đầu năm 2024")
    found = targets(shipped, "school-record-secondary")
    assert found["deadline"].isna().all()
    assert found["period_text"].tolist() == ["từ năm học 2024-2025"]
