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
