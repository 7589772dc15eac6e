"""Untidy tables as ministries and provinces send them: made up, each with what it should give."""

from __future__ import annotations

import io
import unicodedata

import openpyxl


def book(sheets, merged=(), hide=(), percent=()):
    """Make an XLSX of sheets by name: rows of cells, merged areas and hidden rows of the first."""
    wb = openpyxl.Workbook()
    wb.remove(wb.active)
    for name, rows in sheets.items():
        sheet = wb.create_sheet(name)
        for row in rows:
            sheet.append(row)
    first = wb.worksheets[0]
    for area in merged:
        first.merge_cells(area)
    for row in hide:
        first.row_dimensions[row].hidden = True
    for cell in percent:
        first[cell].number_format = "0.0%"
    file = io.BytesIO()
    wb.save(file)
    return file.getvalue()


HEAD = [
    ["UBND TỈNH LONG AN", None, None, "Biểu số 01/BC-ĐA06"],
    ["SỞ THÔNG TIN VÀ TRUYỀN THÔNG", None, None, "Ban hành kèm theo Công văn số 123/UBND-NC"],
    [None],
    ["BÁO CÁO KẾT QUẢ THỰC HIỆN ĐỀ ÁN 06\nQuý IV/2024"],
    ["(Số liệu tính đến 31/12/2024)"],
    [None, None, None, "Đơn vị tính: %"],
]
FOOT = [
    ["Ghi chú: số liệu sơ bộ, (*) chưa tính cấp xã."],
    ["Nguồn: Công an tỉnh"],
    [None, None, "Long An, ngày 05 tháng 01 năm 2025"],
    [None, None, "NGƯỜI LẬP BIỂU"],
    [None, None, "(Ký, ghi rõ họ tên)"],
]


def titles_and_footers():
    rows = [
        *HEAD,
        ["STT", "Tên đơn vị", "Tỷ lệ kích hoạt", "Ghi chú"],
        ["A", "B", "(1)", "(2)"],
        ["1", "TP. Tân An", "98,7%", None],
        ["2", "TX Kiến Tường", "89,5%", "x"],
        ["3", "H. Cần Giuộc", "-", None],
        ["4", "Huyện Tân Trụ", "…", None],
        [None, "Tổng cộng", "94,1%", None],
        *FOOT,
    ]
    return book({"Biểu 01": rows}, merged=["A4:D4", "A5:D5"])


def roman_regions():
    rows = [
        ["TỔNG HỢP SỐ HỒ SƠ 6 THÁNG ĐẦU NĂM 2024"],
        ["TT", "Vùng/Tỉnh, thành phố", "Số hồ sơ tiếp nhận", "Tỷ lệ (%)"],
        [None, "CẢ NƯỚC", "12.345", "50,0"],
        ["I", "Đồng bằng sông Hồng", "3.000", None],
        [1, "Hà Nội", "2.000", "98,5"],
        [2, "Hải Phòng", "1.000", "97,25"],
        ["II", "Bắc Trung Bộ và Duyên hải miền Trung", "1.234", None],
        [3, "Thừa Thiên - Huế", "1.234", "x"],
        [4, "T.P Đà Nẵng", "chưa có số liệu", "–"],
        ["Nguồn: Văn phòng Chính phủ"],
    ]
    return book({"Sheet1": rows})


def periods_by_indicators():
    rows = [
        ["Bảng 3. Kết quả số hóa hồ sơ"],
        ["Địa phương", "Quý I/2024", None, "Quý II/2024", None],
        [None, "Số hồ sơ", "Tỷ lệ", "Số hồ sơ", "Tỷ lệ"],
        ["Hà Nội", 1200, 0.505, 1300, 0.61],
        ["TP.HCM", 2200, 0.7, 2300, 0.71],
        ["Cần Thơ", 300, 0.2, None, None],
    ]
    shown = [f"{column}{row}" for column in "CE" for row in (4, 5, 6)]
    return book({"a": rows}, merged=["A2:A3", "B2:C2", "D2:E2"], percent=shown)


def a_sheet_a_province():
    def sheet(name, places):
        return [
            [f"TỈNH {name.upper()}"],
            ["Số thẻ đã cấp đến ngày 30/06/2024"],
            ["STT", "Huyện, thị xã, thành phố", "Số thẻ"],
            *([i, place, 1000 * i] for i, place in enumerate(places, 1)),
            [None, "Cộng", sum(1000 * i for i in range(1, len(places) + 1))],
        ]

    return book(
        {
            "Long An": sheet("Long An", ["Tân An", "Châu Thành", "Bến Lức"]),
            "Tiền Giang": sheet("Tiền Giang", ["Mỹ Tho", "Châu Thành", "Cai Lậy"]),
        }
    )


def merged_provinces():
    rows = [
        ["Tỉnh", "Huyện", "Số xã có lõm sóng năm 2024"],
        ["Long An", "Châu Thành", 3],
        [None, "Tân Trụ", 4],
        ["Tiền Giang", "Châu Thành", 5],
        [None, "Chợ Gạo", 6],
    ]
    return book({"x": rows}, merged=["A2:A3", "A4:A5"])


def decomposed_and_hidden():
    def nfd(rows):
        return [
            [unicodedata.normalize("NFD", c) if isinstance(c, str) else c for c in row]
            for row in rows
        ]

    rows = [
        ["Đơn vị", "Tỷ lệ năm 2024"],
        ["Thành phố Hà Nội", "98,7"],
        ["Tỉnh Thừa Thiên Huế", "1.234,5"],
        ["Tỉnh Quảng Ngãi", "50"],
    ]
    return book({"Ẩn": nfd(rows)}, hide=[3])


def long_by_month():
    rows = [["Tháng", "Mã tỉnh", "Tỉnh/TP", "Chỉ tiêu", "Đơn vị tính", "Giá trị"]]
    for month in ("01/2024", "02/2024"):
        for code, name in (("01", "Hà Nội"), ("79", "TP Hồ Chí Minh")):
            rows.append([month, code, name, "Tên rate", "%", 55.5])
            rows.append([month, code, name, "Tên people", "người", 1000])
    return book({"Dữ liệu": rows})


def codes_alone():
    return b"ma_tinh,nam,gia_tri\n01,2023,98.5\n1,2024,99.1\n79,2024,97\n"


def two_blocks_side_by_page():
    page = [["STT", "Tỉnh", "Số máy năm 2024"], [1, "Hà Nội", 5], [2, "Huế", 6]]
    other = [["STT", "Tỉnh", "Số máy năm 2024"], [3, "Cà Mau", 7], [None, "Tổng số", 18]]
    return book({"in": [["Danh sách"], *page, ["Trang 1/2"], *other]})


def wide_months():
    months = [f"T{i}/2024" for i in range(1, 13)]
    rows = [
        ["Tình hình chi trả không dùng tiền mặt năm 2024"],
        ["STT", "Tên tỉnh", *months, "Cả năm 2024"],
        [1, "Hà Nội", *range(1, 13), 78],
        [2, "Bắc Ninh", *range(2, 14), 90],
        [None, "Toàn quốc", *range(3, 27, 2), 168],
    ]
    return book({"2024": rows})


def names_with_levels():
    rows = [
        ["Bảng kê các phường"],
        ["TT", "Xã/phường", "Tỉnh", "Số dân 2025"],
        [1, "P. Ba Đình", "Hà Nội", 10],
        [2, "Phường Hoàn Kiếm", "Hà Nội", 20],
        [3, "xã Sóc Sơn", "TP Hà Nội", 30],
        [4, "Đặc khu Phú Quốc", "An Giang", 40],
    ]
    return book({"s": rows})
