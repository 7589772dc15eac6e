"""Generations: whatever moment a writer dies at, the old or the new one is in force."""

import os
import signal
import threading

import pytest

from base.generations import KEPT
from base.reading import write_atomically
from metrics.store import Generations, StoreError
from metrics.store.generations import BrokenPointerError
from tests.forks import Forked


def filled(folder, *texts):
    generations = Generations(folder)
    for text in texts:
        with generations.writing():
            generations.publish(lambda path, text=text: path.write_text(text))
    return generations


def test_nothing_is_in_force_before_the_first_generation(tmp_path):
    assert Generations(tmp_path / "absent").current() is None
    assert Generations(tmp_path / "absent").signature() is None


def test_the_last_published_is_in_force_and_only_the_last_few_are_kept(tmp_path):
    generations = filled(tmp_path, *"abcde")
    assert generations.current().read_text() == "e"
    assert [path.read_text() for _, path in generations.numbered()] == list("abcde"[-KEPT:])


def test_numbers_are_never_used_twice(tmp_path):
    generations = filled(tmp_path, *"abcde")
    assert [number for number, _ in generations.numbered()] == [3, 4, 5]


def test_the_signature_changes_with_every_swap(tmp_path):
    seen = [filled(tmp_path, text).signature() for text in "abcd"]
    assert len(set(seen)) == 4


def test_a_failed_build_leaves_the_old_one_and_no_litter(tmp_path):
    generations = filled(tmp_path, "old")

    def fail(path):
        path.write_text("half")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"), generations.writing():
        generations.publish(fail)
    assert generations.current().read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "gen-1.duckdb",
        "gen-1.duckdb.sha256",
        "gen.current",
        "gen.lock",
    ]


# Where force_to_disk is reached in publishing: the file, the folder; the checksum, the folder; the
# pointer, the folder.
@pytest.mark.parametrize(("dies_at", "in_force"), [*((n, "old") for n in range(6)), (6, "new")])
def test_killed_at_any_moment_the_old_or_the_new_is_in_force(tmp_path, dies_at, in_force):
    filled(tmp_path, "old")
    script = f"""
        import os, signal
        from pathlib import Path
        from base.reading import atomic
        from base.generations import generations
        from metrics.store.generations import Generations
        calls = 0
        real = atomic.force_to_disk
        def counted(path):
            global calls
            calls += 1
            if calls == {dies_at}:
                os.kill(os.getpid(), signal.SIGKILL)
            real(path)
        atomic.force_to_disk = generations.force_to_disk = counted
        def build(path):
            path.write_text("new")
            if {dies_at} == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        folder = Generations(Path({str(tmp_path)!r}))
        with folder.writing():
            folder.publish(build)
    """
    assert Forked(script).wait() == -signal.SIGKILL
    generations = Generations(tmp_path)
    assert generations.current().read_text() == in_force
    # The next writer is not held up, and clears away what the dead one left.
    filled(tmp_path, "next")
    assert generations.current().read_text() == "next"
    assert not list(tmp_path.glob(".*"))


def test_a_second_writer_waits_and_says_so_when_it_waits_too_long(tmp_path):
    generations = Generations(tmp_path)
    with (
        generations.writing(),
        pytest.raises(StoreError, match=r"Another process .* writing"),
        generations.writing(timeout_s=0.05),
    ):
        pass


def test_writers_take_turns(tmp_path):
    generations = Generations(tmp_path)
    inside, most = 0, 0

    def write():
        nonlocal inside, most
        with generations.writing():
            inside += 1
            most = max(most, inside)
            generations.publish(lambda path: path.write_text("x"))
            inside -= 1

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert generations.current().name == "gen-8.duckdb"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds ''"),
        (b"\xff\x00garbage", "holds"),
        (b"../../etc/passwd", "holds"),
        (b"gen-9.duckdb", "not there"),
        (None, "missing"),
    ],
)
def test_a_broken_pointer_is_told_and_repaired(tmp_path, caplog, content, says):
    generations = filled(tmp_path, "old", "new")
    generations.pointer.unlink()
    if content is not None:
        generations.pointer.write_bytes(content)
    with pytest.raises(BrokenPointerError, match=says) as caught:
        generations.current()
    with generations.writing():
        generations.repair(lambda path: path.exists(), str(caught.value))
    assert generations.current().read_text() == "new"
    assert "Recovered: gen-2.duckdb is in force" in caplog.text


def test_repair_sets_aside_what_cannot_be_read_and_deletes_nothing(tmp_path):
    generations = filled(tmp_path, "old", "broken")
    with generations.writing():
        found = generations.repair(lambda path: path.read_text() == "old", "damaged")
    assert found == generations.current() == tmp_path / "gen-1.duckdb"
    assert (tmp_path / "gen-2.duckdb.broken").read_text() == "broken"


def test_repair_without_anything_usable_starts_anew(tmp_path):
    generations = filled(tmp_path, "broken")
    with generations.writing():
        assert generations.repair(lambda path: False, "damaged") is None
    assert generations.current() is None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="ATLAS_HOME"), Generations(tmp_path).writing():
        pass


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "store").write_text("")
    with (
        pytest.raises(StoreError, match="ATLAS_HOME"),
        Generations(tmp_path / "store").writing(),
    ):
        pass


def test_a_failed_atomic_write_leaves_the_old_content(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_atomically(path, "old")

    def fail(_):
        raise OSError("disk full")

    monkeypatch.setattr("base.reading.atomic.force_to_disk", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_modes_do_not_see_each_other(tmp_path):
    filled(tmp_path, "real")
    assert Generations(tmp_path, "sim").current() is None
