"""Places side by side: only what is comparable is ranked and held against another."""

from __future__ import annotations

import csv
import io

from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from tests.metrics.made_up import row
from ui.address import View
from ui.compare.places import csv_bytes, side_by_side, signed, table_html

PROVINCES = [one.code for one in areas(EDITION_2024, Level.PROVINCE)]
TWO = View(edition=EDITION_2024, indicator="rate", pins=(PROVINCES[0], PROVINCES[1]))


def rates(n, end="2024-12-31", add=0.0):
    return [row("rate", code, i + add, period_end=end) for i, code in enumerate(PROVINCES[:n])]


def test_figures_of_one_period_are_ranked_and_held_against_the_first(made):
    store, _ = made(*rates(40))
    (line,) = side_by_side(store, TWO)
    first, second = line.cells
    assert line.common
    assert (first.against, second.against) == (None, 1.0)
    assert {first.of, second.of} == {40}
    assert abs(first.rank - second.rank) == 1


def test_the_newest_period_that_all_share_is_taken(made):
    newer = row("rate", PROVINCES[0], 50, period_end="2025-12-31")
    store, _ = made(*rates(40), newer)
    (line,) = side_by_side(store, TWO)
    assert line.common
    assert line.cells[0].value == 0
    assert "2024" in line.cells[0].when


def test_figures_of_different_periods_are_neither_ranked_together_nor_held_against(made):
    store, _ = made(
        row("rate", PROVINCES[0], 5, period_end="2023-12-31"),
        row("rate", PROVINCES[1], 9, period_end="2024-12-31"),
    )
    (line,) = side_by_side(store, TWO)
    assert not line.common
    assert [cell.against for cell in line.cells] == [None, None]
    assert [cell.rank for cell in line.cells] == [None, None]
    html = table_html((line,), TWO, "places")
    assert "2023" in html
    assert "2024" in html


def test_what_only_one_place_has_is_not_compared(made):
    store, _ = made(row("rate", PROVINCES[0], 5), row("people", PROVINCES[1], 5))
    assert side_by_side(store, TWO) == ()


def test_a_place_without_a_figure_says_so(made):
    store, _ = made(*rates(40))
    three = View(edition=EDITION_2024, indicator="rate", pins=(*TWO.pins, PROVINCES[40]))
    (line,) = side_by_side(store, three)
    assert line.cells[2].text == ""


def test_the_file_has_a_mark_and_a_row_for_each_figure(made):
    store, _ = made(*rates(40))
    written = csv_bytes(side_by_side(store, TWO), TWO)
    assert written.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert len(read) == 3
    assert {len(line) for line in read} == {len(read[0])}
    assert read[1][3] == f'="{PROVINCES[0]}"'


def test_ten_shipped_provinces_side_by_side(shipped):
    codes = tuple(one.code for one in areas(EDITION_2025, Level.PROVINCE)[:10])
    lines = side_by_side(shipped, View(pins=codes))
    assert len(lines) > 10
    for line in lines:
        for cell in line.cells:
            assert cell.rank is None or 1 <= cell.rank <= cell.of


def test_a_difference_has_the_decimals_of_its_figures(shipped):
    rate = shipped.catalog.indicators["dvcqg-digitised-dossier-rate"]
    count = shipped.catalog.indicators["dvcqg-dossiers-received"]
    assert signed(61.94 - 40.14, rate, "vi") == "+21,80"
    assert signed(-80405.0, count, "vi") == "−80.405"
