"""Where is my province now, and its figures on today's map."""

from base.words import t
from geo.editions import EDITION_2024, EDITION_2025, Level, area
from tests.journeys.atlas import Atlas
from ui.scene import basis_name

QUANG_BINH, DONG_HOI, QUANG_TRI = "44", "450", "44"  # the last of edition 2025


def test_an_old_district_is_found_and_told_and_shown_on_both_maps(visit):
    atlas = visit("where?lang=vi", maps=2)
    page = atlas.page
    box = page.get_by_role("combobox", name=t("where.search", "vi"))
    box.focus()
    box.press_sequentially("thanh pho dong hoi")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    atlas.until(unit=f"{EDITION_2024}:{DONG_HOI}")
    story = page.locator(".atlas-text").first
    story.get_by_text(area(EDITION_2025, QUANG_TRI).name_vi).first.wait_for()
    assert "Đồng Hới" in story.inner_text()
    page.reload()
    again = Atlas(page)
    again.settled(maps=2)
    assert "Đồng Hới" in page.locator(".atlas-text").first.inner_text()
    assert again.address["unit"] == f"{EDITION_2024}:{DONG_HOI}"

    # A region was not changed into another: it leads to its profile.
    box = page.get_by_role("combobox", name=t("where.search", "vi"))
    box.focus()
    box.press_sequentially("miền tây")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    again.until(place="R6")
    again.shows(area(EDITION_2025, "R6").name_vi)


def test_figures_of_the_old_map_are_carried_to_the_new_one_and_say_so(visit):
    atlas = visit(f"?edition={EDITION_2025}&indicator=census-population")
    carried = basis_name(EDITION_2024, Level.PROVINCE, "vi")
    with atlas.repainting():
        offer = t("empty.carry", "vi", basis=carried)
        atlas.page.get_by_role("link", name=offer).click()
    assert atlas.address["basis"] == EDITION_2024
    atlas.more_choices()
    assert atlas.page.get_by_role("radio", name=carried, exact=True).is_checked()
    assert all(row[2] for row in atlas.rows())
    shared = atlas.page.locator(".ranking > p").inner_text()
    assert t("state.recomputed", "vi") in shared  # of all rows, and so said once
    dialog = atlas.open_source(QUANG_TRI)
    assert area(EDITION_2024, QUANG_BINH).name_vi in dialog.inner_text()
    atlas.page.keyboard.press("Escape")
    atlas.until(source=None)
