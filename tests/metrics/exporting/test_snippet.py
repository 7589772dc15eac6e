"""The snippet of a view, run as a reader would: it yields the rows that the view shows."""

import math
import os
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from base.folders import ROOT
from geo.editions import EDITION_2024, EDITION_2025, Level
from metrics import __main__ as cli
from metrics.commands import export as export_command
from metrics.exporting import AsShown, Filtered, command, export, snippet
from metrics.exporting.snippet import WHOLE
from metrics.store import ensure_store
from metrics.store.store import HOME_VARIABLE
from tests.metrics.made_up import row, write

HANOI, CAO_BANG = "01", "04"


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The shipped figures, and all of them in the file that snippets read."""
    folder = tmp_path_factory.mktemp("snippet")
    store = ensure_store(home=folder / "var")
    export(store, Filtered(), folder / WHOLE)
    return store, folder


def yielded(code, folder, monkeypatch):
    monkeypatch.chdir(folder)
    found = {}
    exec(compile(code, "snippet", "exec"), found)
    return found["rows"]


def shown(store, what):
    """Return what a view shows of areas that have a row in the store."""
    frame = pd.concat(list(what.frames(store)))
    return frame[frame["shown"] & frame["period_end"].notna()]


def said(rows):
    """Return what rows say, in an order of their own."""
    told = []
    for r in rows.to_dict("records"):
        value = "" if math.isnan(r["value"]) else r["value"]
        end = r["period_end"]
        end = end if isinstance(end, str) else f"{end:%Y-%m-%d}"
        origin = "" if r["state"] == "conflicting" else r["origin_ids"]
        told.append((r["area_code"], value, r["category"], r["state"], end, origin))
    return sorted(told, key=str)


def views(store):
    counts = store.availability()
    counts = counts[counts["edition"].isin([EDITION_2024, EDITION_2025])]
    for place in counts.drop_duplicates(["indicator", "edition", "level"]).itertuples():
        yield AsShown(place.indicator, place.edition, Level(place.level))


def test_every_view_of_the_shipped_figures(real, monkeypatch):
    store, folder = real
    whole = pd.read_csv(folder / WHOLE, dtype=str, keep_default_na=False)
    monkeypatch.setattr(pd, "read_csv", lambda *_, **__: whole.copy())
    tested = 0
    for what in list(views(store))[::3]:
        code = snippet(store, what)
        assert said(yielded(code, folder, monkeypatch)) == said(shown(store, what)), what
        tested += 1
    assert tested > 30


def test_a_view_at_a_date_within_a_province_read_from_the_file(real, monkeypatch):
    store, folder = real
    what = AsShown("census-population", EDITION_2024, Level.DISTRICT, HANOI, date(2020, 1, 1))
    rows = yielded(snippet(store, what), folder, monkeypatch)
    assert said(rows) == said(shown(store, what))
    assert len(rows) == 30


def test_a_disagreement_is_settled_as_the_map_settles_it(tmp_path, monkeypatch):
    rows = [
        row("trusted", HANOI, 1),
        row("trusted", HANOI, 2, origin="press"),
        row("trusted", CAO_BANG, 3, origin="press", grain="year"),
        row("trusted", CAO_BANG, 4, origin="other", grain="year"),
        row("trusted", "02", 5, grain="month"),
        row("trusted", "02", 6, grain="year"),
        row("trusted", "06", 7, state="recomputed"),
        row("trusted", "06", 7, origin="press"),
    ]
    store = ensure_store(home=tmp_path / "var", data_dir=write(tmp_path / "data", rows))
    export(store, Filtered(), tmp_path / WHOLE)
    what = AsShown("trusted", EDITION_2024, Level.PROVINCE)
    found = said(yielded(snippet(store, what), tmp_path, monkeypatch))
    assert found == said(shown(store, what))
    assert [line[1] for line in found] == [1, 5, "", 7]


@pytest.mark.parametrize(
    "what",
    [
        Filtered(("index766-total",)),
        Filtered(edition=EDITION_2025, place=HANOI),
        Filtered(edition=EDITION_2024, level=Level.PROVINCE, since=date(2024, 1, 1)),
        Filtered(edition=""),
        Filtered(),
    ],
)
def test_what_passes_filters(real, monkeypatch, what):
    store, folder = real
    rows = yielded(snippet(store, what), folder, monkeypatch)
    expected = pd.concat(list(what.frames(store)))
    assert len(rows) == what.count(store) > 0
    assert said(rows) == said(expected)


def test_a_carried_view_reads_the_file_of_the_view(real, monkeypatch):
    store, folder = real
    what = AsShown("population-average", EDITION_2025, Level.PROVINCE, basis=EDITION_2024)
    code = snippet(store, what)
    out = shlex.split(code.splitlines()[0])[-1]
    export(store, what, folder / out)
    rows = yielded(code, folder, monkeypatch)
    frame = pd.concat(list(what.frames(store)))
    assert rows["value"].tolist() == frame["value"].tolist()


@pytest.mark.parametrize(
    "what",
    [
        Filtered(),
        Filtered(("rate",), EDITION_2024, Level.PROVINCE, HANOI, until=date(2024, 12, 31)),
        AsShown("rate", EDITION_2024, Level.DISTRICT, HANOI, date(2024, 12, 31)),
        AsShown("people", EDITION_2025, Level.PROVINCE, basis=EDITION_2024),
    ],
)
def test_the_command_line_asks_for_the_same(what):
    words = shlex.split(command(what, "x y.csv"))[3:]
    options = cli._parser().parse_args(words)
    assert export_command.selection(options) == what
    assert options.out == Path("x y.csv")


def test_the_command_in_the_first_line_writes_the_file_that_is_read(real, tmp_path):
    store, folder = real
    line = snippet(store, next(views(store))).splitlines()[0].removeprefix("# python")
    env = os.environ | {HOME_VARIABLE: str(folder / "var"), "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, *shlex.split(line)], cwd=tmp_path, env=env, check=True, capture_output=True
    )
    assert (tmp_path / WHOLE).read_bytes() == (folder / WHOLE).read_bytes()
