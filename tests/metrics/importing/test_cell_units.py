"""Units in the cells, in lines that name several, and ordinals before names."""

from __future__ import annotations

import pytest

from tests.metrics.importing.test_kinds import (
    Q1,
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
    workbook,
)

__all__ = ["in_this_process", "store"]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@pytest.mark.parametrize("write", [text, workbook])
@pytest.mark.parametrize(
    ("cell", "times"),
    [("{} người", 1), ("{}  nhân khẩu", 1), ("{} nghìn người", 1_000)],
)
def test_one_unit_in_all_cells_is_that_of_the_column(store, write, cell, times):
    report = read(store, write(rows_of(store, value=lambda at: cell.format(101 + at))))
    assert figures(report) == people(SOME, lambda at: (101 + at) * times)


@pytest.mark.parametrize(
    "value",
    [
        lambda at: f"{1 + at} nghìn người" if at % 3 else f"{1000 + at} người",
        lambda at: f"{1000 + at} người" if at % 2 else 1000 + at,
        lambda at: f"{1000 + at} hộ",
        lambda at: f"({1000 + at})",
    ],
)
def test_other_units_in_the_cells_are_asked_about(store, value):
    assert errors(read(store, workbook(rows_of(store, value=value))))


def test_a_unit_of_some_rows_is_asked_about(store):
    top = (Q1, "Đơn vị: người, riêng Hà Nội: nghìn người")
    assert "unit" in errors(read(store, text(rows_of(store, top=top))))
    top = (Q1, "Đơn vị: UBND xã Triệu Phong")
    assert figures(read(store, text(rows_of(store, top=top)))) == people(SOME)


def test_ten_in_roman_numbers_is_an_ordinal(store):
    rows = [Q1], ["Địa phương", titles(store)[0]]
    named = [[f"{ROMAN[at]}. {short(p)}", 1000 + at] for at, p in enumerate(SOME)]
    assert figures(read(store, text([*rows, *named]))) == people(SOME)


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("KẾ HOẠCH CHI TRẢ QUÝ I/2026", True),
        ("Kế hoạch triển khai Đề án 06 năm 2026", False),
        ("Kết quả thực hiện kế hoạch quý I/2026", False),
    ],
)
def test_figures_under_a_title_of_plans_are_asked_about(store, title, asked):
    found = errors(read(store, text(rows_of(store, top=(title, Q1)))))
    assert ("role_said" in found) == asked
