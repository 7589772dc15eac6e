"""A store in files that were damaged or are in use: told, and repaired."""

import subprocess

import ibis
import pytest

from metrics.store import StoreError, ensure_store, generations_of
from tests.metrics.made_up import row
from tests.metrics.stores import HANOI, of_user, put, run


class TestDamage:
    def test_the_home_is_taken_from_the_environment(self, places, tmp_path, monkeypatch):
        monkeypatch.setenv("ATLAS_HOME", str(tmp_path / "elsewhere"))
        ensure_store(data_dir=places["data_dir"])
        assert (tmp_path / "elsewhere" / "store" / "gen.current").exists()

    @pytest.mark.parametrize("content", [b"", b"\x00\xff", b"gen-7.duckdb\n", None])
    def test_a_broken_pointer_is_repaired_and_told(self, places, caplog, content):
        ensure_store(**places)
        put(places, of_user(), row("days", HANOI, 4.5))
        pointer = generations_of(home=places["home"]).pointer
        pointer.unlink()
        if content is not None:
            pointer.write_bytes(content)
        store = ensure_store(**places)
        assert store.generation == "gen-2"
        assert store.indicators() == ("days", "rate")
        assert str(pointer) in caplog.text
        assert "Recovered: gen-2.duckdb is in force" in caplog.text

    @pytest.mark.parametrize("damage", [b"", b"not a database", "half"])
    def test_a_damaged_generation_gives_way_to_the_one_before(self, places, caplog, damage):
        ensure_store(**places)
        path = put(places, of_user(), row("days", HANOI, 4.5))
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2] if damage == "half" else damage)
        assert ensure_store(**places).generation == "gen-1"
        assert path.with_name("gen-2.duckdb.broken").exists()
        assert "set aside" in caplog.text

    def test_with_nothing_left_it_is_filled_anew(self, places):
        ensure_store(**places)
        generations_of(home=places["home"]).current().write_bytes(b"")
        assert ensure_store(**places).count() == 3

    def test_another_database_is_not_taken_for_a_store(self, places):
        generations = generations_of(home=places["home"])
        with generations.writing():
            generations.publish(lambda path: ibis.duckdb.connect(path).disconnect())
        assert ensure_store(**places).count() == 3

    def test_a_file_that_is_open_for_writing_is_not_taken_for_damaged(self, places):
        ensure_store(**places)
        path = generations_of(home=places["home"]).current()
        process = run(
            f"""
            import duckdb, sys
            connection = duckdb.connect({str(path)!r})
            print("open", flush=True)
            sys.stdin.read()
            """,
            places,
            stdin=subprocess.PIPE,
        )
        assert process.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="Close the program"):
            ensure_store(**places)
        process.communicate("", timeout=30)
        assert ensure_store(**places).generation == "gen-1"
