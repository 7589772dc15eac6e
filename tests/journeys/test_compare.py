"""A reader sets two indicators side by side, then several maps, then looks for clusters."""

import pytest

from base.words import t
from geo.editions import EDITION_2024, EDITION_2025, Level

PAIR = "compare?indicator=index766-total&y=dvcqg-ontime-rate"
YEARS = f"compare?way=multiples&edition={EDITION_2024}&indicator=population-average"
CLUSTERS = "clusters?indicator=dvcqg-processing-days&permutations=999"
QUANG_NINH = "22"
VIEW = "() => { const c = map.getCenter(); return [c.lat, c.lng, map.getZoom()]; }"


def test_map_plot_and_table_point_at_the_same_area(visit):
    atlas = visit(PAIR)
    spot = atlas.page.get_by_role("option", name="Quảng Ninh: ")
    spot.hover()
    atlas.outlines.first.wait_for(state="attached")
    atlas.page.locator(f'.ranking tr.pointed[data-code="{QUANG_NINH}"]').wait_for()
    assert "Quảng Ninh" in atlas.page.locator(".scatter .tip").inner_text()
    atlas.point_at(EDITION_2025, Level.PROVINCE, "01")
    atlas.page.locator('.scatter circle.pointed[aria-label^="Hà Nội: "]').wait_for()
    spot.click()
    atlas.until(area=f"{EDITION_2025}:{QUANG_NINH}")
    atlas.page.locator('.scatter circle[aria-selected="true"][aria-label^="Quảng Ninh"]').wait_for()
    assert "Tỉnh Quảng Ninh" in atlas.page.locator(".atlas-card").inner_text()


def test_the_square_lists_its_areas_and_the_plot_is_walked_by_keyboard(visit):
    atlas = visit(PAIR)
    square = atlas.page.locator(".crosstable button").nth(0)
    n = int(square.inner_text())
    atlas.tab_until("at => at.dataset?.key === '0-2'")
    atlas.page.keyboard.press("Enter")
    atlas.until(cell="0-2")
    atlas.until_true(
        "n => [...document.querySelectorAll('*')].some((at) =>"
        " at.shadowRoot?.querySelectorAll('.ranking tbody tr[data-code]').length === n)",
        arg=n,
    )
    assert atlas.focused("at => at.dataset.key") == "0-2"
    atlas.tab_until("at => at.getAttribute('role') === 'listbox' && at.tagName === 'g'")
    atlas.page.keyboard.press("End")
    last = atlas.page.locator(".scatter circle.pointed").get_attribute("aria-label")
    atlas.page.keyboard.press("Enter")
    atlas.until_true("() => new URLSearchParams(location.search).get('area')")
    atlas.idle()
    assert last.split(":")[0] in atlas.page.locator(".atlas-card").inner_text()


def test_several_maps_move_together(visit):
    atlas = visit(YEARS, maps=4)
    frames = [
        atlas.page.locator("iframe").nth(at).element_handle().content_frame() for at in range(4)
    ]
    before = frames[3].evaluate(VIEW)
    frames[0].evaluate("() => map.setView([10.8, 106.7], 8, { animate: false })")
    moved = frames[0].evaluate(VIEW)
    assert moved != before
    for frame in frames[1:]:
        assert frame.evaluate(VIEW) == pytest.approx(moved, abs=0.01)
    atlas.page.locator("iframe").nth(1).hover(position={"x": 200, "y": 120})
    frames[2].locator('path[fill="none"]').first.wait_for(state="attached")


def test_clusters_are_looked_for_without_the_correction(visit):
    atlas = visit(CLUSTERS)
    assert t("clusters.correction.bh", "vi") in atlas.page.locator(".atlas-legend").inner_text()
    atlas.page.get_by_text(t("clusters.settings", "vi")).click()
    with atlas.repainting():
        atlas.select("clusters.set.correction", t("clusters.correction.none", "vi"))
    assert atlas.address["correction"] == "none"
    assert "Chỉ do ngẫu nhiên" in atlas.page.locator(".atlas-story").inner_text()
