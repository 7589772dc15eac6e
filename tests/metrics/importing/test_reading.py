"""What is read of a file: encodings, titles, headers, blocks, and what is refused."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.reading import Most, Percent, from_tcvn3, from_vni, legacy_font
from base.reading.legacy import tcvn3_letters
from base.words import LANGS, Refusal
from geo.editions import EDITION_2024, areas
from metrics.importing import preview
from tests.metrics.importing.importing_home import table


class TestReading:
    def test_what_is_said_above_below_and_beside_a_table_is_not_data(self):
        wb = openpyxl.Workbook()
        sheet = wb.active
        for line in (
            ["UBND TỈNH"],
            ["KẾT QUẢ QUÝ I NĂM 2026"],
            ["STT", "Địa phương", "Năm 2025", None, "Năm 2026", None],
            [None, None, "Số hồ sơ", "Tỷ lệ", "Số hồ sơ", "Tỷ lệ"],
            ["A", "B", 1, 2, 3, 4],
            [1, "Hà Nội", 1000, 0.5, 1200, 0.6],
            [2, "Tp. Hồ Chí Minh", 2000, 0.7, None, "-"],
            [None, "Tổng cộng", 3000, 0.6, 1200, 0.6],
            ["Ghi chú: số liệu sơ bộ"],
            [None, None, None, "Người lập biểu"],
        ):
            sheet.append(line)
        for area in ("A3:A4", "B3:B4", "C3:D3", "E3:F3"):
            sheet.merge_cells(area)
        for at in (6, 7, 8):
            sheet[f"D{at}"].number_format = "0.0%"
        file = io.BytesIO()
        wb.save(file)
        block = preview("x.xlsx", file.getvalue()).blocks[0]
        assert block.columns[2:] == (
            "Năm 2025 – Số hồ sơ",
            "Năm 2025 – Tỷ lệ",
            "Năm 2026 – Số hồ sơ",
            "Năm 2026 – Tỷ lệ",
        )
        assert [r[1] for r in block.rows] == ["Hà Nội", "Tp. Hồ Chí Minh", "Tổng cộng"]
        assert block.numbers == [6, 7, 8]
        assert block.titles == ("UBND TỈNH", "KẾT QUẢ QUÝ I NĂM 2026")
        assert [[isinstance(c, Percent) for c in r] for r in block.rows] == [
            [at == 3 for at in range(6)]
        ] * 3

    def test_a_header_printed_again_on_the_next_page_is_no_row(self):
        _, block = table("STT;Tỉnh;Số\n1;Hà Nội;5\nSTT;Tỉnh;Số\n2;Huế;6\n")
        assert [r[1] for r in block.rows] == ["Hà Nội", "Huế"]
        assert block.numbers == [2, 4]

    def test_two_tables_of_one_sheet_are_two(self):
        seen = preview("x.csv", "Tỉnh,Số\nHuế,1\n\nHuyện,Giá trị\nBa Vì,4\n".encode())
        assert [b.columns for b in seen.blocks] == [("Tỉnh", "Số"), ("Huyện", "Giá trị")]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_unicode_is_read_with_and_without_its_mark(self, encoding):
        seen = preview("x.csv", "Tỉnh,Tỷ lệ\nThừa Thiên Huế,5\n".encode(encoding))
        assert seen.blocks[0].rows == [["Thừa Thiên Huế", "5"]]

    def test_windows_1258_is_read(self):
        tones = "\u0300\u0301\u0303\u0309\u0323"
        text = ""
        for char in "Tỉnh,Tỷ lệ\nĐắk Lắk,5\nQuảng Ngãi,6\n":
            pieces = unicodedata.normalize("NFD", char)
            base = "".join(p for p in pieces if p not in tones)
            text += unicodedata.normalize("NFC", base) + "".join(p for p in pieces if p in tones)
        seen = preview("x.csv", text.encode("cp1258"))
        assert seen.book.encoding == "windows-1258"
        assert [r[0] for r in seen.blocks[0].rows] == ["Đắk Lắk", "Quảng Ngãi"]

    def test_old_fonts_are_read_in_every_name_of_the_country(self):
        back = {char: chr(code) for code, char in tcvn3_letters().items()}
        known = {*back, *map(chr, range(128))}
        # The fonts for capitals hold the others: "Ý" is typed as a small letter there.
        names = [a.name_vi for a in areas(EDITION_2024) if set(a.name_vi) <= known]
        typed = ["".join(back.get(char, char) for char in name) for name in names]
        assert [from_tcvn3(text) for text in typed] == names
        assert legacy_font(typed) == "tcvn3"
        assert legacy_font(names) is None
        vni = ["Quaûng Bình", "Ñoàng Nai", "Thöøa Thieân Hueá", "Ñaék Laék", "Baø Ròa", "Caàn Thô"]
        assert legacy_font(vni) == "vni"
        assert [from_vni(text) for text in vni] == [
            "Quảng Bình", "Đồng Nai", "Thừa Thiên Huế", "Đắk Lắk", "Bà Rịa", "Cần Thơ",
        ]  # fmt: skip

    def test_a_parquet_table_is_read(self):
        file = io.BytesIO()
        pd.DataFrame({"Tỉnh": ["Huế"], "Năm": [2025], "Giá trị": [1.5]}).to_parquet(file)
        assert preview("x.bin", file.getvalue()).blocks[0].rows == [["Huế", 2025.0, 1.5]]

    @pytest.mark.parametrize(
        ("data", "key"),
        [
            (b"", "empty"),
            (b"PK\x03\x04 is no archive", "damaged"),
            (b"PAR1 is no parquet", "damaged"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", "damaged"),
            (bytes(range(256)) * 40, "not_text"),
            ("chỉ có chữ".encode(), "no_table"),
        ],
    )
    def test_what_is_no_table_is_refused_in_words(self, data, key):
        with pytest.raises(Refusal) as refused:
            preview("../../tệp <b>.xlsx", data)
        assert refused.value.key == key
        for lang in LANGS:
            assert "/" not in refused.value.say(lang).split("<b>")[0]

    def test_an_archive_that_unpacks_to_too_much_is_refused_unopened(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
        with pytest.raises(Refusal, match="beyond the safe limit"):
            preview("bomb.xlsx", file.getvalue())

    def test_too_many_rows_are_refused(self):
        with pytest.raises(Refusal, match="at most 3 rows"):
            preview("x.csv", ("Tỉnh,Số\n" + "Huế,1\n" * 9).encode(), Most(rows=3))

    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
    def test_whatever_arrives_is_read_or_refused(self, data):
        try:
            seen = preview("x", data)
        except Refusal as refused:
            told = refused.say("vi") + refused.say("en")
        else:
            told = seen.blocks
        assert told
