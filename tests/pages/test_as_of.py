"""The atlas as it was known on a day: what is asked once is asked by every way that leads on."""

import json
import re
from html import unescape

import pytest

from base.words import LANGS, t
from metrics.store import known_words
from tests.pages.shown import APP, FIRST, OTHER_PAGES
from ui.shell import pages

DAY = "2026-11-30"
HREF = re.compile(r'\shref="([^"]*)"')
PLACES = {"pins": "01,79", "edition": "2025", "level": "province"}
ASKED = {"places": PLACES, "profile": {"place": "48"}, "explore": PLACES | {"source": "01"}}


def ways(shown):
    """Yield every address of a page that something shown leads to."""
    yield from map(unescape, HREF.findall(shown.html))
    for element in shown.elements():
        proto = getattr(element, "proto", None)
        if hasattr(proto, "query_string"):
            yield f"{proto.page}?{proto.query_string}"
        if hasattr(proto, "json"):
            yield from re.findall(r'"href": ?"([^"]*)"', proto.json)


def leads_on(way):
    """Tell whether an address is one of a page of the app."""
    return way.startswith("?") or way.partition("?")[0] in pages()


@pytest.mark.parametrize("page", [FIRST, *OTHER_PAGES])
def test_every_way_that_leads_on_asks_for_the_same_day(open_page, page):
    shown = open_page(page, lang="vi", as_of=DAY, **ASKED.get(page, {}))
    assert shown.address["as_of"] == DAY
    back = [way for way in ways(shown) if leads_on(way) and f"as_of={DAY}" not in way]
    assert len(back) == 1, back  # the way back to now
    assert t("as_of.now", "vi") in shown.html
    assert known_words(DAY, "vi") in shown.html


@pytest.mark.parametrize("page", ["explore", "tables", "digitization"])
def test_now_is_said_by_no_page_of_now(open_page, page):
    shown = open_page(page, lang="vi")
    assert "as_of" not in shown.address
    assert "as_of=" not in " ".join(ways(shown))
    assert t("as_of.now", "vi") not in shown.html


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("given", ["2999-01-01", "hôm qua", "2026-13-01", "<script>", "x" * 500])
@pytest.mark.parametrize("page", ["explore", "tables", "methods", "profile", "places"])
def test_a_day_that_cannot_be_followed_is_told_and_now_is_shown(open_page, page, given, lang):
    shown = open_page(page, lang=lang, as_of=given)
    assert "atlas-note" in shown.html
    assert t("as_of.now", lang) not in shown.html
    assert "<script" not in shown.html
    assert "as_of" not in shown.address
    assert APP.exists()
    assert json.dumps(shown.address)
