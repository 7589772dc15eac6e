"""A team drops its files and gets the map, the table and the files; simulated data say so."""

from base.words import t
from geo.coverage.ground import SIMULATED_VI
from tests.journeys.atlas import PAINTED

SETTLEMENTS = "id,name,lon,lat,population\na,Nà A,104.965,22.858,10\nb,Nà B,105.065,22.858,7\n"
SITES = "lon,lat,technology,operator,range\n104.965,22.858,4G,Viettel,1000\n"


def painted(page):
    page.frame_locator("iframe").first.locator(PAINTED).wait_for(state="attached")
    return page.locator("iframe").first.element_handle().content_frame()


def test_own_files_give_a_map_of_points_a_table_and_a_file(visit, tmp_path):
    atlas = visit("gaps?lang=vi&part=search", maps=0)
    page = atlas.page
    for at, (name, text) in enumerate((("thon.csv", SETTLEMENTS), ("tram.csv", SITES))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        page.locator('input[type="file"]').nth(at).set_input_files(tmp_path / name)
        page.locator(".atlas-seen", has_text=name).wait_for()  # read, and what it holds is said
    page.get_by_role("button", name=t("gaps.search", "vi")).click()
    page.get_by_text("2 thôn, bản: 1 đã phủ sóng").wait_for()
    painted(page)
    atlas.select("gaps.place.choose", "Tỉnh Tuyên Quang")
    atlas.until(at="08")
    page.get_by_role("cell", name="Nà B").wait_for()
    assert SIMULATED_VI not in page.content()
    with page.expect_download() as download:
        page.get_by_role("button", name=t("gaps.download", "vi"), exact=True).click()
    assert download.value.suggested_filename == "gaps.csv"
    assert "Nà B" in download.value.path().read_text(encoding="utf-8-sig")


def test_the_simulated_country_is_asked_for_and_marked_on_the_map_and_the_file(visit):
    atlas = visit("gaps?lang=vi&part=search", maps=0)
    page = atlas.page
    assert SIMULATED_VI not in page.content()
    page.get_by_text(t("gaps.simulate", "vi")).click()
    atlas.until(mode="simulated")
    frame = painted(page)
    assert SIMULATED_VI in frame.locator(".atlas-watermark").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name=t("gaps.download", "vi"), exact=True).click()
    assert download.value.suggested_filename.startswith("sim-DU-LIEU-MO-PHONG")
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.get_by_role("button", name=t("gaps.print", "vi")).click()
    page.wait_for_function("() => window.printed")


def test_a_row_opens_by_keyboard_and_new_sites_are_numbered_on_the_old_map(visit):
    atlas = visit("gaps?lang=en&part=search&mode=simulated&map=2024&over=sites", maps=0)
    page = atlas.page
    frame = painted(page)
    assert frame.locator(".atlas-dot").first.inner_text().isdigit()
    page.get_by_role("button", name="Dien Bien", exact=True).focus()
    page.keyboard.press("Enter")
    atlas.until(at="11")
    page.get_by_text("Dien Bien Province:").wait_for()
    assert SIMULATED_VI in painted(page).locator(".atlas-watermark").inner_text()
