"""What a conversion says on the command line, in Vietnamese and in English."""

from __future__ import annotations

from base.words import Lang

MESSAGES: dict[str, tuple[str, str]] = {
    "code_or_name": (
        "Hãy cho đúng một trong hai: --code CỘT (mã) hoặc --name CỘT (tên).",
        "Give exactly one of --code COLUMN and --name COLUMN.",
    ),
    "no_rules": (
        "Chưa nói phải làm gì với cột nào; không đoán thay. Hãy dùng --sum CỘT, "
        "--ratio KẾT_QUẢ=TỬ/MẪU, --mean CỘT[:TRỌNG_SỐ], --status CỘT. Cột có số: {columns}.",
        "No column has a rule, and none is guessed. Use --sum COLUMN, --ratio OUT=NUM/DEN, "
        "--mean COLUMN[:WEIGHT], --status COLUMN. Columns with numbers: {columns}.",
    ),
    "column_missing": (
        "Không có cột {column!r}; tệp có các cột: {columns}.",
        "There is no column {column!r}; the file has: {columns}.",
    ),
    "column_twice": (
        "Có hai cột cùng tên {column!r}; hãy đổi tên một cột. Các cột: {columns}.",
        "Two columns are called {column!r}; rename one. Columns: {columns}.",
    ),
    "column_taken": (
        "Tên cột {column!r} trùng với cột của kết quả ({taken}); hãy đổi tên.",
        "The column {column!r} has the name of one that comes out ({taken}); rename it.",
    ),
    "out_twice": (
        "Cột {column!r} ra hai lần; mỗi cột chỉ một quy tắc, và không phải cột của --by.",
        "The column {column!r} would come out twice; give each one rule, and none to a --by.",
    ),
    "rule": (
        "Không hiểu {option} {value!r}; viết {allowed}. Tệp có các cột: {columns}.",
        "Cannot read {option} {value!r}; write {allowed}. The file has: {columns}.",
    ),
    "number_point": (
        "Hàng {row}, cột {column!r}: {value!r} không phải số; cần số như 1234.5 hoặc ô trống "
        "(thiếu không phải là 0). Nếu tệp viết 1.234,5, hãy thêm --decimal comma.",
        "Row {row}, column {column!r}: {value!r} is no number; write it as 1234.5, or leave the "
        "cell empty (missing is not 0). For a file with 1.234,5 add --decimal comma.",
    ),
    "number_comma": (
        "Hàng {row}, cột {column!r}: {value!r} không phải số; cần số như 1.234,5 hoặc ô trống "
        "(thiếu không phải là 0).",
        "Row {row}, column {column!r}: {value!r} is no number; write it as 1.234,5, or leave the "
        "cell empty (missing is not 0).",
    ),
    "negative_weight": (
        "Hàng {row}, cột {column!r}: trọng số {value} nhỏ hơn 0; hãy sửa ô đó.",
        "Row {row}, column {column!r}: the weight {value} is below 0; correct the cell.",
    ),
    "too_many_rows": (
        "Bảng có {rows} hàng; giới hạn là {limit}. Hãy chia nhỏ tệp.",
        "The table has {rows} rows; the limit is {limit}. Split the file.",
    ),
    "no_crosswalk": ("Không có bảng chuyển đổi: {error}.", "No crosswalk: {error}."),
    "level": (
        "Không chuyển được theo tên ở cấp này: {error}. Hãy dùng --code.",
        "Names of this level cannot be matched: {error}. Use --code.",
    ),
    "summary": (
        "{rows} hàng thành {out} hàng; {exact} hàng tính từ đơn vị nguyên vẹn.",
        "{rows} rows became {out}; {exact} of them out of undivided units.",
    ),
    "total": (
        "  {column}: có {given}, ra {converted}, còn lại {left}.",
        "  {column}: {given} given, {converted} came out, {left} left.",
    ),
    "left": ("{n} hàng không vào kết quả:", "{n} rows are not in the result:"),
    "row": (
        "  hàng {row}, “{text}”: {note}",
        "  row {row}, “{text}”: {note}",
    ),
    "aside": (
        "{n} hàng tổng, vùng hoặc trống được để riêng.",
        "{n} rows of totals, regions or nothing were set aside.",
    ),
    "missing": (
        "{n} chỗ thiếu số, nên đơn vị mới để trống chứ không tính thiếu:",
        "{n} figures are missing, so that new units were left blank rather than understated:",
    ),
    "lack": ("  {group}{code} {name}: {column}", "  {group}{code} {name}: {column}"),
    "no_row": ("không có hàng", "no row"),
    "more": ("  … và {left} nữa.", "  … and {left} more."),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """Say one of `MESSAGES`."""
    return MESSAGES[key][lang == "en"].format(**values)
