"""A user's table from its bytes to stored observations: what is understood, refused, kept."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from geo.legacy_text import _tcvn3, from_tcvn3, from_vni, legacy_font
from metrics import _import_limits, datasets
from metrics._import_numbers import decimal_of, read_number
from metrics._import_periods import find_period, read_period
from metrics.actors import LOCAL, Actor, NotAllowed, Role
from metrics.catalog import Indicator
from metrics.generations import StoreError
from metrics.importing import (
    ImportRefused,
    Measure,
    Time,
    examine,
    make_mapping,
    preview,
    propose,
    read_mapping,
    remember,
    remembered,
    write_mapping,
)
from metrics.messages import LANGS
from metrics.store import ensure_store
from tests.metrics.made_up import row, write

TODAY = date(2026, 11, 1)
HANOI, SAIGON, HUE = "01", "79", "46"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder for what the app writes, over a small made-up data directory."""
    data = write(tmp_path / "data", [row("rate", HANOI, 50.0), row("people", HANOI, 100)])
    for module in (datasets, __import__("metrics.store", fromlist=["DATA_DIR"])):
        if hasattr(module, "current_store"):
            monkeypatch.setattr(
                module, "current_store", lambda home=None: _store(home or tmp_path, data)
            )
    return tmp_path


def _store(home, data):
    return ensure_store(home=home, data_dir=data)


def store_of(home):
    return datasets.current_store(home=home)


def table(text, name="bang.csv"):
    seen = preview(name, text.encode())
    return seen, seen.blocks[0]


def report_of(home, text, indicator="rate", lang="vi", leave_out=False, **changes):
    seen, block = table(text)
    store = store_of(home)
    mapping = propose(block, store.catalog)
    measures = tuple(
        m.model_copy(update={"indicator": m.indicator or indicator}) for m in mapping.measures
    )
    mapping = mapping.model_copy(update={"measures": measures} | changes)
    report = examine(seen, block, mapping, store, lang=lang, today=TODAY, leave_out=leave_out)
    return seen, report


def rules(report):
    return {finding.rule for finding in report.findings}


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
        assert block.footers == ("Ghi chú: số liệu sơ bộ", "Người lập biểu")
        assert block.percents == {3}

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
        back = {char: chr(code) for code, char in _tcvn3().items()}
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
        with pytest.raises(ImportRefused) as refused:
            preview("../../tệp <b>.xlsx", data)
        assert refused.value.key == key
        for lang in LANGS:
            assert "/" not in refused.value.say(lang).split("<b>")[0]

    def test_an_archive_that_unpacks_to_too_much_is_refused_unopened(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
        with pytest.raises(ImportRefused, match="beyond the safe limit"):
            preview("bomb.xlsx", file.getvalue())

    def test_too_many_rows_are_refused(self, monkeypatch):
        monkeypatch.setattr("metrics._import_book.MAX_ROWS", 3)
        monkeypatch.setattr(_import_limits, "MAX_ROWS", 3)
        with pytest.raises(ImportRefused, match="at most 3 rows"):
            preview("x.csv", ("Tỉnh,Số\n" + "Huế,1\n" * 9).encode())

    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
    def test_whatever_arrives_is_read_or_refused(self, data):
        try:
            seen = preview("x", data)
        except ImportRefused as refused:
            told = refused.say("vi") + refused.say("en")
        else:
            told = seen.blocks
        assert told


class TestCells:
    @pytest.mark.parametrize(
        ("cell", "decimal", "value", "qualifier"),
        [
            ("1.234,5 %", "comma", 1234.5, "exact"),
            ("1 234 567", "comma", 1234567.0, "exact"),
            ("1,234.5", "point", 1234.5, "exact"),
            ("trên 90", "comma", 90.0, "over"),
            ("≥ 95%", "comma", 95.0, "at_least"),
            ("khoảng 98,7", "comma", 98.7, "about"),
            ("−3,5", "comma", -3.5, "exact"),
            (0.25, "comma", 0.25, "exact"),
        ],
    )
    def test_numbers_as_tables_write_them(self, cell, decimal, value, qualifier):
        read = read_number(cell, decimal)
        assert (read.value, read.qualifier) == (value, qualifier)

    @pytest.mark.parametrize("cell", ["-", "…", "...", "", None, "chưa có số liệu", "N/A", "x"])
    def test_a_missing_figure_is_never_zero(self, cell):
        read = read_number(cell, "comma")
        assert read.missing
        assert read.value is None

    @pytest.mark.parametrize("cell", ["12.5.3", "1.2345,6", "năm", "1e5", "=1+1", "0.123"])
    def test_what_is_no_number_is_not_made_one(self, cell):
        read = read_number(cell, "comma")
        assert read.value is None
        assert not read.missing

    @given(st.floats(-1e9, 1e9).map(lambda x: round(x, 3)))
    def test_both_ways_of_writing_give_the_number_back(self, number):
        english = f"{number:,.3f}"
        vietnamese = english.translate(str.maketrans(",.", ".,"))
        assert read_number(english, "point").value == pytest.approx(number)
        assert read_number(vietnamese, "comma").value == pytest.approx(number)

    def test_the_decimal_mark_is_told_by_what_can_only_be_one(self):
        assert decimal_of(["1.234", "98,5"]) == "comma"
        assert decimal_of(["98.5"]) == "point"
        assert decimal_of(["0.123"]) == "point"
        assert decimal_of(["1.234"]) is None

    @pytest.mark.parametrize(
        ("text", "start", "end", "grain"),
        [
            ("Quý I/2026", "2026-01-01", "2026-03-31", "quarter"),
            ("T3/2026", "2026-03-01", "2026-03-31", "month"),
            ("6 tháng đầu năm 2026", "2026-01-01", "2026-06-30", "year_to_date"),
            ("Tính đến ngày 30/6/2025", "2025-06-30", "2025-06-30", "instant"),
            ("lũy kế từ đầu năm đến 31/10/2026", "2026-01-01", "2026-10-31", "year_to_date"),
            ("Lũy kế đến 10/10/2026", None, "2026-10-10", "unknown"),
            ("2025", "2025-01-01", "2025-12-31", "year"),
            ("2025-Q2", "2025-04-01", "2025-06-30", "quarter"),
            ("March 2026", "2026-03-01", "2026-03-31", "month"),
        ],
    )
    def test_periods_as_tables_write_them(self, text, start, end, grain):
        period = read_period(text)
        found = period.start.isoformat() if period.start else None
        assert (found, period.end.isoformat(), period.grain) == (start, end, grain)
        assert period.text == text

    @pytest.mark.parametrize("text", ["31/02/2025", "Tỉnh", "12345", "13/2025", ""])
    def test_what_is_no_period_is_not_made_one(self, text):
        assert read_period(text) is None

    def test_a_title_with_two_years_says_no_period(self):
        assert find_period("So sánh năm 2024 và năm 2025") is None
        assert find_period("BÁO CÁO QUÝ I NĂM 2026").grain == "quarter"


class TestProposal:
    def test_the_edition_is_told_by_the_names(self, home):
        catalog = store_of(home).catalog
        _, old = table("Tỉnh,2023\nQuảng Nam,5\nHà Nam,6\nHuế,7\n")
        _, new = table("Tỉnh,2026\nHà Nội,5\nHuế,6\n")
        assert propose(old, catalog).edition == EDITION_2024
        assert propose(new, catalog).edition == EDITION_2025

    def test_districts_take_their_province_from_a_column_or_from_heading_rows(self, home):
        catalog = store_of(home).catalog
        _, beside = table("Tỉnh,Huyện,Số\nLong An,Châu Thành,1\nTiền Giang,Châu Thành,2\n")
        found = propose(beside, catalog)
        assert (found.level, found.place, found.parent) == (Level.DISTRICT, "Huyện", "Tỉnh")
        _, report = report_of(
            home, "Đơn vị;Số\nTỉnh Long An;\nChâu Thành;3\nTân An;4\n"
            "Tỉnh Quảng Bình;\nBa Đồn;9\nĐồng Hới;9\n",
            "people", period=Time(end=date(2025, 1, 1), grain="unknown"),
        )  # fmt: skip
        assert list(report.places["code"]) == ["", "808", "794", "", "458", "450"]

    def test_what_is_only_alike_is_not_taken_for_an_indicator(self, home):
        _, block = table("Tỉnh,rat\nHuế,1\n")
        assert propose(block, store_of(home).catalog).measures[0].indicator is None
        _, block = table("Tỉnh,Tên rate\nHuế,1\n")
        assert propose(block, store_of(home).catalog).measures[0].indicator == "rate"

    def test_a_mapping_is_remembered_for_the_next_file_of_the_shape(self, home):
        _, block = table("Tỉnh;Tỷ lệ năm 2025\nHuế;1\n")
        mapping = propose(block, store_of(home).catalog)
        assert remembered(block, home=home) is None
        remember(mapping, block, home=home)
        _, again = table("Tỉnh;Tỷ lệ năm 2025\nHà Nội;7\n")
        assert remembered(again, home=home) == mapping
        _, other = table("Huyện;Số năm 2025\nBa Vì;7\n")
        assert remembered(other, home=home) is None

    def test_a_mapping_file_gives_the_mapping_back(self, home, tmp_path):
        _, block = table("Tỉnh;Tỷ lệ năm 2025;Số\nHuế;1;2\n")
        mapping = propose(block, store_of(home).catalog)
        write_mapping(mapping, tmp_path / "m.yaml")
        assert read_mapping(tmp_path / "m.yaml") == mapping

    @pytest.mark.parametrize(
        "wrong",
        [{"edition": "1999"}, {"level": "village"}, {"measures": [{"column": ""}]}, {"x": 1}, []],
    )
    def test_a_mapping_file_that_breaks_the_schema_is_refused_by_field(self, wrong):
        good = {"edition": EDITION_2025, "level": "province", "place": "Tỉnh"}
        with pytest.raises(ImportRefused, match=r"m\.yaml cannot be used"):
            make_mapping(good | wrong if isinstance(wrong, dict) else wrong, "m.yaml")


TIME = "Tỉnh;Tỷ lệ năm 2025\n"


class TestReport:
    def test_every_figure_knows_its_cell(self, home):
        _, report = report_of(home, TIME + "Hà Nội;98,5\nTP.HCM;97\nHuế;-\nTổng cộng;-\n")
        frame = report.observations
        assert list(frame["area"]) == [HANOI, SAIGON]
        assert list(frame["value"]) == [98.5, 97.0]
        assert list(frame["locator"]) == ["2 · Tỷ lệ năm 2025", "3 · Tỷ lệ năm 2025"]
        assert (report.empty, report.errors, len(report.absent)) == (1, 0, 31)
        assert not report.blocked

    def test_an_unknown_place_blocks_until_it_is_left_out_or_accepted(self, home):
        text = TIME + "Hà Nội;98\nXứ Lạ;50\n"
        _, report = report_of(home, text)
        assert report.blocked
        assert list(report.unmatched["row"]) == [3]
        _, report = report_of(home, text, leave_out=True)
        assert not report.blocked
        assert len(report.observations) == 1
        _, report = report_of(home, text, places={"xứ  lạ": HUE})
        assert list(report.observations["area"]) == [HANOI, HUE]

    def test_a_predecessors_figure_is_never_its_successors(self, home):
        text = TIME + "Hà Nội;98\nQuảng Nam;50\n"
        _, report = report_of(home, text, edition=EDITION_2025)
        assert "mixed_editions" in rules(report)
        assert report.strangers == {EDITION_2024: [3]}
        assert list(report.observations["area"]) == [HANOI]

    @pytest.mark.parametrize(
        ("cells", "rule"),
        [
            ("Hà Nội;101\n", "over_100"),
            ("Hà Nội;-1\n", "under_0"),
            ("Hà Nội;khá\nHuế;5\nCần Thơ;6\n", "number_comma"),
            ("Hà Nội;50\nHà Nội;51\n", "twice"),
        ],
    )
    def test_what_cannot_be_blocks_with_its_row_and_value(self, home, cells, rule):
        _, report = report_of(home, TIME + cells)
        found = next(f for f in report.findings if f.rule == rule)
        assert report.blocked
        assert found.severity == "error"
        assert found.row
        assert found.column == "Tỷ lệ năm 2025"
        for lang in LANGS:
            assert found.say(lang)
            assert found.where(lang)

    def test_the_same_row_twice_is_loaded_once(self, home):
        _, report = report_of(home, TIME + "Hà Nội;50\nHà Nội;50\n")
        assert rules(report) == {"same_twice"}
        assert len(report.observations) == 1

    def test_a_figure_of_the_future_blocks_but_a_target_does_not(self, home):
        text = "Tỉnh;Tỷ lệ năm 2030\nHà Nội;90\n"
        assert "future" in rules(report_of(home, text)[1])
        measure = Measure(
            column="Tỷ lệ năm 2030", indicator="rate", role="target",
            period={"start": "2030-01-01", "end": "2030-12-31", "grain": "year"},
        )  # fmt: skip
        assert "future" not in rules(report_of(home, text, measures=(measure,))[1])

    def test_a_total_that_is_not_the_sum_is_told_with_its_arithmetic(self, home):
        text = "Tỉnh;Số năm 2025\nHà Nội;10\nHuế;5\nTổng cộng;16\n"
        _, report = report_of(home, text, "people")
        found = next(f for f in report.findings if f.rule == "total")
        assert found.severity == "warning"
        assert "16" in found.say("vi")
        assert "15" in found.say("vi")
        assert "total" not in rules(report_of(home, text.replace("16", "15"), "people")[1])

    def test_a_share_of_a_workbook_is_scaled_only_where_it_is_shown_as_one(self, home):
        text = "Tỉnh;Tỷ lệ năm 2025\n" + "".join(
            f"{a.name_vi};0,{i + 1}\n"
            for i, a in enumerate(areas(EDITION_2025, Level.PROVINCE)[:6])
        )
        assert "fractions" in rules(report_of(home, text)[1])

    @pytest.mark.parametrize(
        ("column", "cells", "rule"),
        [
            ("Mã", ["001085012345", "034190001234", "079201004321"], "personal_identity"),
            ("Liên hệ", ["0912345678", "0987 654 321", "+84351234567"], "personal_phone"),
            ("Họ và tên", ["Nguyễn Văn A", "Trần Thị B"], "personal_heading"),
            (
                "Đối tượng",
                ["Nguyễn Văn An", "Trần Thị Bé", "Lê Hữu Cảnh", "Phạm Thu Dung", "Võ Văn Em"],
                "personal_name",
            ),
        ],
    )
    def test_personal_data_are_refused_and_never_shown(self, home, column, cells, rule):
        text = f"Tỉnh;Số năm 2025;{column}\n" + "".join(f"Huế;1;{cell}\n" for cell in cells)
        _, report = report_of(home, text, "people")
        found = next(f for f in report.findings if f.rule == rule)
        assert report.blocked
        assert found.value == ""
        assert not any(cell in found.say("vi") for cell in cells)

    def test_names_of_places_are_no_persons(self, home):
        names = "".join(f"{a.name_vi};5\n" for a in areas(EDITION_2025, Level.PROVINCE))
        _, report = report_of(home, TIME + names)
        assert not report.findings


class TestDatasets:
    def load(self, home, text, actor=LOCAL, **details):
        seen, report = report_of(home, text)
        datasets.keep_file(text.encode(), LOCAL, home)
        made = datasets.Details(**({"title": "Số hóa"} | details))
        return datasets.load(seen, report, made, actor, home)

    def test_a_new_version_supersedes_and_withdrawing_it_brings_the_old_one_back(self, home):
        first = self.load(home, TIME + "Hà Nội;50\nHuế;60\n", producer="Sở Tư pháp")
        second = self.load(home, TIME + "Hà Nội;55\n", supersedes=first.id)
        store = store_of(home)
        assert (first.id, second.id) == ("so-hoa-v1", "so-hoa-v2")
        mine = store.observations("rate")
        assert list(mine.loc[mine["dataset"] != "shipped", "value"]) == [55.0]
        assert store.catalog.origin(second.id).producer.vi == "không rõ"
        changes = datasets.diff(store, first.id, second.id)
        assert sorted(changes["change"]) == ["changed", "removed"]
        datasets.withdraw(second.id, LOCAL, "nhầm", home)
        store = store_of(home)
        mine = store.observations("rate")
        assert sorted(mine.loc[mine["dataset"] != "shipped", "value"]) == [50.0, 60.0]
        datasets.restore(second.id, LOCAL, "", home)
        assert first.id not in store_of(home).in_force()
        actions = list(store_of(home).audit()["action"])
        assert actions == ["restore", "withdraw", "supersede", "load"]
        assert [d.id for d in datasets.versions(store_of(home), first.id)] == [second.id, first.id]

    def test_an_older_version_cannot_be_superseded_over_a_newer_one(self, home):
        first = self.load(home, TIME + "Hà Nội;50\n")
        self.load(home, TIME + "Hà Nội;55\n", supersedes=first.id)
        with pytest.raises(StoreError, match="newer version"):
            self.load(home, TIME + "Hà Nội;56\n", supersedes=first.id)

    def test_a_blocked_table_is_not_stored(self, home):
        before = store_of(home).generation
        with pytest.raises(StoreError, match="nothing was stored"):
            self.load(home, TIME + "Hà Nội;500\n")
        assert store_of(home).generation == before

    @pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
    def test_who_may_not_write_changes_nothing(self, home, role):
        stranger = Actor("khách", role, frozenset({"đội khác"}))
        loaded = self.load(home, TIME + "Hà Nội;50\n", team="")
        before = store_of(home).generation
        with pytest.raises(NotAllowed):
            self.load(home, TIME + "Hà Nội;51\n", stranger, supersedes=loaded.id)
        for act in (datasets.withdraw, datasets.restore):
            with pytest.raises(NotAllowed):
                act(loaded.id, stranger, "", home)
        assert store_of(home).generation == before

    def test_the_shipped_figures_cannot_be_withdrawn(self, home):
        with pytest.raises(StoreError, match="no dataset 'shipped'"):
            datasets.withdraw("shipped", LOCAL, "", home)

    def test_hostile_titles_make_tame_ids(self, home):
        loaded = self.load(home, TIME + "Hà Nội;50\n", title="sim-../../<script>shipped")
        assert loaded.id == "dataset-sim-script-shipped-v1"
        assert datasets.slug("shipped") == "dataset-shipped"

    def test_an_indicator_of_a_users_own_is_in_the_catalog_at_once(self, home):
        fields = store_of(home).catalog.indicator("rate").model_dump()
        mine = Indicator.model_validate(fields | {"id": "cua-toi"})
        datasets.put_indicator(mine, LOCAL, home=home)
        assert store_of(home).catalog.indicator("cua-toi") == mine
        with pytest.raises(StoreError, match="shipped indicator"):
            datasets.put_indicator(Indicator.model_validate(fields), LOCAL, home=home)

    def test_what_was_exported_is_what_was_stored(self, home):
        loaded = self.load(home, TIME + "Hà Nội;50,25\nHuế;trên 60\n")
        rows = store_of(home).dataset_observations(loaded.id)
        assert list(rows["value"]) == [50.25, 60.0]
        assert list(rows["qualifier"]) == ["exact", "over"]
        assert set(rows["period_text"]) == {"Tỷ lệ năm 2025"}
