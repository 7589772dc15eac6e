"""Real processes that import a table: several at once, and killed at any moment."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest

from metrics.datasets import datasets
from metrics.store import current_store, ensure_store
from tests.metrics.made_up import row
from tests.metrics.stores import HANOI, of_user, put, run, turn

# What `python -m metrics import --store` does once it knows its table; waits to be told to start.
IMPORTER = """
    import sys
    from metrics.datasets import datasets
    from metrics.people import LOCAL
    from metrics.importing import examine, preview, propose
    store = current_store(**places)
    datasets.current_store = lambda home=None: current_store(**places)
    name, rows = sys.argv[1], int(sys.argv[2])
    # Each brings figures of its own.
    at = int(sys.argv[3])
    lines = (f"Hà Nội,{1900 + n},{(n + at) % 100}" for n in range(rows))
    data = "\\n".join(["Tỉnh,Năm,rate", *lines])
    seen = preview(f"{name}.csv", data.encode())
    block = seen.blocks[0]
    mapping = propose(block, store.catalog)
    report = examine(seen, block, mapping, store)
    assert not report.blocked and len(report.observations) == rows, report.findings[:3]
    datasets.keep_file(data.encode(), LOCAL, places["home"])
    details = datasets.Details(title=name)
    print("ready", flush=True)
    sys.stdin.readline()
    stored = datasets.load(seen, report, details, LOCAL, home=places["home"])
    print(stored.id, flush=True)
"""
ROWS = 120


@pytest.fixture
def start(places):
    """Return a function that starts an importer, which stops just before it stores."""
    started = []

    def begin(name):
        words = (name, str(ROWS), str(len(started)))
        process = run(IMPORTER, places, words=words, stdin=subprocess.PIPE)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def ready(process):
    assert process.stdout.readline() == "ready\n"


def go(process):
    process.stdin.write("\n")
    process.stdin.flush()


def is_whole(store, id_):
    return len(store.dataset_observations(id_)) == ROWS == datasets.find(store, id_).rows


@pytest.mark.usefixtures("engine")
def test_of_importers_at_once_all_land_one_after_the_other(places, start):
    current_store(**places)
    importers = [start(name) for name in ("same", "same")]
    for process in importers:
        ready(process)
    for process in importers:
        go(process)
    stored = sorted(process.stdout.readline().strip() for process in importers)
    assert stored == ["same-v1", "same-v2"]
    store = current_store(**places)
    assert turn(store) == 3
    assert all(is_whole(store, id_) for id_ in stored)
    assert sorted(store.audit()["dataset"]) == stored


# From before the lock is taken to after the change is in force, on any machine.
@pytest.mark.usefixtures("engine")
def test_killed_at_any_moment_an_import_is_there_whole_or_not_at_all(places, start):
    before = set(current_store(**places).datasets()["id"])
    importers = [start(f"n{n}") for n in range(3)]
    for process in importers:
        ready(process)
    for n, process in enumerate(importers):
        began = time.monotonic()
        go(process)
        if n == 0:
            # How long it takes when nobody stops it.
            assert process.stdout.readline() == "n0-v1\n"
            whole = time.monotonic() - began
        else:
            time.sleep(whole * n / 3)
        process.send_signal(signal.SIGKILL)
        process.wait()
        store = ensure_store(**places)
        added = set(store.datasets()["id"]) - before
        assert added <= {f"n{k}-v1" for k in range(n + 1)}
        assert all(is_whole(store, id_) for id_ in added)
        assert set(store.audit()["dataset"]) == added
        assert set(store.records()["dataset"]) == added
        assert store.count() == 3 + ROWS * len(added)
    # The next one is not held up by what the dead have left.
    put(places, of_user("last"), row("days", HANOI, 1))
    assert current_store(**places).count() == store.count() + 1
    assert not list((places["home"] / "files").rglob("*.tmp"))
