"""Edition, language, level and classes: the page follows in place, and nothing jumps."""

import pytest

from base.words import t, tn
from geo.editions import EDITION_2024, EDITION_2025, Level, areas

ASKED_FOR = """() => {
  const show = AtlasMap.show;
  AtlasMap.show = (view) => { window.told = JSON.stringify(view).length; return show(view); };
}"""


def test_another_edition_shows_its_own_areas(visit):
    atlas = visit()
    mounted = atlas.mounted
    with atlas.repainting():
        atlas.select("picker.edition", t("picker.edition.before", "vi", n="63"))
    assert atlas.address["edition"] == EDITION_2024
    assert len(atlas.rows()) == 63
    assert atlas.mounted == mounted


def test_another_language_says_the_same_view(visit):
    atlas = visit()
    before = atlas.address
    with atlas.repainting():
        atlas.choose("picker.language", "EN")
    atlas.until(lang="en")
    atlas.combobox("picker.indicator").wait_for()
    atlas.table.wait_for()
    assert atlas.address == before | {"lang": "en"}
    assert all(row[1].isascii() for row in atlas.rows())
    assert atlas.page.title() == t("app.name", "en")


@pytest.mark.parametrize(
    ("edition_id", "level"), [(EDITION_2024, Level.DISTRICT), (EDITION_2025, Level.COMMUNE)]
)
def test_all_parts_of_the_country_at_once(visit, edition_id, level):
    atlas = visit(f"?edition={edition_id}")
    mounted = atlas.mounted
    with atlas.repainting():
        atlas.choose("picker.level", tn(f"level.{level}", 2, "vi"))
    assert atlas.address["level"] == str(level)
    n = len(areas(edition_id, level))
    atlas.scroll_to_row(n)
    drawn = "() => { let n = 0; map.eachLayer(l => { if (l.options.fillColor) n += 1 }); return n }"
    assert atlas.map.evaluate(drawn) >= n
    assert atlas.mounted == mounted


def test_classes_are_the_readers_choice_and_the_map_stays_where_it_is(visit):
    atlas = visit()
    mounted, frame = atlas.mounted, atlas.page.locator("iframe").bounding_box()
    atlas.map.evaluate(ASKED_FOR)
    atlas.more_choices()
    with atlas.repainting():
        slider = atlas.page.get_by_role("slider", name=t("picker.k", "vi"))
        slider.press("ArrowLeft")
        atlas.until(k="4")
    assert tn("legend.classes", 4, "vi") in atlas.page.locator(".atlas-legend").inner_text()
    with atlas.repainting():
        atlas.select("picker.method", t("method.equal_interval", "vi"))
    assert atlas.address["method"] == "equal_interval"
    assert atlas.mounted == mounted
    assert atlas.page.locator("iframe").bounding_box() == frame
    assert 1000 < atlas.map.evaluate("told") < 8000


def test_own_breaks_and_a_difference_are_made_under_more(visit):
    atlas = visit("?indicator=dvcqg-ontime-rate&method=manual")
    legend, page = atlas.page.locator(".atlas-legend"), atlas.page
    atlas.more_choices()
    box = page.get_by_label(t("picker.breaks", "vi"), exact=True)
    with atlas.repainting():
        box.fill("80; 87,5")
        box.press("Enter")
    atlas.until(breaks="80,87.5")
    assert t("legend.above", "vi", low="87,5") in legend.inner_text()
    box.fill("nhiều")
    box.press("Enter")
    page.get_by_text(t("picker.breaks.failed", "vi", most=6)).wait_for()
    assert atlas.address["breaks"] == "80,87.5"
    with atlas.repainting():
        atlas.select("picker.against", t("picker.against.country", "vi"))
    atlas.until(against="country", method="quantile")
    assert "breaks" not in atlas.address
    assert t("against.phrase.country", "vi") in atlas.heading
    assert legend.get_by_role("img").get_attribute("aria-label")


def test_pointing_at_an_area_moves_the_tick_of_the_histogram(visit):
    atlas = visit()
    tick = atlas.page.locator(".atlas-legend .tick.pointed")
    assert not tick.is_visible()
    height = atlas.page.locator(".atlas-legend").bounding_box()["height"]
    places = []
    rows = atlas.table.locator("tbody tr[data-code]")
    for row in (rows.first, rows.last):  # the highest and the lowest figure
        row.hover()
        tick.wait_for()
        places.append(tick.bounding_box()["x"])
    assert places[0] > places[1]
    assert atlas.page.locator(".atlas-legend").bounding_box()["height"] == height


def test_an_earlier_period_is_shown_and_can_be_left_by_going_back(visit):
    atlas = visit(f"?edition={EDITION_2024}&indicator=population-average")
    newest = atlas.heading
    slider = atlas.page.get_by_role("slider", name=t("picker.period", "vi"))
    with atlas.repainting():
        slider.press("Home")
    assert atlas.heading != newest
    assert atlas.address["at"] == "2019-12-31"
    with atlas.repainting():
        atlas.page.go_back()
    assert atlas.heading == newest


def test_a_level_without_figures_offers_what_exists(visit):
    atlas = visit(f"?edition={EDITION_2024}&indicator=dti-rank&place=44&level=district")
    offer = atlas.page.get_by_role("navigation", name=t("offers.lead", "vi")).get_by_role("link")
    with atlas.repainting():
        offer.first.click()
    atlas.until(place="44")
    assert any(row[2] and row[2] != t("state.no_data", "vi") for row in atlas.rows())


def test_a_choice_that_is_longer_than_its_field_is_read_whole(visit):
    atlas = visit("compare?lang=vi", width=1366, height=768)
    field = atlas.page.get_by_role("combobox", name=t("picker.period", "vi")).first
    box = field.locator("xpath=..")
    atlas.until_true("box => 'whole' in box.dataset", box.element_handle())
    assert box.get_attribute("data-whole") == field.get_attribute("title") == field.input_value()
    one_line = atlas.combobox("pair.x").bounding_box()["height"]
    assert box.bounding_box()["height"] > one_line


def test_the_picker_lists_every_indicator_that_makes_a_map(visit):
    atlas = visit("?lang=vi")
    atlas.combobox("picker.indicator").click()
    atlas.page.get_by_role("option").first.wait_for()
    assert atlas.page.get_by_role("option").count() > 60
    assert not atlas.page.get_by_text(t("picker.more", "vi")).count()
