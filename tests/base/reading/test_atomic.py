"""Files appear complete or not at all, and what a kill leaves is swept by the next one."""

from __future__ import annotations

import errno
import os
import subprocess
from contextlib import suppress
from types import SimpleNamespace

import pytest

from base.reading import atomic, replacing_file, write_atomically


@pytest.fixture(scope="module")
def dead():
    """The number of a process that is no more."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_what_a_killed_writer_left_is_swept_by_the_next(tmp_path, dead):
    path = tmp_path / "a.zip"
    left = [tmp_path / f".a.{dead}.7.tmp.zip", tmp_path / f".a.{os.getpid()}.7.tmp.zip"]
    # Of a writer at work, of another file, and no temporary file at all.
    kept = [f".a.{os.getppid()}.7.tmp.zip", f".b.{dead}.7.tmp.zip", ".a.zip", ".a.x.7.tmp.zip"]
    for file in (*left, *(tmp_path / name for name in kept)):
        file.write_text("half")
    # As after the restart of a container, where the same number is given again.
    os.utime(left[1], (1e9, 1e9))
    write_atomically(path, "whole")
    assert {found.name for found in tmp_path.iterdir()} == {"a.zip", *kept}


def test_what_fails_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("before")
    with suppress(ZeroDivisionError), replacing_file(path) as temporary:
        temporary.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "before"
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("fails", "free"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 1 << 30),
        (OSError(errno.EDQUOT, "Disk quota exceeded", "/tmp/elsewhere"), 1 << 30),
        # What a library makes of it.
        (RuntimeError("cannot rollback - no transaction is active"), 4096),
    ],
)
def test_a_full_disk_is_told_with_the_name_of_the_file(tmp_path, monkeypatch, fails, free):
    monkeypatch.setattr(atomic.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    with pytest.raises(OSError, match=r"a\.txt") as caught:
        write(tmp_path / "a.txt", fails)
    assert caught.value.errno in atomic.FULL
    assert list(tmp_path.iterdir()) == []


def test_what_fails_of_something_else_is_told_as_it_is(tmp_path):
    with pytest.raises(RuntimeError):
        write(tmp_path / "a.txt", RuntimeError("no"))


def write(path, fails):
    with replacing_file(path) as temporary:
        temporary.write_text("half")
        raise fails
