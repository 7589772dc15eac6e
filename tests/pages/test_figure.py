"""The figure studio: choices in the address, a preview of the view, nothing hostile."""

import pytest

from geo.editions import EDITION_2024
from metrics.messages import t
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
