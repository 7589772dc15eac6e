"""A reader opens the first page, reads about a theme and follows it onto the map."""

from base.words import t
from geo.editions import Level, areas


def test_from_the_first_page_through_a_theme_onto_the_map(visit):
    atlas = visit()
    page = atlas.page
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


def test_a_place_is_looked_up_from_any_page(visit):
    atlas = visit("known?lang=en", maps=0)
    page = atlas.page
    option = atlas.type_into("search.label", "quang ninh")
    option.click()
    page.wait_for_function("() => location.search.includes('place=')")
    atlas.settled()
    places = {a.code: a.name_en for a in areas(atlas.address["edition"], Level.PROVINCE)}
    assert places[atlas.address["place"]].startswith("Quang Ninh")


def test_addresses_of_before_open_what_has_become_of_them(visit):
    page = visit("overview?lang=en", maps=0).page
    page.wait_for_function("() => !location.pathname.endsWith('overview')")
    page.get_by_role("heading", level=1).wait_for()
    page.locator(".atlas-front section").nth(2).wait_for()
    assert "overview" not in page.url
