"""Untidy tables as ministries and provinces send them: understood, or said exactly what is not."""

from __future__ import annotations

import pytest

from metrics.importing import examine, preview, propose
from tests.metrics.importing import untidy
from tests.metrics.importing.importing_home import TODAY, rules, store_of

# Table: edition, level, then of each of its tables the figures by place.
EXPECTED = {
    "titles_and_footers": ("2024", "district", {"794": [98.7], "795": [89.5]}),
    "roman_regions": ("2024", "province", {"01": [2000, 98.5], "31": [1000, 97.25], "46": [1234]}),
    "periods_by_indicators": (
        "2024", "province",
        {"01": [1200, 50.5, 1300, 61], "79": [2200, 70, 2300, 71], "92": [300, 20]},
    ),
    "a_sheet_a_province": ("2024", "district", {"794": [1000], "808": [2000], "803": [3000]}),
    "merged_provinces": ("2024", "district", {"808": [3], "805": [4], "821": [5], "822": [6]}),
    "decomposed_and_hidden": ("2024", "province", {"01": [98.7], "46": [1234.5], "51": [50]}),
    "long_by_month": (
        "2024", "province", {"01": [55.5, 1000, 55.5, 1000], "79": [55.5, 1000, 55.5, 1000]},
    ),
    "two_blocks_side_by_page": ("2024", "province", {"01": [5], "46": [6], "96": [7]}),
    "wide_months": (
        "2024", "province", {"01": [*range(1, 13), 78], "27": [*range(2, 14), 90]},
    ),
}  # fmt: skip


def examined(home, seen, block):
    store = store_of(home)
    mapping = propose(block, store.catalog)
    ids = iter(
        ["people", "days", "people", "days"] if len(mapping.measures) < 5 else ["people"] * 20
    )
    if mapping.indicator_column is None:
        measures = tuple(m.model_copy(update={"indicator": next(ids)}) for m in mapping.measures)
        mapping = mapping.model_copy(update={"measures": measures})
    return examine(seen, block, mapping, store, today=TODAY)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_untidy_table_gives_its_figures_and_no_others(home, name):
    edition, level, figures = EXPECTED[name]
    seen = preview(f"{name}.xlsx", getattr(untidy, name)())
    report = examined(home, seen, seen.blocks[0])
    assert (report.mapping.edition, str(report.mapping.level)) == (edition, level)
    order = report.observations.sort_values(["row"], kind="stable")
    found = order.groupby("area", sort=False)["value"].agg(list).to_dict()
    assert {k: sorted(v) for k, v in found.items()} == {k: sorted(v) for k, v in figures.items()}
    assert not {"no_period", "place"} & rules(report)


def test_a_sheet_for_each_province_is_read_by_the_name_of_the_sheet(home):
    seen = preview("x.xlsx", untidy.a_sheet_a_province())
    second = examined(home, seen, seen.blocks[1])
    assert (second.mapping.within, second.mapping.edition) == ("82", "2024")
    told = [f for f in second.findings if f.rule == "place"]
    assert [(f.row, f.value) for f in told] == [(6, "Cai Lậy")]


def test_empty_cells_beside_numbers_are_no_figures(home):
    seen = preview("x.xlsx", untidy.periods_by_indicators())
    report = examined(home, seen, seen.blocks[0])
    assert report.empty == 2
    assert "number_comma" not in rules(report)
