"""A stranger reads a district's figure, checks where it is from, and sends the address on."""

from base.words import t
from geo.editions import EDITION_2024, EDITION_2025, Level, area, areas
from metrics.catalog import load_catalog
from tests.journeys.atlas import plain

QUANG_BINH, DONG_HOI = "44", "450"
AN_GIANG, OF_COMMUNES = "91", "index766-total"
INDICATOR = "cashless-si-rate"  # reported by the districts of one province


def test_a_stranger_finds_a_districts_figure_and_its_source(visit):
    atlas = visit()
    with atlas.repainting():
        title = load_catalog().indicators[INDICATOR].short.vi
        atlas.type_into("picker.indicator", plain(title))
        atlas.page.keyboard.press("Enter")
    # Nothing of it is known on the map of today: it opens on the one that has figures.
    atlas.until(indicator=INDICATOR, edition=EDITION_2024, place="VN")
    country = atlas.heading, atlas.rows()
    for level in ("province", "district"):
        with atlas.repainting():
            atlas.click_area(EDITION_2024, Level.PROVINCE, QUANG_BINH)
        assert (atlas.address["place"], atlas.address["level"]) == (QUANG_BINH, level)
    assert area(EDITION_2024, QUANG_BINH).name_vi in atlas.heading
    districts = areas(EDITION_2024, Level.DISTRICT, QUANG_BINH)
    assert {row[1] for row in atlas.rows()} == {place.short_vi for place in districts}

    value = atlas.row(DONG_HOI).get_by_role("cell").nth(2).inner_text()
    dialog = atlas.open_source(DONG_HOI)
    assert value.rstrip("0").rstrip(",") in dialog.inner_text()
    assert area(EDITION_2024, DONG_HOI).name_vi in dialog.inner_text()
    assert t("source.origin", "vi") in dialog.inner_text()
    assert atlas.address["source"] == DONG_HOI
    atlas.page.keyboard.press("Escape")
    atlas.until(source=None)
    dialog.wait_for(state="detached")

    while atlas.address["place"] != "VN":
        atlas.page.go_back()
        atlas.idle()
    atlas.shows(country[0])
    assert (atlas.heading, atlas.rows()) == country


def test_a_copied_address_shows_the_same_to_someone_else(visit):
    address = (
        f"?lang=vi&edition={EDITION_2024}&place={QUANG_BINH}&level=district&indicator={INDICATOR}"
        "&at=newest&method=equal_interval&k=3&sort=name"
    )
    first = visit(address)
    again = visit("?" + first.page.url.partition("?")[2])
    assert again.page.url == first.page.url
    assert (again.heading, again.rows(), again.painted) == (
        first.heading,
        first.rows(),
        first.painted,
    )


def test_a_reader_goes_down_by_clicks_and_up_by_the_path(visit):
    atlas = visit(f"?indicator={OF_COMMUNES}")
    with atlas.repainting():
        atlas.click_area(EDITION_2025, Level.PROVINCE, AN_GIANG)
    assert (atlas.address["place"], atlas.address["level"]) == (AN_GIANG, "province")
    with atlas.repainting():
        atlas.click_area(EDITION_2025, Level.PROVINCE, AN_GIANG)
    assert (atlas.address["place"], atlas.address["level"]) == (AN_GIANG, "commune")
    province = area(EDITION_2025, AN_GIANG)
    commune = areas(EDITION_2025, Level.COMMUNE, AN_GIANG)[4]
    with atlas.repainting():
        atlas.open_row(commune.code)
    assert atlas.address["place"] == commune.code
    path = atlas.page.get_by_role("navigation", name=t("crumbs.label", "vi"))
    assert path.get_by_role("listitem").all_inner_texts() == [
        "Việt Nam",
        province.name_vi,
        commune.name_vi,
        t("profile.open", "vi"),
    ]
    with atlas.repainting():
        path.get_by_role("link", name=province.name_vi).click()
    assert atlas.address["place"] == AN_GIANG
    with atlas.repainting():
        path.get_by_role("link", name="Việt Nam").click()
    assert (atlas.address["place"], atlas.address["level"]) == ("VN", "province")


def test_a_neighbour_that_is_faint_on_the_map_is_one_click_away(visit):
    atlas = visit(f"?edition={EDITION_2024}&place={QUANG_BINH}&level=district")
    ha_tinh = "42"
    with atlas.repainting():
        atlas.click_area(EDITION_2024, Level.DISTRICT, "447")
    assert atlas.address["place"] == ha_tinh


def test_a_source_in_the_address_opens_at_once(visit):
    atlas = visit("?source=01")
    dialog = atlas.page.get_by_role("dialog", name=t("source.title", "vi"))
    dialog.get_by_text(t("source.licence", "vi")).first.wait_for()
    assert area(EDITION_2025, "01").name_vi in dialog.inner_text()
    dialog.get_by_role("button").first.click()
    atlas.until(source=None)
