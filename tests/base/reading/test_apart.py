"""What is read apart breaks off alone, and what becomes of it is said in a sentence."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from pathlib import Path

import pytest

from base.reading import Apart, Room, Stop, StoppedError, Unreadable, apart, stoppable
from base.words import LANGS, Refusal

AS_THE_APP = apart.run_worker


@pytest.fixture(autouse=True)
def started_anew(monkeypatch):
    """Start these processes as the app does."""
    monkeypatch.setattr(apart, "run_worker", AS_THE_APP)


class Unwanted(Refusal):
    prefix = "reading.refused."


@Apart
def looked_at(path, folder, *, file, more):
    return {"size": path.stat().st_size, "file": file, "more": more}


@Apart
def does(path, folder, *, file):
    """Do what the file says."""
    match path.read_bytes():
        case b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"abort":
            os.abort()
        case b"sleep":
            time.sleep(60)
        case b"spin":
            while True:
                pass
        case b"grow":
            bytearray(8 << 30)
        case b"fill":
            (folder / "0.arrow").write_bytes(b"0" * (2 << 20))
        case b"fail":
            raise ValueError(f"{path}: no such thing\nand more")
        case b"refuse":
            raise Unwanted("crs_name", crs="EPSG:0")
        case b"answer":
            return {"all": "x" * (64 << 20)}
        case b"environment":
            return dict(os.environ)
    return {}


def test_the_answer_of_a_process_comes_back(tmp_path):
    told = looked_at(b"12345", "x.csv", more=[1, "Huế"])
    assert told.answer == {"size": 5, "file": "x.csv", "more": [1, "Huế"]}
    (tmp_path / "given").write_bytes(b"123")
    assert looked_at(tmp_path / "given", "x.csv", more=0).answer["size"] == 3


@pytest.mark.parametrize(
    ("what", "key"),
    [
        (b"die", "crashed"),
        (b"abort", "crashed"),
        (b"sleep", "slow"),
        (b"spin", "slow"),
        (b"grow", "crashed"),
        (b"fill", "unpacked"),
        (b"fail", "broken"),
        (b"answer", "crashed"),
    ],
)
def test_whatever_becomes_of_a_process_is_a_sentence(what, key):
    room = Room(memory=1 << 30, seconds=2 if key == "slow" else 60, result=1 << 20)
    with pytest.raises(Unreadable) as refused:
        does(what, "a.xlsx", room)
    assert refused.value.key == key
    for lang in LANGS:
        assert "a.xlsx" in refused.value.say(lang)
        assert "/tmp" not in refused.value.say(lang)


def test_a_refusal_keeps_its_kind():
    with pytest.raises(Unwanted, match="EPSG:0"):
        does(b"refuse", "x")


def test_a_process_is_told_no_secret(monkeypatch):
    monkeypatch.setenv("ATLAS_DATABASE_URL", "postgresql://a:secret@b/c")
    assert "secret" not in str(does(b"environment", "x").answer)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(Unreadable, match="gone"):
        looked_at(tmp_path / "gone", "gone.csv", more=0)


def children():
    """Return the processes that this one has started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it may end just now
            if int(entry.read_text().rpartition(")")[2].split()[1]) == os.getpid():
                found.append(entry.parent.name)
    return set(found)


def test_what_is_stopped_ends_its_processes_at_once_and_lets_none_begin():
    stop, before = Stop(), children()
    with stoppable(stop), ThreadPoolExecutor(2) as pool:
        tasks = [pool.submit(copy_context().run, does, b"sleep", "x") for _ in range(4)]
        while len(children() - before) < 2:
            time.sleep(0.01)
        stop.ask()
        start = time.monotonic()
        for task in tasks:
            with pytest.raises(StoppedError):
                task.result()
        assert time.monotonic() - start < 5
        with pytest.raises(StoppedError):
            does(b"", "x")
    assert children() <= before
    assert does(b"", "x").answer == {}


def test_what_waits_for_its_turn_can_be_stopped_too():
    stop, other = Stop(), Stop()
    with ThreadPoolExecutor(apart.AT_ONCE + 1) as pool:
        with stoppable(other):
            [pool.submit(copy_context().run, does, b"sleep", "x") for _ in range(apart.AT_ONCE)]
        with stoppable(stop):
            waiting = pool.submit(copy_context().run, does, b"sleep", "x")
        time.sleep(0.5)
        stop.ask()
        with pytest.raises(StoppedError):
            waiting.result(5)
        other.ask()
