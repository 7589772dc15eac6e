"""The day that the atlas is shown as of: read, typed, carried from link to link."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.html import Markup, el, link
from ui.address import (
    AS_OF,
    VIEW,
    Told,
    View,
    asked_as_of,
    carry,
    carry_data,
    carry_href,
    carry_html,
    parse,
    typed_as_of,
    typed_text,
)

DAY = "2026-10-01"
PAGES = ("explore", "tables")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("01/10/2026", DAY),
        (" 1/10/2026 ", DAY),
        ("1.10.2026", DAY),
        (DAY, DAY),
        ("01/10/2026 09:30", f"{DAY}T09:30"),
        ("", ""),
    ],
)
def test_a_day_is_typed_as_people_write_it(typed, read):
    assert typed_as_of(typed, "vi") == read


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("typed", ["32/13/2026", "hôm qua", "01/10/2999", "2026", "1" * 500])
def test_what_is_typed_wrong_is_told_with_what_was_typed(typed, lang):
    with pytest.raises(Told, match="“") as told:
        typed_as_of(typed, lang)
    assert typed[:20] in str(told.value)


@pytest.mark.parametrize("as_of", [DAY, f"{DAY}T09:30", ""])
def test_what_is_written_for_the_reader_is_read_back(as_of):
    assert typed_as_of(typed_text(as_of), "vi") == as_of


def test_a_view_says_its_day_only_where_there_is_one():
    view, refused = parse({AS_OF: DAY}, ())
    assert (view.as_of, refused) == (DAY, [])
    assert f"{AS_OF}={DAY}" in view.href()
    assert view.to(place="01").as_of == DAY
    assert AS_OF not in View().params()
    assert AS_OF in VIEW.names


@given(st.text(max_size=60))
def test_anything_may_stand_in_an_address(text):
    with suppress(Told):
        assert asked_as_of({AS_OF: text}, "vi") == text.strip()


def test_links_to_pages_ask_for_the_day_and_others_stay():
    told = [
        link("explore?lang=vi&place=01", "a"),
        link("tables", "b"),
        link("?lang=vi", "c"),
        link("explore?as_of=2020-01-01", "d"),
        link("explore#there", "e"),
    ]
    others = [
        link("https://example.org/explore?x=1", "f"),
        link("api/v1/updates.atom?lang=vi", "g"),
        link("#atlas-sources", "h"),
        el("p", 'href="explore?a=1"'),
    ]
    html = carry_html(Markup("").join([*told, *others]), DAY, PAGES)
    assert html.count(f"{AS_OF}={DAY}") == 4
    assert "explore?lang=vi&amp;place=01&amp;as_of=2026-10-01" in html
    assert 'href="tables?as_of=2026-10-01"' in html
    assert 'href="explore?as_of=2026-10-01#there"' in html
    for one in others:
        assert str(one) in html


@given(st.text(alphabet='ab?&=;#"<> ', max_size=30))
def test_carrying_never_breaks_out_of_a_link(text):
    html = str(link(f"explore?{text}", "x"))
    carried = carry_html(html, DAY, PAGES)
    assert carried.count('"') == html.count('"')
    assert carried.count("<") == html.count("<")


def test_now_changes_nothing():
    html = str(link("explore?lang=vi", "a"))
    assert carry_html(html, "", PAGES) == html
    assert carry({"lang": "vi"}, "") == {"lang": "vi"}
    assert carry_href("explore", "") == "explore"


def test_what_components_are_handed_asks_for_the_day():
    data = {"items": [{"href": "explore?lang=vi", "t": "explore?"}, {"href": "https://x.org"}]}
    told = carry_data(data, DAY, PAGES)
    assert told["items"][0] == {"href": f"explore?lang=vi&as_of={DAY}", "t": "explore?"}
    assert told["items"][1] == {"href": "https://x.org"}
