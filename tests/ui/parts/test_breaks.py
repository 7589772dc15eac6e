import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.parts.reading import NoBreaks, breaks_text, read_breaks

DECIMALS = st.integers(-(10**10), 10**10).map(lambda n: n / 1000)


@given(st.lists(DECIMALS, min_size=1, max_size=6, unique=True), st.sampled_from(["vi", "en"]))
def test_what_is_written_is_what_is_read(values, lang):
    breaks = tuple(sorted(values))
    assert read_breaks(breaks_text(breaks, lang), lang) == breaks


@pytest.mark.parametrize(
    ("typed", "lang", "breaks"),
    [
        ("20; 50,5", "vi", (20, 50.5)),
        ("20 50.5", "vi", (20, 50.5)),
        ("1.234,5", "vi", (1234.5,)),
        ("1.234", "vi", (1234,)),
        ("1,234.5", "en", (1234.5,)),
        ("30;20;20", "vi", (20, 30)),
        ("\N{MINUS SIGN}5; +5", "vi", (-5, 5)),
    ],
)
def test_numbers_are_read_as_the_reader_writes_them(typed, lang, breaks):
    assert read_breaks(typed, lang) == breaks


@pytest.mark.parametrize(
    "typed", ["", " ; ", "abc", "1;2;3;4;5;6;7", "1e3", "inf", "nan", "1,2,3", "--1", "9" * 13, "٣"]
)
def test_what_is_no_break_is_refused(typed):
    with pytest.raises(NoBreaks):
        read_breaks(typed, "vi")


@given(st.text(max_size=300), st.sampled_from(["vi", "en"]))
def test_whatever_is_typed_is_read_or_refused(typed, lang):
    try:
        breaks = read_breaks(typed, lang)
    except NoBreaks:
        return
    assert list(breaks) == sorted(set(breaks))
    assert len(breaks) <= 6
