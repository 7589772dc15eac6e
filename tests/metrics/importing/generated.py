"""Tables with a known truth, decorated as people do: what the reader stores must be that truth.

`python -m tests.metrics.importing.generated 20000` reads so many; the suite reads a few.
"""

from __future__ import annotations

import random
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from geo.editions import EDITION_2024, EDITION_2025, Area, Level, areas
from metrics.importing import examine, preview, propose
from metrics.store import Store, ensure_store
from tests.metrics.made_up import row, write

TODAY = date(2026, 11, 29)
PERIODS = {
    EDITION_2025: (
        ("Quý I/2026", "2026-01-01", "2026-03-31"),
        ("tháng 9 năm 2026", "2026-09-01", "2026-09-30"),
        ("6 tháng đầu năm 2026", "2026-01-01", "2026-06-30"),
        ("Lũy kế đến hết tháng 9/2026", "", "2026-09-30"),
        ("Số liệu đến ngày 30/9/2026", "2026-09-30", "2026-09-30"),
    ),
    EDITION_2024: (
        ("Quý II/2024", "2024-04-01", "2024-06-30"),
        ("năm 2023", "2023-01-01", "2023-12-31"),
        ("T3/2025", "2025-03-01", "2025-03-31"),
    ),
}
MISSING = ("-", "…", "chưa có số liệu", "", "x", "(*)")
MARKS = ("*", "(1)", " ¹")
LETTERS = (
    "(Kèm theo Công văn số 123/UBND-KSTT ngày 05/10/2026)",
    "(Theo Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ)",
    "Hà Nội, ngày 5 tháng 10 năm 2026",
)
FEET = (("Người lập biểu", "Giám đốc"), ("Ghi chú: số liệu sơ bộ", ""), ("", ""))
FIGURES = {
    "people": ("Tên people", ("người", 1), ("nghìn người", 1_000)),
    "rate": ("Tên rate", ("%", 1), ("%", 1)),
}


@dataclass
class Made:
    """A table as text, and what it says: (area, indicator) to value, the period, the map."""

    text: str
    truth: dict[tuple[str, str], float] = field(default_factory=dict)
    period: tuple[str, str] = ("", "")
    edition: str = ""


def make(seed: int) -> Made:
    """Make the table of a seed."""
    pick = random.Random(seed)
    edition = pick.choice((EDITION_2025, EDITION_2025, EDITION_2024))
    places, title, heading = _places(pick, edition)
    told, start, end = pick.choice(PERIODS[edition])
    ids = pick.sample(sorted(FIGURES), pick.choice((1, 2)))
    numbered = pick.random() < 0.5
    point = pick.random() < 0.3
    delimiter = pick.choice((";", "\t"))
    made = Made("", period=(start, end), edition=edition)
    scale = pick.choice((FIGURES["people"][1], FIGURES["people"][2])) if ids == ["people"] else None
    head = ["STT"] * numbered + [heading] + [FIGURES[id_][0] for id_ in ids]
    lines = [[f"KẾT QUẢ {title}"], [told]]
    if pick.random() < 0.4:
        lines.append([pick.choice(LETTERS)])
    if scale and pick.random() < 0.7:
        lines.append([f"Đơn vị tính: {scale[0]}"])
    else:
        scale = ("người", 1)
    lines.append(head)
    numbering = ["A"] * numbered + ["B", *(str(i) for i in range(1, len(ids) + 1))]
    if numbered and pick.random() < 0.3:
        lines.append(numbering)
    if pick.random() < 0.3:
        lines.append([""] * numbered + [pick.choice(("Tổng số", "CẢ NƯỚC", "Trong đó:"))])
    for at, place in enumerate(places, 1):
        if at % 15 == 0 and pick.random() < 0.3:
            lines.append(head)
        cells = [_cell(pick, id_, scale[1], point, made, place) for id_ in ids]
        lines.append([str(at)] * numbered + [_name(pick, place), *cells])
    if pick.random() < 0.3:
        lines.append([""] * numbered + list(pick.choice(FEET)))
    width = len(head)
    padded = [[*line, *[""] * (width - len(line))][:width] for line in lines]
    made.text = "\n".join(delimiter.join(line) for line in padded) + "\n"
    return made


def _places(pick: random.Random, edition: str) -> tuple[list[Area], str, str]:
    provinces = list(areas(edition, Level.PROVINCE))
    if pick.random() < 0.5:
        some = provinces if pick.random() < 0.5 else pick.sample(provinces, pick.randint(8, 30))
        return some, "", pick.choice(("Tỉnh", "Tỉnh, thành phố", "Địa phương"))
    level = Level.COMMUNE if edition == EDITION_2025 else Level.DISTRICT
    heading = "Xã, phường" if level is Level.COMMUNE else "Huyện"
    home = pick.choice([p for p in provinces if len(areas(edition, level, p.code)) >= 8])
    inside = list(areas(edition, level, home.code))
    return pick.sample(inside, pick.randint(6, len(inside))), home.name_vi.upper(), heading


def _name(pick: random.Random, place: Area) -> str:
    return place.name_vi if pick.random() < 0.8 else f" {place.name_vi}\u00a0"


def _cell(pick: random.Random, id_: str, times: int, point: bool, made: Made, place: Area) -> str:
    if pick.random() < 0.08:
        return pick.choice(MISSING)
    value = round(pick.uniform(2, 99.9), 1) if id_ == "rate" else float(pick.randint(1, 2500))
    if id_ == "people" and times == 1 and pick.random() < 0.3:
        value *= 1_000
    text = f"{value:,.1f}" if id_ == "rate" else f"{value:,.0f}"
    if not point:
        text = text.translate(str.maketrans(",.", ".,"))
    made.truth[place.code, id_] = value * times
    return text + (pick.choice(MARKS) if pick.random() < 0.03 else "")


def fault(made: Made, store: Store) -> str | None:
    """Return what is wrong with what would be stored of a table; "refused" where nothing would."""
    seen = preview("bang.csv", made.text.encode())
    block = seen.blocks[0]
    report = examine(seen, block, propose(block, store.catalog), store, today=TODAY)
    if report.blocked:
        return "refused: " + ", ".join(sorted({f.rule for f in report.findings}))
    frame = report.observations
    found = {
        (r["area"], r["indicator"]): r["value"]
        for r in frame[["area", "indicator", "value"]].to_dict("records")
    }
    if set(frame["edition"]) != {made.edition}:
        return f"edition {set(frame['edition'])} for {made.edition}"
    if set(zip(frame["period_start"], frame["period_end"], strict=True)) != {made.period}:
        return f"period {set(frame['period_end'])} for {made.period}"
    if found.keys() != made.truth.keys():
        return f"{len(found)} figures for {len(made.truth)}"
    apart = [key for key, value in found.items() if abs(value - made.truth[key]) > 1e-6]
    return f"{apart[0]} is {found[apart[0]]} for {made.truth[apart[0]]}" if apart else None


def small_store(folder: Path) -> Store:
    """Make a store of two indicators."""
    data = write(folder / "data", [row("rate", "01", 50.0), row("people", "01", 100)])
    return ensure_store(home=folder, data_dir=data)


def main() -> int:
    """Read as many tables as are asked for; tell each that is wrong, and how many are refused."""
    n, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    wrong = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        store = small_store(Path(folder))
        for seed in range(first, first + n):
            said = fault(make(seed), store)
            if said is None:
                continue
            refused += said.startswith("refused")
            wrong += not said.startswith("refused")
            print(f"{seed}: {said}", flush=True)
    print(f"{n} tables: {wrong} stored wrong, {refused} refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
