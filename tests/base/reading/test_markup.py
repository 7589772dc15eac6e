"""Web pages and XML under the name of a workbook, and files that are no table at all."""

from __future__ import annotations

import pytest

from base.reading import COMMAND, Unreadable, is_markup, other_kind, read_markup
from tests.base.reading.here import opened_here

SPREADSHEET = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="p">'
    '<NumberFormat ss:Format="0.0%"/></Style></Styles><Worksheet ss:Name="S"><Table>{}'
    "</Table></Worksheet></Workbook>"
)


@pytest.fixture(autouse=True)
def here():
    with opened_here():
        yield


def rows(text):
    (sheet,) = read_markup(text.encode(), "a.xls", COMMAND)
    return sheet, sheet.rows


def test_a_page_is_rows_of_its_tables_and_of_what_stands_between():
    _, found = rows(
        "<html><head><title>x</title><style>td{}</style></head><body><h2>Quý I/2026</h2>"
        "<table><tr><th rowspan=2>Tỉnh<th colspan=2>Số</tr><tr><td>A<td>B</tr>"
        "<tr><td>Huế<td>&nbsp;1.000<br>*<td><b>2</b></table></body></html>"
    )
    assert found == [
        ["Quý I/2026", None, None],
        ["Tỉnh", "Số", None],
        [None, "A", "B"],
        ["Huế", "1.000 *", "2"],
    ]


def test_cells_of_xml_are_where_their_index_says_and_percentages_are_told():
    sheet, found = rows(
        SPREADSHEET.format(
            '<Row><Cell ss:Index="2"><Data ss:Type="String">Huế</Data></Cell>'
            '<Cell ss:StyleID="p"><Data ss:Type="Number">0.5</Data></Cell></Row>'
        )
    )
    assert found == [[None, "Huế", 0.5]]
    assert sheet.marks["percents"] == {"2": [[0, 0]]}


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><form>Đăng nhập</form></body></html>",
        '<?xml version="1.0"?><rss><item>1</item></rss>',
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "urn:schemas-microsoft-com:office:spreadsheet'
        '">]><a>&b;</a>',
        "<table><tr><td colspan=99999999 rowspan=99999999>1</td></tr>" + "<tr><td>" * 5,
    ],
)
def test_what_is_no_table_or_asks_for_too_much_is_refused_or_bounded(text):
    assert is_markup(text)
    try:
        said, width = "", max(map(len, rows(text)[1]))
    except Unreadable as refused:
        said, width = refused.say("vi") + refused.say("en"), 0
    assert said or width <= COMMAND.columns


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04 [Content_Types].xml xl/workbook.bin", "xlsb"),
        (b"PK\x03\x04 word/document.xml", "document"),
        (b"PK\x03\x04 a.csv PK\x05\x06", "packed"),
        (b"PK\x03\x04 xl/workbook.xml PK\x05\x06", None),
        (b"%PDF-1.7", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("Tỉnh;Số".encode(), None),
    ],
)
def test_other_files_are_called_what_they_are(data, kind):
    assert other_kind(data) == kind
