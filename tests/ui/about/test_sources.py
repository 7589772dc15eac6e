"""What was taken from a source, counted in words."""

from dataclasses import replace

from metrics.briefs import taken
from ui.about import origin_html


def test_counts_agree_with_their_words_and_nothing_is_counted_as_none(shipped):
    some = next(item for item in taken(shipped) if item.observations)
    one = replace(some, observations=1, indicators=1, places=0)
    assert "Taken: 1 figure, 1 indicator; dates" in origin_html(one, "en")
    many = replace(some, observations=2000, indicators=2, places=1)
    assert "Taken: 2,000 figures, 2 indicators, 1 place; dates" in origin_html(many, "en")


def test_the_number_of_a_document_is_not_broken(shipped):
    named = [item for item in taken(shipped) if "766/QĐ-TTg" in item.origin.title.vi]
    assert named
    for item in named:
        assert '<span class="unbroken">766/QĐ-TTg</span>' in origin_html(item, "vi")
