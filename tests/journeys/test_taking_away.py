"""A reader leaves with a map: as a file that needs no network, as a frame of the live page."""

import csv
import io

from base.words import t
from geo.editions import EDITION_2025, Level
from tests.journeys.atlas import _label_points

SCREENLESS = "document.fonts.ready.then(() => document.fonts.check('500 12px \"Be Vietnam Pro\"'))"


def test_from_a_map_to_a_file_that_opens_without_a_network(visit, browser, tmp_path):
    atlas = visit("?lang=vi&k=4")
    page = atlas.page
    page.get_by_role("button", name=t("take.embed", "vi"), exact=True).click()
    page.get_by_role("heading", level=2, name=t("take.embed", "vi")).wait_for()
    with page.expect_download() as waiting:
        page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".html"

    asked, trouble = [], []
    context = browser.new_context(offline=True, viewport={"width": 1000, "height": 720})
    alone = context.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("console", lambda said: trouble.append(said.text))
    alone.on("pageerror", lambda error: trouble.append(str(error)))
    alone.goto(file.as_uri())
    alone.locator("[data-painted]:not([aria-busy])").wait_for()
    lon, lat = _label_points(EDITION_2025, Level.PROVINCE)["66"]
    at = alone.evaluate("([lon, lat]) => map_atlas.latLngToContainerPoint([lat, lon])", [lon, lat])
    alone.locator(".folium-map").hover(position=at)
    tip = alone.locator(".atlas-tip")
    tip.wait_for()
    assert "Đắk Lắk" in tip.inner_text()
    row = alone.locator('tr[data-code="66"]').inner_text()
    value = next(line for line in tip.inner_text().split() if "," in line)
    assert value.rstrip("%") in row
    for name in ("đóng băng lúc", "Nguồn:", t("state.no_data", "vi")):
        assert name in alone.inner_text("footer")
    assert alone.evaluate(SCREENLESS)
    alone.mouse.move(5, 5)
    alone.locator('tr[data-code="01"]').hover()
    alone.locator('path[fill="none"]').wait_for(state="attached")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert trouble == []
    context.close()


def test_the_rows_in_view_are_the_rows_of_the_file(visit):
    atlas = visit("?lang=en")
    page, rows = atlas.page, atlas.rows()
    page.get_by_role("button", name=t("take.data", "en"), exact=True).click()
    page.get_by_role("heading", level=2, name=t("take.data", "en")).wait_for()
    with page.expect_download() as waiting:
        page.get_by_test_id("stDownloadButton").get_by_role("button").first.click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text)))
    name, value = (t(f"export.head.{column}", "en") for column in ("area_name", "value"))
    written = {row[name]: float(row[value]) for row in found}
    seen = {row[1]: float(row[2]) for row in rows}
    assert len(seen) == 34
    assert {name.removesuffix(" City").removesuffix(" Province") for name in written} == set(seen)
    assert sorted(written.values()) == sorted(seen.values())


def test_in_a_frame_only_the_map_its_legend_and_its_source_are_seen(visit):
    atlas = visit("?lang=en&embed=true&lock=1&ranking=1", width=900, height=760)
    page = atlas.page
    assert page.locator(".st-key-header").count() == 0
    assert page.get_by_role("combobox").count() == 0
    assert t("embed.live", "en") in page.inner_text("body")
    before = atlas.address["place"]
    atlas.click_area(EDITION_2025, Level.PROVINCE, "66")
    atlas.row("01").get_by_role("button").first.click()
    atlas.idle()
    assert atlas.address["place"] == before
    whole = page.get_by_role("link", name=t("embed.whole", "en"))
    assert "embed" not in whole.get_attribute("href")
