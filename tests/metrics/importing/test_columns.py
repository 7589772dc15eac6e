"""A text read a column at a time is the same table, to the last finding, as read by rows."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from base.reading import Most, Unreadable, columns, records
from base.reading.columns import coded_columns
from metrics.importing import ImportRefused, examine, preview, propose
from metrics.importing.cells.columns import Columns
from metrics.importing.tables.blocks import find_blocks
from metrics.importing.tables.book import read_book
from tests.metrics.importing.generated import small_store
from tests.metrics.importing.importing_home import TODAY

PLACES = ("Hà Nội", "TP Hồ Chí Minh", "Huế", "Huế ", "Tỉnh Cao Bằng", "Cả nước", "Tổng số", "", "-")
CELLS = (
    *(
        "12,5",
        "1.234",
        "1.234,5",
        "98",
        " 7,0 ",
        "\u00a03,1\u00a0",
        "-",
        "…",
        "",
        "  ",
        "x",
        "#N/A",
    ),
    *("≥ 5", "12%", "(1)", "A", "2024", "tháng 3/2024", "Giá trị", "Tỉnh", "STT", "1", "2", "+7"),
    *(
        "Ghi chú",
        "Người lập biểu",
        "\u200b4",
        "１２",
        "Nguồn: báo cáo",
        "sim-1",
        "\ufeff5",
        "a\x0bb",
    ),
)
HEADS = ("STT;Tỉnh;Kỳ;Tỷ lệ (%)", "Tỉnh;Kỳ;Giá trị;Ghi chú", "TT;Đơn vị;Thời gian;Tỷ lệ", ";;;")


def made(seed: int) -> str:
    """Make a table of the usual form with cells, lines and ends that are not."""
    pick = random.Random(seed)
    odd = pick.choice((0.0, 0.02, 0.3))
    head = pick.choice(HEADS)
    lines = [pick.choice(("", "Biểu số 1", "Đơn vị: %;;;")) for _ in range(pick.randrange(3))]
    lines += [head] + (["(1);(2);(3);(4)"] if pick.random() < 0.3 else [])
    for n in range(pick.randrange(1, 60)):
        cells = [
            str(n + 1),
            pick.choice(PLACES[:5]),
            f"{1 + n % 12}/2024",
            f"{pick.random() * 99:.1f}",
        ]
        cells[3] = cells[3].replace(".", ",")
        cells = [pick.choice(CELLS) if pick.random() < odd else cell for cell in cells]
        cells[1] = pick.choice(PLACES) if pick.random() < odd else cells[1]
        lines.append(";".join(cells[: 4 if pick.random() >= odd / 4 else pick.randrange(5)]))
        if pick.random() < odd / 6:
            lines += [pick.choice((head, "", ";;;", "a;b;c;d;e;f", "Tổng cộng;;;5", "\tx"))]
    lines += pick.sample(("Ghi chú: số liệu sơ bộ", "", ";;;Thủ trưởng", "Nguồn: Cục;;;"), 2)
    return pick.choice(("\n", "\n", "\r\n")).join(lines) + pick.choice(("", "\n", "\n\n"))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return small_store(tmp_path_factory.mktemp("columns"))


def told(text: str, store) -> object:
    """Return all that is read of a text: its tables, and what is found in each."""
    try:
        seen = preview("bang.csv", text.encode())
    except (Unreadable, ImportRefused) as refusal:
        return refusal.say("en")
    found = []
    for block in seen.blocks:
        mapping = propose(block, store.catalog)
        named = tuple(m.model_copy(update={"indicator": "rate"}) for m in mapping.measures)
        mapping = mapping.model_copy(update={"measures": named})
        report = examine(seen, block, mapping, store, today=TODAY)
        frames = [report.places.astype(str), report.observations.astype(str)]
        found.append(
            (
                *(block.titles, block.columns, [list(r) for r in block.rows], list(block.numbers)),
                *(mapping, report.findings, report.counts, report.errors, report.empty),
                [frame.to_dict("list") for frame in frames],
            )
        )
    return found, seen.personal


@pytest.mark.parametrize("first", range(0, 24, 12))
def test_columns_and_rows_are_read_the_same(store, monkeypatch, first):
    for seed in range(first, first + 12):
        text = made(seed)
        monkeypatch.setattr(columns, "FEWEST_LINES", 10**9)
        by_rows = told(text, store)
        monkeypatch.setattr(columns, "FEWEST_LINES", 1)
        assert told(text, store) == by_rows, text


def test_many_texts_are_cut_into_the_same_tables(monkeypatch):
    monkeypatch.setattr(columns, "_AT_ONCE", 40)
    held = 0
    for seed in range(200):
        data = made(seed).encode()
        found = []
        for fewest in (10**9, 1):
            monkeypatch.setattr(columns, "FEWEST_LINES", fewest)
            try:
                sheets = read_book("bang.csv", data).sheets
            except Unreadable as refusal:
                found.append(refusal.say("en"))
                continue
            held += any(isinstance(sheet.rows, Columns) for sheet in sheets)
            blocks = [block for sheet in sheets for block in find_blocks(sheet)]
            found.append(
                [
                    *((list(sheet.rows), list(sheet.numbers)) for sheet in sheets),
                    *((b.titles, b.columns, list(b.rows), list(b.numbers)) for b in blocks),
                    *(b.texts(name) for b in blocks for name in b.columns),
                ]
            )
        assert found[0] == found[1], data.decode()
    assert held > 150


@pytest.mark.parametrize("text", ['a;"b"\n', "a;b\rc;d\n", "a;" + "b" * 40_000 + "\n"])
def test_what_only_rows_can_say_is_left_to_them(text):
    assert coded_columns(text * 6_000 if len(text) < 99 else text * 3, ";", Most()) is None


def test_limits_are_those_of_rows(monkeypatch):
    monkeypatch.setattr(columns, "FEWEST_LINES", 1)
    text = "a;b;c\n" * 50
    for most in (Most(rows=40), Most(columns=2), Most(cells=100)):
        assert coded_columns(text, ";", most) is None
        with pytest.raises(Unreadable):
            list(records(text, ";", "bang.csv", most))


def test_rows_of_columns_are_rows():
    ids = (pd.array([0, 1, 0]).to_numpy(dtype="int32"),) * 2
    cells = tuple(pd.Series(c, dtype=object).to_numpy() for c in (["x", None], ["1", "2"]))
    rows = Columns(cells, ids)
    assert list(rows) == [["x", "1"], [None, "2"], ["x", "1"]]
    assert rows == [["x", "1"], [None, "2"], ["x", "1"]]
    assert rows != [["x", "1"]]
    assert list(rows[1:]) == [[None, "2"], ["x", "1"]]
    assert rows[-1] == ["x", "1"]
    assert list(rows.take([2, 1], [1])) == [["1"], ["2"]]
    assert rows.any_cell(lambda cell: cell == "2").tolist() == [False, True, False]
