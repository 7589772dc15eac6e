"""The panel of figures: choices in the address, a preview of the view, nothing hostile."""

import pytest

from base.words import t
from geo.editions import EDITION_2024
from tests.pages.shown import texts_of
from ui.shell.moved import address_now

CHOSEN = {"kind": "bars", "size": "wide", "paper": "dark", "dpi": "300"}


def test_choices_are_in_the_address_defaults_included(open_page):
    shown = open_page(part="figure", lang="vi")
    assert {"kind": "map", "size": "square", "paper": "light", "dpi": "200"}.items() <= (
        shown.address.items()
    )
    assert "title" not in shown.address
    again = open_page(**(shown.address | CHOSEN | {"title": "Tên riêng", "note": "Lưu ý"}))
    assert (CHOSEN | {"title": "Tên riêng", "note": "Lưu ý"}).items() <= again.address.items()
    assert t("refused", "vi") not in again.html


def test_a_choice_goes_into_the_address_and_keeps_the_view(open_page):
    shown = open_page(part="figure", lang="en", edition=EDITION_2024, indicator="census-urban-rate")
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
    shown = open_page(part="figure", lang="en", **{name: given})
    assert t("refused", "en") in shown.html
    assert shown.address.get(name) != given
    assert any(name in text for text in texts_of(shown.html, "en"))


def test_a_view_without_figures_says_so(open_page):
    shown = open_page(part="figure", lang="en", place="44", level="commune")
    assert "atlas-note" in shown.html
    assert not shown.app.code


@pytest.mark.parametrize(
    ("page", "kind", "more"),
    [
        ("compare", "pair", {"y": "dti-rank"}),
        ("clusters", "clusters", {"alpha": "0.01", "seed": "7"}),
        ("compare", "multiples", {"way": "multiples", "indicator": "population-average"}),
        (
            "explore",
            "series",
            {"indicator": "population-average", "pins": "01,79", "kind": "series"},
        ),
    ],
)
def test_each_page_draws_what_it_shows(open_page, page, kind, more):
    asked = {"lang": "vi", "edition": EDITION_2024, "indicator": "census-urban-rate"} | more
    shown = open_page(page, part="figure", **asked)
    assert (asked | {"kind": kind}).items() <= shown.address.items()
    assert shown.app.code
    assert t("refused", "vi") not in shown.html


def test_a_profile_is_drawn_as_a_page(open_page):
    shown = open_page("profile", part="figure", edition=EDITION_2024, place="01", lang="en")
    assert shown.address["kind"] == "profile"
    assert shown.app.code
    assert t("refused", "en") not in shown.html


@pytest.mark.parametrize(
    ("page", "asked", "to"),
    [
        ("overview", {}, "explore?lang=vi"),
        ("figure", {"place": "44"}, "explore?lang=vi&place=44&part=figure"),
        ("figure", {"kind": "pair"}, "compare?lang=vi&kind=pair&way=pair&part=figure"),
        ("figure", {"kind": "profile"}, "profile?lang=vi&kind=profile&part=figure"),
        ("download", {"format": "xlsx"}, "explore?lang=vi&format=xlsx&part=data"),
        ("download", {"part": "kit"}, "explore?lang=vi&part=kit"),
    ],
)
def test_addresses_of_before_lead_to_what_has_become_of_them(page, asked, to):
    assert address_now(page, {"lang": "vi", **asked}) == to
