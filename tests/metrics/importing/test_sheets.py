"""Tables of one shape in one file: read alike, and joined as one report."""

import pytest

from metrics.importing import alike, examine, joined, kept_columns, preview, propose, put_columns
from metrics.importing.examined.sheets import told_twice
from metrics.store import current_store
from tests.metrics.importing.untidy import book

INDICATOR = "dvcqg-digitised-dossier-rate"


@pytest.fixture
def store():
    return current_store()


def months(*named):
    """Make a workbook of a sheet for each: its name, its title and its two figures."""
    return book({
        name: [[title], ["STT", "Tỉnh", "Tỷ lệ (%)"], [1, "Hà Nội", a], [2, "Huế", b]]
        for name, title, (a, b) in named
    })  # fmt: skip


def reports(data, store):
    """Examine the first table, and the others as the first is read."""
    seen = preview("thang.xlsx", data)
    block = seen.blocks[0]
    mapping = propose(block, store.catalog)
    measures = tuple(m.model_copy(update={"indicator": INDICATOR}) for m in mapping.measures)
    mapping = mapping.model_copy(update={"measures": measures})
    kept = kept_columns(mapping, block)
    others = [(b, put_columns(kept, b, store.catalog, "x")) for b in alike(seen, block)]
    return [examine(seen, b, m, store) for b, m in [(block, mapping), *others]]


def test_each_sheet_tells_its_own_month(store):
    found = reports(
        months(
            ("T7", "KẾT QUẢ THÁNG 7/2026", (91.5, 92)), ("T8", "KẾT QUẢ THÁNG 8/2026", (93, 94))
        ),
        store,
    )
    whole = joined(found)
    assert told_twice(found) == 0
    assert not whole.blocked
    rows = whole.observations
    assert dict(zip(rows["value"], rows["period_end"].astype(str), strict=True)) == {
        91.5: "2026-07-31", 92: "2026-07-31", 93: "2026-08-31", 94: "2026-08-31",
    }  # fmt: skip


def test_what_one_sheet_lacks_keeps_all_from_being_stored(store):
    found = reports(
        months(("T7", "KẾT QUẢ THÁNG 7/2026", (91.5, 92)), ("Phụ lục", "KẾT QUẢ", (93, 94))), store
    )
    assert joined(found).blocked
    assert {f.sheet for f in joined(found).findings if f.rule == "no_period"} == {"Phụ lục"}


def test_figures_that_two_sheets_tell_are_counted(store):
    same = "KẾT QUẢ THÁNG 7/2026"
    assert told_twice(reports(months(("A", same, (91.5, 92)), ("B", same, (91.5, 80))), store)) == 2
