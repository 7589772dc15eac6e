"""The shipped figures on other maps: checked by hand, conserved, and never in error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.crosswalk import crosswalk
from geo.editions import EDITION_2019, EDITION_2024, EDITION_2025, Level, areas
from metrics.harmonise import CARRIED_COLUMNS, carried
from metrics.harmonise.notes import say
from metrics.harmonise.numbers import total
from metrics.panel import PANEL_COLUMNS
from metrics.store import ensure_store

HANOI, AN_GIANG, DA_NANG, QUANG_NAM = "01", "91", "48", "49"
CODES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]


@pytest.fixture(scope="module")
def real():
    return ensure_store()


def at(found, code):
    return found.frame.set_index("code").loc[code]


def test_population_of_63_provinces_shown_on_34(real):
    """By hand from the statistical yearbook of 2024, in thousands."""
    found = carried(real, "population-average", EDITION_2024, EDITION_2025, Level.PROVINCE)
    assert list(found.frame["code"]) == [a.code for a in areas(EDITION_2025, Level.PROVINCE)]
    assert found.n_reported == found.n_areas == 34
    hanoi, an_giang, da_nang = at(found, HANOI), at(found, AN_GIANG), at(found, DA_NANG)
    assert (hanoi["value"], hanoi["state"], hanoi["how"]) == (8717.6, "reported", "single")
    assert (an_giang["value"], an_giang["state"]) == (3679.3, "recomputed")  # 1906.3 + 1773.0
    assert (da_nang["value"], da_nang["how"]) == (2819.9, "sum")  # 1276.5 + 1543.4
    assert da_nang["origins"] == ("nso-population",)
    assert [part.code for part in da_nang["parts"]] == [DA_NANG, QUANG_NAM]
    assert "Tỉnh Quảng Nam" in da_nang["note"]
    assert found.frame["value"].sum() == pytest.approx(101343.8, abs=0.2)


def test_land_area_is_conserved_exactly(real):
    found = carried(real, "land-area", EDITION_2024, EDITION_2025, Level.PROVINCE)
    rows = real.observations("land-area")
    given_ = rows[(rows["edition"] == EDITION_2024) & (rows["level"] == str(Level.PROVINCE))]
    assert total(list(found.frame["value"])) == total(list(given_["value"]))


@given(
    st.lists(
        st.integers(0, 10**12).map(lambda n: n / 1000), min_size=len(CODES), max_size=len(CODES)
    )
)
def test_merging_whole_units_loses_nothing(values):
    by_code = dict(zip(CODES, values, strict=True))
    made = crosswalk(EDITION_2024, EDITION_2025, Level.PROVINCE, Level.PROVINCE)
    merged = [
        total([by_code[link.from_code] for link in made.members(code)]) for code in made.to_codes
    ]
    assert total(merged) == total(values)


def test_one_edition_is_nothing_to_carry(real):
    with pytest.raises(ValueError, match="two editions"):
        carried(real, "land-area", EDITION_2024, EDITION_2024, Level.PROVINCE)


@pytest.mark.parametrize(
    ("source", "target", "level"),
    [
        (EDITION_2024, EDITION_2025, Level.PROVINCE),
        (EDITION_2025, EDITION_2024, Level.PROVINCE),
        (EDITION_2019, EDITION_2024, Level.DISTRICT),
        (EDITION_2019, EDITION_2025, Level.PROVINCE),
    ],
)
def test_every_indicator_can_be_asked_for(real, source, target, level):
    known = real.availability()
    asked = known[(known["edition"] == source) & (known["level"] == str(level))]["indicator"]
    assert len(asked)
    for name in asked.unique():
        frame = carried(real, name, source, target, level).frame
        assert tuple(frame.columns) == CARRIED_COLUMNS
        assert CARRIED_COLUMNS[: len(PANEL_COLUMNS)] == PANEL_COLUMNS
        has_figure = frame["state"].isin(["reported", "recomputed"])
        assert frame.loc[~has_figure, "value"].isna().all()
        assert (frame.loc[~has_figure, "category"] == "").all()
        assert frame.loc[has_figure, "origins"].map(len).all()
        for key, values in zip(frame["note_key"], frame["note_values"], strict=True):
            assert say(key, "en", values) or not key


def test_the_country_is_one_series_across_maps(real):
    found = carried(real, "population-average", EDITION_2024, EDITION_2025, Level.COUNTRY)
    assert tuple(found.frame.columns) == CARRIED_COLUMNS
    assert found.frame["state"].tolist() == ["reported"]
