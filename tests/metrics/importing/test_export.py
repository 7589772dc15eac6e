"""An export read back gives the same observations."""

from __future__ import annotations

import pandas as pd
import pytest

from metrics.datasets import datasets
from metrics.exporting import Filtered, export
from metrics.importing import examine, preview, propose
from metrics.observations import OBSERVATION_COLUMNS
from metrics.people import LOCAL
from metrics.store import ensure_store
from tests.metrics.importing.importing_home import HANOI, HUE, TODAY, home, rules, store_of  # noqa: F401
from tests.metrics.made_up import row, write

KEY = ["indicator", "role", "edition", "area", "period_end", "origin", "locator"]
MORE = [
    row("rate", HUE, 33.3, numerator=1, denominator=3, qualifier="computed", note="=1+1"),
    row("rate", HANOI, "", state="suppressed", locator="+cmd|x"),
    row("named", HUE, category="done"),
    row("since", HUE, category="2024-01-01"),
    row("people", HUE, 12, role="target", period_end="2030-12-31", origin="press"),
    row("people", "VN", 1e6, edition="", qualifier="about", grain="before", period_text="trước"),
    row("people", HUE, 7, origin="press", locator="a"),
    row("people", HUE, 8, origin="other", locator="b"),
]


def same(frame):
    columns = [c for c in OBSERVATION_COLUMNS if c not in ("note", "period_text")]
    made = frame[columns].copy()
    for name in ("period_start", "period_end"):
        made[name] = pd.to_datetime(made[name].replace("", None)).dt.strftime("%Y-%m-%d").fillna("")
    return made.astype({c: "str" for c in columns if made[c].dtype.kind not in "f"}).sort_values(
        KEY, ignore_index=True
    )


def read_back(store, out):
    seen = preview(out.name, out.read_bytes())
    block = seen.blocks[0]
    mapping = propose(block, store.catalog)
    assert mapping.export
    return seen, examine(seen, block, mapping, store, today=TODAY)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_made_up_observations_of_every_kind_come_back_the_same(tmp_path, form):
    store = ensure_store(home=tmp_path / "v", data_dir=write(tmp_path / "data", MORE))
    out = tmp_path / f"x.{form}"
    export(store, Filtered(), out, form)
    _, report = read_back(store, out)
    assert not report.errors, [f.say("en") for f in report.findings]
    pd.testing.assert_frame_equal(same(report.observations), same(store.observations()))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_all_shipped_observations_come_back_the_same(tmp_path, form, shipped):
    out = tmp_path / f"x.{form}"
    export(shipped, Filtered(edition="2025"), out, form)
    _, report = read_back(shipped, out)
    assert not report.errors, [f.say("en") for f in report.findings if f.severity == "error"][:5]
    mine = shipped.observations()
    pd.testing.assert_frame_equal(same(report.observations), same(mine[mine["edition"] == "2025"]))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return ensure_store(home=tmp_path_factory.mktemp("shipped"))


def test_an_export_of_another_store_brings_its_sources_along(home, tmp_path):  # noqa: F811
    other = ensure_store(home=tmp_path / "v", data_dir=write(tmp_path / "data2", MORE[:1]))
    out = tmp_path / "x.csv"
    export(other, Filtered(), out)
    out.write_text(out.read_text().replace("ministry", "agency"))
    store = store_of(home)
    seen, report = read_back(store, out)
    assert not report.errors
    loaded = datasets.load(seen, report, datasets.Details("Nhận về"), LOCAL, home)
    mine = store_of(home).dataset_observations(loaded.id)
    assert list(mine["origin"]) == ["agency"]
    origin = store_of(home).catalog.origin("agency")
    assert origin.producer.vi == "Bộ Thử nghiệm"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("rate,", "strange,", "export_indicator"),
        (",46,", ",99,", "export_area"),
        (",33.3,", ",ba,", "number_point"),
        ("2024-12-31", "31/13/2024", "period"),
        (",false,", ",true,", "simulated"),
    ],
)
def test_what_was_changed_in_an_export_is_told_by_row(tmp_path, home, old, new, rule):  # noqa: F811
    store = ensure_store(home=tmp_path / "v", data_dir=write(tmp_path / "data2", MORE[:1]))
    out = tmp_path / "x.csv"
    export(store, Filtered(), out)
    out.write_text(out.read_text().replace(old, new))
    _, report = read_back(store, out)
    assert rule in rules(report)
    assert report.blocked
