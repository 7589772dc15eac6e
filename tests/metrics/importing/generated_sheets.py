"""Sheets of the layouts that reports have, with a known truth: what is stored must be that truth.

`python -m tests.metrics.importing.generated_sheets 20000` reads so many; the suite reads a few.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd

from base.reading import COMMAND, Sheet, SheetOfCells, work_sheet
from geo.editions import EDITION_2025, Area, Level, areas
from metrics.importing import Block, Mapping, Preview, examine, propose
from metrics.importing import examine as _examine
from metrics.importing.tables.blocks import find_blocks
from metrics.importing.tables.book import Book
from metrics.importing.tables.layouts import upright
from metrics.store import Store
from tests.metrics.importing.generated import TODAY, small_store

Cells = list[list[Any]]
PEOPLE, RATE = "Tên people", "Tên rate"
# Where the figures of a place are lost on purpose, and one of these must be said.
TOLD = {"merged_figure", "formula", "words", "hidden_rows", "formula_error"}
NONE = ("-", "…", None, "chưa có số liệu", "đang rà soát", "#DIV/0!")
QUARTER = ("Quý I/2026", "2026-03-31")
MONTHS = {1: "2026-01-31", 2: "2026-02-28", 3: "2026-03-31", 9: "2026-09-30"}


@dataclass
class Made:
    """Sheets, and what they say: (area, indicator, end of the period) to value."""

    pick: random.Random
    sheets: list[SheetOfCells] = field(default_factory=list)
    truth: dict[tuple[str, str, str], float] = field(default_factory=dict)
    # What is on another map, or of another time, is never asked of these: nothing else may be.
    ask: bool = False
    lost: bool = False

    def figure(self, place: Area, indicator: str, end: str, times: int = 1) -> Any:
        """Make up the cell of a figure, and keep its truth."""
        pick = self.pick
        if pick.random() < 0.06:
            return pick.choice(NONE)
        if indicator == "rate":
            value: float = round(pick.uniform(2, 99.9), 1)
        else:
            value = float(pick.randint(1, 2_500))
        self.truth[place.code, indicator, end] = value * times
        text = f"{value:,.1f}" if indicator == "rate" else f"{value:,.0f}"
        text = text.translate(str.maketrans(",.", ".,"))
        if pick.random() < 0.03:
            return text + pick.choice(("*", " (1)", " ¹"))
        return text if pick.random() < 0.2 else value

    def add(self, name: str, rows: Cells, **more: Any) -> None:
        """Add a sheet, its rows of one length."""
        width = max(map(len, rows))
        squared = [[*row, *[None] * (width - len(row))] for row in rows]
        self.sheets.append(SheetOfCells(name, 0, 0, squared, **more))


def some(pick: random.Random, n: int = 8) -> list[Area]:
    """Choose provinces, in their order."""
    everything = areas(EDITION_2025, Level.PROVINCE)
    return sorted(pick.sample(everything, n), key=everything.index)


def short(pick: random.Random, place: Area) -> str:
    """Write a province as people do."""
    return place.name_vi if pick.random() < 0.5 else place.name_vi.replace("Tỉnh ", "")


def ended(made: Made, rows: Cells) -> Cells:
    """Put a total, a note and signatures below a table, or none of them."""
    pick = made.pick
    if pick.random() < 0.4:
        rows.append([None, pick.choice(("Tổng cộng", "Cả nước", "CỘNG")), 9_999_999])
    if pick.random() < 0.3:
        rows.append(["Ghi chú: số liệu sơ bộ"])
    if pick.random() < 0.4:
        rows += [
            [],
            ["Người lập biểu", None, "Thủ trưởng đơn vị"],
            ["(Ký)", None, "(Ký, đóng dấu)"],
        ]
        rows.append(["Nguyễn Thị Lan", None, "Trần Văn Hà Nội"])
    return rows


def two_levels(made: Made) -> None:
    """Periods over indicators, in merged cells."""
    ends = [("Quý I/2026", "2026-03-31"), ("Quý II/2026", "2026-06-30")]
    head = ["STT", "Tỉnh, thành phố"] + [name for name, _ in ends for _ in (0, 1)]
    rows: Cells = [["KẾT QUẢ"], head, [None, None, PEOPLE, RATE, PEOPLE, RATE]]
    for at, place in enumerate(some(made.pick), 1):
        cells = [made.figure(place, i, end) for _, end in ends for i in ("people", "rate")]
        rows.append([at, short(made.pick, place), *cells])
    merged = (((1, 2), (1, 3)), ((1, 4), (1, 5)), ((1, 0), (2, 0)), ((1, 1), (2, 1)))
    made.add("Biểu 1", ended(made, rows), merged=merged)


def numbered(made: Made) -> None:
    """A row that numbers the columns, and a row of units."""
    times = made.pick.choice((1, 1_000))
    rows: Cells = [[QUARTER[0]], ["TT", "Đơn vị", PEOPLE, RATE]]
    if times == 1_000 or made.pick.random() < 0.5:
        rows.append([None, None, "nghìn người" if times > 1 else "người", "%"])
    rows.append(made.pick.choice((["A", "B", "(1)", "(2)=(1)/(3)"], [1, 2, 3, 4])))
    for at, place in enumerate(some(made.pick), 1):
        cells = [made.figure(place, "people", QUARTER[1], times)]
        rows.append([at, short(made.pick, place), *cells, made.figure(place, "rate", QUARTER[1])])
    made.add("Sheet1", ended(made, rows))


def yearbook(made: Made) -> None:
    """Years over a first column without a name, in thousands."""
    rows: Cells = [[PEOPLE], ["Đơn vị tính: Nghìn người"], [None, 2025]]
    rows[2] += ["Quý I/2026"] if made.pick.random() < 0.5 else []
    ends = ["2025-12-31", "2026-03-31"][: len(rows[2]) - 1]
    rows.append(["CẢ NƯỚC", *[99_999] * len(ends)])
    for place in some(made.pick):
        cells = [made.figure(place, "people", end, 1_000) for end in ends]
        rows.append([short(made.pick, place), *cells])
    made.add("3.1", rows)


def a_sheet_a_month(made: Made) -> None:
    """The month in the name of the sheet, the year above the table."""
    for month in made.pick.sample(sorted(MONTHS), 2):
        rows: Cells = [["Năm 2026"], ["STT", "Tỉnh", PEOPLE]]
        for at, place in enumerate(some(made.pick, 6), 1):
            rows.append([at, short(made.pick, place), made.figure(place, "people", MONTHS[month])])
        made.add(made.pick.choice((f"Tháng {month}", f"T{month}")), ended(made, rows))


def side_by_side(made: Made) -> None:
    """One table that goes on beside itself."""
    places = some(made.pick, 10)
    rows: Cells = [[QUARTER[0]], ["STT", "Tỉnh", PEOPLE, None, "STT", "Tỉnh", PEOPLE]]
    for at in range(5):
        left, right = places[at], places[at + 5]
        cells = [at + 1, short(made.pick, left), made.figure(left, "people", QUARTER[1]), None]
        cells += [at + 6, short(made.pick, right), made.figure(right, "people", QUARTER[1])]
        rows.append(cells)
    made.add("S", rows)


def turned(made: Made) -> None:
    """Places in the heading."""
    places = some(made.pick)
    rows: Cells = [[QUARTER[0]], ["Chỉ tiêu", "ĐVT", *(short(made.pick, p) for p in places)]]
    rows.append(
        [PEOPLE, "nghìn người", *(made.figure(p, "people", QUARTER[1], 1_000) for p in places)]
    )
    rows.append([RATE, "%", *(made.figure(p, "rate", QUARTER[1]) for p in places)])
    made.add("S", rows)


def groups(made: Made) -> None:
    """Communes below the name of their province, which stands in a row or is written once."""
    provinces = [
        one for one in some(made.pick, 2) if len(areas(EDITION_2025, Level.COMMUNE, one.code)) > 8
    ]
    once = made.pick.random() < 0.5
    rows: Cells = [[QUARTER[0]]]
    rows.append(["Tỉnh", "Xã, phường", PEOPLE] if once else ["STT", "Đơn vị", PEOPLE])
    for home in provinces:
        inside = made.pick.sample(areas(EDITION_2025, Level.COMMUNE, home.code), 5)
        if not once:
            rows.append(["I", home.name_vi.upper(), None])
            if made.pick.random() < 0.5:
                rows.append([None, "Khối xã, phường", None])
        for at, place in enumerate(inside):
            cell = made.figure(place, "people", QUARTER[1])
            first = (home.name_vi if not at else None) if once else at + 1
            rows.append([first, place.name_vi, cell])
    made.add("S", rows)


def marked(made: Made) -> None:
    """Hidden rows and columns, a figure merged over two places, formulas without a value."""
    places = some(made.pick)
    rows: Cells = [[QUARTER[0]], ["STT", "Tỉnh", PEOPLE, "Ghi chú"]]
    for at, place in enumerate(places, 1):
        rows.append([at, short(made.pick, place), made.figure(place, "people", QUARTER[1])])
    merged, unvalued = [], []
    if made.pick.random() < 0.5:
        rows[4][2], rows[5][2] = 77.0, None
        merged = [((4, 2), (5, 2))]
        gone = places[2:4]
    else:
        rows[4][2] = None
        unvalued = [[4, 2]]
        gone = places[2:3]
    for place in gone:
        made.truth.pop((place.code, "people", QUARTER[1]), None)
    made.lost = True
    marks = {"unvalued": unvalued, "hidden_rows": [6] if made.pick.random() < 0.5 else []}
    made.add("S", rows, merged=tuple(merged), marks=marks)


def percents(made: Made) -> None:
    """Shares that the workbook shows in percent: all of them, or some beside plain numbers."""
    mixed = made.pick.random() < 0.5
    rows: Cells = [[QUARTER[0]], ["STT", "Tỉnh", RATE]]
    shown = []
    for at, place in enumerate(some(made.pick), 1):
        value = round(made.pick.uniform(2, 99.9), 1)
        made.truth[place.code, "rate", QUARTER[1]] = value
        if not mixed or at % 2:
            shown.append([at + 1, at + 1])
            rows.append([at, short(made.pick, place), value / 100])
        else:
            rows.append([at, short(made.pick, place), value])
    made.ask = mixed
    made.add("S", rows, marks={"percents": {"2": shown}})


LAYOUTS: tuple[Callable[[Made], None], ...] = (
    *(two_levels, numbered, yearbook, a_sheet_a_month, side_by_side, turned),
    *(groups, marked, percents),
)


def make(seed: int) -> Made:
    """Make the sheets of a seed."""
    made = Made(random.Random(seed))
    LAYOUTS[seed % len(LAYOUTS)](made)
    return made


def read(made: Made) -> Preview:
    """Read the sheets as those of a workbook."""
    sheets: list[Sheet] = [work_sheet("bang.xlsx", one, COMMAND) for one in made.sheets]
    blocks = [part for sheet in sheets for one in find_blocks(sheet) for part in upright(one)]
    book = Book("bang.xlsx", "0" * 64, 1, "xlsx", "", "", "", tuple(sheets))
    return Preview(book, tuple(blocks), ())


def said_by_hand(block: Block, store: Store) -> Mapping:
    """Propose, and choose the indicator of years without one, as a person does by their title."""
    proposed = propose(block, store.catalog)
    if PEOPLE not in block.titles:
        return proposed
    named = (m.model_copy(update={"indicator": "people"}) for m in proposed.measures)
    return proposed.model_copy(update={"measures": tuple(named)})


def fault(made: Made, store: Store) -> str | None:
    """Return what is wrong with what would be stored; "refused" where nothing would."""
    found: dict[tuple[str, str, str], float] = {}
    said: set[str] = set()
    seen = read(made)
    for block in seen.blocks:
        with patch.object(
            sys.modules[_examine.__module__], "figures_before", lambda *_: pd.DataFrame()
        ):
            report = examine(seen, block, said_by_hand(block, store), store, today=TODAY)
        said |= set(report.counts)
        if report.blocked:
            return "refused: " + ", ".join(sorted({f.rule for f in report.findings}))
        for r in report.observations.to_dict("records"):
            found[r["area"], r["indicator"], r["period_end"]] = r["value"]
    if made.ask:
        return "stored, to be asked about"
    for key, value in found.items():
        if abs(value - made.truth.get(key, float("nan"))) > 1e-6 or key not in made.truth:
            return f"{key} is {value} for {made.truth.get(key)}"
    if missing := made.truth.keys() - found.keys():
        return f"{len(missing)} figures are gone: {sorted(missing)[0]}"
    return "not said" if made.lost and not said & TOLD else None


def main() -> int:
    """Read as many as are asked for; tell each that is wrong, and how many are refused."""
    n, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    wrong = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        store = small_store(Path(folder))
        begun = time.process_time()
        for seed in range(first, first + n):
            made = make(seed)
            said = fault(made, store)
            if said is None or (made.ask and said.startswith("refused")):
                continue
            refused += said.startswith("refused")
            wrong += not said.startswith("refused")
            print(f"{seed} {LAYOUTS[seed % len(LAYOUTS)].__name__}: {said}", flush=True)
    each = (time.process_time() - begun) / max(n, 1)
    print(f"{n} tables: {wrong} stored wrong, {refused} refused; {each:.3f} CPU s each")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
