"""Backups and originals from the command line; a restore that is killed on its way."""

from __future__ import annotations

import hashlib
import signal
from dataclasses import replace

import pandas as pd
import pytest

from metrics.__main__ import main
from metrics.backup import back_up, restore
from metrics.people import LOCAL
from metrics.store import (
    AUDIT,
    Change,
    apply,
    current_store,
    ensure_store,
    generations_of,
    original,
)
from metrics.store.originals import keep_bytes
from metrics.store.store import HOME_VARIABLE
from tests.metrics.made_up import row
from tests.metrics.stores import HANOI, of_user, put, run

FILE = "Tỉnh;Số ngày\nHà Nội;4,5\n".encode()
HASH = hashlib.sha256(FILE).hexdigest()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The folder of the commands, with a dataset whose original is kept."""
    folder = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    ensure_store(home=folder)
    keep_bytes(FILE, folder)
    mine = replace(of_user("so-ngay-v1"), sha256=HASH)
    put({"home": folder}, mine, row("census-population", HANOI, 4.5))
    return folder


def test_there_and_back_with_its_originals(home, tmp_path, monkeypatch, capsys):
    archive, elsewhere = tmp_path / "backup.zip", tmp_path / "elsewhere"
    assert main(["backup", str(archive)]) == 0
    assert "1  original files" in capsys.readouterr().out
    # Not unasked over what is there.
    assert main(["restore", str(archive)]) == 1
    assert "--replace" in capsys.readouterr().err
    monkeypatch.setenv(HOME_VARIABLE, str(elsewhere))
    assert main(["restore", str(archive)]) == 0
    assert "in force" in capsys.readouterr().out
    assert current_store().dataset_observations("so-ngay-v1")["value"].tolist() == [4.5]
    assert original(HASH, elsewhere).read_bytes() == FILE


def test_an_original_is_fetched_whole_or_not_at_all(home, tmp_path, capfdbinary):
    out = tmp_path / "bang.csv"
    for named in ("so-ngay/1", "so-ngay/v1", "so-ngay-v1"):
        assert main(["datasets", "original", named, "--out", str(out)]) == 0
        assert out.read_bytes() == FILE
        out.unlink()
    capfdbinary.readouterr()
    assert main(["datasets", "original", "so-ngay/1"]) == 0
    assert capfdbinary.readouterr().out == FILE
    for wrong in ("so-ngay/2", "../../etc/passwd", "shipped", "/"):
        assert main(["datasets", "original", wrong, "--out", str(out)]) == 1
    original(HASH, home).write_bytes(FILE + b"x")
    assert main(["datasets", "original", "so-ngay/1", "--out", str(out)]) == 1
    assert b"damaged" in capfdbinary.readouterr().err
    assert not out.exists()


def test_the_audit_as_a_table_runs_nothing(home, capsys):
    line = {"time": "2026", "actor": "@SUM(1)", "action": "+1+1", "dataset": "", "detail": "=1+1"}
    generations = generations_of(home=home)
    with generations.writing():
        apply(generations, Change({}, {AUDIT: pd.DataFrame([line])}))
    assert main(["datasets", "--audit"]) == 0
    # Its time is that of the write, whatever a line says.
    assert ",'@SUM(1),'+1+1,,'=1+1" in capsys.readouterr().out


# While the tables are being written, everything else being there already.
@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("at", ["apply"])
def test_killed_in_a_restore_what_was_there_before_is_in_force(places, tmp_path, at):
    current_store(**places)
    put(places, of_user("first"), row("days", HANOI, 1))
    archive = tmp_path / "backup.zip"
    back_up(archive, **places)
    put(places, of_user("second"), row("days", HANOI, 2))
    before = generations_of(home=places["home"]).in_force()
    process = run(
        f"""
        import os, signal, sys
        from metrics.backup import backup
        from metrics.people import LOCAL
        real = backup.{at}
        def deadly(*arguments, **named):
            if "{at}" == "apply":
                # In the middle of it: some of the rows are there.
                pieces = arguments[1].added["observations"]
                def cut():
                    yield next(iter(pieces))
                    os.kill(os.getpid(), signal.SIGKILL)
                arguments[1].added["observations"] = cut()
            else:
                real(*arguments, **named)
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)
        backup.{at} = deadly
        backup.restore(Path(sys.argv[1]), LOCAL, replace=True, **places)
        """,
        places,
        words=(str(archive),),
    )
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    assert generations_of(home=places["home"]).in_force() == before
    assert set(ensure_store(**places).datasets()["id"]) == {"first", "second", "shipped"}
    restore(archive, LOCAL, replace=True, **places)
    assert set(ensure_store(**places).datasets()["id"]) == {"first", "shipped"}
    assert not list(places["home"].glob(".restore-*"))


@pytest.mark.parametrize(
    ("words", "code", "vi", "en"),
    [
        (["datasets"], 0, "shipped: đang dùng, đã công bố, ", "shipped: in force, published, "),
        (["datasets", "original", "x/1"], 1, "Không có bộ dữ liệu 'x/1'", "There is no dataset"),
        (["aliases", "--forget", "x"], 2, "không có cách viết nào", "has no such spelling"),
        (["restore", "{0}/a.zip"], 1, "Kho ở {0}", "The store in {0}"),
        (["restore", "{0}/home/bad.zip"], 1, "không phải bản sao lưu", "is not an intact backup"),
    ],
)
def test_commands_of_the_store_speak_either_language(home, tmp_path, capsys, words, code, vi, en):
    (home / "bad.zip").write_bytes(b"x")
    if "a.zip" in words[-1]:
        assert main(["backup", str(tmp_path / "a.zip"), "--lang", "vi"]) == 0
        assert "số liệu thật" in capsys.readouterr().out
    for lang, says in (("vi", vi), ("en", en)):
        try:
            status = main([*(word.format(tmp_path) for word in words), "--lang", lang])
        except SystemExit as left:
            status = left.code
        assert status == code
        told = capsys.readouterr()
        assert says.format(tmp_path) in told.out + told.err
