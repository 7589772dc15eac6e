"""The command line of metrics: what it prints, writes and refuses."""

import csv
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from base.folders import ROOT
from metrics import __main__ as command
from metrics.commands import export as export_command
from metrics.commands import options as cli
from metrics.exporting import FORMATS
from metrics.store import VIET_NAM, ensure_store
from metrics.store.store import HOME_VARIABLE
from tests.metrics.made_up import row, write
from ui import __main__ as drawing


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function from arguments to (exit code, standard output, standard error)."""
    data_dir = write(tmp_path / "data", [row("rate", "01", 1.5), row("days", "04", 2)])
    for module in (command, cli):
        monkeypatch.setattr(
            module,
            "ensure_store",
            lambda mode: ensure_store(mode, home=tmp_path / "var", data_dir=data_dir),
        )

    def call(*arguments):
        try:
            code = command.main([str(argument) for argument in arguments])
        except SystemExit as exit_:
            code = exit_.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_status_tells_generation_datasets_and_counts(run):
    code, out, _ = run("status")
    assert code == 0
    assert "generation    gen-1" in out
    assert "observations  2" in out
    assert "indicators    2" in out
    assert "shipped: 2 rows" in out


def test_export_all_writes_every_observation(run, tmp_path):
    out = tmp_path / "out.csv"
    code, printed, told = run("export", "--all", "--format", "csv", "--out", out)
    assert (code, printed) == (0, "")
    assert f"2 observations written to {out}" in told
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


def test_export_as_it_was_known(run, tmp_path):
    run("status")
    then, out = datetime.now(UTC).isoformat(timespec="microseconds"), tmp_path / "out.csv"
    write(tmp_path / "data", [row("rate", "01", 7.5)])
    for asked, value in (
        ("2001-01-01", None),
        (then, "1.5"),
        (f"{datetime.now(VIET_NAM):%Y-%m-%d}", "7.5"),
    ):
        code, _, told = run("export", "--all", "--as-of", asked, "--lang", "en", "--out", out)
        rows = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
        found = [line["value"] for line in rows if line["indicator_id"] == "rate"]
        assert (code, found) == (0, [value] if value else [])
        assert "as they were known at" in told
        assert ("kept no revisions" in told) == (value is None)
    code, _, told = run("export", "--all", "--as-of", "2999-01-01", "--lang", "en", "--out", out)
    assert code == 2
    assert "--as-of: 2999-01-01 is in the future" in told


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_under_its_own_ending(run, tmp_path, form):
    out = tmp_path / f"out{FORMATS[form].suffix}"
    words = ("--as-shown", "--indicator", "rate", "--edition", "2024", "--format", form)
    assert run("export", *words, "--out", out)[0] == 0
    assert out.stat().st_size > 0


def test_export_filters(run, tmp_path):
    out = tmp_path / "out.csv"
    assert run("export", "--indicator", "days", "--indicator", "rate", "--out", out)[0] == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
    assert run("export", "--indicator", "days", "--out", out)[0] == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2
    assert run("export", "--level", "country", "--bom", "--out", out)[0] == 0
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 1


def test_export_what_a_view_shows(run, tmp_path):
    out = tmp_path / "view.xlsx"
    words = ["--as-shown", "--indicator", "rate", "--edition", "2024", "--format", "xlsx"]
    code, _, told = run("export", *words, "--out", out)
    assert (code, out.exists()) == (0, True)
    assert "63 observations" in told


def test_a_press_kit_is_of_a_view(run, tmp_path):
    code, _, told = run("export", "--all", "--format", "kit", "--out", tmp_path / "all.zip")
    assert code == 2
    assert "--as-shown" in told


VIEW = ("export", "--as-shown", "--indicator", "rate", "--edition", "2024", "--out", "x")


def test_what_draws_is_handed_over_to_another_process(capfd):
    assert command.main(["figure", "--help"]) == 0
    assert "usage: python -m ui figure" in capfd.readouterr().out


@pytest.mark.parametrize("more", [("--format", "kit", "--mode", "real"), ("--change", "percent")])
def test_it_is_handed_over_as_it_was_asked_for(more, tmp_path, monkeypatch, capsys):
    def called(words):
        assert words[:3] == [sys.executable, "-m", "ui"]
        try:
            return drawing.main(words[3:])
        except SystemExit as stopped:
            return stopped.code

    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.setattr(subprocess, "call", called)
    assert command.main([*VIEW, *more]) == 2
    assert "there is no indicator 'rate'" in capsys.readouterr().err


def test_one_file_for_each(run, tmp_path):
    folder = tmp_path / "provinces"
    words = [
        "--indicator",
        "rate",
        "--edition",
        "2024",
        "--each",
        "province",
        "--format",
        "geojson",
    ]
    code, _, told = run("export", *words, "--out", folder)
    assert code == 0
    assert "63 files with 1 observation in" in told
    assert (folder / "atlas06_rate_2024_01.geojson").exists()
    assert run("export", "--all", "--each", "indicator", "--out", folder)[0] == 0
    assert {path.name for path in folder.glob("*.csv")} == {"atlas06_rate.csv", "atlas06_days.csv"}
    shown = ["--as-shown", "--edition", "2024", "--each", "indicator", "--format", "xlsx"]
    assert run("export", *shown, "--out", folder)[0] == 0
    assert len(list(folder.glob("atlas06_*_2024_province_VN_newest.xlsx"))) == 2
    assert run("export", "--all", "--each", "period", "--out", tmp_path / "days")[0] == 0
    assert (tmp_path / "days" / "atlas06_2024-12-31_2024-12-31.csv").exists()


def test_what_fails_is_listed_and_the_rest_is_written(run, tmp_path, monkeypatch):
    one = export_command.write_file

    def fail_on_rate(store, what, *rest):
        if what.indicators == ("rate",):
            raise OSError("disk full")
        return one(store, what, *rest)

    monkeypatch.setattr(export_command, "write_file", fail_on_rate)
    code, _, told = run("export", "--all", "--each", "indicator", "--out", tmp_path / "out")
    assert code == 1
    assert "failed: atlas06_rate.csv: disk full" in told
    assert (tmp_path / "out" / "atlas06_days.csv").exists()


def test_a_misspelt_indicator_is_told_with_what_is_near(run, tmp_path):
    code, _, told = run("export", "--indicator", "dayz", "--out", tmp_path / "out.csv")
    assert code == 2
    assert "'dayz'" in told
    assert "Did you mean: days?" in told
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["export", "--out", "x.csv"], "--all"),
        (["export", "--all"], "--out"),
        (["export", "--all", "--indicator", "rate", "--out", "x.csv"], "exclude each other"),
        (["export", "--all", "--edition", "1999", "--out", "x.csv"], "2024"),
        (["export", "--all", "--level", "street", "--out", "x.csv"], "district"),
        (["export", "--all", "--format", "pdf", "--out", "x.csv"], "csv"),
        (["export", "--all", "--since", "soon", "--out", "x.csv"], "YYYY-MM-DD"),
        (["export", "--all", "--place", "01", "--out", "x.csv"], "--edition"),
        (["export", "--all", "--edition", "2025", "--place", "zz", "--out", "x.csv"], "zz"),
        (["export", "--all", "--each", "province", "--out", "x"], "--edition"),
        (["export", "--as-shown", "--edition", "2025", "--out", "x.csv"], "--indicator"),
        (["export", "--all", "--at", "2024-12-31", "--out", "x.csv"], "--as-shown"),
        (["export", "--all", "--out", "x.xlsx"], "written is .csv"),
        (["export", "--all", "--format", "xlsx", "--out", "x.csv"], "written is .xlsx"),
        (["audit", "--format", "csv", "--out", "x.json"], "ghi tệp .csv"),
        (["audit", "--out", "x.csv"], "ghi tệp .txt"),
        ([], "COMMAND"),
    ],
)
def test_what_was_asked_wrongly_is_told_with_what_is_allowed(run, arguments, says):
    code, _, told = run(*arguments)
    assert code == 2
    assert says in told


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_that_does_not_exist_is_told(run, tmp_path, form):
    out = tmp_path / "absent" / f"out.{form}"
    code, _, told = run("export", "--all", "--format", form, "--out", out)
    assert code == 1
    assert "absent" in told


def test_wrong_data_are_told_without_a_traceback(run, tmp_path):
    write(tmp_path / "data", [row("rate", "999", 1.5)])
    code, out, told = run("status")
    assert (code, out) == (1, "")
    assert "rows.csv, row 2, column area: received '999'" in told


def test_it_runs_as_a_module():
    words = [sys.executable, "-m", "metrics", "export", "--help"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "--indicator ID" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "vi", "en"),
    [
        (["status"], 0, "số liệu       2", "observations  2"),
        (["export", "--all", "--out", "{}/x.csv"], 0, "đã ghi 2 số liệu", "2 observations written"),
        (["export", "--out", "x.csv"], 2, "hãy cho biết xuất gì", "say what to export"),
        (["export", "--all", "--out", "{}/no/x.csv"], 1, "lỗi: ", "error: "),
        (
            ["export", "--all", "--since", "2024", "--out", "x"],
            2,
            "không phải ngày",
            "is not a date",
        ),
        (["export", "--indicator", "dayz", "--out", "x"], 2, "Có phải: days?", "Did you mean"),
        (["restore", "{}/none.zip"], 1, "lỗi: ", "error: "),
    ],
)
def test_a_command_speaks_the_language_it_is_told(run, tmp_path, arguments, code, vi, en):
    words = [word.format(tmp_path) for word in arguments]
    for lang, says in (("vi", vi), ("en", en)):
        status, out, told = run(*words, "--lang", lang)
        assert status == code
        assert says in out + told
