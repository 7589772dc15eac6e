"""A store in files that were damaged or are in use: told, and repaired."""

import random

import duckdb
import ibis
import pytest

from metrics.store import (
    DamagedError,
    StoreError,
    current_store,
    damage,
    damage_note,
    ensure_store,
    generations_of,
    writing,
)
from metrics.store import store as stores
from metrics.store.duck import connect
from tests.metrics.made_up import row
from tests.metrics.stores import HANOI, of_user, put, run


def held(places):
    """Return the store of a process, which may meet damage only in reading."""
    try:
        store = current_store(**places)
        store.observations(), store.datasets(), store.records(), store.audit()
    except DamagedError:
        store = current_store(**places)
        store.observations(), store.datasets(), store.records(), store.audit()
    return store


# Of a DuckDB file.
BLOCK = 262_144


def test_a_full_disk_is_told_as_one_whatever_the_engine_says(places, monkeypatch):
    def full(*_, **__):
        raise duckdb.FatalException("Failed to create checkpoint: No space left on device")

    before = ensure_store(**places)
    monkeypatch.setattr(writing, "_build", full)
    with pytest.raises(StoreError) as told:
        put(places, of_user(), row("rate", HANOI, 1))
    assert "ổ đĩa đã đầy" in told.value.say("vi")
    assert "the disk is full" in told.value.say("en")
    assert ensure_store(**places).generation == before.generation


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

    @pytest.mark.parametrize("all_of_them", [False, True])
    def test_a_generation_that_is_gone_is_told(self, places, all_of_them):
        ensure_store(**places)
        path = put(places, of_user(), row("days", HANOI, 4.5))
        for gone in path.parent.glob("gen-*") if all_of_them else [path]:
            gone.unlink()
        ensure_store(**places)
        found = damage(home=places["home"])
        assert found.lost == ("gen-2.duckdb",)
        assert found.recovered == ("" if all_of_them else "gen-1")

    @pytest.mark.parametrize("sealed", [True, False])
    def test_any_flipped_byte_leads_to_the_newest_whole_one(self, places, sealed):
        """Also in a generation of before checksums were kept; what is damaged stays as it is."""
        ensure_store(**places)
        put(places, of_user("first"), row("days", HANOI, 4.5))
        path = put(places, of_user("second"), row("days", HANOI, 7))
        whole, pointer = path.read_bytes(), generations_of(home=places["home"]).pointer
        if not sealed:
            path.with_name(f"{path.name}.sha256").unlink()
        chance = random.Random(0)
        # Nothing reads a block that is free; without a checksum nothing notices what it holds.
        end = len(whole) if sealed else 4 * BLOCK
        for at in [3, 5000, end - 1, *(chance.randrange(end) for _ in range(3))]:
            flipped = whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :]
            path.write_bytes(flipped)
            pointer.write_text(path.name)
            stores._opened.clear()
            store = held(places)
            assert store.generation == "gen-2", at
            assert store.indicators() == ("days", "rate")
            aside = path.with_name(f"{path.name}.broken")
            assert aside.read_bytes() == flipped
            aside.unlink()

    def test_damage_that_shows_in_reading_is_not_met_twice(self, places):
        ensure_store(**places)
        path = put(places, of_user(), row("days", HANOI, 4.5))
        path.with_name(f"{path.name}.sha256").unlink()
        store = current_store(**places)
        size = path.stat().st_size
        with path.open("r+b") as stream:
            stream.seek(3 * 4096)
            stream.write(b"\xff" * (size - 3 * 4096))
        with pytest.raises(DamagedError):
            store.observations()
        assert current_store(**places).generation == "gen-1"
        assert current_store(**places).count() == 3

    def test_nothing_is_built_on_what_is_damaged(self, places):
        ensure_store(**places)
        path = put(places, of_user("first"), row("days", HANOI, 4.5))
        with path.open("ab") as stream:
            stream.write(b"x")
        with pytest.raises(StoreError, match=r"not stored.*gen-1"):
            put(places, of_user("second"), row("days", HANOI, 7))
        assert set(current_store(**places).datasets()["id"]) == {"shipped"}
        # The number of the damaged one is not given again: what is kept in memory is kept under it.
        assert put(places, of_user("second"), row("days", HANOI, 7)).name == "gen-3.duckdb"

    def test_damage_is_told_until_the_note_is_removed(self, places):
        home = {"home": places["home"]}
        ensure_store(**places)
        assert damage(**home) is None
        path = put(places, of_user(), row("days", HANOI, 4.5))
        path.write_bytes(b"")
        ensure_store(**places)
        assert (damage(**home).recovered, damage(**home).kept) == (
            "gen-1",
            (f"{path.name}.broken",),
        )
        # Total loss is not made smaller by what is found damaged after it.
        generations_of(**home).current().write_bytes(b"")
        ensure_store(**places)
        generations_of(**home).current().write_bytes(b"")
        ensure_store(**places)
        assert damage(**home).recovered == ""
        assert len(damage(**home).kept) == 3
        damage_note(**home).write_text("{")
        assert damage(**home).kept == ()
        damage_note(**home).unlink()
        assert damage(**home) is None

    def test_a_sentence_on_blocks_is_not_taken_for_a_lock(self, tmp_path):
        path = tmp_path / "gen-1.duckdb"
        ibis.duckdb.connect(path).disconnect()
        path.write_bytes(path.read_bytes()[:9000])
        with pytest.raises(DamagedError):
            connect(path, read_only=True)

    def test_with_nothing_left_it_is_filled_anew(self, places):
        ensure_store(**places)
        generations_of(home=places["home"]).current().write_bytes(b"")
        assert ensure_store(**places).count() == 3

    @pytest.mark.parametrize(
        "spoilt", ["DROP TABLE past_records", "ALTER TABLE observations DROP COLUMN note"]
    )
    def test_a_generation_without_a_part_gives_way_to_the_one_before(self, places, spoilt):
        ensure_store(**places)
        put(places, of_user(), row("days", HANOI, 4.5))
        generations = generations_of(home=places["home"])
        path = generations.current()
        path.with_name(f"{path.name}.sha256").unlink(missing_ok=True)
        connection = connect(path, read_only=False)
        connection.raw_sql(spoilt)
        connection.disconnect()
        assert ensure_store(**places).generation != path.stem

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
        )
        assert process.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="Close the program"):
            ensure_store(**places)
        process.communicate("", timeout=30)
        assert ensure_store(**places).generation == "gen-1"
