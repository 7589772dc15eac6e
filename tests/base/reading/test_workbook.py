"""Workbooks come back as they were written, or are refused by what is wrong with them."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

from base.reading import COMMAND, Most, Unreadable, read_workbook
from base.reading.marks import marks_of
from tests.base.reading.hostile import FAR, workbook, zipped

MADE = [
    ["Tỉnh", "Tỷ lệ", "Ngày", "Giờ"],
    ["Hà Nội", 0.25, date(2025, 7, 1), time(8, 30)],
    [None, -3, datetime(2025, 7, 1, 8, 30), timedelta(hours=30)],
    ["=1+1", True, None, None],
]


def book(rows=MADE, top=1):
    made, file = Workbook(), io.BytesIO()
    for at, row in enumerate(rows, start=top):
        for column, cell in enumerate(row, start=2):
            made.active.cell(at, column, cell)
    made.active.merge_cells("B1:C1")
    for row in (1, 2):
        made.active.cell(top + row, 3).number_format = "0 %"
    made.create_sheet("Trống")
    made.save(file)
    return file.getvalue()


def test_cells_keep_their_kinds_and_places():
    sheet, empty = read_workbook(book(top=3), "x.xlsx", COMMAND)
    assert (sheet.top, sheet.left) == (2, 1)
    assert sheet.rows[0] == MADE[0]
    assert sheet.rows[1] == MADE[1]
    assert sheet.rows[2] == MADE[2]
    assert sheet.rows[3][1] is True
    assert sheet.merged[0] == ((0, 1), (0, 2))
    assert (empty.name, empty.rows) == ("Trống", [])


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (workbook(*FAR), "crashed"),
        (workbook("A1", "A200"), "too_large"),
        (workbook("A1", "Z1"), "too_large"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", "damaged"),
        (zipped(xl="0" * (64 << 20)), "bomb"),
        (zipped(a_txt="no workbook"), "damaged"),
    ],
    ids=["far", "rows", "columns", "archive", "ole", "bomb", "other"],
)
def test_what_is_wrong_with_a_workbook_is_said(data, key):
    with pytest.raises(Unreadable) as refused:
        read_workbook(data, "x.xlsx", Most(rows=100, columns=20))
    assert refused.value.key == key


def test_dates_of_an_ods_that_are_shown_as_months(tmp_path):
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
        for name, path in (
            ("office", "office"),
            ("table", "table"),
            ("style", "style"),
            ("number", "datastyle"),
        )
    )
    cell = '<table:table-cell {} office:value-type="date" office:date-value="2026-09-01"/>'
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>"
        '<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>'
        '<number:date-style style:name="N2"><number:day/><number:month/><number:year/>'
        "</number:date-style>"
        '<style:style style:name="ce1" style:data-style-name="N1"/>'
        '<style:style style:name="ce2" style:data-style-name="N2"/></office:automatic-styles>'
        '<table:table table:name="S"><table:table-column/>'
        '<table:table-column table:default-cell-style-name="ce1"/><table:table-row>'
        + cell.format('table:style-name="ce1"')
        + cell.format("")
        + cell.format('table:style-name="ce2"')
        + "</table:table-row></table:table></office:document-content>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    assert marks_of(path)["S"]["months"] == {"0": [[0, 0]], "1": [[0, 0]]}
