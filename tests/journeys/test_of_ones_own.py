"""A reader loads tables, stores and withdraws them, and defines an indicator: in one app."""

import pytest

from base.words import t
from metrics.store import current_store
from tests.journeys.conftest import OWNERS_TOKEN, _serving
from tests.metrics.importing.untidy import book

INDICATOR = "dvcqg-digitised-dossier-rate"
TABLE = """KẾT QUẢ SỐ HÓA HỒ SƠ NĂM 2025;;
STT;Tỉnh;Tỷ lệ (%)
1;Hà Nội;98,5
2;TP.HCM;97
3;Huế;-
4;<b>Xứ Lạ</b>;60
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """An app of its own, whose figures and indicators nobody else looks at."""
    home = tmp_path_factory.mktemp("own")
    with _serving(home) as url:
        yield url, home


def test_a_table_is_understood_stored_shown_and_withdrawn(own, browser, tmp_path):
    url, home = own
    file = tmp_path / "bang.csv"
    file.write_text(TABLE, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1440, "height": 1400})
    page.goto(f"{url}/load?lang=vi&token={OWNERS_TOKEN}")
    page.locator("input[type=file]").set_input_files(file)
    title = current_store(home=home).catalog.indicator(INDICATOR).title.vi
    column = t("import.indicator", "vi", column="Tỷ lệ (%)")
    page.get_by_role("combobox", name=column).click()
    page.keyboard.type(title)
    page.get_by_role("option", name=title, exact=True).click()
    page.get_by_text("<b>Xứ Lạ</b>", exact=True).first.wait_for()
    page.get_by_text(t("import.leave_out", "vi", n="1")).click()
    page.get_by_role("button", name=t("import.store", "vi")).click()
    page.get_by_role("link", name=t("import.stored.see", "vi")).wait_for()
    page.get_by_role("button", name=t("import.store", "vi")).click()
    page.get_by_text(t("refused.store.twin", "vi", id="bang-v1")).wait_for()
    stored = current_store(home=home)
    (mine,) = [id_ for id_ in stored.in_force() if id_ != "shipped"]
    rows = stored.dataset_observations(mine)
    assert sorted(rows["value"]) == [97.0, 98.5]
    page.goto(f"{url}/datasets?lang=vi")
    page.get_by_role("button", name=t("import.datasets.withdraw", "vi")).click()
    page.get_by_role("button", name=t("import.datasets.restore", "vi")).wait_for()
    assert mine not in current_store(home=home).in_force()
    page.close()


def test_sheets_of_months_are_answered_once_and_stored_as_one(own, browser, tmp_path):
    url, home = own
    sheets = {
        f"T{month}": [
            [f"KẾT QUẢ SỐ HÓA HỒ SƠ THÁNG {month}/2026"],
            ["STT", "Tỉnh", "Tỷ lệ số hóa (%)", "Xếp thứ"],
            [1, "Hà Nội", 90.5 + month, 1],
            [2, "Huế", 80.5 + month, 2],
        ]
        for month in (4, 5, 6)
    }
    file = tmp_path / "sau-thang.xlsx"
    file.write_bytes(book(sheets))
    page = browser.new_page(viewport={"width": 1440, "height": 1400})
    page.goto(f"{url}/load?lang=vi&token={OWNERS_TOKEN}")
    page.locator("input[type=file]").set_input_files(file)
    title = current_store(home=home).catalog.indicator(INDICATOR).title.vi
    page.get_by_role("button", name=title).click()
    page.get_by_role("button", name=t("import.columns.leave_out", "vi", n=1)).click()
    page.get_by_text("Lưu cả 3 bảng").wait_for()
    page.get_by_role("button", name=t("import.store", "vi")).click()
    page.get_by_role("link", name=t("import.stored.see", "vi")).click()
    page.wait_for_url("**at=2026-06-30**")
    rows = current_store(home=home).observations(INDICATOR)
    mine = rows[rows["dataset"] == "sau-thang-v1"]
    assert sorted(mine["value"]) == [84.5, 85.5, 86.5, 94.5, 95.5, 96.5]
    page.close()


HEADER = ["STT", "Tỉnh, thành phố", "Tỷ lệ (%)"]
MISSPELT = ["Cao Bằg", "Lào Cia", "Hà Nội"]


def monthly(folder, month, values):
    """Write the table of a month, with titles, a total and a note."""
    rows = [
        ["UBND TỈNH"],
        [f"KẾT QUẢ SỐ HÓA HỒ SƠ THÁNG {month}/2026"],
        HEADER,
        *([i, *pair] for i, pair in enumerate(zip(MISSPELT, values, strict=True), 1)),
        ["Ghi chú: số liệu sơ bộ"],
    ]
    file = folder / f"thang-{month}.xlsx"
    file.write_bytes(book({"Biểu 01": rows}, merged=["A2:C2"]))
    return file


def test_suggestions_are_taken_at_once_and_the_next_month_needs_nothing(own, browser, tmp_path):
    url, home = own
    page = browser.new_page(viewport={"width": 1440, "height": 1400})
    page.goto(f"{url}/load?lang=vi&token={OWNERS_TOKEN}")
    page.locator("input[type=file]").set_input_files(monthly(tmp_path, 9, ["91,5", "92", "93"]))
    title = current_store(home=home).catalog.indicator(INDICATOR).title.vi
    page.get_by_role("combobox", name=t("import.indicator", "vi", column=HEADER[2])).click()
    page.keyboard.type(title)
    page.get_by_role("option", name=title, exact=True).click()
    page.get_by_role("button", name=t("import.accept.all", "vi", n=2)).click()
    page.get_by_role("button", name=t("import.accept.undo", "vi")).wait_for()
    page.get_by_text(t("import.method.by_hand", "vi")).wait_for()
    page.get_by_role("button", name=t("import.store", "vi")).click()
    page.get_by_role("link", name=t("import.stored.see", "vi")).click()
    page.wait_for_url("**at=2026-09-30**")
    assert INDICATOR in page.url
    page.goto(f"{url}/load?lang=vi")
    page.locator("input[type=file]").set_input_files(monthly(tmp_path, 10, ["94", "95", "96,5"]))
    known = t("import.method.team_alias", "vi")
    page.get_by_text(f"{known} 2").wait_for()
    page.get_by_role("button", name=t("import.store", "vi")).click()
    page.get_by_role("link", name=t("import.stored.see", "vi")).wait_for()
    rows = current_store(home=home).observations(INDICATOR)
    mine = rows[rows["dataset"].str.startswith("thang-10")]
    assert sorted(mine["value"]) == [94.0, 95.0, 96.5]
    assert set(mine["period_end"].astype(str)) == {"2026-10-31"}
    page.close()


TITLE = "Tỷ lệ hộ có tài khoản"
FIELDS = {"title": TITLE, "short": "Hộ có tài khoản", "unit": "%", "definition": "Số hộ có."}


def test_an_indicator_is_defined_and_at_once_in_the_catalog(own, browser):
    url, home = own
    page = browser.new_page(viewport={"width": 1440, "height": 1400})
    page.goto(f"{url}/indicators?lang=vi&token={OWNERS_TOKEN}")
    save = page.get_by_role("button", name=t("indicators.save", "vi"))
    save.click()
    page.get_by_text(t("indicators.wrong.empty", "vi")).first.wait_for()
    for lang in ("vi", "en"):
        for name, text in FIELDS.items():
            label = f"{t(f'indicators.{name}', 'vi')} ({t(f'indicators.in.{lang}', 'vi')})"
            page.get_by_role("textbox", name=label).fill(text)
            page.keyboard.press("Tab")
    page.get_by_role("heading", level=3, name=TITLE).wait_for()
    save.click()
    page.get_by_role("link", name=t("indicators.load", "vi")).wait_for()
    stored = current_store(home=home).catalog.indicator("ty-le-ho-co-tai-khoan")
    assert (stored.title.vi, stored.kind) == (TITLE, "rate")
    page.close()
