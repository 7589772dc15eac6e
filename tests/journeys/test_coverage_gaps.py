"""A team drops its files and gets the map, the table and the files; simulated data say so."""

import numpy as np

from base.words import t
from geo.coverage.ground import SIMULATED_VI
from tests.geo.coverage.terrain.rasters import LAT, LON, write
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
    atlas.until_true("() => window.printed")


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


HILLS = f"id,name,lon,lat\nnear,Nà Gần,{LON + 0.01},{LAT}\nbehind,Nà Khuất,{LON},{LAT + 0.06}\n"
MAST = f"lon,lat,technology,operator,range\n{LON},{LAT},4G,Viettel,9000\n"


def test_heights_give_margins_and_the_profile_of_a_point_of_the_map(visit, tmp_path):
    atlas = visit("gaps?lang=vi&part=search&over=margins", maps=0)
    page = atlas.page
    cells = np.full((1000, 500), 100, dtype=np.int16)
    cells[550:553] = 700  # a wall between the mast and one of the villages
    write(tmp_path / "dem.tif", cells, at=(491_000, 2_548_035))
    page.get_by_text(t("gaps.terrain", "vi")).click()
    for key, name, text in (("settlements", "thon.csv", HILLS), ("sites", "tram.csv", MAST)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        page.locator(f'.st-key-gaps_{key} input[type="file"]').set_input_files(tmp_path / name)
        page.locator(".atlas-seen", has_text=name).wait_for()
    terrain = page.locator('.st-key-gaps_terrain input[type="file"]')
    terrain.set_input_files(tmp_path / "dem.tif")
    page.get_by_text("dem.tif").first.wait_for()
    button = page.get_by_role("button", name=t("gaps.search", "vi"))
    button.focus()
    page.keyboard.press("Enter")
    cut = page.locator(".atlas-cut")
    cut.get_by_text("Nà Khuất").wait_for()  # shadowed, so it is shown first
    assert "Mặt đất chắn đường ngắm" in cut.inner_text()
    frame = painted(page)
    # The point of the village that sees the mast: east of it, on the canvas of the map.
    spot = frame.evaluate(
        "([lon, lat]) => { const p = map.latLngToContainerPoint([lat, lon]);"
        " return {x: p.x, y: p.y}; }",
        [LON + 0.01, LAT],
    )
    page.locator("iframe").first.click(position=spot)
    cut.get_by_text("Nà Gần").wait_for()
    with page.expect_download() as download:
        page.locator(".st-key-gaps_section_svg button").click()
    assert download.value.suggested_filename == "profile-near.svg"
    assert "P.1812" in download.value.path().read_text(encoding="utf-8")
