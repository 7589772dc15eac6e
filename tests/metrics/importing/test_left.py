"""Nothing of a table is left out without a word; and kinds of tables that lost something once."""

from __future__ import annotations

import pytest

from geo.editions import Level, areas
from metrics.importing import examine, preview, propose
from tests.metrics.importing.importing_home import TODAY
from tests.metrics.importing.test_kinds import (
    PEOPLE,
    PROVINCES,
    Q1,
    RATE,
    SOME,
    errors,
    figures,
    in_this_process,
    people,
    read,
    rows_of,
    short,
    store,
    text,
    titles,
    warnings,
    workbook,
)

__all__ = ["in_this_process", "store"]


def test_a_column_of_few_figures_is_taken_or_told(store):
    cells = ["#DIV/0!", "984", "#DIV/0!", "…", "chưa có số liệu", 161, 137, "đang rà soát"]
    rows = [[titles(store)[0]], [None, 2025, Q1]]
    rows += [[short(place), 100 + at, cells[at]] for at, place in enumerate(SOME[:8])]
    block = preview("bang", workbook(rows)).blocks[0]
    measures = propose(block, store.catalog).measures
    # A title that is that of an indicator says what years below it are figures of.
    assert [(m.column, m.indicator) for m in measures] == [("2025", PEOPLE), (Q1, PEOPLE)]


def test_columns_and_rows_with_figures_that_are_left_out_are_told(store):
    rows = [[*row, *([None] if at < 2 else [at * 7])] for at, row in enumerate(rows_of(store))]
    report = read(store, text(rows))
    assert figures(report) == people(SOME)
    assert "columns_left" in warnings(report)
    head, body = rows_of(store)[:2], rows_of(store)[2:]
    report = read(store, text([head[0], *body[:4], head[1], *body[4:]]))
    told = [f for f in report.findings if f.rule == "rows_left"]
    assert [(f.severity, f.row, f.values["n"]) for f in told] == [("warning", 2, 4)]


def test_decimals_behind_the_mark_between_columns_are_asked_about(store):
    lines = [Q1, f"STT,Tỉnh,{titles(store)[1]}"]
    lines += [f"{at + 1},{short(place)},90,5" for at, place in enumerate(SOME)]
    assert "comma_parted" in errors(read(store, "\n".join(lines).encode()))


def test_a_heading_that_repeats_below_another_period_begins_a_table(store):
    rows = [*rows_of(store), [], ["Quý II/2026"], *rows_of(store, top=(), value=lambda at: at + 5)]
    data = text(rows)
    assert [figures(read(store, data, at)) for at in (0, 1)] == [
        people(SOME),
        people(SOME, lambda at: at + 5),
    ]
    ends = [set(read(store, data, at).observations["period_end"]) for at in (0, 1)]
    assert ends == [{"2026-03-31"}, {"2026-06-30"}]


@pytest.mark.parametrize("word", ["Cộng trang 1", "Mang sang", "Số mang sang trang 2"])
def test_sums_of_a_page_are_no_places(store, word):
    rows = rows_of(store)
    report = read(store, text([*rows[:8], [None, word, 6021], *rows[8:]]))
    assert figures(report) == people(SOME)


@pytest.mark.parametrize("unit", ["‰", "trên 100.000 dân", "/1.000 trẻ"])
def test_a_unit_of_another_kind_is_asked_about(store, unit):
    head = f"{titles(store)[1]} ({unit})"
    rows = [[Q1], ["STT", "Tỉnh", head]]
    rows += [[at + 1, short(place), 90] for at, place in enumerate(SOME)]
    seen = preview("bang", text(rows))
    mapping = propose(seen.blocks[0], store.catalog)
    told = tuple(m.model_copy(update={"indicator": RATE}) for m in mapping.measures)
    mapping = mapping.model_copy(update={"measures": told})
    assert "unit" in errors(examine(seen, seen.blocks[0], mapping, store, today=TODAY))


def test_communes_below_rows_of_their_provinces_are_found_whatever_their_names(store):
    rows = [[Q1], ["STT", "Đơn vị", titles(store)[0]]]
    truth = {}
    for home in (PROVINCES[1], PROVINCES[20]):
        inside = areas("2025", Level.COMMUNE, home.code)
        common = [one for one in inside if len(named(one.name_vi)) > 1][:5]
        rows.append(["I", home.name_vi.upper(), None])
        rows += [[at, place.name_vi, 100 + at] for at, place in enumerate(common)]
        truth |= {(place.code, PEOPLE): 100 + at for at, place in enumerate(common)}
    assert figures(read(store, text(rows))) == truth


def named(name):
    return [one for one in areas("2025", Level.COMMUNE) if one.name_vi == name]
