"""Addresses of the app become ways within the folder, or lead to the living atlas, or nowhere."""

from datetime import date

import pytest

from tests.ui.publish.small import LIVE
from ui.publish.links import Ways
from ui.publish.site import MapOf, Site


@pytest.fixture
def ways(folder):
    def build(page="index.html", lang="vi", live=""):
        whole = MapOf("rate", "2025", "province", "VN")
        site = Site(
            maps=(whole, MapOf("rate", "2025", "province", "VN", date(2025, 6, 30))),
            places=(("2025", "01"),),
            themes=("digitization",),
            front=whole,
            base="",
            live=live,
            frozen=date(2026, 1, 2),
        )
        return Ways(site, folder.store, page, lang)

    return build


ASKED = "explore?lang=vi&edition=2025&level=province&indicator=rate"


@pytest.mark.parametrize(
    ("href", "way"),
    [
        (f"{ASKED}&place=VN&at=newest", "maps/rate/2025-province.html"),
        (f"{ASKED}&place=VN&source=04", "maps/rate/2025-province.html#a-04"),
        (f"{ASKED}&place=01", "maps/rate/2025-province.html#a-01"),
        (f"{ASKED}&at=2025-06-30", "maps/rate/2025-province.2025-06-30.html"),
        ("profile?lang=vi&edition=2025&place=01", "places/2025/01.html"),
        # No indicator: the one that the app opens the place with.
        ("explore?lang=vi&edition=2025&place=01", "maps/rate/2025-province.html#a-01"),
        ("explore?lang=vi", "index.html"),
        ("digitization?lang=vi", "themes/digitization.html"),
        ("sources?lang=vi", "sources.html"),
        ("#atlas-sources", "#atlas-sources"),
        # Not published: another number, another map, another page.
        (f"{ASKED}&basis=2024", ""),
        (f"{ASKED}&change=difference", ""),
        (f"{ASKED}&at=2020-01-01", ""),
        ("profile?lang=vi&edition=2024&place=01", ""),
        ("targets?lang=vi", ""),
        ("explore?edition=1066&indicator=rate", ""),
    ],
)
def test_addresses_of_the_app_lead_to_pages(ways, href, way):
    assert ways().href(href) == way
    living = ways(live=LIVE).href(href)
    assert living == (way or f"{LIVE}{href}")


def test_ways_are_relative_to_the_page_and_in_its_language(ways):
    found = ways("en/places/2025/01.html", "en").href("digitization?lang=en")
    assert found == "../../themes/digitization.html"


def test_html_keeps_its_words_where_there_is_no_way(ways):
    html = '<p><a href="targets?lang=vi&amp;x=1" target="_self"><b>Mục tiêu</b> →</a></p>'
    assert ways().within(html) == "<p><span><b>Mục tiêu</b> →</span></p>"
    assert not ways().within('<p class="on"><a href="targets?lang=vi">Mở →</a></p>')
    assert not ways().within('<a href="targets?lang=vi" target="_self" class="see">Xem</a>')
    own = '<a href="sources?lang=vi" target="_self" class="see">x</a>'
    assert ways().within(own) == '<a href="sources.html" class="see">x</a>'
