"""What the replacing of boundaries says, in Vietnamese and in English."""

from __future__ import annotations

from typing import Final

FINDINGS: Final[dict[str, tuple[str, str]]] = {
    # Files
    "no_file": ("Không có tệp {file}.", "There is no file {file}."),
    "too_big": (
        "{file} lớn hơn giới hạn {limit} MB.",
        "{file} is larger than the limit of {limit} MB.",
    ),
    "kind": (
        "{file} không phải GeoJSON, TopoJSON, GeoPackage hay Shapefile nén zip.",
        "{file} is neither GeoJSON, TopoJSON, GeoPackage nor a zipped Shapefile.",
    ),
    "broken": (
        "{file} hỏng, bị cắt cụt hoặc không đúng định dạng: {error}",
        "{file} is broken, cut short or not of its format: {error}",
    ),
    "zip_path": (
        "{file} có mục mang đường dẫn không được phép: {entry}.",
        "{file} holds an entry with a path that is not allowed: {entry}.",
    ),
    "zip_bomb": (
        "{file} bung ra quá lớn hoặc nén bất thường ({entry}); không giải nén.",
        "{file} unpacks to too much or is compressed beyond reason ({entry}); not unpacked.",
    ),
    "zip_shapefile": (
        "{file} phải chứa đúng một Shapefile (.shp, .shx, .dbf); tìm thấy {n}.",
        "{file} must hold exactly one Shapefile (.shp, .shx, .dbf); found {n}.",
    ),
    "layers": (
        "{file} có nhiều lớp ({layers}); hãy chọn một bằng --layer.",
        "{file} has several layers ({layers}); choose one with --layer.",
    ),
    "no_layer": (
        "{file} không có lớp {layer}; các lớp: {layers}.",
        "{file} has no layer {layer}; its layers: {layers}.",
    ),
    "too_many": (
        "{file} có {n} đối tượng hoặc quá nhiều đỉnh; giới hạn {limit} đối tượng, "
        "{vertices} triệu đỉnh.",
        "{file} has {n} features or too many vertices; the limits are {limit} features and "
        "{vertices} million vertices.",
    ),
    "no_features": ("{file} không có vùng nào.", "{file} has no polygon."),
    "crs_none": (
        "Tệp không nói hệ tọa độ và tọa độ không phải kinh, vĩ độ; hãy cho biết bằng --crs, "
        "ví dụ EPSG:3405 (VN-2000).",
        "The file does not say its coordinate reference system and its coordinates are not "
        "degrees; name it with --crs, such as EPSG:3405 (VN-2000).",
    ),
    "crs_assumed": (
        "Tệp không nói hệ tọa độ; tọa độ là kinh, vĩ độ ở Việt Nam nên hiểu là EPSG:4326.",
        "The file does not say its coordinate reference system; its coordinates are degrees in "
        "Viet Nam and were taken as EPSG:4326.",
    ),
    "crs_changed": (
        "Tọa độ đã được chuyển từ {crs} sang EPSG:4326.",
        "Coordinates were carried from {crs} to EPSG:4326.",
    ),
    "crs_name": (
        "Không dùng được hệ tọa độ {crs}.",
        "The coordinate reference system {crs} cannot be used.",
    ),
    "axes": (
        "Vĩ độ đứng trước kinh độ: hai trục bị đảo. Hãy xuất lại tệp với kinh độ trước.",
        "Latitude comes before longitude: the axes are swapped. Export the file again with "
        "longitude first.",
    ),
    "elsewhere": (
        "Các vùng không nằm ở Việt Nam (khung bao {box}); hệ tọa độ ghi trong tệp có thể sai.",
        "The polygons do not lie in Viet Nam (box {box}); the coordinate reference system that "
        "the file states may be wrong.",
    ),
    # Matching
    "matched_code": (
        "{n} vùng khớp theo mã (cột {column}).",
        "{n} polygons matched by code (column {column}).",
    ),
    "matched_name": (
        "{n} vùng khớp theo tên (cột {column}): {methods}.",
        "{n} polygons matched by name (column {column}): {methods}.",
    ),
    "no_column": (
        "Không có cột mã hay tên khớp với đơn vị của bản đồ {edition}; các cột: {columns}.",
        "No column holds codes or names of the units of edition {edition}; columns: {columns}.",
    ),
    "column_unknown": (
        "Tệp không có cột {column}; các cột: {columns}.",
        "The file has no column {column}; its columns: {columns}.",
    ),
    "unmatched": (
        "{n} vùng không khớp với đơn vị nào: {rows}.",
        "{n} polygons match no unit: {rows}.",
    ),
    "duplicates": (
        "{n} đơn vị có nhiều vùng trùng mã hoặc tên: {units}.",
        "{n} units have several polygons with the same code or name: {units}.",
    ),
    # Geometry
    "empty": ("{n} vùng rỗng: {units}.", "{n} polygons are empty: {units}."),
    "repaired": (
        "{n} vùng không hợp lệ về hình học đã được sửa: {units}.",
        "{n} polygons were invalid and have been repaired: {units}.",
    ),
    "outside": (
        "{n} vùng nằm ngoài Việt Nam, bị bỏ ra: {units}.",
        "{n} polygons lie outside Viet Nam and were set aside: {units}.",
    ),
    "overlapping": (
        "{n} vùng chồng lên đơn vị khác, bị bỏ ra: {units}.",
        "{n} polygons lie on those of other units and were set aside: {units}.",
    ),
    "misplaced": (
        "{n} vùng nằm xa nơi của đơn vị, bị bỏ ra: {units}.",
        "{n} polygons lie far from the place of their unit and were set aside: {units}.",
    ),
    "swapped": (
        "Vùng của các đơn vị này bị gán nhầm cho nhau, đã đổi lại: {units}.",
        "The polygons of these units were exchanged, and have been put right: {units}.",
    ),
    "island_kept": (
        "Bộ dữ liệu không có vùng của {units}: giữ vùng của lớp có sẵn.",
        "The set has no polygon of {units}: that of the bundled layer was kept.",
    ),
    "island_parts": (
        "{n} mảnh của {units} nằm ngoài vùng biển của quần đảo, đã bỏ.",
        "{n} pieces of {units} lie outside the sea of the archipelago and were dropped.",
    ),
    # Older lists
    "carried": (
        "Danh sách cũ: {n} đơn vị đã nhập vào đơn vị khác ({units}).",
        "Older list: {n} units were joined to others ({units}).",
    ),
    "split": (
        "Danh sách cũ chưa chia các đơn vị này; đường chia bên trong là xấp xỉ: {units}.",
        "The older list has not yet divided these units; the line inside is approximate: {units}.",
    ),
    "unknown_codes": (
        "{n} mã không có trong danh sách nào: {units}.",
        "{n} codes are in no list: {units}.",
    ),
    # Completeness
    "missing": (
        "Thiếu {n} trên {of} đơn vị: {units}.",
        "{n} of {of} units are missing: {units}.",
    ),
    "partial_hint": (
        "Dùng --partial để giữ ranh giới có sẵn ở nơi thiếu.",
        "Use --partial to keep the bundled boundaries where something is missing.",
    ),
    "kept": (
        "{n} trên {of} đơn vị giữ ranh giới có sẵn (xấp xỉ): {units}.",
        "{n} of {of} units keep their bundled (approximate) boundaries: {units}.",
    ),
    "remainder": (
        "{n} đơn vị thiếu được lấy từ phần còn lại của tỉnh: {units}.",
        "{n} missing units were taken from what their province has left: {units}.",
    ),
    "nothing": ("Không còn vùng nào dùng được.", "No usable polygon is left."),
    # Coverage
    "edges": (
        "{n} đơn vị có cạnh không khớp với đơn vị bên cạnh; đã khớp lại (lệch nhất {metres} m).",
        "{n} units had edges that did not match their neighbour's; matched again, at most "
        "{metres} m apart.",
    ),
    "gaps": (
        "{n} khoảng trống giữa các đơn vị (tổng {km2} km²) đã gán cho đơn vị có cạnh chung dài "
        "nhất.",
        "{n} gaps between units ({km2} km² in all) were given to the unit with the longest shared "
        "border.",
    ),
    "seam": (
        "{n} mảnh dọc mối nối giữa ranh giới chính thức và xấp xỉ ({km2} km²) đã gán cho phía "
        "xấp xỉ.",
        "{n} pieces along the seam between official and approximate boundaries ({km2} km²) were "
        "given to the approximate side.",
    ),
    "vanished": (
        "Sau khi khớp, không còn chỗ cho: {units}.",
        "Once matched, there is no room left for: {units}.",
    ),
    "uncovered": (
        "Không làm được một lớp phủ hợp lệ từ các vùng này.",
        "No valid coverage can be made of these polygons.",
    ),
    "areas_off": (
        "{n} đơn vị có diện tích lệch trên 20% so với số liệu chính thức: {units}.",
        "{n} units differ by more than 20% from their official area: {units}.",
    ),
    # Sets
    "verified": (
        "{n} tệp đúng từng byte với bản đã công bố ({set}).",
        "{n} files are byte for byte those published ({set}).",
    ),
    "altered": (
        "{n} tệp bị thay đổi hoặc cắt cụt: {files}.",
        "{n} files were altered or cut short: {files}.",
    ),
    "files_missing": (
        "Thiếu {n} trên {of} tệp: {files}.",
        "{n} of {of} files are missing: {files}.",
    ),
    "unreachable": (
        "Không tải được {n} tệp ({error}). Kiểm tra kết nối mạng, hoặc dùng --mirror với bản sao "
        "đã có; những tệp đã tải được giữ lại và không tải lại.",
        "{n} files could not be fetched ({error}). Check the connection, or use --mirror with a "
        "copy; the files that came are kept and will not be fetched again.",
    ),
    "no_mirror": ("Không có thư mục {path}.", "There is no folder {path}."),
    "mirror_empty": (
        "{path} không có tệp nào của bộ {set}.",
        "{path} holds no file of the set {set}.",
    ),
    "busy": (
        "Không ghi được thư mục ranh giới: {error}.",
        "The folder of boundaries cannot be written: {error}.",
    ),
    "disk": (
        "Không ghi được: {error}.",
        "It could not be written: {error}.",
    ),
}
