"""A reader looks for what does not add up, and goes from a sum to the figure and its source."""

from metrics.messages import t


def test_from_a_contradiction_to_the_figure_on_the_map(visit):
    atlas = visit("quality?lang=vi", maps=0)
    page = atlas.page
    page.get_by_text("7 + 2 + 3 = 12 > 11").wait_for()
    box = atlas.combobox("quality.pick.rule")
    box.click()
    page.get_by_role("option", name=t("audit.rule.parts", "vi")).click()
    atlas.until(rule="parts")
    found = page.locator("article").filter(has_text="318 + 872 = 1.190 ≠ 1.191")
    found.locator("summary").click()
    assert page.locator("article").count() == 2
    with page.expect_download() as waiting:
        page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    rows = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 2
    found.get_by_role("link", name="872").click()
    atlas.until(indicator="online-services-partial", source="01")
    dialog = page.get_by_role("dialog", name=t("source.title", "vi"))
    assert "872 dịch vụ công trực tuyến một phần" in dialog.inner_text()
