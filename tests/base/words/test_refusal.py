import pickle

import pytest

from base.words import Refusal, t


class Wrong(Refusal):
    prefix = "convert.refused."


class NotThere(Refusal, LookupError):
    prefix = "crosswalk."


def test_a_refusal_is_said_in_either_language_and_is_english_where_it_is_raised():
    refused = Wrong("too_many_rows", rows=1234567, limit=1000000)
    assert refused.say("vi") == "Bảng có 1.234.567 dòng; giới hạn là 1.000.000. Hãy chia nhỏ tệp."
    assert str(refused) == refused.say("en") != refused.say("vi")
    assert "1,234,567" in str(refused)


def test_numbers_that_name_a_row_are_written_without_marks():
    said = Wrong("negative_weight", row=12345, column="w", value=-1.5).say("vi")
    assert "Dòng 12345" in said
    assert "−1,5" in said


def test_a_refusal_within_another_is_said_in_the_same_language():
    values = {"from_edition": "a", "level_from": "b", "to_edition": "c", "level_to": "d"}
    inner = NotThere("none", **values, known="–")
    outer = Wrong("rule", option="--sum", value="x", allowed=inner, columns="")
    assert inner.say("vi") in outer.say("vi")
    assert t("crosswalk.none", "en", **values, known="–") in str(outer)


@pytest.mark.parametrize("kind", [Wrong, NotThere])
def test_a_refusal_comes_whole_out_of_another_process(kind):
    refused = kind("none", level_from="x", column="c")
    again = pickle.loads(pickle.dumps(refused))
    assert (type(again), again.key, again.values) == (kind, refused.key, refused.values)
