"""A rank says who shares it."""

import pytest

from ui.scene import placed_text


@pytest.mark.parametrize(
    ("lang", "tied", "where", "said"),
    [
        ("vi", 0, "", "hạng 1/34"),
        ("vi", 15, "", "hạng 1/34, cùng hạng với 15 địa phương khác"),
        ("en", 1, "", "rank 1 of 34, tied with 1 other"),
        ("en", 2, "Gia Lai", "rank 1 of 34 in Gia Lai, tied with 2 others"),
    ],
)
def test_a_shared_rank_is_told_as_shared(lang, tied, where, said):
    assert placed_text(1, 34, tied, lang, where) == said
