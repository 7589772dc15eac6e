"""Filters: who is asked for, how it is written, and what is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.editions import EDITION_2024, EDITION_2025, Level, area, areas, regions
from metrics.panel import (
    NONE,
    FilterError,
    Filters,
    matches,
    offered,
    panel,
    read_filters,
    types_at,
    write_filters,
)
from metrics.store import ensure_store
from tests.metrics.made_up import row, write

PROVINCES = areas(EDITION_2024, Level.PROVINCE)
A, B, C, D = (place.code for place in PROVINCES[:4])


@pytest.fixture
def who(tmp_path):
    """Return a function from filters and made-up rows to the codes of the areas that match."""

    def build(filters, *rows, indicator="rate"):
        data = write(tmp_path / "data", list(rows))
        store = ensure_store(home=tmp_path / "var", data_dir=data)
        found = panel(store, indicator, EDITION_2024, Level.PROVINCE)
        return set(found.frame["code"][matches(found.frame, EDITION_2024, filters)])

    return build


RATES = [row("rate", code, value) for code, value in ((A, 0), (B, 50), (C, 50.5))]


def test_without_filters_all_match(who):
    assert len(who(NONE, *RATES)) == len(PROVINCES)


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        (Filters(low=50), {B, C}),
        (Filters(high=50), {A, B}),
        (Filters(low=0, high=0), {A}),
        (Filters(low=60), set()),
        (Filters(first=1, last=1), {C}),
        (Filters(first=2), {A, B}),
        (Filters(low=50, first=2), {B}),
    ],
)
def test_ranges_hold_their_ends_and_no_area_without_a_figure(who, filters, codes):
    assert who(filters, *RATES) == codes


def test_missing_are_those_without_a_figure_and_zero_is_a_figure(who):
    found = who(Filters(missing=True), *RATES, row("rate", D, 1), row("rate", D, 2, origin="press"))
    assert not found & {A, B, C}
    assert D in found  # sources disagree: there is no figure
    assert len(found) == len(PROVINCES) - 3


def test_statuses_match_by_category(who):
    rows = [row("named", A, category="done"), row("named", B, category="begun")]
    assert who(Filters(categories=("done",)), *rows, indicator="named") == {A}
    assert who(Filters(categories=("done", "begun")), *rows, indicator="named") == {A, B}


def test_places_match_by_region_and_type_together(who):
    region = PROVINCES[0].region
    filters = Filters(regions=(region,), types=("urban",))
    expected = {
        place.code for place in PROVINCES if place.region == region and place.type == "city_central"
    }
    assert who(filters, *RATES) == expected


def test_every_area_below_a_region_has_a_type_of_place():
    assert types_at(EDITION_2025, Level.COMMUNE) == ("urban", "rural", "island")
    assert types_at(EDITION_2024, Level.DISTRICT) == ("urban", "rural")
    for edition in (EDITION_2024, EDITION_2025):
        assert types_at(edition, Level.PROVINCE) == ("urban", "rural")


def test_what_does_not_apply_is_not_offered(tmp_path):
    store = ensure_store(home=tmp_path / "var", data_dir=write(tmp_path / "data", RATES))

    def names(indicator):
        return set(offered(store.catalog.indicator(indicator), EDITION_2024, Level.PROVINCE))

    always = {"region", "type", "missing"}
    assert names("rate") == names("people") == {"value", "rank"} | always
    assert names("place") == names("since") == {"rank"} | always
    assert names("named") == {"status"} | always


NUMBERS = st.integers(-(10**12), 10**12).map(lambda n: n / 10**6)
REGIONS = [region.code for region in regions(EDITION_2025)]


@st.composite
def filters(draw):
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    first, last = sorted((draw(st.integers(1, 9999)), draw(st.integers(1, 9999))))
    missing = draw(st.booleans())
    return Filters(
        low=None if missing else draw(st.sampled_from([None, low])),
        high=None if missing else draw(st.sampled_from([None, high])),
        first=None if missing else draw(st.sampled_from([None, first])),
        last=None if missing else draw(st.sampled_from([None, last])),
        regions=tuple(draw(st.lists(st.sampled_from(REGIONS), unique=True))),
        types=tuple(draw(st.lists(st.sampled_from(["urban", "rural", "island"]), unique=True))),
        categories=() if missing else tuple(draw(st.sampled_from([[], ["done"], ["a-b", "c_d"]]))),
        missing=missing,
    )


@given(filters())
def test_what_is_written_is_read(asked):
    text = write_filters(asked)
    assert (read_filters(text, EDITION_2025) if text else NONE) == asked


@given(st.text(max_size=60) | st.text("valuernkgiotps:;.,-0123456789", max_size=60))
def test_whatever_arrives_is_read_or_refused(text):
    with suppress(FilterError):
        found = read_filters(text, EDITION_2025)
        assert read_filters(write_filters(found), EDITION_2025) == found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "unreadable"),
        ("value", "unreadable"),
        ("value:..", "unreadable"),
        ("value:nan..1", "unreadable"),
        ("value:1e9..", "unreadable"),
        ("value:٣..٤", "unreadable"),
        ("value:10..5", "backwards"),
        ("rank:10..5", "backwards"),
        ("rank:-1..5", "unreadable"),
        ("region:R1;region:R2", "twice"),
        ("region:R99", "unknown"),
        ("region:01", "unknown"),
        ("type:mountain", "unknown"),
        ("status:<script>", "unreadable"),
        ("missing:yes", "unreadable"),
        ("missing;value:1..2", "contradictory"),
        ("status:done;missing", "contradictory"),
        ("colour:red", "unreadable"),
    ],
)
def test_what_cannot_be_followed_is_refused_by_its_reason(text, key):
    with pytest.raises(FilterError) as refusal:
        read_filters(text, EDITION_2025)
    assert refusal.value.key == key


def test_one_filter_can_be_taken_off():
    asked = Filters(low=1, regions=("R1",), missing=False)
    assert asked.without("value") == Filters(regions=("R1",))
    assert asked.of_places() == Filters(regions=("R1",))
    assert area(EDITION_2025, "R1").level is Level.REGION
