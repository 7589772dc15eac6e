"""What a profile says of ranks and of what is missing has its ground."""

import pytest

from geo.editions import EDITION_2024, EDITION_2025
from metrics.briefs import profile
from metrics.store import ensure_store
from metrics.targets import State


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return ensure_store(home=tmp_path_factory.mktemp("var"))


def facts(store, edition, code):
    return {fact.indicator.id: fact for fact in profile(store, edition, code).facts}


def test_scores_of_several_years_give_no_rank(shipped):
    bac_ninh = facts(shipped, "2024", "27")
    assert bac_ninh["dti-score"].rank is None
    assert bac_ninh["population-average"].rank is not None


def test_two_places_of_two_dates_are_not_ranked(shipped):
    assert facts(shipped, "2024", "44")["cashless-si-rate"].rank is None


def test_a_commune_is_ranked_within_its_province_and_not_by_copied_scores(shipped):
    found = facts(shipped, "2025", "21553")
    timely = found["index766-progress"]
    assert (timely.of, timely.within) == (135, "52")
    assert found["index766-openness"].rank is None
    assert found["index766-openness"].row["value"] == 11.79


def test_being_told_to_do_something_is_not_having_it(shipped):
    missing = {gap.indicator.id for gap in profile(shipped, "2024", "01").missing}
    assert not missing & {"fee-exemption", "cashless-start"}


def test_a_first_rank_that_nearly_all_share_says_so(shipped):
    fact = facts(shipped, EDITION_2025, "30307")["index766-2025-openness"]
    assert (fact.rank, fact.of, fact.tied) == (1, 102, 91)


def test_what_is_not_compared_is_held_against_nothing(shipped):
    fact = facts(shipped, EDITION_2025, "21583")["index766-total"]
    assert fact.row["aside"] == "withheld"
    assert (fact.rank, fact.yardsticks) == (None, ())


@pytest.mark.parametrize(
    ("code", "value", "aside"),
    [
        ("21553", 18, "withheld"),  # Quy Nhơn Bắc: given where nobody complained
        ("21583", 15, "too_few"),  # Quy Nhơn: its own, as in 20 others of 135
        ("00008", 5.02, "withheld"),  # Ngọc Hà: second-hand
    ],
)
def test_satisfaction_is_withheld_where_it_is_given_and_where_it_is_doubtful(
    shipped, code, value, aside
):
    fact = facts(shipped, EDITION_2025, code)["index766-satisfaction"]
    assert (fact.row["value"], fact.row["aside"], fact.rank) == (value, aside, None)


def test_totals_of_which_no_source_tells_the_parts_are_not_ranked(shipped):
    fact = facts(shipped, EDITION_2025, "30307")["index766-total"]
    assert (fact.row["aside"], fact.rank) == ("withheld", None)


def test_a_region_has_the_parts_of_all_its_provinces_and_nothing_of_the_first(shipped):
    found = facts(shipped, EDITION_2025, "R1")
    row = found["dvcqg-ontime-rate"].row
    assert (row["value"], row["numerator"], row["denominator"]) == (91.87, 1_890_025, 2_057_349)
    assert "parts" not in found["population-urban-rate"].row


def test_a_target_brings_how_far_it_has_been_reached(shipped):
    (aim,) = facts(shipped, EDITION_2024, "26")["health-cccd-facilities-rate"].promises
    found = aim["progress"]
    assert (found.state, found.by.id) == (State.ON_THE_WAY, "health-cccd-facilities")
    assert (found.figure["value"], found.figure["denominator"]) == (165, 179)


def test_a_ranking_of_the_first_is_not_missed_elsewhere(shipped):
    missed = {gap.indicator.id for gap in profile(shipped, EDITION_2025, "52").missing}
    assert "dti-rank-named" not in missed
