"""What a search for coverage gaps says, in Vietnamese and in English."""

from __future__ import annotations

from typing import Final

from base.words import Lang

# Why a file or an option cannot be used.
REFUSALS: Final[dict[str, tuple[str, str]]] = {
    "unreadable": ("Không đọc được {file}: {error}.", "{file} cannot be read: {error}."),
    "too_big": (
        "{file} lớn hơn {limit} MB sau khi giải nén; hãy chia nhỏ, hoặc chạy bằng dòng lệnh.",
        "{file} unpacks to more than {limit} MB; split it, or use the command line.",
    ),
    "empty": ("{file} rỗng; hãy kiểm tra lại tệp.", "{file} is empty; check the file."),
    "broken": ("{file} hỏng hoặc không đúng định dạng: {error}", "{file} is broken: {error}"),
    "kind": (
        "{file} không phải loại tệp đọc được; cần CSV, XLSX, Parquet, GeoPackage, GeoJSON, "
        "FlatGeobuf, KML, hoặc tệp zip chứa một Shapefile, bảng MapInfo hay một tệp như trên.",
        "{file} is of no kind that is read; use CSV, XLSX, Parquet, GeoPackage, GeoJSON, "
        "FlatGeobuf, KML, or a zip with one Shapefile, MapInfo table or one of these.",
    ),
    "archive": (
        "{file} phải chứa đúng một lớp hoặc một bảng; tìm thấy {n}. Hãy nén riêng từng tệp.",
        "{file} must hold one layer or table; {n} were found. Zip each of them alone.",
    ),
    "links": (
        "{file} dẫn tới tệp khác (NetworkLink, DOCTYPE); hãy xuất KML không có liên kết.",
        "{file} refers to other files (NetworkLink, DOCTYPE); export a KML without links.",
    ),
    "many_rows": (
        "{file} có quá {limit} hàng; hãy chia nhỏ.",
        "{file} has over {limit} rows; split it.",
    ),
    "row_groups": (
        "{file} có nhóm hàng quá {limit} hàng; hãy ghi lại Parquet với nhóm nhỏ hơn.",
        "{file} has row groups of over {limit} rows; write it with smaller ones.",
    ),
    "many_columns": ("{file} có quá {limit} cột.", "{file} has over {limit} columns."),
    "encoding": (
        "Không đọc được chữ trong {file} bằng bảng mã đã chọn hay đoán; hãy lưu lại bằng UTF-8 "
        "hoặc chọn bảng mã khác.",
        "The texts of {file} cannot be read in the encoding that was named or found out; save it "
        "as UTF-8 or choose another encoding.",
    ),
    "encoding_name": ("Không có bảng mã {encoding}.", "There is no encoding {encoding}."),
    "crs": (
        "{file} không nói hệ tọa độ của nó; hãy cho biết, ví dụ EPSG:4326 hoặc EPSG:3405 "
        "(VN-2000).",
        "{file} does not say its coordinate reference system; name it, such as EPSG:4326 or "
        "EPSG:3405 (VN-2000).",
    ),
    "crs_name": ("Không có hệ tọa độ {crs}.", "There is no coordinate reference system {crs}."),
    "column_missing": (
        "{file} không có cột {column}; các cột: {columns}.",
        "{file} has no column {column}; its columns: {columns}.",
    ),
    "column_twice": (
        "Nhiều cột cùng nghĩa ({what}): {columns}; hãy chọn cột, hoặc đổi tên để còn một cột.",
        "Several columns could be meant ({what}): {columns}; choose one, or rename all but one.",
    ),
    "no_place_columns": (
        "{file} không có cột tọa độ (lon, lat) hay mã xã (ma_xa); các cột: {columns}.",
        "{file} has neither columns lon and lat nor commune_code; its columns: {columns}.",
    ),
    "no_site_columns": (
        "{file} không có cột tọa độ lon, lat của trạm; các cột: {columns}.",
        "{file} has no columns lon and lat for the sites; its columns: {columns}.",
    ),
    "no_signal_columns": (
        "{file} cần các cột lon, lat, dbm; các cột: {columns}.",
        "{file} needs the columns lon, lat and dbm; its columns: {columns}.",
    ),
    "no_grid_columns": (
        "{file} cần các cột lon, lat, population; các cột: {columns}.",
        "{file} needs the columns lon, lat and population; its columns: {columns}.",
    ),
    "no_geometry": ("{file} không có hình vùng phủ.", "{file} has no geometry."),
    "not_points": (
        "{file} có hình không phải điểm; thôn và trạm phải là điểm.",
        "{file} holds other shapes than points; settlements and sites must be points.",
    ),
    "no_boundaries": (
        "Bản {edition} không có ranh giới; không biết điểm thuộc nơi nào.",
        "Edition {edition} has no boundaries; points cannot be placed.",
    ),
    "no_network": (
        "Cần tệp thôn, bản và ít nhất một tệp trạm hoặc vùng phủ sóng.",
        "A file of settlements is needed, and one of sites or of coverage polygons.",
    ),
    "no_network_left": (
        "Không còn trạm hay vùng phủ nào dùng được; hay gặp nhất: {reason} ({n} hàng).",
        "No site or polygon is left that can be used; most often: {reason} ({n} rows).",
    ),
    "nothing_left": (
        "Không còn thôn, bản nào dùng được; hay gặp nhất: {reason} ({n} hàng).",
        "No settlement is left that can be used; most often: {reason} ({n} rows).",
    ),
    "many_layers": (
        "Có {n} mạng (công nghệ × nhà mạng); giới hạn là {limit}. Hãy lọc bớt.",
        "There are {n} networks (technology × operator); the limit is {limit}. Filter the file.",
    ),
    "mixed": (
        "Không trộn dữ liệu mô phỏng với dữ liệu thật. Có dấu mô phỏng: {simulated}; không có: "
        "{real}.",
        "Made-up data are never mixed with real ones. Marked as simulated: {simulated}; not: "
        "{real}.",
    ),
    "option": (
        "Không hiểu {option} {value}; viết {allowed}.",
        "Cannot read {option} {value}; write {allowed}.",
    ),
    "no_lists": ("Cần ít nhất một danh sách.", "At least one list is needed."),
    "definitions": (
        "Các danh sách định nghĩa lõm sóng khác nhau; không gộp vào một sổ.",
        "The lists define gaps in different ways; they do not belong into one ledger.",
    ),
    "same_date": (
        "Hai danh sách cùng ngày; mỗi ngày chỉ một danh sách.",
        "Two lists have the same date; give one a date.",
    ),
    "unwritable": ("Không ghi được {file}: {error}.", "{file} cannot be written: {error}."),
    "scheduler": (
        "Không nối được với Dask ở {scheduler}: {error}.",
        "Dask cannot be reached at {scheduler}: {error}.",
    ),
}
# Why a row was left out, or is doubtful.
REASON_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "no_rows": ("tệp không có hàng nào", "the file has no rows"),
    "cells": ("số ô không khớp tiêu đề", "another number of cells than the header"),
    "encoding": ("có ký tự không đọc được (sai bảng mã)", "characters of another encoding"),
    "encoding_read": ("đọc theo bảng mã nhận biết được", "read in the encoding found out"),
    "other_sheets": ("không đọc các trang tính khác", "other sheets were not read"),
    "other_layers": ("không đọc các lớp khác", "other layers were not read"),
    "metres": (
        "tọa độ tính bằng mét mà tệp không nói hệ nào (chọn hệ tọa độ, ví dụ VN-2000)",
        "coordinates in metres of an unnamed system (name it, such as VN-2000)",
    ),
    "axes": (
        "tệp ghi X là hướng bắc, Y là hướng đông; đã đọc theo đó",
        "X is the way to the north and Y to the east; it was read so",
    ),
    "duplicate_id": ("mã trùng với một hàng trước", "same id as a row before"),
    "unknown_area": ("mã đơn vị không có trong bản này", "code that the edition does not have"),
    "coordinates": ("tọa độ không đọc được hoặc thiếu một nửa", "coordinates unreadable or half"),
    "no_coordinates": ("không có tọa độ", "no coordinates"),
    "swapped": (
        "kinh độ và vĩ độ bị đảo (chọn “sửa” để đổi lại)",
        "longitude and latitude exchanged (ask for mending to put them right)",
    ),
    "swapped_mended": ("kinh độ và vĩ độ đã được đổi lại", "exchanged coordinates put right"),
    "abroad": ("ngoài khung tọa độ Việt Nam", "outside the box of Viet Nam"),
    "at_sea_or_abroad": ("ngoài biển hoặc nước ngoài", "at sea or abroad"),
    "far_from_area": (
        "điểm cách xa đơn vị ghi trong tệp (theo mã)",
        "point far from the area that its code names (the code was followed)",
    ),
    "population": ("dân số không đọc được", "population unreadable: taken as unknown"),
    "households": ("số hộ không đọc được", "households unreadable: taken as unknown"),
    "power": ("tình trạng điện không đọc được", "power unreadable: taken as unknown"),
    "technology": ("công nghệ lạ", "unknown technology"),
    "network_code": ("mã mạng (MNC) không đọc được", "network code unreadable"),
    "other_country": ("mã quốc gia (MCC) khác 452", "country code (MCC) is not 452"),
    "range_unread": ("bán kính không đọc được", "range unreadable"),
    "range_zero": ("bán kính bằng 0 hoặc âm", "range zero or negative"),
    "range_large": ("bán kính quá 100 km", "range over 100 km"),
    "range_missing": ("không có bán kính", "no range"),
    "range_assumed": ("bán kính giả định, do tệp không ghi", "range assumed: the file gives none"),
    "sector": ("góc phương vị hoặc góc mở sai", "azimuth or beam width wrong"),
    "sector_half": (
        "chỉ có góc phương vị hoặc chỉ có góc mở",
        "azimuth without width, or width without azimuth",
    ),
    "geometry_empty": ("hình rỗng", "empty geometry"),
    "geometry_kind": ("không phải vùng", "no polygon"),
    "geometry_invalid": ("hình không hợp lệ", "invalid polygon"),
    "dbm": ("cường độ tín hiệu sai", "signal strength wrong"),
    "dbm_missing": ("không có cường độ tín hiệu", "no signal strength"),
    "grid_unread": ("ô lưới không đọc được", "grid cells unreadable"),
    "grid_swapped": ("ô lưới có tọa độ bị đảo", "grid cells with exchanged coordinates"),
    "grid_abroad": ("ô lưới ngoài khung Việt Nam", "grid cells outside the box of Viet Nam"),
    "grid_nowhere": ("ô lưới ngoài biển hoặc nước ngoài", "grid cells at sea or abroad"),
    "grid_negative": ("ô lưới có số dân âm", "grid cells with negative people"),
}
# What the command line says.
TEXTS: Final[dict[str, tuple[str, str]]] = {
    "simulated": (
        "DỮ LIỆU MÔ PHỎNG: mọi con số dưới đây là giả lập.",
        "SIMULATED DATA: every figure below is made up.",
    ),
    "summary": (
        "{settlements} thôn, bản: {covered} đã phủ sóng, {weak} sóng yếu, {uncovered} chưa phủ "
        "({no_power} chưa có điện), {unknown} chưa rõ.",
        "{settlements} settlements: {covered} covered, {weak} weak, {uncovered} not covered "
        "({no_power} of them without power), {unknown} unknown.",
    ),
    "people": (
        "Dân số: {people}, trong đó {uncovered} ở nơi chưa phủ sóng; {without} thôn, bản không có "
        "số dân.",
        "People: {people}, of whom {uncovered} are not covered; {without} settlements give none.",
    ),
    "households_line": (
        "Số hộ (của các thôn, bản có ghi): {households}, trong đó {uncovered} ở nơi chưa phủ sóng.",
        "Households (where given): {households}, of which {uncovered} are not covered.",
    ),
    "no_4g": ("Không có 4G, 5G: {n} thôn, bản.", "Without 4G or 5G: {n} settlements."),
    "grid": (
        "Lưới dân số: {people} người, {covered} trong vùng phủ, {unknown} chưa rõ.",
        "Population grid: {people} people, {covered} covered, {unknown} unknown.",
    ),
    "clusters": ("{n} cụm lõm sóng liền kề.", "{n} clusters of adjacent gaps."),
    "ranking": (
        "{n} trạm mới (bán kính {reach} m) phủ thêm {reached} trên {all} {weight}; cách đặt tốt "
        "nhất cũng không vượt {upper}. Chọn dần từng trạm luôn đạt ít nhất 63% mức tốt nhất.",
        "{n} new sites (range {reach} m) would reach {reached} of {all} {weight}; no choice of as "
        "many reaches over {upper}. Choosing one by one always reaches at least 63% of the best.",
    ),
    "ranking_households": (
        "Không điểm lõm nào có số dân: xếp hạng theo số hộ.",
        "No gap gives a population: the ranking counts households.",
    ),
    "ranking_settlements": (
        "Không điểm lõm nào có số dân hay số hộ: xếp hạng theo số thôn, bản.",
        "No gap gives a population or households: the ranking counts settlements.",
    ),
    "ranking_without": (
        "Trong xếp hạng, {n} điểm lõm không có số {weight} được tính là 0.",
        "In the ranking, {n} gaps that give no number of {weight} count as nothing.",
    ),
    "too_many_pairs": (
        "Quá nhiều cặp lõm sóng gần nhau: không xếp hạng trạm mới; hãy giảm bán kính.",
        "Too many gaps near each other: no ranking of new sites; take a smaller range.",
    ),
    "read": ("{file}: {n} hàng.", "{file}: {n} rows."),
    "left_out": (
        "{n} hàng bị loại: {reason} ({file}; {rows})",
        "{n} left out: {reason} ({file}; {rows})",
    ),
    "kept": (
        "{n} hàng cần xem lại, vẫn dùng: {reason} ({file}; {rows})",
        "{n} doubtful but used: {reason} ({file}; {rows})",
    ),
    "noted": ("{file}: {reason} ({rows})", "{file}: {reason} ({rows})"),
    "rows": ("hàng {rows}", "rows {rows}"),
    "more": ("{rows} …", "{rows} …"),
    "near_border": (
        "{n} thôn, bản được xếp theo điểm ở gần ranh giới: có thể thuộc xã bên cạnh.",
        "{n} settlements placed by their point are near a border: they may belong "
        "to the next area.",
    ),
    "ledger_line": (
        "{date}: {open} điểm còn lõm, {new} điểm mới hoặc tái lõm.",
        "{date}: {open} gaps open, {new} new or reopened.",
    ),
    "ambiguous": (
        "{n} hàng trùng tên nhiều điểm trong xã, không phân biệt được: tính là điểm mới.",
        "{n} rows have the name of several gaps of their commune: taken as new.",
    ),
    "written": ("Đã ghi {file}.", "Wrote {file}."),
    "settlements": ("thôn, bản", "settlements"),
    "population": ("người", "people"),
    "households": ("hộ", "households"),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """Say a refusal or a line of the report."""
    texts = REFUSALS.get(key) or TEXTS[key]
    if values.get("reason") in REASON_TEXTS:
        values["reason"] = reason_text(str(values["reason"]), lang)
    return texts[lang == "en"].format(**values)


def reason_text(reason: str, lang: Lang) -> str:
    """Say why a row was left out or is doubtful."""
    return REASON_TEXTS[reason][lang == "en"]
