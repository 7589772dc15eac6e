"""Lines of a figure end where a reader would end them."""

import pytest

from geo.figure.fonts import text_width
from geo.figure.text import wrap

SIZE = 20.0


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Tỷ lệ số hóa hồ sơ: Việt Nam, năm 2026", "Việt Nam,"),
        ("Share of dossiers digitised: Viet Nam, 2026", "Viet Nam,"),
        ("Lũy kế đến 01/10/2026 – 10/10/2026, cả nước", "01/10/2026 – 10/10/2026,"),
    ],
)
def test_no_line_ends_within_the_country_or_a_range_of_dates(text, kept):
    least = round(text_width(kept, SIZE)) + 1
    for width in range(least, least + 300, 7):
        lines = wrap(text, width, SIZE)
        assert " ".join(lines) == text
        assert any(kept in line for line in lines), lines
        assert all(text_width(line, SIZE) <= width for line in lines)


def test_what_is_wider_than_a_line_is_broken_all_the_same():
    assert wrap("Việt Nam", text_width("Nam", SIZE) + 1, SIZE) == ["Việt", "Nam"]
