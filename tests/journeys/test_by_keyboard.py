"""Everything that the map does can be done without it, and without a pointer."""

from base.words import t
from geo.editions import EDITION_2024, EDITION_2025, Level, area, areas

IN_A_ROW = "at => at.tagName === 'BUTTON' && !!at.closest('tr[data-code]')"
BY_DISTRICT = "cashless-si-rate"  # reported by districts of Quảng Bình
IN_THE_SEARCH = "at => at.getAttribute('role') === 'combobox' && !at.value"


def test_the_table_is_reached_by_tab_and_enter_selects_then_goes_down(visit):
    atlas = visit(f"?edition={EDITION_2024}&indicator={BY_DISTRICT}")
    atlas.tab_until(IN_A_ROW)
    atlas.page.keyboard.press("End")
    atlas.page.keyboard.press("q")
    place = area(EDITION_2024, "44")
    assert atlas.focused() == place.short_vi
    with atlas.repainting():
        atlas.page.keyboard.press("Enter")
    atlas.until(place=place.code, level="province")
    atlas.page.locator(".atlas-selected").get_by_role("heading", name=place.name_vi).wait_for()
    assert atlas.focused("at => at.closest('tr').dataset.code") == place.code
    with atlas.repainting():
        atlas.page.keyboard.press("Enter")
    atlas.until(place=place.code, level="district")
    assert place.name_vi in atlas.heading


def test_a_figures_source_opens_and_closes_and_the_reader_is_where_he_was(visit):
    atlas = visit()
    atlas.tab_until(IN_A_ROW)
    atlas.page.keyboard.press("Tab")
    figure = atlas.focused()
    code = atlas.focused("at => at.closest('tr').dataset.code")
    atlas.page.keyboard.press("Enter")
    atlas.until(source=code)
    dialog = atlas.page.get_by_role("dialog", name=t("source.title", "vi"))
    dialog.locator(".atlas-source").wait_for()
    atlas.page.keyboard.press("Escape")
    atlas.until(source=None)
    dialog.wait_for(state="detached")
    assert atlas.focused() == figure
    assert atlas.focused("at => at.closest('tr').dataset.code") == code


def test_a_place_is_found_by_its_name_without_diacritics(visit):
    atlas = visit(f"?edition={EDITION_2024}")
    atlas.tab_until(IN_THE_SEARCH)
    atlas.page.keyboard.type("dong hoi")
    atlas.page.get_by_role("option").first.wait_for()
    with atlas.repainting():
        atlas.page.keyboard.press("Enter")
    assert atlas.address["place"] == "450"
    assert "Đồng Hới" in atlas.row("450").inner_text()


def test_a_place_is_found_by_its_code(visit):
    atlas = visit()
    with atlas.repainting():
        atlas.type_into("search.label", "44")
        atlas.page.keyboard.press("Enter")
    atlas.until(place="44", level="province")
    assert area(EDITION_2025, "44").short_vi in atlas.row("44").inner_text()


def test_a_commune_without_figures_is_found_by_its_code_on_the_map_of_its_province(visit):
    atlas = visit()
    commune = areas(EDITION_2025, Level.COMMUNE, "44")[0]
    assert commune.name_vi in atlas.type_into("search.label", commune.code).inner_text()
    with atlas.repainting():
        atlas.page.keyboard.press("Enter")
    atlas.until(place=commune.parent, level="province")
    said = atlas.page.get_by_role("status").filter(has_text=commune.name_vi)
    assert area(EDITION_2025, commune.parent).name_vi in said.inner_text()


def test_nothing_found_is_said(visit):
    atlas = visit()
    atlas.combobox("search.label").press_sequentially("qwertz")
    atlas.page.get_by_text(t("search.none", "vi")).wait_for()
    atlas.page.keyboard.press("Escape")


def test_the_list_of_indicators_is_walked_with_the_arrows(visit):
    atlas = visit()
    box = atlas.combobox("picker.indicator")
    before = box.input_value()
    box.focus()
    atlas.page.get_by_role("option").first.wait_for()
    for _ in range(2):
        atlas.page.keyboard.press("ArrowDown")
    chosen = atlas.page.get_by_role("option", selected=True)
    title = chosen.locator(".t").inner_text()
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    with atlas.repainting():
        atlas.page.keyboard.press("Enter")
    assert box.input_value() == title != before


def test_the_table_is_sorted_from_its_headings(visit):
    atlas = visit()
    first = atlas.rows()[0]
    heading = atlas.table.get_by_role("button", name=t("ranking.name", "vi"))
    heading.focus()
    atlas.page.keyboard.press("Enter")
    atlas.until(sort="name")
    atlas.table.locator("tbody tr").first.get_by_text("An Giang").wait_for()
    assert atlas.rows()[0] != first
