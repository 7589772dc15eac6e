"""Files that mean harm, or are broken: refused in words or read, never a fault of the app."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pandas as pd
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf import opendocument
from odf.table import Table, TableCell, TableRow
from odf.text import P

from base.reading.legacy import tcvn3_letters
from base.words import LANGS, Refusal
from metrics.importing import preview
from tests.metrics.importing.untidy import book

ROWS = [["Tỉnh", "Số năm 2024"], ["Hà Nội", 5], ["Quảng Bình", 6]]


def xlsx():
    return book({"Bảng": ROWS})


def xls(rows=ROWS):
    made = xlwt.Workbook()
    sheet = made.add_sheet("Bang")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def ods():
    made = opendocument.OpenDocumentSpreadsheet()
    table = Table(name="Bang")
    for row in ROWS:
        line = TableRow()
        for cell in row:
            kind = "string" if isinstance(cell, str) else "float"
            made_cell = TableCell(valuetype=kind, **({} if kind == "string" else {"value": cell}))
            made_cell.addElement(P(text=str(cell)))
            line.addElement(made_cell)
        table.addElement(line)
    made.spreadsheet.addElement(table)
    file = io.BytesIO()
    made.write(file)
    return file.getvalue()


def parquet():
    file = io.BytesIO()
    pd.DataFrame(ROWS[1:], columns=ROWS[0]).to_parquet(file)
    return file.getvalue()


def csv_file():
    return "\n".join(";".join(map(str, row)) for row in ROWS).encode()


FORMATS = {"xlsx": xlsx, "xls": xls, "ods": ods, "parquet": parquet, "csv": csv_file}


def changed(change, part="xl/worksheets/sheet1.xml"):
    """Return a workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


def in_data(more):
    return changed(lambda xml: xml.replace(b"</sheetData>", more + b"</sheetData>"))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_the_same_table(form):
    seen = preview("x", FORMATS[form]())
    block = seen.blocks[0]
    assert seen.book.format == form
    assert block.columns == ("Tỉnh", "Số năm 2024")
    assert [(row[0], float(row[1])) for row in block.rows] == [("Hà Nội", 5), ("Quảng Bình", 6)]


@pytest.mark.parametrize("make", [xls, lambda rows: book({"a": rows})], ids=["xls", "xlsx"])
def test_old_fonts_are_read_in_workbooks(make):
    back = {char: chr(code) for code, char in tcvn3_letters().items()}
    places = ["Quảng Bình", "Thừa Thiên Huế", "Đắk Lắk", "Hải Dương", "Bến Tre"]
    rows = [["Tỉnh", "Số"], *([name, 1] for name in places)]
    typed = [
        ["".join(back.get(c, c) for c in x) if isinstance(x, str) else x for x in r] for r in rows
    ]
    seen = preview("x", make(typed))
    assert seen.book.font == "tcvn3"
    assert [row[0] for row in seen.blocks[0].rows] == places


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (in_data(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "crashed"),
        (in_data(b'<row r="9"><c r="ZZZ9"><v>1</v></c></row>'), "too_large"),
        (
            changed(
                lambda xml: re.sub(
                    rb"<sheet [^>]*/>",
                    lambda m: b"".join(
                        m[0].replace(b"sheetId=\"1\"", b'sheetId="%d"' % i) for i in range(1, 900)
                    ),
                    xml,
                ),
                "xl/workbook.xml",
            ),
            "sheets",
        ),
    ],
    ids=["far-cell", "wide", "sheets"],
)  # fmt: skip
def test_what_asks_for_more_than_a_table_needs_is_refused(data, key):
    with pytest.raises(Refusal) as refused:
        preview("x.xlsx", data)
    assert refused.value.key == key
    assert all(refused.value.say(lang) for lang in LANGS)


BILLION = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declared", [BILLION, OUTSIDE], ids=["billion-laughs", "external"])
def test_entities_are_never_resolved(declared):
    def change(xml):
        head, rest = xml[: xml.find(b"<worksheet")], xml[xml.find(b"<worksheet") :]
        return head + declared + rest.replace(b"<v>5</v>", b"<v>&j;</v>")

    try:
        rows = preview("x.xlsx", changed(change)).blocks[0].rows
    except Refusal:
        return
    assert rows[0] == ["Hà Nội", None]


def test_merged_areas_without_end_are_bounded():
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = changed(lambda xml: xml.replace(b"</sheetData>", merged))
    assert len(preview("x.xlsx", data).blocks[0].rows) == 2


@pytest.mark.parametrize(
    "cell", ['=HYPERLINK("http://x","y")', "<script>alert(1)</script>", "../" * 30]
)
def test_formulas_scripts_and_paths_are_texts(cell):
    seen = preview(f"{cell}.csv", f"Tỉnh;Số\n{cell};1\n".encode())
    assert seen.blocks[0].rows[0][0] == cell
    assert "/" not in seen.book.name


@pytest.mark.parametrize(
    "text",
    ['Tỉnh,x\n"' + "a" * 300_000, "a," * 100_000, "Tỉnh,Số\nHuế," + "9" * 100_000],
    ids=["open-quote", "wide", "long-cell"],
)
def test_cells_and_lines_beyond_all_bounds_are_refused(text):
    with pytest.raises(Refusal):
        preview("x.csv", text.encode())


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_of_any_format_is_read_or_refused(form, seed):
    chance = random.Random(seed)
    data = bytearray(FORMATS[form]())
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    told = ""
    try:
        blocks = preview("x", bytes(data)).blocks
    except Refusal as refused:
        blocks, told = (), refused.say("vi")
    assert blocks or told
