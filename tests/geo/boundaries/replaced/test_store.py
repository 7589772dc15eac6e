import json
import signal
import threading

import pytest

from base.generations import Generations
from geo.boundaries import kept, web_layers
from geo.boundaries.replaced import store
from tests.forks import Forked

# Writes half a generation and is killed, as by a power cut.
KILLED = """
import os, signal
from geo.boundaries.replaced.store import publish, writing
def half(folder):
    (folder / "manifest.json").write_text('{"layers": [')
    os.kill(os.getpid(), signal.SIGKILL)
with writing() as home:
    publish(home, half)
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(store.HOME_VARIABLE, str(tmp_path))
    return store.folder()


def make(before=store.BUNDLED, mark="x"):
    def build(folder):
        (folder / "web").mkdir()
        (folder / "bounds.csv").write_text("edition,code,w,s,e,n\n")
        manifest = {"layers": [], "files": {}, "editions": {}, "before": before, "mark": mark}
        (folder / store.MANIFEST).write_text(json.dumps(manifest))

    with store.writing() as folder:
        return store.publish(folder, build)


def test_without_any_change_the_bundled_layers_are_in_force(home):
    assert store.in_force() is None
    assert store.trouble() is None
    assert not home.exists()


def test_a_generation_comes_into_force_and_what_was_before_can_be_named(home):
    first = make()
    second = make(before=first.name)
    assert store.in_force() == second
    assert store.before(home, second) == first.name
    assert store.before(home, first) == store.BUNDLED


def test_killed_in_the_middle_the_old_set_stays_and_the_rest_is_swept(home):
    old = make()
    assert Forked(KILLED).wait() == -signal.SIGKILL
    assert store.in_force() == old
    assert list(home.glob(".gen-*"))
    new = make(before=old.name)
    assert store.in_force() == new
    assert not list(home.glob(".gen-*"))


def test_an_error_while_building_changes_nothing(home):
    old = make()

    def fails(folder):
        (folder / "part").write_text("half")
        raise RuntimeError("full disk")

    with store.writing() as folder, pytest.raises(RuntimeError):
        store.publish(folder, fails)
    assert store.in_force() == old
    assert not list(home.glob(".gen-*"))


def test_only_one_may_write_at_a_time(home):
    # The lock is of the open file: a second one is refused even within the process.
    another = pytest.raises(store.BoundaryStoreError, match="another")
    with store.writing(), another, store.writing():
        pytest.fail("two writers")


@pytest.mark.parametrize("text", ["gen-7\n", "../../etc\n", "", "gen-1/../gen-1\n"])
def test_a_pointer_that_leads_nowhere_is_told_and_the_bundled_layers_serve(home, text):
    make()
    (home / "current").write_text(text)
    assert store.in_force() is None
    assert store.trouble()
    assert len([layer for layer in web_layers() if not layer.detail]) == 4


def test_an_altered_generation_is_not_used(home):
    made = make()
    manifest = {**made.manifest, "files": {"bounds.csv": 3}}
    (made.folder / store.MANIFEST).write_text(json.dumps(manifest))
    store.point_at(home, made.name)
    assert store.in_force() is None
    assert "altered" in store.trouble().say("en")


def test_old_generations_are_removed_but_not_the_last_three(home):
    made = [make() for _ in range(5)]
    assert [path.name for _, path in Generations(home).numbered()] == [g.name for g in made[-3:]]


def test_what_is_kept_is_worked_out_anew_when_boundaries_change(home):
    calls = []

    @kept(maxsize=4)
    def worked(x):
        calls.append(x)
        return x

    worked(1), worked(1)
    make()
    worked(1), worked(1)
    store.point_at(home, store.BUNDLED)
    worked(1)
    assert calls == [1, 1]  # once for each of the two states


def test_readers_always_see_one_whole_state_while_it_changes(home):
    marks, wrong, stop = {"a", "b"}, [], threading.Event()
    make(mark="a")

    def read():
        while not stop.is_set():
            found = store.in_force()
            if found is None or found.manifest["mark"] not in marks:
                wrong.append(found)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for mark in "babab":
        make(mark=mark)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_what_is_worked_out_during_a_change_is_of_one_state(home):
    first = make()

    @kept(maxsize=4)
    def worked():
        before = store.in_force()
        store.point_at(home, store.BUNDLED)
        return before, store.in_force()

    assert worked() == (first, first)
    assert store.in_force() is None
    store.point_at(home, first.name)
    assert worked() == (first, first)
