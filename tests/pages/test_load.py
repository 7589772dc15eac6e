"""The page of tables of one's own: what is read, what is asked, what is said."""

from __future__ import annotations

import pytest

from base.words import t

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
