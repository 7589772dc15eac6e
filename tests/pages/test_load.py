"""The page of tables of one's own: what is read, what is asked, what is said."""

from __future__ import annotations

import pytest

from base.words import t
from geo.editions import Level, areas

TABLE = "Tỉnh;Số hồ sơ tháng 1/2026;Số hồ sơ tháng 2/2026\nHà Nội;1;2\nCao Bằg;3;4\nXứ Lạ;5;6\n"


@pytest.fixture
def pasted(open_page):
    """Return a function from a pasted table to the page about it."""

    def build(text):
        app = open_page("load", lang="vi").app
        app.text_area[0].set_value(text).run()
        assert not app.exception
        return app

    return build


@pytest.fixture
def loaded(pasted):
    return pasted(TABLE)


def labels(shown):
    return [box.label for box in shown.selectbox]


def test_columns_of_one_indicator_are_asked_about_once(loaded):
    n = t("import.indicator.many", "vi", n=2, column="Số hồ sơ tháng 1/2026",
          last="Số hồ sơ tháng 2/2026")  # fmt: skip
    assert labels(loaded).count(n) == 1
    for key in ("place", "parent", "indicator_column", "note_column", "numerator", "role"):
        assert t(f"import.{key}", "vi") in labels(loaded)


def test_suggestions_are_accepted_all_at_once_and_taken_back(loaded):
    button = next(b for b in loaded.button if b.label == t("import.accept.all", "vi", n=1))
    button.click().run()
    told = " ".join(str(h.proto.body) for h in loaded.get("html"))
    assert "2 trên 3" in told
    undo = next(b for b in loaded.button if b.label == t("import.accept.undo", "vi"))
    undo.click().run()
    assert not [b for b in loaded.button if b.label == t("import.accept.undo", "vi")]


def test_a_long_table_asks_what_its_words_mean(pasted):
    shown = pasted("Tỉnh;Chỉ tiêu;Giá trị\nHà Nội;Hồ sơ;1\nHuế;Lạ;2\n")
    for word in ("Hồ sơ", "Lạ"):
        assert t("import.indicator", "vi", column=word) in labels(shown)


def said(shown):
    return " ".join(str(h.proto.body) for h in shown.get("html"))


def test_a_period_that_the_table_does_not_say_is_asked_and_typed_as_people_write_it(pasted):
    title = "Đối tượng bảo trợ xã hội đã được chi trả không dùng tiền mặt"
    shown = pasted(f"Tỉnh;{title}\nHà Nội;1000\nHuế;2000\n")
    label = t("import.question.no_period", "vi")
    box = next(b for b in shown.text_input if b.label == label)
    box.set_value("10/10/2026").run()
    assert not shown.exception
    assert label not in [b.label for b in shown.text_input]
    assert t("import.store", "vi") in [b.label for b in shown.button]
    next(b for b in shown.button if b.label == t("import.question.undo", "vi")).click().run()
    assert label in [b.label for b in shown.text_input]


def test_which_map_is_asked_in_words_and_the_answer_is_worked_in(pasted):
    title = "Đối tượng bảo trợ xã hội đã được chi trả không dùng tiền mặt"
    rows = "\n".join(f"{name};{at}" for at, name in enumerate(("Cao Bằng", "Huế", "Sơn La"), 1000))
    shown = pasted(f"Năm 2025;\nHuyện;{title}\n{rows}\n")
    label = t("import.question.level_heading", "vi", column="Huyện", row=0, value="")
    asked = next(box for box in shown.radio if box.label == label)
    at = next(i for i, name in enumerate(asked.options) if name.startswith("34 "))
    asked.set_value(at).run()
    assert not shown.exception
    assert not [r for r in shown.radio if "“Huyện”" in r.label]
    assert t("import.store", "vi") in [b.label for b in shown.button]


def test_a_province_is_found_without_diacritics(pasted):
    shown = pasted("Thành phố Hà Nội;\nPhường;Số hồ sơ\nPhường Ba Đình;3\nPhường Hoàn Kiếm;4\n")
    boxes = [b for b in shown.selectbox if b.label == t("import.within", "vi")]
    assert any("da nang" in option for box in boxes for option in box.options)


MINISTRY = """KẾT QUẢ SỐ HÓA HỒ SƠ THÁNG 9/2026;;;
Tỉnh;Tổng số hồ sơ;Trong đó trực tuyến;Tỷ lệ số hóa (%)
Hà Nội;100;50;91,5
Huế;200;80;92,5
"""


def press(shown, label):
    next(b for b in shown.button if b.label == label).click().run()
    assert not shown.exception


def test_a_suggested_indicator_is_taken_by_one_click_and_the_other_columns_left_by_another(pasted):
    shown = pasted(MINISTRY)
    assert "Chưa lưu được: 3 cột chưa có chỉ tiêu" in said(shown)
    assert "dvcqg-" not in said(shown)
    press(shown, "Tỷ lệ số hóa hồ sơ thủ tục hành chính")
    press(shown, t("import.columns.leave_out", "vi", n=2))
    assert t("import.store", "vi") in [b.label for b in shown.button]
    assert "2 số liệu sẽ được lưu" in said(shown)
    assert "“Tổng số hồ sơ” (2)" in said(shown)


def test_a_yearbook_of_years_before_its_map_is_asked_about_once_and_then_ready(pasted):
    provinces = areas("2025", Level.PROVINCE)
    rows = [f"{one.short_vi};{at};{at + 1};{at + 2}" for at, one in enumerate(provinces, 1000)]
    title = "Dân số trung bình phân theo tỉnh, thành phố;;;\n;;;Nghìn người"
    shown = pasted("\n".join([title, ";2022;2023;2024", *rows]))
    label = t("import.question.edition_period", "vi", column="", row=0, value="2022")
    (asked,) = [box for box in shown.radio if box.label == label]
    assert [name.split()[0] for name in asked.options] == ["34", "63"]
    asked.set_value(0).run()
    assert not shown.exception
    assert "102 số liệu sẽ được lưu" in said(shown)
    assert label not in [box.label for box in shown.radio]
    assert t("import.store", "vi") in [b.label for b in shown.button]


def test_what_was_read_is_said_in_one_line(pasted):
    shown = pasted(MINISTRY)
    told = said(shown)
    assert "địa phương ở cột “Tỉnh” · tháng 9/2026" in told


def test_a_period_that_no_template_can_be_read_with_is_told(open_page):
    shown = open_page("load", lang="vi").app
    box = next(b for b in shown.text_input if b.key == "template period")
    box.set_value("tháng mười ba").run()
    assert t("import.period.bad", "vi", value="tháng mười ba") in said(shown)
