"""The address of the page of tables: what is written is read back, what is not ours is refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.editions import EDITION_2024, EDITION_2025, areas
from metrics.briefs import DIMENSIONS, SORTS
from metrics.observations import QUALIFIERS, ROLES, STATES
from metrics.store import current_store
from ui.tables import TABLES
from ui.tables.asked import COLUMNS, SHOWS, Asked, first_day, last_day

EDITIONS = {
    e: [a.code for a in areas(e) if a.parent not in (None, "VN")]
    for e in (EDITION_2024, EDITION_2025)
}
PLACES = [("", "")] + [(e, code) for e, codes in EDITIONS.items() for code in codes[:40]]
TYPED = st.characters(codec="utf-8", categories=("L", "Nd", "P", "S")).filter(
    lambda c: unicodedata.is_normalized("NFC", c)
)
DAYS = st.sampled_from(["", "2024", "2024-02", "2024-02-29", "1999-12"])
NUMBERS = st.decimals(-1000000, 1000000, places=3).map(lambda d: f"{d:f}") | st.just("")


@pytest.fixture(scope="module")
def store():
    return current_store()


@st.composite
def askings(draw):
    edition, place = draw(st.sampled_from(PLACES))
    known = list(current_store().catalog.indicators)
    show = draw(st.sampled_from(SHOWS))
    rows = show == "rows"
    choice = lambda values: draw(st.sampled_from(["", *values]))  # noqa: E731
    text = draw(st.text(TYPED, max_size=40)).strip()
    return Asked(
        show=show,
        indicators=tuple(draw(st.lists(st.sampled_from(known), max_size=5, unique=True))),
        map=edition,
        place=place,
        since=draw(DAYS),
        until=draw(DAYS),
        role=choice(ROLES),
        state=choice(STATES),
        qualifier=choice(QUALIFIERS),
        least=draw(NUMBERS),
        most=draw(NUMBERS),
        text=text,
        page=draw(st.integers(1, 999_999)),
        **(
            {
                "sort": draw(st.sampled_from(SORTS)),
                "columns": tuple(draw(st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True))),
            }
            if rows
            else {
                "by": draw(st.sampled_from(DIMENSIONS)),
                "across": draw(st.sampled_from(DIMENSIONS)),
            }
        ),
    )


@given(askings())
def test_what_is_written_is_read_back(asked):
    found, refused = TABLES.read(asked.params(), current_store())
    assert (found, refused) == (asked, [])
    assert asked.narrowed(current_store()).indicators == (asked.indicators or None)


@given(st.dictionaries(st.sampled_from(TABLES.names), st.text(max_size=200)))
def test_anything_in_an_address_is_followed_or_refused(params):
    found, refused = TABLES.read(params, current_store())
    assert TABLES.read(found.params(), current_store())[0] == found
    assert {r.param for r in refused} <= set(params)


@pytest.mark.parametrize(
    "params",
    [
        {"map": "1066"},
        {"place": "01"},
        {"map": EDITION_2025, "place": "VN"},
        {"map": EDITION_2025, "place": "../x"},
        {"page": "0"},
        {"page": "٣"},
        {"least": "1e9"},
        {"since": "2024-13"},
        {"until": "2023-02-29"},
        {"indicators": "dti-rank,<b>"},
        {"columns": ""},
        {"text": "x" * 81},
        {"sort": "value; drop table"},
    ],
)
def test_what_cannot_be_followed_is_left_out(store, params):
    found, refused = TABLES.read(params, store)
    (name, given_) = list(params.items())[-1]
    assert [r.param for r in refused] == ([name] if given_ else [])
    assert getattr(found, name) == getattr(Asked(), name)


def test_text_is_searched_for_as_it_is_stored(store):
    typed = unicodedata.normalize("NFD", "  giữ\u00a0cả   hai ")
    assert TABLES.read({"text": typed}, store)[0].text == "giữ cả hai"
    assert TABLES.read({"text": "a\x00b"}, store)[0].text == ""


def test_a_year_and_a_month_have_a_first_and_a_last_day():
    assert [str(first_day(d)) for d in ("2024", "2024-02", "2024-02-03")] == [
        "2024-01-01",
        "2024-02-01",
        "2024-02-03",
    ]
    assert [str(last_day(d)) for d in ("2023", "2024-02", "2024-02-03")] == [
        "2023-12-31",
        "2024-02-29",
        "2024-02-03",
    ]
    assert first_day("") is last_day("") is None
