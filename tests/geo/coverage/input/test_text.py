"""Tables as people type them: encodings, headers below titles, units, names of columns."""

import unicodedata

import pandas as pd
import pytest

from base.reading import Unreadable
from base.reading.legacy import tcvn3_letters
from geo.coverage.ground import CoverageError
from geo.coverage.input import columns, numbers
from geo.coverage.input.columns import heading, yes_no
from geo.coverage.output import left_out
from tests.geo.coverage.gaps import reasons, settlements, write_csv

LON, LAT = 104.965, 22.858
GOOD = ["a", "A", LON, LAT, "", 10, "yes"]


def test_rows_of_another_encoding_are_left_out_and_a_whole_file_is_refused(tmp_path):
    good, bad = (
        f"a,Thôn Nà,{LON},{LAT}\n".encode(),
        f"b,Thôn Nà,{LON},{LAT}\n".encode("cp1258", "replace"),
    )
    (tmp_path / "mixed.csv").write_bytes(b"id,name,lon,lat\n" + good + bad)
    found, problems = settlements(tmp_path / "mixed.csv")
    assert found.name.tolist() == ["Thôn Nà"]
    assert reasons(problems) == [(3, "encoding")]
    (tmp_path / "all.csv").write_bytes(b"id,name,lon,lat\n" + bad * 3)
    with pytest.raises(Unreadable, match="UTF-8"):
        settlements(tmp_path / "all.csv", encoding="utf-8")
    (tmp_path / "utf16.csv").write_bytes(f"id,name,lon,lat\na,Thôn,{LON},{LAT}\n".encode("utf-16"))
    assert settlements(tmp_path / "utf16.csv")[0].name.tolist() == ["Thôn"]


@pytest.mark.parametrize("above", ["\n", "\n\n  \n", ";;\n", "\r\n\r\n"])
def test_the_header_stands_below_lines_that_are_blank(tmp_path, above):
    (tmp_path / "s.csv").write_text(f"{above}lat;place;x\n{LAT};A;{LON}\n", newline="")
    found, problems = settlements(tmp_path / "s.csv")
    assert problems.empty
    assert found.lat[0] == LAT


@pytest.mark.parametrize("text", ["\n1\n1\n2\n", "\n" * 70_000 + "1\n", " \n\t\n", "\n\n"])
def test_numbers_alone_and_blanks_alone_are_told(tmp_path, text):
    (tmp_path / "s.csv").write_text(text)
    with pytest.raises((Unreadable, CoverageError)):
        settlements(tmp_path / "s.csv")


def test_vietnamese_spreadsheets_are_understood(tmp_path):
    text = "\ufeffMã thôn;Tên thôn;Kinh độ;Vĩ độ;Mã xã;Dân số;Có điện\n"
    text += "t1;Bản Pho;104,965;22,858;691;1.234;chưa có\n"
    (tmp_path / "s.csv").write_text(text)
    frame = pd.DataFrame([["t1", "Bản Pho", 104.965, 22.858, "00691", 1234, "chưa có"]])
    frame.columns = ["Mã thôn", "Tên thôn", "Kinh độ", "Vĩ độ", "Mã xã", "Dân số", "Có điện"]
    frame.to_excel(tmp_path / "s.xlsx", index=False)
    for name in ("s.csv", "s.xlsx"):
        found, problems = settlements(tmp_path / name)
        assert problems.empty
        assert (found.id[0], found.name[0], found.area[0]) == ("t1", "Bản Pho", "00691")
        assert (found.lon[0], found.lat[0]) == (104.965, 22.858)
        assert (found.population[0], found.power[0]) == (1234, 0)


def test_numbers_of_both_languages():
    frame = pd.DataFrame({"n": ["1.234", "1,234", "12,5", "1234", "", "x", "1.5"]})
    assert numbers(frame, "n", count=True)[:4].tolist() == [1234, 1234, 12.5, 1234]
    assert numbers(frame, "n")[:4].tolist() == [1.234, 1.234, 12.5, 1234]
    assert pd.isna(numbers(frame, "n")[4:6]).all()
    answer, bad = yes_no(["Có", "chưa có điện?", "", "KHÔNG", "x"])
    assert answer.tolist() == [1, -1, -1, 0, 1]
    assert bad.tolist() == [False, True, False, False, False]


def test_two_columns_that_could_be_meant_are_refused():
    with pytest.raises(CoverageError, match="rename"):
        columns(pd.DataFrame(columns=["Lon", "lon"]), "lon")
    assert columns(pd.DataFrame(columns=["x", "lon"]), "lon") == {"lon": "lon"}


def test_a_header_below_titles_is_found_and_rows_keep_their_numbers(tmp_path):
    text = "DANH SÁCH THÔN LÕM SÓNG;;;\nTỉnh Tuyên Quang;;;\n\nMã;Tên thôn;Kinh độ;Vĩ độ\n"
    text += f"t1;Nà Pồng;{LON};{LAT}\n\nt2;Bản Mới;{LAT};{LON}\nTổng cộng;;;\n"
    (tmp_path / "s.csv").write_text(text)
    cells = [["DANH SÁCH THÔN LÕM SÓNG"], ["Tỉnh Tuyên Quang"], []]
    cells += [["Mã", "Tên thôn", "Kinh độ", "Vĩ độ"]]
    cells += [["t1", "Nà Pồng", LON, LAT], [], ["t2", "Bản Mới", LAT, LON], ["Tổng cộng"]]
    cells = [row + [""] * (4 - len(row)) for row in cells]
    pd.DataFrame(cells).to_excel(tmp_path / "s.xlsx", index=False, header=False)
    for name in ("s.csv", "s.xlsx"):
        found, problems = settlements(tmp_path / name)
        assert found.name.tolist() == ["Nà Pồng"]
        assert found.row.tolist() == [5]
        assert reasons(problems) == [(7, "swapped"), (8, "no_coordinates")]


def test_rows_are_named_by_their_line_after_line_breaks_in_cells(tmp_path):
    path = tmp_path / "s.csv"
    lines = [
        "DANH SÁCH LÕM SÓNG,,,,",
        'id,"Tên',
        'thôn",lon,lat,population',
        f'a,"Nà A\n(bản cũ)\n",{LON},{LAT},10',
        f'b,"x\ny",{LAT},{LON},1',
        'c,"too\nfew"',
        f"d,D,{LAT},{LON},1",
        "",
        f'e,"Nhà ""E""",x,{LAT},1',
        f"f,F,{LON},{LAT},1",
    ]
    path.write_text("\r\n".join(lines).replace("\r\n", "\n"), encoding="utf-8")
    found, problems = settlements(path)
    text = path.read_text(encoding="utf-8").split("\n")
    assert found.id.tolist() == ["a", "f"]
    assert found.name.tolist()[0].startswith("Nà A")
    for line, settled in zip(found.row, found.id, strict=True):
        assert text[line - 1].startswith(settled)
    told = {str(row["reason"]): text[row["row"] - 1] for row in problems.to_dict("records")}
    assert told["cells"].startswith("c,")
    assert told["coordinates"].startswith("e,")
    swapped = problems[problems["reason"] == "swapped"]["row"]
    assert [text[row - 1][0] for row in swapped] == ["b", "d"]


@pytest.mark.parametrize(
    ("name", "compared"),
    [
        ("Dân số (người)", "danso"),
        ("Kinh độ (E)", "kinhdo"),
        ("VĨ ĐỘ [WGS 84]", "vido"),
        ("Số hộ\n(hộ):", "soho"),
        ("Dân số (nghìn người)", "dansonghinnguoi"),
        ("Bán kính (km)", "bankinhkm"),
        ("(người)", "nguoi"),
    ],
)
def test_units_in_brackets_are_left_away_only_where_they_change_nothing(name, compared):
    assert heading(name) == compared


def test_a_workbook_with_titles_units_and_untidy_cells(tmp_path):
    rows = [
        ["UBND TỈNH TUYÊN QUANG"],
        [],
        ["STT", "Tên thôn/bản", "Mã xã", "Kinh độ (E)", "Vĩ độ (N)", "Số hộ (hộ)", "Có điện lưới?"],
        [1, "<script>", 691, LON, LAT, 12, "Có"],
        [2, "=cmd|' /C calc'!A0", 691, LAT, LON, 30, "Chưa"],
        [3, "Nà\nPhia", "00691", "105,025", "22,858", "1.250", "Không"],
        [4, "x", None, "105°01'30\"E", "22°51'", 9, "x"],
        ["", "Tổng cộng", "", "", "", 1301, ""],
    ]
    path = tmp_path / "s.xlsx"
    pd.DataFrame(rows).to_excel(path, header=False, index=False)
    found, problems = settlements(path)
    assert found.name.tolist() == ["<script>", "Nà\nPhia", "x"]
    assert found.lon.tolist() == [LON, 105.025, 105.025]
    assert found.households.tolist() == [12, 1250, 9]
    assert found.power.tolist() == [1, 0, 1]
    assert reasons(problems) == [(5, "swapped"), (8, "no_coordinates")]


def in_windows_1258(text):
    """Encode Vietnamese as Windows-1258 does: the tone is a mark of its own."""
    out = b""
    for char in text:
        pieces = unicodedata.normalize("NFD", char)
        tones = "".join(piece for piece in pieces if piece in "\u0300\u0301\u0303\u0309\u0323")
        bare = "".join(piece for piece in pieces if piece not in tones)
        out += (unicodedata.normalize("NFC", bare) + tones).encode("cp1258")
    return out


ENCODED = {
    "windows-1258": in_windows_1258,
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "tcvn3": lambda text: text.translate(
        {ord(v): chr(k) for k, v in tcvn3_letters().items()}
    ).encode("cp1252"),
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_an_encoding_of_before_unicode_is_found_out_and_said(tmp_path, encoding):
    text = f"id,Tên thôn,lon,lat\na,Bản Nặm Đăm,{LON},{LAT}\nb,Thôn Tả Lủng,{LON},{LAT}\n"
    path = tmp_path / "s.csv"
    path.write_bytes(ENCODED[encoding](text))
    found, problems = settlements(path)
    assert found.name.tolist() == ["Bản Nặm Đăm", "Thôn Tả Lủng"]
    told = [] if encoding.startswith("utf") else ["encoding_read"]
    assert [reason for _, reason in reasons(problems, kept=True)] == told
    assert all(encoding in line for line in left_out(problems, "vi"))
    if told:
        again, problems = settlements(path, encoding=encoding)
        assert again.name.tolist() == found.name.tolist()
        assert problems.empty


def test_lines_in_utf8_among_lines_of_before_unicode_are_left_out(tmp_path):
    old = "".join(f"{i},Bản Nặm Đăm,{LON},{LAT}\n" for i in range(4))
    new = f"x,Bản Nặm Đăm,{LON},{LAT}\n"
    path = tmp_path / "s.csv"
    path.write_bytes(b"id,name,lon,lat\n" + ENCODED["tcvn3"](old) + new.encode())
    found, problems = settlements(path)
    assert found.name.tolist() == ["Bản Nặm Đăm"] * 4
    assert reasons(problems) == [(6, "encoding")]


def test_the_owner_says_which_column_is_which(tmp_path):
    header = ("ma", "Tên bản", "Kinh độ", "lon", "Vĩ độ", "so khau")
    path = write_csv(tmp_path / "s.csv", header, [["a", "Nà A", LON, 1, LAT, "1.200"]])
    names = {"name": "Tên bản", "lon": "Kinh độ", "population": "so khau", "id": ""}
    found, problems = settlements(path, names=names)
    assert problems.empty
    assert (found.id[0], found.name[0], found.population[0]) == ("row-2", "Nà A", 1200)
    assert found.lon[0] == LON
    for wrong in ({"lon": "x"}, {"colour": "ma"}):
        with pytest.raises(CoverageError, match="has no column"):
            settlements(path, names=wrong)
