"""An address that nobody should have written still shows a map, and says what was wrong."""

import pytest
from markupsafe import escape

from base.words import t
from geo.editions import EDITION_2024, EDITION_2025
from tests.pages.shown import OTHER_PAGES, texts_of

HOSTILE = "<img src=x onerror=alert(1)>\"'&{{7*7}}</script>"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("param", "given"),
    [
        ("edition", "1999"),
        ("edition", "2019"),
        ("place", "zz"),
        ("place", HOSTILE),
        ("place", "R1"),
        ("level", "village"),
        ("indicator", "no-such-thing"),
        ("indicator", HOSTILE),
        ("at", "yesterday"),
        ("at", "1900-01-01"),
        ("method", "__class__"),
        ("k", "99"),
        ("sort", "x" * 5000),
        ("source", "../../etc/passwd"),
        ("mode", "simulated"),
        (HOSTILE, HOSTILE),
    ],
)
def test_what_cannot_be_followed_is_said_and_the_nearest_view_is_shown(
    open_page, lang, param, given
):
    shown = open_page(**{"lang": lang, param: given})
    assert t("refused", lang) in shown.html
    assert len(shown.rows) in (34, 63)
    assert "<img src=x" not in shown.html
    assert "<script" not in shown.html
    assert shown.address.get(param) != given
    assert set(shown.address) >= {"lang", "edition", "place", "level", "indicator"}


def test_what_was_given_is_repeated_as_text_and_not_at_length(open_page):
    shown = open_page(place=HOSTILE, sort="y" * 5000)
    assert escape(HOSTILE)[:40] in shown.html
    assert "y" * 100 not in shown.html
    assert any(HOSTILE in text for text in texts_of(shown.html, "vi"))


def test_many_wrong_parameters_are_not_all_listed(open_page):
    shown = open_page(**{f"p{n}": "x" for n in range(50)})
    assert "p0" in shown.html
    assert "p49" not in shown.html


def test_an_unknown_language_is_told_in_vietnamese(open_page):
    shown = open_page(lang="xx")
    assert shown.lang == "vi"
    assert t("refused", "vi") in shown.html


def test_a_code_of_another_edition_is_not_taken_for_another_place(open_page):
    shown = open_page(edition=EDITION_2025, place="450")
    assert shown.address["place"] == "VN"
    assert t("refused", "vi") in shown.html
    known = open_page(edition=EDITION_2024, place="450")
    assert known.address["place"] == "450"
    assert t("refused", "vi") not in known.html


@pytest.mark.parametrize("page", OTHER_PAGES)
def test_the_other_pages_refuse_politely_too(open_page, page):
    shown = open_page(page, lang="en", colour=HOSTILE)
    assert t("refused", "en") in shown.html
    assert HOSTILE[:10] not in shown.html
    assert "colour" not in shown.address


@pytest.mark.parametrize("unit", [HOSTILE, "2024:zz", "1999:01", "2024:VN", ":", "2025:R1"])
def test_a_place_that_never_was_is_refused(open_page, unit):
    shown = open_page("where", lang="en", unit=unit)
    assert t("refused", "en") in shown.html
    assert "<img src=x" not in shown.html
