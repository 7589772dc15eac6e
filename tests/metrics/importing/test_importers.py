"""Real processes that import a table: several at once, and killed at any moment."""

from __future__ import annotations

import pickle
import time

import pytest

from metrics.datasets import datasets
from metrics.importing import examine, preview, propose
from metrics.store import current_store, ensure_store
from tests.metrics.made_up import row
from tests.metrics.stores import HANOI, of_user, put, run, turn

# What `python -m metrics import --store` does once it knows its table; waits to be told to start.
IMPORTER = """
    import pickle, sys
    from metrics.datasets import datasets
    from metrics.people import LOCAL
    datasets.current_store = lambda home=None: current_store(**places)
    data, seen, report = pickle.loads(Path(sys.argv[2]).read_bytes())
    datasets.keep_file(data, LOCAL, places["home"])
    details = datasets.Details(title=sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    stored = datasets.load(seen, report, details, LOCAL, home=places["home"])
    print(stored.id, flush=True)
"""
ROWS = 120


def known(store, name, at):
    """Return a table with what is known of it; each brings figures of its own."""
    lines = (f"Hà Nội,{1900 + n},{(n + at) % 100}" for n in range(ROWS))
    data = "\n".join(["Tỉnh,Năm,rate", *lines]).encode()
    seen = preview(f"{name}.csv", data)
    report = examine(seen, seen.blocks[0], propose(seen.blocks[0], store.catalog), store)
    assert not report.blocked, report.findings[:3]
    assert len(report.observations) == ROWS
    return data, seen, report


@pytest.fixture
def start(places, tmp_path):
    """Return a function that starts an importer, which stops just before it stores."""
    started = []

    def begin(name):
        table = tmp_path / f"{name}-{len(started)}"
        table.write_bytes(pickle.dumps(known(current_store(**places), name, len(started))))
        process = run(IMPORTER, places, words=(name, str(table)))
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
        process.kill()
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
