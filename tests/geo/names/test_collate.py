import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from geo.names import vietnamese_key


def ordered(*names):
    return sorted(names, key=vietnamese_key)


def test_letters_with_marks_follow_their_plain_letter():
    assert ordered("Ê", "Ă", "Â", "Đ", "D", "E", "A", "Ơ", "Ô", "O", "Ư", "U") == [
        "A", "Ă", "Â", "D", "Đ", "E", "Ê", "O", "Ô", "Ơ", "U", "Ư",
    ]  # fmt: skip


def test_provinces_come_in_dictionary_order():
    assert ordered("Đồng Nai", "Điện Biên", "Đắk Lắk", "Cần Thơ", "Cao Bằng", "Hà Nội", "Huế") == [
        "Cao Bằng", "Cần Thơ", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Hà Nội", "Huế",
    ]  # fmt: skip


def test_tones_decide_only_between_equal_letters():
    assert ordered("Lạng", "Lang", "Làng", "Lảng", "Lãng", "Láng", "Lanh") == [
        "Lang", "Làng", "Lảng", "Lãng", "Láng", "Lạng", "Lanh",
    ]  # fmt: skip


@given(st.text())
def test_composed_and_decomposed_text_sort_alike(text):
    nfc, nfd = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert vietnamese_key(nfc)[:2] == vietnamese_key(nfd)[:2]
