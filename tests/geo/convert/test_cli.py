"""`python -m geo convert`: what it writes, says and returns."""

import csv

import pytest

from geo.__main__ import main
from geo.editions import EDITION_2024, EDITION_2025, Level


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function from a file's text and options to status, file and messages."""

    def call(text, *options, encoding="utf-8"):
        source, out = tmp_path / "in.csv", tmp_path / "out.csv"
        source.write_bytes(text.encode(encoding))
        editions = ("--from", EDITION_2024, "--to", EDITION_2025, "--level", str(Level.PROVINCE))
        status = main(["convert", str(source), *editions, "--out", str(out), *options])
        written = out.read_bytes().decode("utf-8") if out.exists() else None
        return status, written, capsys.readouterr().err

    return call


def cells(text, delimiter=","):
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=delimiter))


def test_a_table_comes_out_by_new_units(run):
    status, out, said = run(
        "tỉnh,hồ sơ\nĐà Nẵng,10\nQuảng Nam,32\n", "--name", "tỉnh", "--sum", "hồ sơ"
    )
    assert status == 0
    header, row = cells(out)
    got = dict(zip(header, row, strict=True))
    assert (got["code"], got["hồ sơ"], got["coverage"]) == ("48", "42", "1")
    assert got["method"] == "hồ sơ: sum"
    assert "có 42, ra 42, còn lại 0" in said


def test_rows_left_out_are_listed_and_change_the_status(run):
    text = "tỉnh,n\nĐà Nẵng,10\nAtlantis,1\n"
    status, out, said = run(text, "--name", "tỉnh", "--sum", "n", "--lang", "en")
    assert status == 1
    assert cells(out)[1][2] == ""
    assert "row 3, “Atlantis”: " in said
    assert "49 Tỉnh Quảng Nam: no row" in said


def test_delimiter_mark_and_line_ends_are_kept(run):
    text = "\ufeffcode;năm;n\r\n48;2024;1,5\r\n49;2024;2,5\r\n"
    options = ("--code", "code", "--sum", "n", "--by", "năm", "--decimal", "comma")
    status, out, _ = run(text, *options)
    assert status == 0
    assert out.startswith("\ufeffnăm;code;")
    assert out.endswith("\r\n")
    assert cells(out, ";")[1][:4] == ["2024", "48", "Thành phố Đà Nẵng", "4"]


def test_thousands_or_decimals_are_asked_about_and_told_by_other_cells(run):
    options = ("--code", "code", "--sum", "n")
    status, out, said = run("code;n;r\n48;1.234;90,5\n49;2.500;-\n", *options)
    assert (status, out) == (2, None)
    assert "--decimal comma" in said
    status, out, _ = run("code;n;r\n48;1.234;90,5\n49;…;-\n", *options, "r")
    header, row = cells(out, ";")
    assert status == 1
    assert dict(zip(header, row, strict=True))["n"] == ""


def test_formulas_are_not_passed_on(run):
    text = "code,=g,s,n\n01,=1+1,@cmd,-5\n"
    _, out, _ = run(text, "--code", "code", "--by", "=g", "--status", "s", "--sum", "n")
    header, row = cells(out)
    assert header[0] == "'=g"
    got = dict(zip(header, row, strict=True))
    assert (got["'=g"], got["s"], got["n"]) == ("'=1+1", "'@cmd", "-5")


def test_ratio_and_mean_of_columns_with_signs_in_their_names(run):
    text = "code,a/b,c:d,w\n48,90,2,100\n49,90,5,900\n"
    options = ("--code", "code", "--ratio", "r=x=a/b/w*100", "--mean", "c:d:w")
    status, out, said = run(text, *options)
    assert status == 0, said
    got = dict(zip(*cells(out), strict=True))
    assert (got["r=x"], got["c:d"]) == ("18", "4.7")


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("code,n\n01,1\n", (), "Columns with numbers: code, n"),
        ("code,n\n01,abc\n", ("--sum", "n"), "Row 2, column 'n': 'abc' is not a number"),
        ("code,n\n01,1\n", ("--sum", "m"), "There is no column 'm'"),
        ("code,n\n01,1\n", ("--ratio", "n"), "OUT=NUM/DEN"),
        ("code,n\n01,1\n", ("--mean", "n:q"), "COLUMN[:population|area|COLUMN]"),
        ("code,n\n01,1,2\n", ("--sum", "n"), "row 2"),
        ("", ("--sum", "n"), "no lines"),
        ("code,n\n01,1\n", ("--sum", "n", "--to-level", "commune"), "No crosswalk"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_written(run, text, options, expected):
    status, out, said = run(text, "--code", "code", "--lang", "en", *options)
    assert (status, out) == (2, None)
    assert expected in said


def test_a_code_column_that_is_not_there(run):
    status, out, said = run("a,n\n01,1\n", "--code", "code", "--sum", "n")
    assert (status, out) == (2, None)
    assert "'code'" in said
