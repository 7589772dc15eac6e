"""The sentences: what, where, when, between which values; nothing drawn from too little."""

import pytest

from base.words import t
from geo.editions import EDITION_2024, Level, area, areas
from tests.metrics.made_up import row
from ui.parts.facts import empty_text
from ui.scene import level_name, place_name, ranking_data

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
HANOI, QUANG_BINH, DONG_HOI = "01", "44", "450"


def rows(indicator="rate", n=10, **fields):
    return [row(indicator, code, i, **fields) for i, code in enumerate(PROVINCES[:n])]


def test_the_title_says_what_where_and_when(made):
    _, scene = made(*rows())
    assert scene.words.title == t(
        "title.with_date", "vi", what="Tên rate", where="Việt Nam", when="31/12/2024"
    )


def test_the_title_of_an_empty_level_claims_no_date(made):
    _, scene = made(*rows(), place=QUANG_BINH, level=Level.DISTRICT)
    assert scene.words.title == t("title.plain", "vi", what="Tên rate", where="Tỉnh Quảng Bình")


def test_a_district_is_shown_among_its_fellows(made):
    _, scene = made(*rows(), place=DONG_HOI, level=Level.DISTRICT)
    assert "Tỉnh Quảng Bình" in scene.words.title


def test_figures_of_one_period_name_it(made):
    assert made(*rows(grain="year"))[1].words.when == "năm 2024"
    assert made(*rows(grain="before"))[1].words.when == "trước 31/12/2024"


def test_figures_of_several_periods_name_their_range(made):
    _, scene = made(*rows(), row("rate", PROVINCES[10], 1, period_end="2022-06-30"))
    assert scene.words.when == "30/06/2022 – 31/12/2024"


def test_the_subtitle_counts_the_areas_and_names_the_ends(made):
    text = made(*rows())[1].words.subtitle
    low, high = (area(EDITION_2024, PROVINCES[i]).short_vi for i in (0, 9))
    assert (
        t("subtitle.counted", "vi", n=10, of=63, areas=level_name(Level.PROVINCE, "vi", 63)) in text
    )
    ends = {"high": high, "high_value": "9%", "low": low, "low_value": "0%"}
    assert t("subtitle.extremes", "vi", **ends) in text


def test_a_shared_first_place_is_not_given_to_one(made):
    found = [*rows(), row("rate", PROVINCES[10], 9)]
    text = made(*found)[1].words.subtitle
    assert area(EDITION_2024, PROVINCES[9]).short_vi not in text
    assert area(EDITION_2024, PROVINCES[10]).short_vi not in text


def test_no_ends_are_named_for_statuses_or_few_figures(made):
    words = t("subtitle.extremes", "vi", high="", high_value="", low="", low_value="").split()[0]
    assert words in made(*rows())[1].words.subtitle
    assert words not in made(*rows(n=3))[1].words.subtitle
    named = [row("named", code, category="done") for code in PROVINCES]
    assert words not in made(*named, indicator="named")[1].words.subtitle


def test_an_incomplete_set_of_areas_is_never_added_up(made):
    summed = t("subtitle.sum", "vi", where="Việt Nam", value="").split("Việt Nam: ")[1].strip()
    assert summed not in made(*rows("people", n=62), indicator="people")[1].words.subtitle
    assert summed in made(*rows("people", n=63), indicator="people")[1].words.subtitle


def test_the_published_figure_of_the_whole_is_said(made):
    whole = row("rate", "VN", 41.5, edition="")
    text = made(*rows(), whole)[1].words.subtitle
    assert t("subtitle.published", "vi", where="Việt Nam", value="41,5%") in text


def test_a_figure_of_the_whole_of_another_day_says_which_and_has_no_place_among_the_parts(made):
    whole = row("rate", "VN", 41.5, edition="", period_end="2023-12-31", period_text="2023-12-31")
    scene = made(*rows(), whole)[1]
    assert "Việt Nam, 31/12/2023: 41,5%." in scene.words.subtitle
    assert ranking_data(scene)["whole"] is None
    today = made(*rows(), row("rate", "VN", 41.5, edition=""))[1]
    assert ranking_data(today)["whole"]["value"] == "41,5"


def test_an_empty_level_says_what_is_missing_and_where(made):
    told = empty_text(made(*rows(n=63), place=QUANG_BINH, level=Level.DISTRICT)[1])
    assert "rate" in told
    assert level_name(Level.DISTRICT, "vi", 2) in told
    assert "Tỉnh Quảng Bình" in told


def test_names_have_their_type_word_only_in_full():
    place = area(EDITION_2024, QUANG_BINH)
    assert place_name(place, "vi") == "Quảng Bình"
    assert place_name(place, "vi", full=True) == "Tỉnh Quảng Bình"
    assert place_name(place, "en") == "Quang Binh"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_description_of_the_map_says_it_all_and_points_to_the_table(made, lang):
    _, scene = made(*rows(), lang=lang)
    told = scene.words.alt
    assert scene.words.title in told
    assert scene.words.subtitle in told
    assert t("alt.table", lang) in told


def test_of_ranks_the_subtitle_says_who_is_first_and_who_is_last(made):
    ranked = [row("place", code, i + 1) for i, code in enumerate(PROVINCES[:9])]
    text = made(*ranked, indicator="place")[1].words.subtitle
    first, last = (area(EDITION_2024, PROVINCES[i]).short_vi for i in (0, 8))
    assert t("subtitle.ranked", "vi", first=first, last=last) in text
