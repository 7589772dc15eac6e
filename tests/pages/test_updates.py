"""The page of what is new."""

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
