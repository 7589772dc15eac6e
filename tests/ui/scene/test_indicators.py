"""What the pickers of indicator and period offer."""

from datetime import date

from base.words import t
from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from tests.metrics.made_up import INDICATORS, indicator, row, text
from ui.address import View
from ui.scene import indicator_options, make_scene, period_options

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
VIEW = View(edition=EDITION_2024, indicator="rate")


def rows(indicator, n, **fields):
    return [row(indicator, code, i, **fields) for i, code in enumerate(PROVINCES[:n])]


def ids(options):
    return [option["v"] for option in options]


def scene_of(store, view=VIEW):
    return make_scene(store, view)[0]


def test_featured_indicators_with_enough_figures_come_first(made):
    featured = [indicator("days", featured=2), indicator("rate", featured=1)]
    others = [record for record in INDICATORS if record["id"] not in ("days", "rate")]
    found = [*rows("people", 9), *rows("days", 9), *rows("rate", 9), *rows("trusted", 2)]
    store, _ = made(*found, indicators=[*others, *featured])
    options = indicator_options(scene_of(store))
    assert ids(options) == ["rate", "days", "people", "trusted"]
    assert {option["g"] for option in options} == {t("picker.here", "vi")}
    assert not any(option.get("typed") for option in options)


def test_each_says_for_how_many_areas_and_how_recent(made):
    store, _ = made(*rows("rate", 9), *rows("rate", 5, period_end="2020-12-31"))
    (option,) = indicator_options(scene_of(store))
    assert "9" in option["s"]
    assert "31/12/2024" in option["s"]


def test_what_has_figures_only_elsewhere_says_so_and_comes_last(made):
    elsewhere = [row("people", code, 1, edition=EDITION_2025) for code in ("01", "04")]
    store, _ = made(*elsewhere, *rows("rate", 9))
    last = indicator_options(scene_of(store))[-1]
    assert (last["v"], last["off"]) == ("people", True)
    assert t("picker.at", "vi", n=2, areas="x", map="y").split(" x")[0] in last["s"]
    assert indicator_options(scene_of(store, View(edition=EDITION_2025)))[0]["v"] == "people"


def test_what_has_no_figures_anywhere_is_not_offered(made):
    store, _ = made(*rows("rate", 9), row("days", PROVINCES[0], 1, role="target"))
    assert ids(indicator_options(scene_of(store))) == ["rate"]


def test_what_is_known_of_one_place_and_single_days_are_no_maps(made):
    days = [row("since", code, category="2024-05-01") for code in PROVINCES[:9]]
    store, _ = made(*rows("rate", 9), *rows("people", 1), *days)
    assert ids(indicator_options(scene_of(store))) == ["rate"]


def test_every_shipped_indicator_of_several_places_is_offered_once_in_both_languages(shipped):
    counts = shipped.availability()
    counts = counts[counts["edition"].isin([EDITION_2024, EDITION_2025]) & (counts["areas"] > 1)]
    counts = counts[counts["level"].isin(["province", "district", "commune"])]
    known = shipped.catalog.indicators
    having = {id_ for id_ in counts["indicator"] if known[id_].kind != "date"}
    for lang in ("vi", "en"):
        for edition in (EDITION_2024, EDITION_2025):
            options = indicator_options(scene_of(shipped, View(lang=lang, edition=edition)))
            assert len(options) == len({*ids(options)})
            assert having <= {*ids(options)}
            assert all(option["t"] and option["g"] and option["s"] for option in options)


def test_options_are_of_their_own_store(made):
    first, _ = made(*rows("rate", 9))
    second, _ = made(*rows("people", 9))
    assert ids(indicator_options(scene_of(first))) == ["rate"]
    assert ids(indicator_options(scene_of(second))) == ["people"]


def test_hostile_titles_stay_data(made):
    # The list is written with textContent only, so texts must not be escaped on the way.
    bad = indicator("rate", short=text("<b>&{{x}}"))
    store, _ = made(*rows("rate", 9), indicators=[bad, *INDICATORS[1:]])
    assert indicator_options(scene_of(store))[0]["t"] == "<b>&{{x}}"


def test_only_periods_with_figures_are_offered_the_newest_first(made):
    ends = ("2022-12-31", "2024-12-31")
    store, _ = made(*(found for end in ends for found in rows("rate", 6, period_end=end)))
    options = period_options(scene_of(store))
    assert list(options) == [date(2024, 12, 31), date(2022, 12, 31)]
    assert options[date(2022, 12, 31)].startswith("31/12/2022")
    assert t("picker.areas", "vi", n=6) in options[date(2022, 12, 31)]
    assert period_options(scene_of(store, VIEW.to(level=Level.DISTRICT))) == {}


def test_periods_that_end_on_the_same_day_are_one_choice(made):
    year = rows("rate", 6, grain="year")
    day = [row("rate", code, 1) for code in PROVINCES[6:9]]
    options = period_options(scene_of(made(*year, *day)[0]))
    assert list(options) == [date(2024, 12, 31)]
    assert t("picker.areas", "vi", n=9) in options[date(2024, 12, 31)]
