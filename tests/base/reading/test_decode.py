"""Bytes to text: what was written comes back, or is refused; nothing is guessed silently."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.reading import ENCODINGS, LOST, Unreadable, decode
from base.reading.legacy import tcvn3_letters

PLACES = "Tỉnh;Số\nQuảng Bình;1\nThừa Thiên Huế;2\nĐắk Lắk;3\nHải Dương;4\nBến Tre;5\n"
BACK = {char: chr(code) for code, char in tcvn3_letters().items()}


def in_1258(text):
    """Write as Windows-1258 does: tones stand behind their letters."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    made = ""
    for char in unicodedata.normalize("NFC", text):
        pieces = unicodedata.normalize("NFD", char)
        made += unicodedata.normalize("NFC", "".join(p for p in pieces if p not in tones))
        made += "".join(p for p in pieces if p in tones)
    return made.encode("cp1258")


def in_tcvn3(text):
    return "".join(BACK.get(char, char) for char in text).encode("cp1252")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_unicode_comes_back_as_it_was_written(text):
    assert decode(text.encode(), "x").text == text.removeprefix("\ufeff")
    marked = decode(text.encode("utf-8-sig"), "x")
    assert (marked.text, marked.encoding) == (text.removeprefix("\ufeff"), "utf-8")
    assert decode(text.encode("utf-16"), "x").text == text.removeprefix("\ufeff")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(encoding):
    assert decode(PLACES.encode(encoding), "x").text == PLACES


@pytest.mark.parametrize(
    ("write", "encoding"), [(in_1258, "windows-1258"), (in_tcvn3, "tcvn3")], ids=["1258", "tcvn3"]
)
@pytest.mark.parametrize("lenient", [False, True])
def test_the_encodings_of_before_unicode_are_found_out_and_can_be_named(write, encoding, lenient):
    found = decode(write(PLACES), "x", lenient=lenient)
    assert (found.text, found.encoding) == (PLACES, encoding)
    assert decode(write(PLACES), "x", encoding, lenient=lenient) == found


def test_lines_of_another_encoding_are_marked_where_that_is_wanted():
    mixed = PLACES.encode() + in_tcvn3("Huế;6\n")
    assert [LOST in line for line in decode(mixed, "x", lenient=True).text.splitlines()] == [
        *[False] * 6, True,
    ]  # fmt: skip
    with pytest.raises(Unreadable) as refused:
        decode(mixed + bytes(range(128, 256)) * 9, "x")
    assert refused.value.key == "encoding"
    mostly_old = in_tcvn3(PLACES) + "Huế;6\n".encode()
    last = decode(mostly_old, "x", lenient=True).text.splitlines()[-1]
    assert LOST in last


@pytest.mark.parametrize(
    ("data", "encoding", "key"),
    [
        (b"a\x00b" * 30, "auto", "not_text"),
        (b"\xff\xfe\x00", "auto", "encoding"),
        (b"\x81\x8d" * 900, "auto", "encoding"),
        (b"a", "klingon", "encoding_name"),
        (b"a", "rot13", "encoding_name"),
        ("ệ".encode(), "ascii", "encoding"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_kind(data, encoding, key):
    with pytest.raises(Unreadable) as refused:
        decode(data, "tệp.csv", encoding)
    assert refused.value.key == key


@settings(max_examples=200)
@given(st.binary(max_size=300), st.sampled_from([*ENCODINGS, "latin-1", "utf-32"]), st.booleans())
def test_any_bytes_are_text_or_refused(data, encoding, lenient):
    try:
        found = decode(data, "x", encoding, lenient=lenient)
    except Unreadable as refused:
        told = refused.say("vi")
    else:
        told = found.encoding
        assert lenient or LOST not in found.text or found.encoding not in ENCODINGS[1:3]
    assert told
