"""The words of `python -m geo boundaries` around its findings, in Vietnamese and in English."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "check": ("Đang kiểm tra hình học …", "Checking geometry …"),
    "match": ("Đang đối chiếu với danh mục đơn vị …", "Comparing with the list of units …"),
    "mend": ("Đang khớp cạnh …", "Matching edges …"),
    "read": ("Đang đọc tệp …", "Reading the file …"),
    "write": ("Đang ghi lớp bản đồ …", "Writing map layers …"),
    "stopped": (
        "Đã dừng; các tệp đã tải được giữ lại.",
        "Stopped; the files that came are kept.",
    ),
    "mark_refused": ("Từ chối", "Refused"),
    "mark_mended": ("Đã sửa", "Mended"),
    "mark_note": ("Lưu ý", "Note"),
    "checked": ("Dùng được; chưa thay gì.", "It can be used; nothing was replaced."),
    "replaced": ("Đã thay ranh giới.", "Boundaries were replaced."),
    "refused": ("Không thay gì cả.", "Nothing was replaced."),
    "undone": ("Đã khôi phục ranh giới trước đó.", "The boundaries of before are in force again."),
    "nothing_to_undo": (
        "Đang dùng ranh giới có sẵn; không có gì để khôi phục.",
        "The bundled boundaries are in force; there is nothing to undo.",
    ),
    "official": ("ranh giới chính thức", "official boundaries"),
    "approximate": ("ranh giới xấp xỉ", "approximate boundaries"),
    "partly": (
        "ranh giới chính thức ở {n} trên {of} đơn vị, còn lại xấp xỉ",
        "official boundaries for {n} of {of} units, the rest approximate",
    ),
    "in_force": ("Đang dùng: {name}", "In force: {name}"),
}
