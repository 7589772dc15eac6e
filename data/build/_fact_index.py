"""The index of Decision 766 by day, month and commune, from the long tables of data/facts.

The portal of 2025 and that of 2026 score differently: their figures are of different indicators.
So are those of a month and of the year to date, which would else stand beside one another on a map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.build._fact_rows import FactRow, of_row, origin_of, read_facts

Rows = Iterator[dict[str, str]]

NOW, THEN = "index766", "index766-2025"
GROUPS = {
    "CKMB": "openness",
    "TDGQ": "progress",
    "CLGQ": "online-services",
    "TTTT": "online-payment",
    "MDHL": "satisfaction",
    "MDSH": "digitisation",
}
ON_TIME = "dvcqg-month-ontime-rate"
# These tables give the snapshot of the complete tables once more.
HELD_DAY = "2026-10-10"
HELD = {
    "index766_total_34_2026.csv": "index766_total_34_2026_daily.csv",
    "index766_groups_34_2026.csv": "index766_groups_34_2026_daily.csv",
}
OCTOBER, TREND = "index766_total_34_2025_october.csv", "index766_trend_angiang_2025.csv"
OLD_PORTAL = "dvcqg766-2025-angiang-reports"
DEFAULT_SCORES = ("18", "6")
FEW_DOSSIERS_UNTIL = "2026-05-31"

_GROUP = re.compile(r"group (\w{4})\b")
_READ_ON = re.compile(r"\(read (\d{4}-\d{2}-\d{2})\)")
_APART = re.compile(r"differs from the sum of its groups by ([+-])(\d+)\.(\d+)")

COPIED = "Điểm của cả tỉnh, Cổng ghi cho mọi xã, phường; không so sánh được các xã, phường."
DEFAULT = "Cổng cho sẵn 18 hoặc 6 điểm ở nơi không có phản ánh, kiến nghị; không so sánh được."
NOTES = {
    "the province's own score": COPIED,
    "the city's own score": COPIED,
    "doubtful: this group": "Số đáng ngờ: phần lớn chênh lệch của tổng nằm ở nhóm này.",
    "national line of the portal": "Số cả nước của Cổng.",
    "the three readings differ": "Cổng đã tính lại: ba lần đọc lệch nhau, lấy lần đọc sau cùng.",
    "first two quarters fall": (
        "Quý I và quý II trước khi sáp nhập ngày 01/07/2025: nguồn không nói là của địa bàn nào."
    ),
    "month not finished": "Tháng chưa hết khi đọc.",
}


def daily_2026() -> Rows:
    """Give the index on the days beside that of the complete tables, provinces and country."""
    for file in HELD.values():
        for row in read_facts(file):
            if row.cells["period_end"] != HELD_DAY:
                yield _scored(row, NOW)


def monthly_2026() -> Rows:
    """Give the index and the dossiers on time month by month, as read on several days."""
    for row in read_facts("index766_monthly_2026.csv"):
        percent = row.cells["unit"] == "%"
        made = _observed(row, ON_TIME if percent else f"{NOW}-month-total")
        if row.cells["period_end"] <= FEW_DOSSIERS_UNTIL:
            made["note"] = f"{made['note']} Tháng này có ít hồ sơ trên Cổng mới.".strip()
        yield made


def communes_2026() -> Rows:
    """Give the index of the communes of Hà Nội, Gia Lai and An Giang."""
    for name in ("hanoi", "gialai", "angiang"):
        for row in read_facts(f"index766_communes_{name}_2026.csv"):
            made = _scored(row, NOW)
            if _group(row) == "MDHL" and made["value"] in DEFAULT_SCORES:
                made["note"] = f"{made['note']} {DEFAULT}".strip()
            yield made


def year_2025() -> Rows:
    """Give the index of the older portal for the year to date, provinces."""
    for file in ("index766_total_34_2025.csv", "index766_groups_34_2025.csv"):
        for row in read_facts(file):
            yield _scored(row, THEN)


def communes_2025() -> Rows:
    """Give the index of the older portal for the communes of An Giang."""
    for row in read_facts("index766_communes_angiang_2025.csv"):
        yield _scored(row, THEN)


def months_2025() -> Rows:
    """Give the index of the older portal by month and by quarter.

    The trend of An Giang prints October with one decimal where the table of all provinces has two:
    that is one figure, and its locator names both rows.
    """
    rounded = {}
    for row in read_facts(TREND):
        october = row.cells["period_start"] == "2025-10-01"
        if october and row.cells["qualifier"].startswith("month"):
            rounded[row.cells["area_code"], row.cells["period_end"]] = row
        elif row.cells["qualifier"].startswith("quarter"):
            yield _observed(row, f"{THEN}-quarter-total")
        else:
            yield _observed(row, f"{THEN}-month-total")
    for file in (OCTOBER, "index766_groups_34_2025_october.csv"):
        for row in read_facts(file):
            made = _scored(row, f"{THEN}-month")
            again = rounded.get((row.cells["area_code"], row.cells["period_end"]))
            if again is not None and file == OCTOBER:
                made["locator"] += f"; {again.locator}"
            yield made


def held_again(file: str) -> dict[tuple[str, str], FactRow]:
    """Return the rows that give a complete table once more, by area and group ("" for the total).

    Parameters
    ----------
    file
        Name of the complete table: a key of `HELD`.
    """
    rows = (row for row in read_facts(HELD[file]) if row.cells["period_end"] == HELD_DAY)
    return {(row.cells["area_code"], GROUPS.get(_group(row), "")): row for row in rows}


def _scored(row: FactRow, family: str) -> dict[str, str]:
    return _observed(row, f"{family}-{GROUPS.get(_group(row), 'total')}")


def _observed(row: FactRow, indicator: str) -> dict[str, str]:
    more = {"origin": _origin(row), "note": _note(row), "period_text": _words(row)}
    return of_row(row, indicator, row.cells["value"], **more)


def _group(row: FactRow) -> str:
    found = _GROUP.search(row.cells["qualifier"])
    return found[1] if found else ""


def _words(row: FactRow) -> str:
    """Say in words what period has no grain of its own: a month or quarter not yet over."""
    period = row.period
    if period.grain != "unknown":
        return period.text
    year, month, day = period.end.split("-")
    quarter = row.cells["qualifier"].startswith("quarter")
    name = f"quý {(int(month) + 2) // 3}" if quarter else f"tháng {int(month)}"
    return f"{name}/{year}, đến ngày {int(day)}/{int(month)}"


def _origin(row: FactRow) -> str:
    """Return the origin: each reading of the older portal has its own, so that one is preferred."""
    origin = origin_of(row)
    if origin != OLD_PORTAL:
        return origin
    read = _READ_ON.search(row.cells["qualifier"])
    day = read[1] if read else row.cells["period_end"]
    return f"{origin}-{day[5:].replace('-', '')}"


def _note(row: FactRow) -> str:
    stated = row.cells["note"]
    if found := _APART.search(stated):
        sign = "thấp" if found[1] == "-" else "cao"
        return (
            f"Tổng {sign} hơn {int(found[2])},{found[3]} điểm so với sáu nhóm cộng lại; "
            "nguồn không giải thích."
        )
    return " ".join(words for start, words in NOTES.items() if start in stated)
