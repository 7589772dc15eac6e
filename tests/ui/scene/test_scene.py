"""The scene: which figures, which areas, drawn in which manner."""

from datetime import date

import pytest

from geo.classify import NO_CLASS
from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, Level, areas
from metrics.panel import panel
from metrics.store import ensure_store
from tests.metrics.made_up import row
from ui.address import View
from ui.scene import Manner, first_indicator, make_scene, offers, stops
from ui.scene.found import find
from ui.scene.making import manner_of
from ui.scene.measure import plain

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
QUANG_BINH, DONG_HOI = "44", "450"
DISTRICTS = [area.code for area in areas(EDITION_2024, Level.DISTRICT, QUANG_BINH)]


def rows(indicator, n, **fields):
    return [row(indicator, code, i + 1, **fields) for i, code in enumerate(PROVINCES[:n])]


def test_rates_fill_areas_and_counts_do_not(made):
    assert made(*rows("rate", 6))[1].manner is Manner.CLASSES
    assert made(*rows("days", 6), indicator="days")[1].manner is Manner.CLASSES
    assert made(*rows("people", 6), indicator="people")[1].manner is Manner.CIRCLES


@pytest.mark.parametrize("indicator", ["rate", "people"])
def test_under_five_areas_there_is_no_colour_scale(made, indicator):
    few = made(*rows(indicator, 4), indicator=indicator)[1]
    assert few.manner is Manner.CARD
    assert few.classes.k == len(few.palette) == 1
    assert few.classes.counts == (4,)
    assert made(*rows(indicator, 5), indicator=indicator)[1].manner is not few.manner


def test_a_status_is_drawn_in_its_categories_even_where_few_are_named(made):
    _, scene = made(
        row("named", PROVINCES[0], category="begun"),
        row("named", PROVINCES[1], category="done"),
        indicator="named",
    )
    assert scene.manner is Manner.STATUSES
    assert scene.classes.index.tolist()[:3] == [1, 0, NO_CLASS]  # in the order declared
    assert scene.classes.counts == (1, 1)
    assert len(set(scene.palette)) == 2


def test_dates_are_told_and_not_coloured(made):
    found = [row("since", code, category="2024-05-01") for code in PROVINCES[:9]]
    _, scene = made(*found, indicator="since")
    assert scene.manner is Manner.CARD
    assert (scene.classes.index == 0).sum() == 9


def test_a_level_without_figures_is_empty(made):
    _, scene = made(*rows("rate", 6), place=QUANG_BINH, level=Level.DISTRICT)
    assert scene.manner is Manner.EMPTY
    assert scene.palette == ()
    assert set(scene.classes.index) == {NO_CLASS}


def test_zero_has_a_class_and_no_data_has_none(made):
    _, scene = made(*rows("rate", 6), row("rate", PROVINCES[6], 0))
    by_code = dict(zip(scene.panel.frame["code"], scene.classes.index, strict=True))
    assert by_code[PROVINCES[6]] == 0
    assert by_code[PROVINCES[7]] == NO_CLASS


def test_a_province_shows_its_districts_and_a_district_its_fellows(made):
    found = [row("rate", code, i + 1) for i, code in enumerate(DISTRICTS)]
    _, province = made(*found, place=QUANG_BINH, level=Level.DISTRICT)
    _, district = made(*found, place=DONG_HOI, level=Level.DISTRICT)
    assert (
        province.panel.frame["code"].tolist() == district.panel.frame["code"].tolist() == DISTRICTS
    )
    assert (province.selected, district.selected) == (None, DONG_HOI)
    assert province.province == district.province == province.place


def test_the_country_shows_all_provinces_or_all_districts(made):
    found = [*rows("rate", 6), *(row("rate", code, 1) for code in DISTRICTS)]
    assert len(made(*found)[1].panel.frame) == 63
    everywhere = made(*found, level=Level.DISTRICT)[1]
    assert len(everywhere.panel.frame) == 696
    assert everywhere.province is None


def test_the_number_and_method_of_classes_are_the_readers(made):
    _, scene = made(*rows("rate", 63), k=7, method="equal_interval")
    assert (scene.classes.k, scene.classes.method, len(scene.palette)) == (7, "equal_interval", 7)


def test_periods_are_those_with_figures_newest_first(made):
    ends = ("2022-12-31", "2024-12-31", "2023-12-31")
    store, scene = made(*(found for end in ends for found in rows("rate", 6, period_end=end)))
    assert scene.periods == (date(2024, 12, 31), date(2023, 12, 31), date(2022, 12, 31))
    assert stops(store, View(edition=EDITION_2025, indicator="rate")) == ()


def test_an_earlier_period_shows_what_was_known_then(made):
    earlier = rows("rate", 6, period_end="2023-12-31")
    _, scene = made(*earlier, row("rate", PROVINCES[0], 99), at=date(2023, 12, 31))
    assert scene.panel.frame["value"].max() == 6


def test_a_date_between_two_periods_shows_the_figures_up_to_it(made):
    store, _ = made(*rows("rate", 6, period_end="2022-12-31"), *rows("rate", 6))
    asked = View(edition=EDITION_2024, indicator="rate", at=date(2023, 7, 1))
    scene, refused = make_scene(store, asked)
    assert scene.view.at == date(2022, 12, 31)
    assert refused == []


def test_a_date_before_all_figures_is_refused_and_the_earliest_shown(made):
    store, _ = made(*rows("rate", 6, period_end="2022-12-31"), *rows("rate", 6))
    asked = View(edition=EDITION_2024, indicator="rate", at=date(1999, 1, 1))
    scene, refused = make_scene(store, asked)
    assert scene.view.at == date(2022, 12, 31)
    assert [(refusal.param, refusal.given) for refusal in refused] == [("at", "1999-01-01")]


def test_going_down_with_a_period_chosen_is_no_fault_of_the_address(made):
    chosen = date(2023, 12, 31)
    store, _ = made(*rows("rate", 6, period_end="2023-12-31"), *rows("rate", 6))
    above = View(edition=EDITION_2024, indicator="rate", at=chosen)
    scene, refused = make_scene(store, above.to(place=QUANG_BINH, level=Level.DISTRICT))
    assert (scene.manner, refused) == (Manner.EMPTY, [])
    assert make_scene(store, scene.view.to(place=COUNTRY_CODE))[0].view == above


def test_a_province_is_selected_among_all(made):
    _, scene = made(*rows("rate", 63), place=QUANG_BINH)
    assert (scene.selected, scene.province, len(scene.codes)) == (QUANG_BINH, None, 63)


def test_without_an_indicator_the_first_featured_one_with_figures_is_shown(shipped):
    for edition, level in ((EDITION_2025, Level.PROVINCE), (EDITION_2024, Level.DISTRICT)):
        view = View(edition=edition, level=level)
        chosen = first_indicator(shipped, view)
        assert shipped.catalog.indicators[chosen].featured
        assert panel(shipped, chosen, edition, level).n_reported > 0


def test_where_nothing_featured_has_figures_something_is_shown_all_the_same(made):
    store, _ = made(*rows("people", 6))
    assert first_indicator(store, View(edition=EDITION_2025)) == "people"


def test_offers_have_figures_for_the_areas_in_view_and_not_elsewhere(made):
    found = [row("rate", code, 1) for code in DISTRICTS]
    elsewhere = row("days", "001", 5)
    _, scene = made(*found, elsewhere, indicator="people", place=QUANG_BINH, level=Level.DISTRICT)
    assert scene.manner is Manner.EMPTY
    assert [(indicator.id, n) for indicator, n in offers(scene)] == [("rate", len(DISTRICTS))]


def test_offers_leave_out_targets_and_missing_figures(made):
    _, scene = made(
        row("rate", PROVINCES[0], 90, role="target"),
        row("days", PROVINCES[0], state="suppressed"),
        row("place", PROVINCES[0], 3),
        indicator="people",
    )
    assert [indicator.id for indicator, _ in offers(scene)] == ["place"]


def test_targets_never_colour_the_map(made):
    _, scene = made(*[row("rate", code, 90, role="target") for code in PROVINCES[:9]])
    assert scene.manner is Manner.EMPTY


def test_the_manner_follows_from_the_figures_alone(made):
    _, scene = made(*rows("rate", 6), k=7)
    found, _ = find(scene.store, View(edition=EDITION_2024, indicator="rate"))
    assert manner_of(found, plain(found)) is scene.manner


def test_parts_open_with_what_compares_them(tmp_path):
    store = ensure_store(home=tmp_path / "var")
    scene, _ = make_scene(
        store,
        View(lang="vi", level=Level.COMMUNE).to(
            edition=EDITION_2025, place="52", level=Level.COMMUNE
        ),
    )
    assert scene.manner is Manner.CLASSES
    copied, _ = make_scene(store, scene.view.to(indicator="index766-openness"))
    assert copied.manner is Manner.CARD
    assert set(copied.ranks) == {None}
