"""The figure studio: choices in the address, a preview of the view, nothing hostile."""

import pytest

from base.words import t
from geo.editions import EDITION_2024
from tests.pages.shown import texts_of

CHOSEN = {"kind": "bars", "size": "wide", "paper": "dark", "dpi": "300"}


def test_choices_are_in_the_address_defaults_included(open_page):
    shown = open_page("figure", lang="vi")
    assert {"kind": "map", "size": "square", "paper": "light", "dpi": "200"}.items() <= (
        shown.address.items()
    )
    assert "title" not in shown.address
    again = open_page(
        "figure", **(shown.address | CHOSEN | {"title": "Tên riêng", "note": "Lưu ý"})
    )
    assert (CHOSEN | {"title": "Tên riêng", "note": "Lưu ý"}).items() <= again.address.items()
    assert t("refused", "vi") not in again.html


def test_a_choice_goes_into_the_address_and_keeps_the_view(open_page):
    shown = open_page("figure", lang="en", edition=EDITION_2024, indicator="census-urban-rate")
    shown.app.text_input(key="figure_title").set_value("A title $of$ mine").run()
    shown.app.selectbox(key="figure_size").set_value("a4").run()
    assert shown.address["title"] == "A title $of$ mine"
    assert shown.address["size"] == "a4"
    assert shown.address["indicator"] == "census-urban-rate"
    assert "A title $of$ mine" in shown.app.code[0].value


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("size", "poster"),
        ("dpi", "100000"),
        ("paper", "sepia"),
        ("kind", "pie"),
        ("note", "x" * 5000),
    ],
)
def test_choices_that_do_not_exist_are_refused(open_page, name, given):
    shown = open_page("figure", lang="en", **{name: given})
    assert t("refused", "en") in shown.html
    assert shown.address.get(name) != given
    assert any(name in text for text in texts_of(shown.html, "en"))


def test_a_view_without_figures_says_so(open_page):
    shown = open_page("figure", lang="en", place="44")
    assert "atlas-note" in shown.html
    assert not shown.app.code


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("pair", {"y": "dti-score"}),
        ("clusters", {"alpha": "0.01", "seed": "7"}),
        ("multiples", {"indicator": "population-average"}),
        ("series", {"indicator": "population-average", "pins": "01,79"}),
        ("profile", {"place": "01"}),
    ],
)
def test_other_pages_bring_their_choices_along(open_page, kind, more):
    asked = {"lang": "vi", "edition": EDITION_2024, "indicator": "census-urban-rate"} | more
    shown = open_page("figure", kind=kind, **asked)
    assert (asked | {"kind": kind}).items() <= shown.address.items()
    assert shown.app.code
    assert t("refused", "vi") not in shown.html
    assert t(f"figure.back.{kind}", "vi") in shown.html


def test_choices_of_another_kind_leave_the_address(open_page):
    shown = open_page("figure", lang="vi", kind="map", y="dti-score", alpha="0.01")
    assert not {"y", "alpha"} & set(shown.address)
    wrong = open_page("figure", lang="en", kind="pair", y="no-such-thing")
    assert t("refused", "en") in wrong.html
