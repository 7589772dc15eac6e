"""Untidy tables in files, each with the one right outcome: stored just so, or asked about."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
import yaml

from geo.editions import Level, area
from metrics.commands import datasets as command
from metrics.store import current_store
from tests.base.reading.here import opened_here

FOLDER = Path(__file__).parent / "cases"
CASES = {
    case["id"]: case
    for case in yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))["cases"]
}


class Stored:
    """What `load` gives back, for the command."""

    id, rows = "x", 0


@pytest.fixture(scope="module")
def store():
    return current_store()


@pytest.fixture(scope="module", autouse=True)
def in_this_process():
    """Let the readers of files run here: that they run apart is checked beside them."""
    with opened_here():
        yield


@pytest.fixture
def load(store, tmp_path, monkeypatch, capsys):
    """Run the import of one step as people do; the figures that would be stored come back."""
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    reports = []
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    monkeypatch.setattr(command, "current_store", lambda: store)
    monkeypatch.setattr(command.datasets, "keep_file", lambda *_: None)
    monkeypatch.setattr(
        command.datasets, "load", lambda seen, report, *_: reports.append(report) or Stored()
    )

    def run(*words):
        options = parser.parse_args(["import", *map(str, words)])
        return options.run(options, parser)

    def once(step):
        reports.clear()
        file, options = FOLDER / step["file"], list(step.get("options") or ())
        if columns := step.get("columns"):
            path = tmp_path / "mapping.yaml"
            at = options.index("--table") if "--table" in options else len(options)
            assert run(file, *options[at : at + 2], "--write-mapping", path) == 0
            fields = yaml.safe_load(path.read_text(encoding="utf-8"))
            fields["measures"] = list(_named(fields["measures"], columns))
            path.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
            options += ["--mapping", path]
        ended = run(file, *options, "--store")
        told = capsys.readouterr()
        return ended, reports[0] if reports else None, told.out + told.err

    return once


def _named(measures, columns):
    for measure in measures:
        for pattern, indicator in columns.items():
            if re.search(pattern, measure["column"], re.IGNORECASE):
                if indicator:
                    yield measure | {"indicator": indicator}
                break


def _any(value):
    return set(value) if isinstance(value, list) else {value}


@pytest.mark.parametrize("id_", CASES)
def test_a_table_is_stored_as_it_is_or_asked_about(load, id_):
    case = CASES[id_]
    for step in case.get("after", ()):
        assert load(step)[0] == 0
    ended, report, said = load(case)
    truth = case.get("store") or case.get("either")
    if report is None:
        assert ended == 2
        assert "store" not in case, said
        patterns = (truth or {}).get("refusal", ())
        assert not patterns or any(re.search(p, said) for p in patterns)
        return
    assert truth is not None, f"{len(report.observations)} stored, to be asked: {case['ask']}"
    _is_the_truth(report, truth)
    told = truth.get("told")
    assert not told or any(re.search(p, said) for p in told)


def _is_the_truth(report, truth):
    frame = report.observations
    assert len(frame) in _any(truth["n_observations"])
    assert set(frame["edition"]) <= _any(truth["edition"])
    assert str(report.mapping.level) == truth["level"]
    if within := truth.get("within"):
        homes = {area(report.mapping.edition, code).parent for code in frame["area"]}
        assert homes == {within}
    periods = truth.get("periods") or [
        {"start": truth.get("period_start"), "end": truth["period_end"], "grain": truth["grain"]}
    ]
    for start, end, grain in set(
        zip(frame["period_start"], frame["period_end"], frame["grain"], strict=True)
    ):
        assert any(
            end == p["end"]
            and grain in _any(p["grain"])
            and start in (p["start"] or "", p["start"])
            for p in periods
        )
    values = frame.groupby(["area", "indicator"])["value"].agg(list)
    by_end = frame.groupby(["area", "indicator", "period_end"])["value"].agg(list)
    for key, value in truth["values"].items():
        where = tuple(key.split("|"))
        found = (values if len(where) == 2 else by_end)[where]
        assert found == pytest.approx([value] * len(found), abs=0.0051)
    assert not set(truth.get("without", ())) & set(frame["area"])
    assert report.mapping.level is not Level.COUNTRY
