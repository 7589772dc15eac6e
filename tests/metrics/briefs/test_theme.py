"""What a theme tells: which map it shows, what changed, what contradicts, who says nothing."""

from itertools import pairwise

import pytest

from geo.editions import COUNTRY_CODE, EDITION_2019, EDITION_2024, EDITION_2025, Level, areas
from metrics.briefs import theme
from metrics.store import ensure_store
from metrics.targets import State
from tests.metrics import made_up
from tests.metrics.made_up import indicator, row

TODAY = {"edition": EDITION_2025}
LATER = {"period_end": "2025-06-30", "period_text": "30/6/2025"}


@pytest.fixture
def told(tmp_path):
    """Return a function from rows to the theme of their subject."""

    def build(*rows, indicators=None):
        data_dir = made_up.write(tmp_path / "data", list(rows), indicators)
        return theme(ensure_store(home=tmp_path / "var", data_dir=data_dir), "identity")

    return build


def nation(name, value, **fields):
    return row(name, COUNTRY_CODE, value, edition="", **fields)


def test_the_map_is_of_the_indicator_with_the_largest_share_of_areas(told):
    old = [row("rate", code, 5) for code in ("01", "24", "26")]
    today = [row("people", code, 5, **TODAY) for code in ("01", "24")]
    best = told(*old, *today).best
    # Two of 34 are more than three of 63.
    assert (best.indicator.id, best.edition, best.n) == ("people", EDITION_2025, 2)


def test_among_equals_those_shown_first_and_then_the_newest_lead(told):
    plain, first = indicator("plain"), indicator("first", featured=1)
    rows = [row("plain", "24", 1, **LATER), row("first", "24", 1)]
    assert told(*rows, indicators=[plain, first]).best.indicator.id == "first"


def test_the_newest_leads_among_equals(told):
    assert told(row("rate", "24", 1), row("days", "24", 1, **LATER)).best.indicator.id == "days"


def test_a_map_that_cannot_be_drawn_and_the_country_are_no_map(told):
    found = told(row("rate", "01", 5, edition=EDITION_2019), nation("rate", 7))
    assert found.best is None
    assert [i.id for i, _ in found.country] == ["rate"]


def test_targets_and_what_has_no_figure_are_not_heard(told):
    found = told(
        row("rate", "01", 5, role="target"),
        row("rate", "24", state="suppressed"),
        row("rate", "26", 5),
    )
    (silence,) = [
        s for s in found.silence if (s.edition, s.level) == (EDITION_2024, Level.PROVINCE)
    ]
    assert silence.heard == ("26",)
    assert silence.of == len(areas(EDITION_2024, Level.PROVINCE)) == len(silence.silent) + 1
    assert len(found.targets) == 1


def test_targets_behind_their_deadline_come_first(told):
    aims = [("rate", "01", 50), ("days", "24", 5), ("people", "26", 9)]
    found = told(
        *[row(name, code, aim, role="target") for name, code, aim in aims],
        row("rate", "01", 60),
        row("days", "24", 7),
    )
    assert [item.state for item in found.targets] == [State.MISSED, State.UNKNOWN, State.REACHED]


def test_two_figures_of_one_definition_and_grain_tell_a_change(told):
    found = told(nation("people", 9), nation("people", 4, **LATER), row("people", "24", 3))
    (change,) = found.changes
    assert (change.difference, change.first["value"], change.last["value"]) == (-5, 9, 4)


@pytest.mark.parametrize(
    "other",
    [
        {"grain": "year"},  # another kind of period
        {"area": "24", "edition": EDITION_2024},  # another place
        {"indicator": "days"},  # another definition
        {"grain": "before", "period_start": ""},
        {"qualifier": "over"},  # any distance apart
        {"period_end": "2024-12-31"},  # the same moment
    ],
)
def test_what_is_not_alike_tells_no_change(told, other):
    later = nation("people", 4, **LATER) | other
    if other.get("grain") == "year":
        later |= {"period_start": "2025-01-01", "period_end": "2025-12-31"}
    if later["period_end"] == "2024-12-31":
        later |= {"origin": "press", "value": 9}
    assert told(nation("people", 9), later).changes == ()


def test_a_year_so_far_compares_with_the_same_day_only(told):
    def so_far(end, value):
        return nation("people", value, grain="year_to_date", period_end=end, period_text=end)

    rows = [so_far("2023-06-30", 1), so_far("2023-12-31", 5), so_far("2024-06-30", 2)]
    (change,) = told(*rows).changes
    assert (change.first["value"], change.last["value"]) == (1, 2)


def test_where_sources_contradict_there_is_nothing_to_subtract(told):
    found = told(
        nation("people", 9), nation("people", 8, origin="press"), nation("people", 4, **LATER)
    )
    assert found.changes == ()
    ((first, second),) = found.conflicts
    assert (first["value"], second["value"]) == (8, 9)


def test_sources_that_agree_or_one_that_is_preferred_are_no_contradiction(told):
    found = told(
        nation("people", 9),
        nation("people", 9, origin="press"),
        nation("trusted", 9),
        nation("trusted", 8, origin="press"),
    )
    assert found.conflicts == ()


def test_the_country_s_figures_are_told_oldest_first_and_the_newest_lead(told):
    found = told(nation("people", 4, **LATER), nation("people", 9), nation("days", 70, **LATER))
    for _, rows in found.country:
        assert all(a["period_end"] <= b["period_end"] for a, b in pairwise(rows))
    assert [(i.id, r["value"]) for i, r in found.newest] == [("days", 70), ("people", 4)]


def test_a_status_is_no_figure_of_the_country(told):
    assert told(nation("named", "", category="done")).country == ()


def test_nothing_known_is_told_as_nothing(told):
    found = told(nation("rate", "", state="suppressed"))
    assert (found.best, found.newest, found.changes, found.conflicts) == (None, (), (), ())
    assert all(not silence.heard for silence in found.silence)
