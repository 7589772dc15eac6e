"""Peers in a profile, and offered where places stand side by side."""

import pytest

from base.words import t
from geo.editions import EDITION_2024, EDITION_2025, area
from metrics.similar import similar
from tests.metrics import made_up
from tests.metrics.made_up import row
from tests.ui.hostile import HOSTILE, assert_harmless
from ui.places import portrait
from ui.scene import place_name

HUE = "46"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_profile_names_the_peers_with_the_method(shipped, lang):
    html = portrait(shipped, EDITION_2025, area(EDITION_2025, HUE), lang, False)
    assert t("similar.title", lang) in html
    for peer in similar(shipped, EDITION_2025, HUE).peers:
        assert place_name(peer.place, lang, full=True) in html
        assert f"pins={HUE}%2C{peer.place.code}" in html
    assert "0,6745" in html or "0.6745" in html


@pytest.mark.parametrize(("edition", "code"), [(EDITION_2024, HUE), (EDITION_2024, "001")])
def test_where_too_little_is_shared_the_profile_says_so(shipped, edition, code):
    html = portrait(shipped, edition, area(edition, code), "vi", False)
    assert t("similar.refused.few", "vi", n=2 if code == HUE else 1, least=5) in html


@pytest.mark.parametrize("code", ["VN", "R1"])
def test_nothing_is_said_of_the_peers_of_the_whole(shipped, code):
    html = portrait(shipped, EDITION_2025, area(EDITION_2025, code), "vi", False)
    assert t("similar.title", "vi") not in html


def test_names_of_indicators_are_no_html(store_of):
    made = [
        made_up.indicator(
            f"set-{at}", short=made_up.text(HOSTILE[:40]), title=made_up.text(HOSTILE)
        )
        for at in range(6)
    ]
    rows = [
        row(f"set-{at}", f"{code}", (7 * code * (at + 3)) % 53, edition=EDITION_2025)
        for at in range(6)
        for code in (11, 12, 14, 15, 19, 20)
    ]
    html = portrait(store_of(rows, made), EDITION_2025, area(EDITION_2025, "11"), "vi", False)
    assert t("similar.near", "vi") in html
    assert_harmless(html)
