"""Records of delimited text: as the csv module has them, in bounded memory."""

import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.reading import COMMAND, Most, Unreadable, delimiter_of, records

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6), st.sampled_from(",;\t|"))
def test_what_was_written_is_read(rows, delimiter):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    text = file.getvalue()
    read = [cells for _, cells in records(text, delimiter, "x", COMMAND, strict=True)]
    assert read == rows


@given(st.text('ab,"\r\n', max_size=60))
def test_any_text_is_read_as_the_csv_module_reads_a_file(text):
    plain = list(csv.reader(io.StringIO(text, newline=""), delimiter=","))
    assert [cells for _, cells in records(text, ",", "x", COMMAND)] == plain


def test_records_know_the_line_that_they_begin_on():
    text = 'a,b\r\n"two\nlines",1\n\nc,d'
    assert [line for line, _ in records(text, ",", "x", COMMAND)] == [1, 2, 4, 5]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1,2\n" * 101, "over"),
        ("1," * 11, "over"),
        ("\n" * 101, "over"),
        ('"' + "a" * 40_000 + '"', "csv"),
        ('"' + ('",\n"' * 3_000_000), "over"),
        ('"a"b', "csv"),
    ],
    ids=["rows", "columns", "blank", "cell", "record", "quote"],
)
def test_what_exceeds_a_limit_is_refused_while_it_is_read(text, key):
    with pytest.raises(Unreadable) as refused:
        list(records(text, ",", "x.csv", Most(rows=100, columns=10), strict=True))
    assert refused.value.key == key
    assert "x.csv" in refused.value.say("vi")


def test_equal_cells_are_one_object():
    tracemalloc.start()
    rows = [cells for _, cells in records("Thừa Thiên Huế,1\n" * 20_000, ",", "x", COMMAND)]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len({id(row[0]) for row in rows}) == 1
    assert held < 20_000 * 150


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a;b\n1,5;2\n", ";"), ("a\tb\n1,5\t2\n", "\t"), ("a,b\n1,2\n", ","), ("một cột\n1\n", ",")],
)
def test_the_delimiter_is_the_one_that_gives_most_lines_as_many_cells(text, delimiter):
    assert delimiter_of(text) == delimiter
