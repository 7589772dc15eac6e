"""A table of any kind of file, its header found by the columns that are named."""

import io

import openpyxl
import pytest

from base.reading import TableError, Unreadable, read_any_table
from tests.base.reading.here import opened_here

ROWS = [["UBND TỈNH X"], ["Biểu 1"], ["STT", "Tên", "Số"], [1, "Hà Nội", 1234.5], [2, "Huế", 7]]


@pytest.fixture(autouse=True)
def in_this_process():
    with opened_here():
        yield


@pytest.fixture
def read(tmp_path):
    def call(rows, *columns, change=None, more=(), **options):
        book = openpyxl.Workbook()
        for name, lines in (("A", rows), *more):
            sheet = book.create_sheet(name)
            for line in lines:
                sheet.append(line)
        book.remove(book.worksheets[0])
        if change:
            change(book.worksheets[0])
        file = io.BytesIO()
        book.save(file)
        path = tmp_path / "in"
        path.write_bytes(file.getvalue())
        return read_any_table(path, columns or ("Tên",), **options)

    return call


def refused(call, *args, **options):
    with pytest.raises(TableError) as found:
        call(*args, **options)
    return found.value.key


def test_the_header_of_a_workbook_is_the_row_with_the_columns(read):
    table = read(ROWS)
    assert table.header == ["STT", "Tên", "Số"]
    assert table.rows == [["1", "Hà Nội", "1234.5"], ["2", "Huế", "7"]]
    assert [table.in_file(row) for row in (2, 3)] == [4, 5]
    assert refused(read, ROWS, "Khác") == "column_missing"


def test_numbers_of_a_workbook_are_written_as_its_texts_are(read):
    rows = [["Tên", "Số"], ["a", 12.5], ["b", "1.234,5"], ["c", 3]]
    assert [row[1] for row in read(rows).rows] == ["12,5", "1.234,5", "3"]
    either = [["Tên", "Số"], ["a", 12.5], ["b", "1.234"], ["c", 3]]
    assert refused(read, either) == "decimal_unsaid"
    assert read(either, decimal="comma").rows[1][1] == "1.234"
    assert read(either, decimal="comma").rows[0][1] == "12,5"


def test_shares_shown_in_percent_are_percentages_and_no_mixture_is(read):
    def shown(*cells):
        def change(sheet):
            for cell in cells:
                sheet[cell].number_format = "0.0%"

        return change

    rows = [["Tên", "Tỷ lệ"], ["a", 0.255], ["b", 0.9]]
    table = read(rows, change=shown("B2", "B3"))
    assert [row[1] for row in table.rows] == ["25.5", "90"]
    assert "percent" in dict(table.notes)
    assert refused(read, rows, change=shown("B2")) == "mixed_percent"


def test_of_several_sheets_one_is_named(read):
    more = [("B", ROWS), ("C", [["Ghi chú"]])]
    assert refused(read, ROWS, more=more) == "sheets"
    assert refused(read, ROWS, more=more, sheet="D") == "no_sheet"
    assert read(ROWS, more=more, sheet="B").rows[0][1] == "Hà Nội"


def test_a_figure_over_several_rows_is_of_none_and_a_name_is_of_all(read):
    rows = [["Tên", "Tỉnh", "Số"], ["a", "X", 5], ["b", None, None], ["c", "Y", 6]]

    def change(sheet):
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("C2:C3")
        sheet.row_dimensions[4].hidden = True

    table = read(rows, change=change)
    assert table.rows == [["a", "X", ""], ["b", "X", ""], ["c", "Y", "6"]]
    assert {"merged", "hidden"} <= set(dict(table.notes))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_a_text_of_any_encoding(tmp_path, encoding):
    text = "Biểu 1;\nTên;Số\nThành phố Hà Nội;1\nTỉnh Cao Bằng;2\n"
    data = text.encode(encoding)
    path = tmp_path / "in"
    path.write_bytes(data)
    table = read_any_table(path, ["Tên"])
    assert table.rows[1] == ["Tỉnh Cao Bằng", "2"]
    assert table.in_file(2) == 3


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 xx", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_table_is_told(tmp_path, data):
    path = tmp_path / "in"
    path.write_bytes(data)
    with pytest.raises(Unreadable):
        read_any_table(path, ["Tên"])
