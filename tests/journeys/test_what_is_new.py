"""A reader follows what is new: of an indicator, of a place, beyond a threshold."""

from base.words import t
from metrics.store import current_store

INDICATOR = "index766-total"


def test_an_indicator_a_place_and_a_threshold_are_chosen_and_stand_in_the_address(visit, home):
    name = current_store(home=home).catalog.indicator(INDICATOR).short.vi
    atlas = visit("updates?lang=vi", maps=0)
    page = atlas.page
    page.get_by_role("combobox", name=t("updates.choose.indicator", "vi")).click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).click()
    page.wait_for_url(f"**indicator={INDICATOR}**")
    place = page.get_by_role("combobox", name=t("updates.choose.place", "vi"), exact=True)
    place.click()
    page.keyboard.type("ha noi")
    page.get_by_role("option").first.click()
    page.wait_for_url("**place=01**")
    above = page.get_by_role("textbox", name=t("updates.choose.above", "vi"))
    above.fill("chín mươi")
    above.press("Enter")
    page.get_by_text("Ngưỡng là một số").wait_for()
    above.fill("75,5")
    above.press("Enter")
    page.wait_for_url("**above=75.5**")
    page.get_by_text(t("updates.above", "vi", value="75,5")).first.wait_for()
    assert page.get_by_text("Ngưỡng là một số").count() == 0
    page.get_by_role("button", name="Hà Nội").click()
    page.wait_for_url(lambda url: "place=" not in url)
