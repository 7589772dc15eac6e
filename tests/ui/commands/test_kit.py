"""Press kits and rows of views from the command line."""

from zipfile import ZipFile

import pandas as pd
import pytest

from metrics.store import ensure_store
from tests.metrics.made_up import row, write
from ui.__main__ import main

VIEW = ("--indicator", "rate", "--edition", "2024")


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    data_dir = write(tmp_path / "data", [row("rate", "01", 1.5), row("days", "04", 2)])
    monkeypatch.setattr(
        "metrics.commands.options.ensure_store",
        lambda mode: ensure_store(mode, home=tmp_path / "var", data_dir=data_dir),
    )


@pytest.mark.parametrize("words", [("kit",), ("export", "--as-shown", "--format", "kit")])
def test_a_press_kit_of_a_view(tmp_path, words):
    assert main([*words, *VIEW, "--out", str(tmp_path / "kit.zip")]) == 0
    with ZipFile(tmp_path / "kit.zip") as kit:
        assert {"README.md", "citation.bib", "rows.py"} <= set(kit.namelist())
        assert "Tên rate" in kit.read("README.md").decode()


def test_one_kit_for_each_with_figures_and_the_map(tmp_path):
    more = ("--each", "indicator", "--picture", "svg", "--embed")
    assert main(["kit", "--edition", "2024", *more, "--out", str(tmp_path / "kits")]) == 0
    kits = sorted((tmp_path / "kits").iterdir())
    assert len(kits) == 2
    for path in kits:
        with ZipFile(path) as kit:
            ends = {name.rpartition("_")[2] for name in kit.namelist()}
            assert {"square.svg", "map.html"} <= ends


def test_rows_that_filters_keep(tmp_path):
    out = tmp_path / "x.csv"
    words = ["export", "--as-shown", *VIEW, "--filters", "value:1..2", "--out", str(out)]
    assert main(words) == 0
    assert list(pd.read_csv(out, dtype=str)["area_code"]) == ["01"]


def test_what_cannot_be_made_is_told(tmp_path, capsys):
    words = ["--change", "sideways", "--out", str(tmp_path / "x.zip")]
    assert main(["kit", *VIEW, *words]) == 1
    assert "change 'sideways'" in capsys.readouterr().err
    assert not (tmp_path / "x.zip").exists()
