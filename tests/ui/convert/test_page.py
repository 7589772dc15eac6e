"""The form that converts a table: what it says, what it hands out."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from base.reading import read_table, write_table
from geo.convert import output
from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from ui.convert import converted
from ui.convert.file import Upload, guessed_way, is_of_today, read_bytes, sample
from ui.convert.form import FIRST, Choices, readable, way_name, ways

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
    result = converted(Upload("t.csv", table, None), chosen(), "vi")
    assert result.frame[["code", "Dân số"]].to_numpy().tolist() == [["48", "2819,9"]]
    assert [row.row for row in result.left_out] == [4]


def test_columns_and_methods_are_in_the_language_of_the_reader(table):
    shown = readable(converted(Upload("t.csv", table, None), chosen(), "vi").frame, "vi")
    assert list(shown.columns)[:2] == ["Mã", "Địa phương"]
    assert shown["Cách tính"].tolist() == ["Dân số: cộng"]
    assert shown["Chính xác"].tolist() == ["có"]


def test_what_is_handed_out_cannot_run_in_a_spreadsheet(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("tỉnh,n,nhóm\nĐà Nẵng,1,=1+1\n", encoding="utf-8")
    table = read_table(path)
    result = converted(
        Upload("t.csv", table, None),
        chosen(place="tỉnh", sums=["n"], by=["nhóm"], comma=False),
        "vi",
    )
    out = tmp_path / "out.csv"
    write_table(out, output(table, result))
    assert "'=1+1" in Path(out).read_text(encoding="utf-8")


def test_nothing_is_converted_without_a_rule(table):
    assert converted(Upload("t.csv", table, None), chosen(sums=[]), "vi") is None


def test_the_way_asked_for_most_comes_first_and_all_end_on_the_map_of_today():
    assert ways()[0] == (EDITION_2024, Level.PROVINCE, EDITION_2025, Level.PROVINCE)
    assert {way[2] for way in ways()} == {EDITION_2025}
    assert len({way_name(way, "vi") for way in ways()}) == len(ways())


def test_a_file_that_is_no_table_is_refused_in_words(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04rest")
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the sentence is checked below
        read_table(path)
    assert str(path) in caught.value.say("vi")


def workbook(rows):
    out = BytesIO()
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


UNTIDY = [
    ["UBND TỈNH …"],
    ["Biểu 02: hồ sơ tiếp nhận, trả đúng hạn"],
    [None],
    ["STT", "Địa phương", "Tiếp nhận", "Đúng hạn"],
    [1, "Đà Nẵng", 120, 90],
    [2, "Quảng Nam", 80.5, "-"],
    [3, "Không đâu cả", 7, 7],
]


def test_a_workbook_under_titles_is_read_and_its_columns_are_told(shipped):
    upload = read_bytes("bieu 02.xlsx", workbook(UNTIDY), shipped)
    assert upload.guess.place == "Địa phương"
    assert upload.table.column("Tiếp nhận") == ["120", "80,5", "7"]
    assert upload.table.column("Đúng hạn") == ["90", "", "7"]
    assert ways()[guessed_way(upload.guess, ways())] == FIRST


def test_rows_left_out_are_named_by_their_number_in_the_workbook(shipped):
    upload = read_bytes("bieu 02.xlsx", workbook(UNTIDY), shipped)
    asked = chosen(place="Địa phương", sums=["Tiếp nhận"])
    assert [row.row for row in converted(upload, asked, "vi").left_out] == [7]


def test_a_rate_comes_out_as_the_sum_over_the_sum(shipped):
    rows = [["Tỉnh", "Đạt", "Tổng"], ["Đà Nẵng", 1, 10], ["Quảng Nam", 8, 10]]
    upload = read_bytes("t.xlsx", workbook(rows), shipped)
    asked = chosen(place="Tỉnh", sums=[], ratios=("Đạt / Tổng (%)=Đạt/Tổng*100",))
    assert converted(upload, asked, "vi").frame["Đạt / Tổng (%)"].tolist() == ["45"]


def test_a_table_of_today_is_recognised(shipped):
    names = [[place.name_vi, 1] for place in areas(EDITION_2025, Level.PROVINCE)]
    upload = read_bytes("t.xlsx", workbook([["Tỉnh", "n"], *names]), shipped)
    assert is_of_today(upload.guess)


def test_the_sample_is_the_census_on_63_provinces_and_none_is_lost(shipped):
    upload = read_bytes("sample.csv", sample(shipped, "vi"), shipped)
    place, people, _ = upload.table.names()
    result = converted(upload, chosen(place=place, sums=[people]), "vi")
    assert len(upload.table.rows) == len(areas(EDITION_2024, Level.PROVINCE))
    assert result.frame[people].map(int).sum() == sum(map(int, upload.table.column(people)))
    assert len(result.frame) == len(areas(EDITION_2025, Level.PROVINCE))
