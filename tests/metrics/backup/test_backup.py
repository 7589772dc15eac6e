"""Backups: one archive that either database can be filled from; altered ones are refused whole."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from metrics.backup import back_up, restore
from metrics.backup.archive import MANIFEST, SEAL, ArchiveError
from metrics.importing import MAPPINGS
from metrics.people import LOCAL, Actor, NotAllowed
from metrics.store import (
    RECORDS,
    Change,
    StoreError,
    apply,
    current_store,
    generations_of,
    original,
)
from metrics.store.database_url import VARIABLE
from metrics.store.migrations import NewerSchemaError
from metrics.store.originals import keep_bytes
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, QUANG_BINH, ROWS, of_user, put

FILE = "địa bàn,giá trị\nHà Nội,4,5\n".encode()
HASH = hashlib.sha256(FILE).hexdigest()


@pytest.fixture
def filled(places):
    """A store with two versions of a dataset; the arguments that lead to it."""
    current_store(**places)
    put(places, of_user("mine-v1"), row("days", HANOI, 4.5, note='=1+1 \\N \n\\.\n,"'))
    newer = of_user("mine-v2", supersedes="mine-v1")
    put(places, newer, row("days", HANOI, 5), row("days", QUANG_BINH, state="suppressed"))
    spelling = {"kind": "alias", "id": "01", "dataset": "record:alias:…:hn", "record": "{}"}
    generations = generations_of(home=places["home"])
    with generations.writing():
        apply(generations, Change({}, {RECORDS: pd.DataFrame([spelling])}))
    return places


def contents(places):
    """Return all that a store holds, apart from what counts generations."""
    store = current_store(**places)
    shown = [store.datasets(), store.observations(), store.dataset_observations("mine-v1")]
    audit = store.audit()
    return [*shown, store.records(), audit[audit["action"] != "restore backup"]]


def same(ours, theirs):
    for one, other in zip(ours, theirs, strict=True):
        pd.testing.assert_frame_equal(one.reset_index(drop=True), other.reset_index(drop=True))


@pytest.fixture
def archive(filled, tmp_path):
    path = tmp_path / "backup.zip"
    back_up(path, **filled)
    return path


@pytest.mark.usefixtures("engine")
class TestThereAndBack:
    def test_what_was_backed_up_is_what_is_restored(self, filled, archive):
        before = contents(filled)
        put(filled, of_user("later-v1"), row("days", HANOI, 99))
        done = restore(archive, LOCAL, **filled, replace=True)
        same(contents(filled), before)
        assert done.manifest.entries["tables/observations.parquet"].rows == 6
        # What was there before has been kept, and can be put back in the same way.
        restore(done.aside, LOCAL, **filled, replace=True)
        assert "later-v1" in set(current_store(**filled).datasets()["id"])

    def test_originals_and_mappings_come_along(self, filled, tmp_path):
        keep_bytes(FILE, filled["home"])
        put(filled, replace(of_user("filed-v1"), sha256=HASH), row("days", QUANG_BINH, 1))
        mapping = filled["home"] / MAPPINGS / "abc.yaml"
        mapping.parent.mkdir()
        mapping.write_text("edition: '2024'\n")
        back_up(tmp_path / "all.zip", **filled)
        original(HASH, filled["home"]).unlink()
        mapping.unlink()
        restore(tmp_path / "all.zip", LOCAL, **filled, replace=True)
        assert original(HASH, filled["home"]).read_bytes() == FILE
        assert mapping.read_text() == "edition: '2024'\n"

    def test_a_store_that_is_not_empty_is_not_replaced_unasked(self, filled, archive):
        before = contents(filled)
        with pytest.raises(StoreError, match=r"2 datasets and 1 .*--replace"):
            restore(archive, LOCAL, **filled)
        same(contents(filled), before)
        assert not (filled["home"] / "backups").exists()

    def test_the_audit_says_who_restored_what(self, filled, archive):
        restore(archive, Actor("an", LOCAL.role), **filled, replace=True)
        line = current_store(**filled).audit().iloc[0]
        assert (line["actor"], line["action"]) == ("an", "restore backup")
        assert archive.name in line["detail"]

    def test_who_is_no_administrator_restores_nothing(self, filled, archive):
        with pytest.raises(NotAllowed):
            restore(archive, Actor("an"), **filled, replace=True)


# As the app once named them after teams, and what kills and strangers leave in that folder.
OLD_NAMES = ["SởKHCNHuế-0123456789abcdef0123.yaml", "-x.yaml", "Ⅻ_.v2.yaml"]
STRANGERS = [
    ".abc.99999999.7.tmp.yaml",
    "của tôi.yaml",
    "a\u202eb.yaml",
    "x.txt",
    "+1.yaml",
    "&.yaml",
]


def strangers(done):
    return [said for said in done.left_out if said.key == "backup.left_out.stranger"]


class TestNames:
    """A backup takes along what is ours, tells what is not, and can always be restored."""

    def test_what_is_ours_is_kept_and_what_is_not_is_told(self, filled, tmp_path):
        folder = filled["home"] / MAPPINGS
        (folder / "folder.yaml").mkdir(parents=True)
        (folder / "link.yaml").symlink_to("/etc/passwd")
        for name in [*OLD_NAMES, *STRANGERS]:
            (folder / name).write_text("place: a\n")
        done = back_up(tmp_path / "all.zip", **filled)
        assert len(strangers(done)) == len(STRANGERS) + 2
        told = " ".join(said.say("en") for said in done.left_out)
        assert "x.txt" in told
        assert "link.yaml" in told
        shutil.rmtree(folder)
        assert not strangers(restore(tmp_path / "all.zip", LOCAL, **filled, replace=True))
        assert {path.name for path in folder.iterdir()} == set(OLD_NAMES)

    def test_an_older_backup_with_strangers_in_it_is_restored_without_them(
        self, filled, archive, tmp_path
    ):
        names = [*OLD_NAMES, *STRANGERS, "ờ" * 110 + ".yaml"]
        sealed(archive, unpacked(archive) | {f"{MAPPINGS}/{name}": b"place: a\n" for name in names})
        done = restore(archive, LOCAL, **filled, replace=True)
        assert len(strangers(done)) == len(STRANGERS) + 1
        found = {path.name for path in (filled["home"] / MAPPINGS).iterdir()}
        assert found == set(OLD_NAMES)

    def test_what_could_not_be_restored_is_not_called_written(self, filled, tmp_path):
        path = tmp_path / "all.zip"
        path.write_bytes(b"the backup of yesterday")
        stray = {"kind": "indicator", "id": "x", "dataset": "record:indicator:x", "record": "{"}
        generations = generations_of(home=filled["home"])
        with generations.writing():
            apply(generations, Change({}, {RECORDS: pd.DataFrame([stray])}))
        with pytest.raises(StoreError, match="was not written: read back"):
            back_up(path, **filled)
        assert path.read_bytes() == b"the backup of yesterday"
        assert [found.name for found in tmp_path.glob("*.zip")] == ["all.zip"]


@pytest.mark.parametrize("there", ["duckdb", "postgresql"])
def test_a_store_moves_from_one_database_to_the_other(
    places, tmp_path, monkeypatch, server, database, there
):
    if there == "postgresql":
        monkeypatch.delenv(VARIABLE)
    current_store(**places)
    put(places, of_user("mine-v1"), row("days", HANOI, 4.5, note="a\r\n\\.\nb"))
    before = contents(places)
    path = tmp_path / "backup.zip"
    assert back_up(path, **places).manifest.engine != there
    monkeypatch.setenv(VARIABLE, database)
    if there == "duckdb":
        monkeypatch.delenv(VARIABLE)
    elsewhere = places | {"home": tmp_path / "elsewhere"}
    assert restore(path, LOCAL, **elsewhere).aside is None
    same(contents(elsewhere), before)


@pytest.mark.usefixtures("engine")
def test_a_backup_of_before_anything_was_remembered_is_restored(filled, archive):
    before, parts = contents(filled), unpacked(archive)
    for name in [name for name in parts if "/past_" in name or "/writes" in name]:
        del parts[name]
    for name in ("observations", "datasets", "records"):
        table = pq.read_table(pa.BufferReader(parts[f"tables/{name}.parquet"]))
        parts[f"tables/{name}.parquet"] = as_parquet(table.drop_columns("known_from"))
    sealed(archive, parts, schema_version=4)
    put(filled, of_user("mine-v2", supersedes="mine-v1"), row("days", HANOI, 6))
    meanwhile = current_store(**filled).writes()[-1]
    restore(archive, LOCAL, **filled, replace=True)
    same(contents(filled), before)
    assert current_store(**filled).at(meanwhile).observations("days")["value"].tolist() == [6]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("altered")
    places = {"home": folder / "var", "data_dir": write(folder / "data", ROWS)}
    current_store(**places)
    put(places, of_user("mine-v1"), row("days", HANOI, 4.5))
    back_up(folder / "whole.zip", **places)
    return folder / "whole.zip", places


class TestAltered:
    """Whatever was done to an archive: it is refused, and the store is as it was."""

    @pytest.fixture
    def filled(self, whole):
        return whole[1]

    @pytest.fixture
    def archive(self, whole, tmp_path):
        return Path(shutil.copy(whole[0], tmp_path / "backup.zip"))

    @pytest.fixture
    def refused(self, filled, archive):
        home = filled["home"]
        before = generations_of(home=home).in_force()

        def check(match, error=ArchiveError):
            with pytest.raises(error, match=match):
                restore(archive, LOCAL, **filled, replace=True)
            assert generations_of(home=home).in_force() == before
            assert not list(home.glob(".restore-*"))
            assert not (home / "backups").exists()

        return check

    @pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.9, 0.999])
    def test_a_part_of_an_archive(self, archive, refused, part):
        whole = archive.read_bytes()
        archive.write_bytes(whole[: int(len(whole) * part)])
        refused("not an intact backup")

    def test_any_flipped_byte_of_what_it_holds(self, archive, refused):
        whole = archive.read_bytes()
        for name in (b"PAR1", b'"generation"', b"schema_version"):
            at = whole.index(name) + 9
            archive.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            refused("not an intact backup")

    def test_a_table_in_place_of_another_with_its_checksum_of_before(self, archive, refused):
        parts = unpacked(archive)
        parts["tables/audit.parquet"] = parts["tables/records.parquet"]
        packed(archive, parts)
        refused("audit.parquet")

    def test_a_manifest_changed_by_hand(self, archive, refused):
        parts = unpacked(archive)
        parts[MANIFEST] = parts[MANIFEST].replace(b"gen-", b"gem-")
        packed(archive, parts)
        refused("manifest was altered")

    @pytest.mark.parametrize(
        "name", ["../../evil", "/etc/passwd", "files/../../x", "tables/x.parquet", "mappings/../a"]
    )
    def test_a_file_under_a_name_that_leads_elsewhere(self, archive, refused, tmp_path, name):
        parts = unpacked(archive) | {name: b"x"}
        sealed(archive, parts)
        refused("does not belong")
        assert not (tmp_path / "evil").exists()

    def test_a_file_that_the_manifest_does_not_list(self, archive, refused):
        with zipfile.ZipFile(archive, "a") as opened:
            opened.writestr("more", b"x")
        refused("listed and in the file")

    def test_two_files_of_the_same_name(self, archive, refused):
        with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(archive, "a") as opened:
            opened.writestr(MANIFEST, b"{}")
        refused("the same name")

    def test_what_unpacks_to_more_than_it_is(self, archive, refused):
        with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED) as opened:
            opened.writestr("files/" + "0" * 64, b"\0" * 10_000_000)
        refused("compressed")

    def test_an_original_that_is_not_the_one_of_its_name(self, archive, refused):
        sealed(archive, unpacked(archive) | {f"files/{HASH}": b"another"})
        refused("does not match its name")

    def test_a_table_with_other_columns(self, archive, refused, tmp_path):
        pq.write_table(pa.table({"time": ["x"]}), tmp_path / "t")
        sealed(archive, unpacked(archive) | {"tables/audit.parquet": (tmp_path / "t").read_bytes()})
        refused("columns other than")

    def test_a_record_that_no_page_could_open_with(self, archive, refused, tmp_path):
        fields = {"kind": ["indicator"], "id": ["x"], "dataset": ["record:x"], "record": ["{"]}
        fields["known_from"] = [""]
        pq.write_table(pa.table(fields), tmp_path / "t")
        sealed(
            archive, unpacked(archive) | {"tables/records.parquet": (tmp_path / "t").read_bytes()}
        )
        refused("does not fit this app")

    @pytest.mark.parametrize("name", ["writes", "datasets", "observations"])
    def test_a_time_of_writing_that_is_none(self, archive, refused, name):
        parts = unpacked(archive)
        table = pq.read_table(pa.BufferReader(parts[f"tables/{name}.parquet"]))
        at = table.num_columns - 1
        never = pa.array(["9999-99-99"] * len(table), pa.string())
        table = table.set_column(at, table.column_names[at], never)
        sealed(archive, parts | {f"tables/{name}.parquet": as_parquet(table)})
        refused("times of writes")

    def test_the_other_kind_of_figures(self, filled, archive):
        with pytest.raises(ArchiveError, match="--mode real"):
            restore(archive, LOCAL, "simulated", **filled)

    def test_a_newer_version_of_the_app(self, archive, refused):
        sealed(archive, unpacked(archive), schema_version=99)
        refused("newer version of the app", NewerSchemaError)

    def test_what_is_no_archive(self, archive, refused):
        archive.write_bytes(b"PK\x03\x04 nothing of the kind")
        refused("not an intact backup")


def unpacked(path):
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)


def sealed(path, parts, **changes):
    """Pack with a manifest that is right about every file: the work of somebody with intent."""
    manifest = json.loads(parts.pop(MANIFEST)) | changes
    del parts[SEAL]
    manifest["entries"] = {
        name: {
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "rows": rows_of(content),
        }
        for name, content in parts.items()
    }
    text = json.dumps(manifest).encode()
    seal = hashlib.sha256(text).hexdigest().encode()
    packed(path, parts | {MANIFEST: text, SEAL: seal})


def as_parquet(table):
    content = pa.BufferOutputStream()
    pq.write_table(table, content)
    return content.getvalue().to_pybytes()


def rows_of(content):
    if content[:4] != b"PAR1":
        return None
    return pq.ParquetFile(pa.BufferReader(content)).metadata.num_rows
