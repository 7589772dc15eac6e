"""The form that converts a table: what it says, what it hands out."""

from pathlib import Path

import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level
from geo.tables import output, read_table, refusal, write_table
from ui.converting import FIRST, Choices, converted, readable, ways

TABLE = "Tỉnh;Dân số\nĐà Nẵng;1276,0\nQuảng Nam;1543,9\n=HYPERLINK(1);5\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return read_table(path)


def chosen(**changes):
    known = {
        "way": FIRST,
        "place": "Tỉnh",
        "by_code": False,
        "parent": None,
        "sums": ["Dân số"],
        "means": [],
        "statuses": [],
        "by": [],
        "comma": True,
    }
    return Choices(**(known | changes))


def test_the_old_provinces_come_out_as_the_new_one(table):
    result = converted(table, chosen(), "vi")
    assert result.frame[["code", "Dân số"]].to_numpy().tolist() == [["48", "2819,9"]]
    assert [row.row for row in result.left_out] == [4]


def test_columns_and_methods_are_in_the_language_of_the_reader(table):
    shown = readable(converted(table, chosen(), "vi").frame, "vi")
    assert list(shown.columns)[:2] == ["Mã", "Địa phương"]
    assert shown["Cách tính"].tolist() == ["Dân số: cộng"]
    assert shown["Chính xác"].tolist() == ["có"]


def test_what_is_handed_out_cannot_run_in_a_spreadsheet(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("tỉnh,n,nhóm\nĐà Nẵng,1,=1+1\n", encoding="utf-8")
    table = read_table(path)
    result = converted(table, chosen(place="tỉnh", sums=["n"], by=["nhóm"], comma=False), "vi")
    out = tmp_path / "out.csv"
    write_table(out, output(table, result))
    assert "'=1+1" in Path(out).read_text(encoding="utf-8")


def test_nothing_is_converted_without_a_rule(table):
    assert converted(table, chosen(sums=[]), "vi") is None


def test_the_way_asked_for_most_comes_first_and_all_end_on_the_map_of_today():
    assert ways()[0] == (EDITION_2024, Level.PROVINCE, EDITION_2025, Level.PROVINCE)
    assert {way[2] for way in ways()} == {EDITION_2025}


def test_a_file_that_is_no_table_is_refused_in_words(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04rest")
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the sentence is checked below
        read_table(path)
    assert str(path) in refusal(caught.value, "vi")
