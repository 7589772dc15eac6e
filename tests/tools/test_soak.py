"""The attacks on a copy of the app: they run, they can fail, and what fails can be had again."""

import io
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from base.folders import ROOT
from tools.soak import __main__ as command
from tools.soak import addresses
from tools.soak.ground import APP_BYTES, FAILED, TOO_MUCH, Ground, Ran


def test_what_no_command_may_do_is_a_fault():
    assert Ran(1, "bảng 1: không có cột").faults() == []
    assert Ran(0, "").faults() == []
    for bad in (Ran(-11, "x"), Ran(FAILED, "x"), Ran(TOO_MUCH, "x"), Ran(1, " "), Ran(-9, "")):
        assert bad.faults()
    assert Ran(1, "Traceback (most recent call last):\n").faults()
    assert APP_BYTES < 600 << 20


def test_what_failed_is_told_with_the_seed_that_brings_it_back(monkeypatch):
    def sometimes(dice):
        return ["gone"] if dice.random() < 0.5 else []

    monkeypatch.setattr(command, "attacks", lambda *_: {"flips": sometimes})
    out = io.StringIO()
    told = command.soak(["flips"], Ground(Path()), seed=3, until=float("inf"), tries=40, out=out)
    assert told["flips"].tried == 40
    lines = out.getvalue().splitlines()
    assert 5 < len(lines) == len(told["flips"].failures) < 35
    for line in lines:
        name = line.removeprefix("FAILED ").removesuffix(": gone")
        assert sometimes(Random(name))
    assert command.main(["--minutes", "1", "--tries", "40", "--seed", "3"], out) == 1


def test_a_kind_that_is_not_known_is_refused(capsys):
    with pytest.raises(SystemExit):
        command.main(["--only", "flips,floods"])
    assert "floods" in capsys.readouterr().err


# From a process that holds nothing yet: it forks.
def test_files_kills_flips_full_disks_and_wrong_clocks_do_no_harm():
    kinds = "files,kills,flips,disk,clock"
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tools.soak", "--tries", "1", "--only", kinds],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.count("1 tried    0 failed") >= 4


def test_a_traceback_in_an_answer_is_a_fault(monkeypatch):
    monkeypatch.setattr(addresses, "_operations", lambda _: ("/api/v1/areas/{code}",))
    for answer in ((500, ""), (-1, "reset"), (200, "Traceback (most recent call last)")):
        monkeypatch.setattr(addresses, "_get", lambda _, answer=answer: answer)
        assert list(addresses._asked(Random(1), "http://127.0.0.1:9"))
    monkeypatch.setattr(addresses, "_get", lambda _: (404, "không có"))
    assert not list(addresses._asked(Random(1), "http://127.0.0.1:9"))


def test_what_was_tried_is_told_when_it_is_broken_off(monkeypatch):
    turns = iter([[], ["gone"]])

    def broken_off(_):
        try:
            return next(turns)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(command, "attacks", lambda *_: {"flips": broken_off})
    out = io.StringIO()
    assert command.main(["--minutes", "1"], out) == 1
    assert "2 tried    1 failed" in out.getvalue()
