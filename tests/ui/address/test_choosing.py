"""What a choice makes of a view, also where it arrives as text."""

from types import SimpleNamespace

import pytest

from ui.address import MOST_PINS, View, chosen, pins_after, read_choices

INDICATORS = {
    "one": SimpleNamespace(classes=None),
    "two": SimpleNamespace(classes=SimpleNamespace(method="natural_breaks", k=4)),
}
HERE = View(indicator="one")


def test_another_indicator_comes_in_the_classes_it_is_declared_with():
    there = chosen(HERE, INDICATORS, indicator="two")
    assert (there.method, there.k) == ("natural_breaks", 4)
    assert chosen(HERE, INDICATORS, indicator="two", k=3).k == 3


def test_choices_as_text_are_those_of_the_page():
    read, refused = read_choices(["indicator:two", "place:01"], HERE, INDICATORS)
    assert refused == []
    assert read == chosen(HERE, INDICATORS, indicator="two", place="01")


def test_an_empty_value_is_the_default():
    read, refused = read_choices(["filters:", "place:"], HERE.to(place="01"), INDICATORS)
    assert (read, refused) == (HERE, [])


@pytest.mark.parametrize("text", ["", "place", ":", "none:1", "place:no", "k:nine", "__class__:x"])
def test_what_cannot_be_followed_changes_nothing(text):
    read, refused = read_choices([text], HERE, INDICATORS)
    assert read == HERE
    assert [refusal.param for refusal in refused] == ["do"]


def test_pins_come_and_go_up_to_the_most():
    codes = ["01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24"]
    view = HERE
    for code in codes:
        view = view.to(pins=pins_after(view, code))
    assert view.pins == tuple(codes[:MOST_PINS])
    assert pins_after(view, "01") == tuple(codes[1:MOST_PINS])
    assert pins_after(view, "99999") == view.pins
