"""The page of places side by side: it opens on something."""

from tests.pages.shown import Shown


def test_fewer_than_two_places_stand_beside_an_example(open_page):
    shown = open_page("places")
    assert "pins" not in shown.address or not shown.address["pins"]
    assert "atlas-side" in shown.html
    assert "Hà Nội" in shown.html
    one = Shown.of("places", {"pins": "44"})
    assert one.address["pins"] == "44"
    assert "Quảng Trị" in one.html


def test_one_act_adds_a_place_like_the_one_pinned_last(open_page):
    shown = open_page("places", edition="2025", pins="48,46")
    offered = [one for one in shown.app.button if (one.key or "").startswith("peer ")]
    assert offered[0].key != "peer 46"
    code = offered[0].key.removeprefix("peer ")
    offered[0].click().run()
    assert shown.app.query_params["pins"] in (f"48,46,{code}", [f"48,46,{code}"])
    assert not any(one.key == f"peer {code}" for one in shown.app.button)
