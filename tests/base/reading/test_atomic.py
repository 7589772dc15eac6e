"""Files appear complete or not at all, and what a kill leaves is swept by the next one."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress

import pytest

from base.reading import replacing_file, write_atomically


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
