"""What tests of tables of users share: a made-up store, and a table read and reported on."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.datasets import datasets
from metrics.importing import examine, preview, propose
from metrics.store import ensure_store
from tests.metrics.made_up import row, write

TODAY = date(2026, 11, 1)
HANOI, SAIGON, HUE = "01", "79", "46"
TIME = "Tỉnh;Tỷ lệ năm 2025\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder for what the app writes, over a small made-up data directory."""
    data = write(tmp_path / "data", [row("rate", HANOI, 50.0), row("people", HANOI, 100)])
    for module in (datasets, __import__("metrics.store", fromlist=["DATA_DIR"])):
        if hasattr(module, "current_store"):
            monkeypatch.setattr(
                module, "current_store", lambda home=None: _store(home or tmp_path, data)
            )
    return tmp_path


def _store(home, data):
    return ensure_store(home=home, data_dir=data)


def store_of(home):
    return datasets.current_store(home=home)


def table(text, name="bang.csv"):
    seen = preview(name, text.encode())
    return seen, seen.blocks[0]


def report_of(home, text, indicator="rate", lang="vi", leave_out=False, aliases=None, **changes):
    seen, block = table(text)
    store = store_of(home)
    mapping = propose(block, store.catalog)
    measures = tuple(
        m.model_copy(update={"indicator": m.indicator or indicator}) for m in mapping.measures
    )
    mapping = mapping.model_copy(update={"measures": measures} | changes)
    report = examine(
        seen, block, mapping, store, lang=lang, today=TODAY, leave_out=leave_out, aliases=aliases
    )
    return seen, report


def rules(report):
    return {finding.rule for finding in report.findings}
