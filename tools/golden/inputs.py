"""Make the small files that commands and pages are given: the same bytes every time."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import shapely
import xlsxwriter

Rows = Sequence[Sequence[object]]

PROVINCES: Rows = (
    ("Tỉnh", "Ghi chú"),
    *((name, "") for name in ("Hà Nội", "TP. Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "BRVT", "TT-Huế")),
    *((name, "") for name in ("Hà Tỉnh", "Quảng Nam", "quang ngai", "Đắc Lắc", "ĐN", "01", "1.0")),
    *((name, "") for name in ("Hà Nam Ninh", "Toàn quốc", "Tây Nguyên", "Bộ Y tế", "Tổng cộng")),
    *((name, "") for name in ("Cao Bằg", "Xứ Lạ", "", "Khác", "VN-26", "H\u00e0 N\u00f4i", "15")),
    ("UBND tỉnh Cà Mau", "=1+1"),
    ("Sài Gòn", 'có "ngoặc", phẩy'),
)
DISTRICTS: Rows = (
    ("Huyện", "Tỉnh", "Số"),
    ("Châu Thành", "Long An", 1),
    ("Châu Thành", "", 2),
    ("Quận 1 TPHCM", "", 3),
    ("Huyện Phong Điền", "Thừa Thiên Huế", 4),
    ("TP Cao Lãnh", "Đồng Tháp", 5),
    ("Cao Lãnh", "Đồng Tháp", 6),
    ("Huyện Quế Võ", "Bắc Ninh", 7),
    ("Bắc Ninh", "Bắc Ninh", 8),
    ("Sơn Tây (Hà Nội)", "", 9),
    ("Huyện Từ Liêm", "Hà Nội", 10),
    ("Ba Đình", "Hà Nội", 11),
    ("Kỳ Sơn", "Nghệ An", 12),
    ("Hoàng Sa", "Đà Nẵng", 13),
    ("Ba Đình", "Huế", 14),
    ("Tân Trụu", "Long An", 15),
    ("Ba Đình; Đống Đa", "Hà Nội", 16),
)
COMMUNES: Rows = (
    ("Xã", "Huyện", "Tỉnh"),
    ("Phường Ba Đình", "Quận Ba Đình", "Hà Nội"),
    ("Phường Phúc Xá", "Quận Ba Đình", "Hà Nội"),
    ("Phường Cống Vị", "Ba Đình", "Hà Nội"),
    ("Phường 12", "", "TP. Hồ Chí Minh"),
    ("Đồng Văn", "Đồng Văn", "Tuyên Quang"),
    ("Đồng Văn", "Đồng Văn", "Hà Giang"),
    ("Đặc khu Hoàng Sa", "", "Đà Nẵng"),
    ("Xã Không Đâu", "", "Hà Nội"),
)
OFFICE: Rows = (
    *(("Tỉnh", "Năm", "Số hồ sơ", "Đúng hạn", "Số ngày", "Đã triển khai"),),
    *(("Quảng Nam", 2024, 1200, 1100, 2.5, "có"), ("Đà Nẵng", 2024, 800, 790, 1.25, "có")),
    *(("Hà Giang", 2024, 90, 80, 3, "có"), ("Tuyên Quang", 2024, "", 10, 4, "không")),
    *(("Hà Nội", 2024, 5000, 4999, 1, "có"), ("Quảng Nam", 2023, 1000, 900, 2, "có")),
    *(("Lào Cai", 2024, 40, 1, 1, "có"), ("Toàn quốc", 2024, 9999, 1, 1, "")),
    *(("Xứ Lạ", 2024, 1, 1, 1, "có"), ("Long An", 2024, 10, 9, 2, "có")),
    *(("Long An", 2024, 11, 9, 2, "có"), ("Tây Ninh", 2024, 7, 7, 2, "có")),
)
COUNTS: Rows = (
    ("Tỉnh", "Số hồ sơ tháng 1/2026", "Số hồ sơ tháng 2/2026"),
    *(("Hà Nội", 1, 2), ("Cao Bằg", 3, 4), ("Xứ Lạ", 5, 6)),
)
RATES: Rows = (
    ("Tỉnh", "Tỷ lệ hồ sơ giải quyết đúng hạn năm 2025 (%)", "Ghi chú"),
    *(("Hà Nội", "97,5", ""), ("Cao Bằg", "88,1", "tạm tính"), ("Đà Nẵng", "trên 99", "")),
    *(("Huế", "-", ""), ("Cà Mau", "101", ""), ("Xứ Lạ", "5", ""), ("Tổng cộng", "95", "")),
)
GOOD: Rows = (
    ("Tỉnh", "dvcqg-ontime-rate", "Kỳ"),
    *(("Hà Nội", "97,5", "2025"), ("Cao Bằg", "88,1", "2025"), ("Đà Nẵng", "trên 99", "2025")),
    *(("Huế", "-", "2025"), ("Cà Mau", "92", "2025"), ("Xứ Lạ", "5", "2025")),
)
NEWER: Rows = (
    ("Tỉnh", "dvcqg-ontime-rate", "Kỳ"),
    *(("Hà Nội", "98", "quý I/2026"), ("Cao Bằg", "89", "quý I/2026")),
)
LONG: Rows = (
    ("Tỉnh", "Chỉ tiêu", "Giá trị", "Kỳ"),
    *(("Hà Nội", "Hồ sơ", 1, "quý I/2026"), ("Huế", "Lạ", 2, "6 tháng đầu năm 2026")),
)
PERSONS: Rows = (
    ("Họ và tên", "Số CCCD", "Điện thoại", "Tỉnh"),
    *((f"Nguyễn Văn {x}", f"00109012345{x}", f"09123456{x}0", "Hà Nội") for x in range(1, 5)),
)
SETTLEMENTS: Rows = (
    ("mã thôn", "tên thôn", "kinh độ", "vĩ độ", "mã xã", "dân số", "số hộ", "có điện"),
    ("t1", "Thôn Một", 105.84, 21.03, "00004", "1.200", 300, "có"),
    ("t2", "Thôn Hai", 105.30, 23.30, "", 400, 90, "chưa"),
    ("t3", "Thôn Ba", "105°51'15\"E", "21°01'00\"N", "", 50, "", "có"),
    ("t4", "Thôn Bốn", 21.05, 105.80, "", 60, 10, "có"),
    ("t5", "Thôn Năm", "", "", "00004", 70, 20, "có"),
    ("t6", "Thôn Sáu", 2.35, 48.85, "", 80, 20, "có"),
    ("t1", "Thôn Một nữa", 105.85, 21.04, "", 90, 20, "có"),
    ("t7", "Bản Bảy", "105,31", "23,31", "99999", "vài", 20, "có lẽ"),
    ("t8", "Bản Tám", 108.20, 16.06, "", 900, 200, "có"),
    ("t9", "=HYPERLINK(1)", 105.32, 23.30, "", 100, 25, "có"),
)
SITES: Rows = (
    ("radio", "mcc", "net", "area", "cell", "unit", "lon", "lat", "range", "samples"),
    ("LTE", 452, 4, 1, 1, "", 105.841, 21.031, 2000, 10),
    ("GSM", 452, 1, 1, 2, "", 105.30, 23.25, 3000, 10),
    ("LTE", 452, 53, 1, 3, "", 108.21, 16.07, 0, 10),
    ("UMTS", 452, 2, 1, 4, "", 108.21, 16.07, 1500, 10),
    ("LTE", 310, 2, 1, 5, "", 108.21, 16.07, 1500, 10),
    ("WIFI", 452, 2, 1, 6, "", 108.21, 16.07, 1500, 10),
)
METRES: Rows = (("name", "lon", "lat"), ("Thôn A", 587000, 2326000), ("Thôn B", 2327000, 588000))
SIGNALS: Rows = (("lon", "lat", "dbm"), (105.84, 21.03, -120), (105.84, 21.031, -118))
PEOPLE: Rows = (("lon", "lat", "population"), (105.84, 21.03, 500), (105.3, 23.3, 40))
GAPS: Rows = (
    ("id", "name", "commune_code", "lon", "lat", "population", "power"),
    ("g1", "Thôn Một", "00004", 105.84, 21.03, 100, "yes"),
    ("", "Bản Hai", "00715", 105.30, 23.30, 50, "no"),
    ("g3", "Bản Ba", "00715", 105.31, 23.31, 60, "yes"),
)
LATER: Rows = (
    GAPS[0],
    ("", "ban hai", "00715", 105.301, 23.30, 50, "no"),
    ("g4", "Bản Bốn", "00715", 105.35, 23.31, 30, "yes"),
    ("g5", "Bản Năm", "zz", "x", 23.31, 30, "yes"),
)
TABLES = {
    "tinh.csv": PROVINCES,
    "huyen.csv": DISTRICTS,
    "xa.csv": COMMUNES,
    "bang.csv": OFFICE,
    "bang-bad.csv": (*OFFICE, ("Yên Bái", 2024, "nhiều", 1, 1, "có")),
    "table.csv": COUNTS,
    "rates.csv": RATES,
    "good.csv": GOOD,
    "good-2.csv": NEWER,
    "long.csv": LONG,
    "personal.csv": PERSONS,
    "thon.csv": SETTLEMENTS,
    "452.csv": SITES,
    "vn2000.csv": METRES,
    "do.csv": SIGNALS,
    "people.csv": PEOPLE,
    "gaps-a.csv": GAPS,
    "gaps-b.csv": LATER,
    "doubled.csv": (("Tỉnh", "Tỉnh"), ("Hà Nội", "Huế")),
    "ragged.csv": (("Tỉnh", "Số"), ("Hà Nội", 1, 2, 3), ("Huế",)),
    "commas.csv": (("Tỉnh", "Số"), ("Quảng Nam", "1.234,5"), ("Đà Nẵng", "7")),
}


def _csv(rows: Iterable[Sequence[object]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _xlsx(file: Path, rows: Rows) -> None:
    with xlsxwriter.Workbook(file) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        sheet = book.add_worksheet("Bảng")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)


def _far_cells(file: Path) -> None:
    """Write a workbook of two cells, the first and the last that there can be."""
    _xlsx(file, (("a",),))
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", far)
    with zipfile.ZipFile(file, "w") as book:
        for name, data in parts.items():
            book.writestr(zipfile.ZipInfo(name), data)


def make(folder: Path, data: Path) -> None:
    """Write all inputs.

    Parameters
    ----------
    folder
        Where to.
    data
        The folder of figures of the checkout: lists of areas and boundaries are taken from it.
    """
    for name, rows in TABLES.items():
        (folder / name).write_bytes(_csv(rows, ";" if name == "table.csv" else ","))
    _xlsx(folder / "table.xlsx", COUNTS)
    _xlsx(folder / "thon.xlsx", SETTLEMENTS)
    _far_cells(folder / "bomb.xlsx")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    (folder / "empty.csv").write_bytes(b"")
    # "Tỉnh, Hà Nội, Đà Nẵng" as TCVN3 has them.
    (folder / "tcvn3.csv").write_bytes(b"T\xd8nh,S\xe8\nH\xb5 N\xe9i,1\n\xa7\xb5 N\xbdng,2\n")
    (folder / "bad.yaml").write_text("edition: '1999'\nplaces: [\n", "utf-8")
    with (data / "editions" / "areas_2024.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file) if row["level"] == "province"]
    full = [("code", "n", "m"), *((code, int(code) * 7, int(code) / 4) for code in codes)]
    (folder / "full.csv").write_bytes(_csv(full))
    square = shapely.box(105.2, 23.2, 105.305, 23.305)
    frame = gpd.GeoDataFrame({"technology": ["4G"], "operator": ["Viettel"]}, geometry=[square])
    (folder / "viettel.geojson").write_text(frame.to_json(), "utf-8")
    provinces = gpd.read_parquet(data / "boundaries" / "2025-province.parquet")
    provinces["geometry"] = shapely.set_precision(provinces.geometry.values, 1e-5)
    provinces = provinces[["code", "geometry"]]
    (folder / "provinces.geojson").write_text(provinces.to_json(drop_id=True), "utf-8")
    (folder / "some.geojson").write_text(provinces.head(3).to_json(drop_id=True), "utf-8")
