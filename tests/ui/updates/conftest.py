"""A store that imports have changed."""

import pytest

from metrics.store import current_store, ensure_store
from tests.metrics import made_up
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, QUANG_BINH, of_user, put

RHYTHM = {
    "every": "month",
    "origin": "ministry",
    "wording": made_up.text("báo cáo trước ngày 15 hằng tháng"),
    "days": 15,
}
MONTHLY = made_up.indicator("monthly", rhythm=RHYTHM)
MONTH = row("monthly", HANOI, 1, grain="month", period_end="2026-09-30")


@pytest.fixture
def places(tmp_path):
    """Return the arguments that keep a test in its own folders."""
    data = write(tmp_path / "data", [MONTH], [*made_up.INDICATORS, MONTHLY])
    return {"home": tmp_path / "var", "data_dir": data}


@pytest.fixture
def changed(places):
    """Return a function from imports, each the rows of a dataset, to the store after them."""

    def build(*imports, **fields):
        ensure_store(**places)
        for rows in imports:
            put(places, of_user("u", **fields), *rows)
        return current_store(**places)

    return build


@pytest.fixture
def twice(changed):
    """A store after two imports."""
    first = [row("days", HANOI, 4), row("days", QUANG_BINH, 9), row("rate", HANOI, 20)]
    return changed(first, [row("days", HANOI, 3), row("rate", HANOI, 20)])
