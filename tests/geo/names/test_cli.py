"""`python -m geo match`: the same rows out, three columns more, errors that help."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.editions import EDITION_2024, EDITION_2025, Level
from geo.names.bulk import RESULT_COLUMNS

PROVINCE, DISTRICT = str(Level.PROVINCE), str(Level.DISTRICT)


@pytest.fixture
def match(tmp_path):
    """Write a file, match it, and give the exit code with the path of the result."""

    def run(text: str | bytes, *options: str, level: str = PROVINCE, edition: str = EDITION_2024):
        source, out = tmp_path / "in.csv", tmp_path / "out.csv"
        data = text if isinstance(text, bytes) else text.encode()
        source.write_bytes(data)
        if "--name" not in options:
            options = ("--name", "tên", *options)
        arguments = ["match", str(source), "--edition", edition, "--level", level]
        return main([*arguments, "--out", str(out), *options]), out

    return run


def rows(path, delimiter=",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_rows_come_out_as_they_went_in_with_three_columns_more(match):
    code, out = match("tên,số\nHà Nội,1\nĐN,\nBRVT,007\nHà Nội,1\n")
    assert code == 0
    found = rows(out)
    assert found[0] == ["tên", "số", *RESULT_COLUMNS]
    assert [row[:4] for row in found[1:]] == [
        ["Hà Nội", "1", "01", "name"],
        ["ĐN", "", "", "abbreviation"],
        ["BRVT", "007", "77", "alias"],
        ["Hà Nội", "1", "01", "name"],
    ]
    assert found[2][4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiter_mark_and_line_ends_are_kept(match, delimiter, bom, end):
    text = end.join([f"tên{delimiter}số", f"Hà Nội{delimiter}1,5" if delimiter != "," else "a,b"])
    code, out = match(bom + (text + end).encode())
    data = out.read_bytes()
    assert code == 0
    assert data.startswith(bom + "tên".encode())
    assert data.count(end.encode()) == data.count(b"\n") == 2
    assert rows(out, delimiter)[0] == ["tên", "số", *RESULT_COLUMNS]


def test_cells_are_not_touched(match):
    cells = ["=1+1", " a ", 'hai "nháy"', "dòng\nmới", "00123", "1.0", "NA", "", "⚑"]
    lines = ["tên,ô"] + ['Hà Nội,"{}"'.format(cell.replace('"', '""')) for cell in cells]
    code, out = match("\n".join(lines))
    assert code == 0
    assert [row[1] for row in rows(out)[1:]] == cells


def test_blanks_around_column_names_do_not_matter_and_stay(match):
    code, out = match("số, tên \n1,Hà Nội\n")
    assert code == 0
    assert rows(out)[0][:2] == ["số", " tên "]


def test_short_and_blank_rows_are_kept(match):
    code, out = match("tên,số\nHà Nội\n\nHuế,2\n")
    assert code == 0
    assert [row[:3] for row in rows(out)[1:]] == [
        ["Hà Nội", "", "01"],
        ["", "", ""],
        ["Huế", "2", "46"],
    ]


def test_the_parent_column_decides(match):
    text = "tỉnh,tên\nLong An,Châu Thành\nAn Giang,Châu Thành\n,Châu Thành\nHà Nội,Châu Thành\n"
    code, out = match(text, "--parent", "tỉnh", level=DISTRICT)
    assert code == 0
    assert [row[2] for row in rows(out)[1:]] == ["808", "892", "", ""]
    assert rows(out)[4][3] == "parent_conflict"


def test_added_cells_are_never_formulas_nor_empty_reasons(match):
    names = ["=cmd()", "+1", "-1", "@a", "\t=1", "Tổng", "Bộ Y tế", "Hà Nội, Huế", "Quận 2", ""]
    code, out = match("tên\n" + "\n".join(f'"{name}"' for name in names) + "\n")
    assert code == 0
    for row in rows(out)[1:]:
        assert row[1] == "" or row[1].isalnum()
        assert row[2].replace("_", "").isalpha()
        assert row[3][:1].isalpha() if not row[1] else True


def test_a_summary_goes_to_stderr(match, capsys):
    match("tên\nHà Nội\nHuế\nĐN\n")
    told = capsys.readouterr()
    assert told.out == ""
    assert "2 trên 3 dòng có mã" in told.err
    assert "name: 2" in told.err
    assert "dòng 4: 'ĐN'" in told.err


def test_the_summary_shows_only_the_first_that_are_left(match, capsys):
    match("tên\n" + "\n".join(f"nơi {i}" for i in range(30)))
    assert "20 dòng nữa" in capsys.readouterr().err


def test_english(match, capsys):
    code, out = match("tên\nQuảng Nam\n", "--lang", "en", edition=EDITION_2025)
    assert code == 0
    assert "1 of 1 row has a code" in capsys.readouterr().err
    assert "a part of Da Nang City (48)" in rows(out)[1][3]


def test_a_missing_column_names_those_there_are(match, capsys):
    code, out = match("tên;số\nHà Nội;1\n", "--name", "tinh")
    assert code == 2
    assert "'tinh'" in (told := capsys.readouterr().err)
    assert "tên, số" in told
    assert not out.exists()


def test_a_missing_parent_column_is_told_too(match, capsys):
    assert match("tên\nx\n", "--parent", "cha")[0] == 2
    assert "'cha'" in capsys.readouterr().err


def test_two_columns_of_one_name_are_refused(match, capsys):
    assert match("tên,tên\na,b\n")[0] == 2
    assert "hai cột" in capsys.readouterr().err


def test_columns_already_there_are_not_overwritten(match, capsys):
    assert match("tên,area_code\nHà Nội,99\n")[0] == 2
    assert "area_code" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04...", "hỏng"),
        (b"", "tên cột"),
        (b"\n", "tên cột"),
        ("tên\n\x00\n".encode(), "không phải văn bản"),
        ("tên,b\n1,2,3\n".encode(), "dòng 2"),
        ('tên\n"mở\n'.encode(), "dòng"),
        ('tên\n"a"b\n'.encode(), "dòng"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_why(match, capsys, data, told):
    code, out = match(data)
    assert code == 2
    assert told in capsys.readouterr().err
    assert not out.exists()


def test_a_file_of_another_encoding_is_read_and_told(match, capsys):
    code, out = match("Biểu 1\ntên\nHà Nội\n".encode("utf-16"))
    assert code == 0
    assert rows(out)[1][:2] == ["Hà Nội", "01"]
    said = capsys.readouterr().err
    assert "utf-16" in said
    assert "dòng 2" in said


def test_a_file_that_is_not_there(tmp_path, capsys):
    arguments = ["match", str(tmp_path / "none.csv"), "--name", "a", "--level", PROVINCE]
    assert main([*arguments, "--edition", EDITION_2024, "--out", str(tmp_path / "o.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err


def test_a_file_too_big_is_refused_unread(capsys, tmp_path):
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(257 << 20)  # takes no room on the disk
    given = ["--name", "tên", "--edition", EDITION_2024, "--level", PROVINCE]
    assert main(["match", str(big), *given, "--out", str(tmp_path / "out.csv")]) == 2
    assert "tối đa 256 MB" in capsys.readouterr().err


def test_an_out_file_that_cannot_be_written(match, tmp_path, capsys):
    assert match("tên\nHà Nội\n", "--out", str(tmp_path / "no" / "o.csv"))[0] == 2
    assert match("tên\nHà Nội\n", "--out", str(tmp_path))[0] == 2
    assert "Không ghi được" in capsys.readouterr().err


def test_writing_is_whole_or_not_at_all(match, tmp_path, monkeypatch):
    (tmp_path / "out.csv").write_text("old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    code, out = match("tên\nHà Nội\n")
    assert code == 2
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_the_file_itself_may_be_replaced(match, tmp_path):
    code, _ = match("tên\nHà Nội\n", "--out", str(tmp_path / "in.csv"))
    assert code == 0
    assert rows(tmp_path / "in.csv")[1] == ["Hà Nội", "01", "name", ""]


def test_a_level_that_the_edition_does_not_have(match, capsys):
    assert match("tên\nx\n", level=DISTRICT, edition=EDITION_2025)[0] == 2
    assert "province, commune" in capsys.readouterr().err


def test_a_file_without_rows(match):
    code, out = match("tên\n")
    assert code == 0
    assert rows(out) == [["tên", *RESULT_COLUMNS]]


@pytest.mark.parametrize("option", ["--edition", "--level"])
def test_options_are_checked(match, option, capsys):
    with pytest.raises(SystemExit) as error:
        match("tên\nx\n", option, "1999")
    assert error.value.code == 2
    assert "1999" in capsys.readouterr().err


def test_it_runs_as_a_module(tmp_path):
    source = tmp_path / "a.csv"
    source.write_text("tên\nTT-Huế\n", encoding="utf-8")
    command = [sys.executable, "-m", "geo", "match", str(source), "--name", "tên"]
    command += ["--edition", EDITION_2024, "--level", PROVINCE, "--out", str(tmp_path / "b.csv")]
    subprocess.run(command, check=True, capture_output=True)
    assert rows(tmp_path / "b.csv")[1][1:3] == ["46", "alias"]
