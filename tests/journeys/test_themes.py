"""A reader opens the first page, reads about a theme and follows it onto the map."""

from base.words import t
from geo.editions import Level, areas
from tests.journeys.atlas import PAINTED


def test_from_the_first_page_through_a_theme_into_explore(visit):
    atlas = visit("digitization?lang=vi", maps=0)
    page = atlas.page
    page.get_by_role("link", name=t("nav.overview", "vi")).click()
    atlas.shows(t("overview.title", "vi"))
    page.frame_locator("iframe").locator(PAINTED).wait_for(state="attached")
    opened = page.locator(".atlas-front section")
    title = opened.nth(2).get_by_role("heading").inner_text()
    figure = opened.nth(2).locator(".big").inner_text()
    opened.nth(2).get_by_role("link", name=t("overview.read", "vi")).click()
    atlas.shows(title)
    page.locator(".st-key-story .big", has_text=figure).wait_for()
    page.locator("#silent").get_by_role("link", name=t("theme.see", "vi")).first.click()
    page.get_by_role("table", name=t("ranking.caption", "vi", title="")).wait_for()
    atlas.settled()
    assert atlas.address["lang"] == "vi"
    assert atlas.heading


def test_a_place_is_looked_up_from_the_first_page(visit):
    atlas = visit("known?lang=en", maps=0)
    page = atlas.page
    page.get_by_role("link", name=t("nav.overview", "en")).click()
    atlas.shows(t("overview.title", "en"))
    atlas.idle()
    option = atlas.type_into("search.label", "quang ninh")
    option.click()
    page.wait_for_url("**/explore?**")
    atlas.settled()
    places = {a.code: a.name_en for a in areas(atlas.address["edition"], Level.PROVINCE)}
    assert places[atlas.address["place"]].startswith("Quang Ninh")
