"""From a sum that does not add up to its source; from all figures to a file of some."""

from base.words import t
from geo.editions import EDITION_2024


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
    n = page.locator("article").count()
    assert 1 < n < 20
    with page.expect_download() as waiting:
        page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    rows = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + n
    found.get_by_role("link", name="872").click()
    atlas.until(indicator="online-services-partial", source="01")
    dialog = page.get_by_role("dialog", name=t("source.title", "vi"))
    assert "872 dịch vụ công trực tuyến một phần" in dialog.inner_text()


def test_from_all_figures_to_those_of_one_place_as_a_file(visit):
    atlas = visit(f"tables?lang=vi&map={EDITION_2024}", maps=0)
    page = atlas.page
    table = page.get_by_role("table", name=t("tables.title", "vi"))
    table.locator("tbody tr").nth(49).wait_for()
    page.get_by_role("button", name=t("tables.page.next", "vi"), exact=True).click()
    atlas.until(page="2")
    atlas.type_into("tables.pick.place", "quang binh").click()
    atlas.until(page=None, place="44")
    box = page.get_by_role("textbox", name=t("tables.pick.text", "vi"))
    box.fill("tài khoản")
    box.press("Enter")
    atlas.until(text="tài khoản")
    atlas.idle()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=t("tables.file.csv", "vi"), exact=True).click()
    lines = waiting.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + table.locator("tbody tr").count()
    page.evaluate("window.stays = true")
    table.get_by_role("link", name="50,00%", exact=True).first.click()
    atlas.until(indicator="cashless-si-rate", place="44", source="450")
    page.get_by_role("dialog", name=t("source.title", "vi")).wait_for()
    assert page.evaluate("window.stays")  # nothing was loaded anew
    page.go_back()
    atlas.until(text="tài khoản", place="44")
    assert page.evaluate("window.stays")
