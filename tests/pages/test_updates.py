"""The page of what is new."""

from html import escape

import pytest

from base.words import t


def test_before_anything_has_changed_it_says_so(open_page):
    shown = open_page("updates")
    assert t("updates.none", shown.lang, limit="400") in shown.html
    assert "api/v1/updates.atom?lang=vi" in shown.html
    assert t("updates.calendar.none", shown.lang) in shown.html


def test_the_address_says_what_is_followed(open_page):
    shown = open_page("updates", indicator="index766-total", below="80", lang="en")
    assert "indicator=index766-total&amp;below=80" in shown.html
    assert t("updates.below", "en", value="80") in shown.html


def test_a_threshold_without_an_indicator_is_refused(open_page):
    shown = open_page("updates", below="80", lang="en")
    assert "below=80" not in shown.html
    assert "atlas-note" in shown.html


@pytest.mark.parametrize(
    ("params", "key"),
    [({"indicator": "index766-total", "above": "nhiều"}, "wrong"), ({"above": "80"}, "alone")],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_threshold_that_cannot_be_followed_says_what_one_may_be(open_page, params, key, lang):
    shown = open_page("updates", lang=lang, **params)
    told = t(f"updates.bound.{key}", lang, name=t("updates.choose.above", lang),
             given=params["above"])  # fmt: skip
    assert escape(told, quote=False) in shown.html
    assert t("refused", lang) not in shown.html


def test_a_threshold_is_typed_as_numbers_are_written(open_page):
    shown = open_page("updates", indicator="index766-total", lang="vi")
    below = next(one for one in shown.app.text_input if one.label == "Chỉ xem số dưới")
    below.set_value("1.075,5").run(timeout=60)
    assert shown.address["below"] == "1075.5"
    below = next(one for one in shown.app.text_input if one.label == "Chỉ xem số dưới")
    assert below.value == "1.075,5"


def test_a_place_is_searched_for_named_and_left(open_page):
    shown = open_page("updates", lang="vi")
    assert shown.component("updates_place")["label"] == t("updates.choose.place", "vi")
    shown = open_page("updates", lang="vi", edition="2025", place="01")
    assert "place=01" in shown.html
    drop = next(one for one in shown.app.button if one.key == "updates_place_drop")
    assert "Hà Nội" in drop.label
    drop.click().run(timeout=60)
    assert {"place", "edition"} & shown.address.keys() == set()
