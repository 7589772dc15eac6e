"""One figure in words: never more than the source says, never less than it qualifies."""

from types import SimpleNamespace

import pandas as pd
import pytest

from metrics.catalog import Indicator
from tests.metrics.made_up import INDICATORS
from ui.scene import (
    between_text,
    category_title,
    decimals,
    period_text,
    role_text,
    share_text,
    state_text,
    unit_text,
    value_text,
    with_unit,
)
from ui.scene.figures import range_text

BY_ID = {record["id"]: Indicator.model_validate(record) for record in INDICATORS}
RATE, PEOPLE, NAMED, SINCE = (BY_ID[name] for name in ("rate", "people", "named", "since"))


def figure(value=None, **fields):
    return {"state": "reported", "value": value, "category": "", "qualifier": "exact"} | fields


@pytest.mark.parametrize(
    ("row", "vi", "en"),
    [
        (figure(28.17), "28,17", "28.17"),  # as printed, though the indicator has no decimals
        (figure(28), "28", "28"),
        (figure(0), "0", "0"),
        (figure(1234567.8), "1.234.567,8", "1,234,567.8"),
        (figure(-3.5), "−3,5", "−3.5"),
        (figure(28.1, qualifier="over"), "trên 28,1", "over 28.1"),
        (figure(28.1, qualifier="computed"), "28,1", "28.1"),
        (figure(28.1, state="recomputed"), "28,1", "28.1"),
        (figure(float("nan")), "", ""),
        (figure(28.1, state="no_data"), "", ""),
        (figure(28.1, state="conflicting"), "", ""),
        (figure(28.1, state="suppressed"), "", ""),
    ],
)
def test_a_value_is_written_as_its_source_has_it(row, vi, en):
    assert (value_text(row, RATE, "vi"), value_text(row, RATE, "en")) == (vi, en)


def test_results_of_an_indicator_have_its_decimals_wherever_they_stand():
    rate = RATE.model_copy(update={"decimals": 1})
    assert [value_text(figure(value), rate, "vi") for value in (28, 28.1)] == ["28,0", "28,1"]
    assert value_text(figure(95, role="target"), rate, "vi") == "95"
    assert value_text(figure(95, qualifier="over"), rate, "vi") == "trên 95"


def test_the_source_may_have_more_decimals_than_the_indicator():
    assert decimals(RATE, 5.0) == RATE.decimals
    assert decimals(RATE, 5.125) == 3


def test_a_part_and_its_whole_have_the_same_decimals():
    pair = {"numerator": 7428.6, "denominator": 9543.63}
    assert share_text(figure(77.84, **pair), RATE, "vi") == "7.428,60 trên 9.543,63"
    assert share_text(figure(77.84, **pair), RATE, "en") == "7,428.60 of 9,543.63"
    assert value_text(figure(12, denominator=63), PEOPLE, "en") == "12 of 63"
    assert value_text(figure(7.5, denominator=9.25), PEOPLE, "en") == "7.50 of 9.25"
    assert value_text(figure(7, denominator=9, qualifier="over"), PEOPLE, "en") == "over 7 of 9"


def test_a_status_is_its_category_in_words():
    row = figure(category="begun")
    assert value_text(row, NAMED, "vi") == category_title(NAMED, "begun", "vi") == "đang"


def test_a_date_is_written_in_the_readers_way():
    row = figure(category="2024-05-01")
    assert (value_text(row, SINCE, "vi"), value_text(row, SINCE, "en")) == (
        "01/05/2024",
        "1 May 2024",
    )
    assert value_text(figure(category=""), SINCE, "vi") == ""


def test_the_unit_stands_beside_the_figure_and_only_there():
    assert with_unit("28", RATE, "vi") == "28%"
    assert with_unit("28", PEOPLE, "vi") == "28 người"
    assert with_unit("", PEOPLE, "vi") == ""
    assert unit_text(NAMED, "vi") == unit_text(SINCE, "vi") == ""
    assert with_unit("xong", NAMED, "vi") == "xong"


def test_a_period_without_an_end_is_nothing():
    row = {"period_start": pd.NaT, "period_end": pd.NaT, "grain": ""}
    assert period_text(row, "vi") == ""


def test_a_period_with_an_unknown_start_is_its_end():
    row = {"period_start": pd.NaT, "period_end": pd.Timestamp("2024-06-30"), "grain": "unknown"}
    assert period_text(row, "vi") == "không muộn hơn 30/06/2024"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_state_but_reported_has_its_own_words(lang):
    states = ["recomputed", "conflicting", "no_data", "not_named"]
    states += ["not_applicable", "suppressed", "split", "not_existing"]
    words = [state_text(state, lang) for state in states]
    assert all(words)
    assert len(set(words)) == len(states)
    assert state_text("reported", lang) == ""


def test_targets_and_forecasts_are_called_so():
    assert role_text("result", "vi") == ""
    assert role_text("target", "vi") != role_text("forecast", "vi")
    assert role_text("target", "vi").endswith(" ")


def test_an_unknown_category_is_shown_as_it_is():
    bare = SimpleNamespace(categories=None)
    assert category_title(bare, "done", "vi") == "done"


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("1", "models", "1 model"),
        ("1", "ministries", "1 ministry"),
        ("1", "kinds of registers", "1 kind of registers"),
        ("1", "people", "1 person"),
        ("2", "models", "2 models"),
        ("0.5", "points (0-1)", "0.5 points (0-1)"),
        ("1", "points (0-1)", "1 point (0-1)"),
    ],
)
def test_of_one_the_english_unit_is_single(text, unit, said):
    one = PEOPLE.model_copy(update={"unit": PEOPLE.unit.model_copy(update={"en": unit})})
    assert with_unit(text, one, "en") == said


def test_days_in_a_sources_words_are_written_as_english_days():
    row = {"period_start": pd.Timestamp("2026-10-01"), "period_end": pd.Timestamp("2026-10-10")}
    row |= {"grain": "unknown", "period_text": "tháng 10/2026, đến ngày 10/10"}
    assert period_text(row, "en") == "October 2026, to 10 October"
    assert period_text(row, "vi") == "tháng 10/2026, đến ngày 10/10"


@pytest.mark.parametrize(
    ("first", "last", "vi", "en"),
    [
        (
            "2026-09-27",
            "2026-10-10",
            "lũy kế năm 2026 đến 27/09/2026 – 10/10/2026",
            "2026 to date (27 September 2026 – 10 October 2026)",
        ),
        ("2026-10-10", "2026-10-10", "lũy kế năm 2026 đến 10/10/2026", None),
        (
            "2025-12-31",
            "2026-10-10",
            "lũy kế năm 2025 đến 31/12/2025 – lũy kế năm 2026 đến 10/10/2026",
            None,
        ),
    ],
)
def test_what_two_periods_share_is_said_once(first, last, vi, en):
    ends = [
        {"period_start": None, "period_end": end, "grain": "year_to_date"} for end in (first, last)
    ]
    assert between_text(ends, "vi") == vi
    assert en is None or between_text(ends, "en") == en
    spans = [(None, pd.Timestamp(end).date(), "year_to_date", "") for end in (last, first)]
    assert range_text(spans, "vi") == vi
