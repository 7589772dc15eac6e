"""Killed at any moment, or the disk full: nothing is stored by half, and the next run goes on."""

import errno
import os
import signal

import pytest

from base.reading import atomic
from metrics.refresh.state import read_state
from tests.forks import Forked
from tests.metrics.refresh.served import DAY, figures

FIRST, SECOND = figures(10), dict(list(figures(20).items())[10:])
BOTH = {(DAY, code): value for code, value in (FIRST | SECOND).items()}

# What is forced to the disk, a file and its folder each: the run's beginning; two replies and their
# lines; the manifest; the archive; the archive kept; the store, where it is of files: a generation,
# its checksum, the pointer; the state.
STEPS = {"duckdb": (3, 6, 11, 12, 14, 16, 18, 22, 23), "postgresql": (3, 16, 17)}


def run_and_die(atlas, at):
    script = f"""
        import os, signal
        from pathlib import Path
        from types import SimpleNamespace
        from metrics.commands import refresh as command
        from metrics.datasets import datasets
        from metrics.refresh import running, storing
        from metrics.store import ensure_store
        from tests.metrics.refresh.conftest import Atlas
        home, data = Path({str(atlas.home)!r}), Path({str(atlas.data)!r})
        ensure_store(home=home, data_dir=data)
        for module in (datasets, running, storing):
            module.current_store = lambda home=home: ensure_store(home=home, data_dir=data)
        left, real = {at}, os.fsync
        def deadly(descriptor):
            global left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            real(descriptor)
        os.fsync = deadly
        Atlas(home, data, {atlas.address!r}, describe=False).refresh()
        print(left)
    """
    process = Forked(script)
    said, _ = process.communicate()
    return process.returncode, said


@pytest.mark.parametrize(
    ("engine", "at"),
    [(engine, at) for engine, steps in STEPS.items() for at in steps],
    indirect=["engine"],
)
def test_killed_at_any_moment_the_next_run_goes_on(atlas, served, engine, at):
    before = atlas.store().generation
    served.pages(FIRST, SECOND)
    code, _ = run_and_die(atlas, at)
    assert code == -signal.SIGKILL
    # All or nothing.
    assert atlas.values() in ({}, BOTH)
    assert (atlas.values() == {}) == (atlas.store().generation == before)
    done = atlas.refresh()
    assert (done.result, done.said) == ("stored", None)
    assert atlas.values() == BOTH
    asked = [path for path in served.asked if path != "/robots.txt"]
    # Only what was on its way is asked for again.
    assert len(asked) <= 3
    assert atlas.store().audit()["action"].tolist() == ["refresh"]
    assert (read_state(atlas.folder).new, read_state(atlas.folder).series) != (None, ())
    assert not [path for path in atlas.folder.rglob(".*") if path.name.endswith(".tmp")]
    assert atlas.refresh().result == "same"


@pytest.mark.parametrize("at", range(1, 18, 4))
def test_a_full_disk_is_a_sentence_and_stores_nothing(atlas, served, monkeypatch, at):
    before = atlas.store().generation
    served.pages(FIRST, SECOND)
    left, real = at, os.fsync

    def full(descriptor):
        nonlocal left
        left -= 1
        if left <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(atomic.os, "fsync", full)
    failed = atlas.refresh()
    monkeypatch.undo()
    assert failed.result == "failed"
    assert "disk is full" in failed.said.en or "No space left" in failed.said.en
    monkeypatch.setenv("ATLAS_CONTACT", "atlas@example.vn")
    assert atlas.values() == {}
    assert atlas.store().generation == before


def test_too_little_room_is_seen_before_anybody_is_asked(atlas, served, monkeypatch):
    served.pages(FIRST)
    monkeypatch.setattr("metrics.refresh.running.ROOM", 1 << 60)
    assert "MB is free" in atlas.refresh().said.en
    assert served.asked == []
