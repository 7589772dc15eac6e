"""The command that publishes a folder: what it is asked, and what it says where it cannot."""

import errno
import os

import pytest

from metrics.store import current_store, ensure_store
from tests.metrics.made_up import row, write
from tests.metrics.stores import HANOI, of_user, put
from tests.ui.publish.small import rows
from ui.__main__ import main
from ui.publish import build


@pytest.fixture
def asked(monkeypatch, store_of, tmp_path, capsys):
    """Return a function from words to the exit code, what is said, and the folder asked for."""
    monkeypatch.setattr(build, "published_store", lambda _: store_of(rows(), None))
    out = tmp_path / "atlas"

    def run(*words):
        code = main(["publish", "--out", str(out), "--jobs", "1", "--lang", "en", *words])
        return code, capsys.readouterr().err, out

    return run


def test_a_folder_is_written_and_counted(asked):
    code, said, out = asked("--only", "named", "--date", "2026-03-04", "--live-url", "https://a.vn")
    assert code == 0
    assert f"{len(list(out.rglob('*.html')))} pages" in said
    text = (out / "index.html").read_text(encoding="utf-8")
    assert '<time datetime="2026-03-04">' in text
    assert 'href="https://a.vn/"' in text
    assert not (out / "sitemap.xml").exists()


def test_what_there_is_not_is_said(asked):
    code, said, out = asked("--only", "nonsense")
    assert (code, out.exists()) == (1, False)
    assert "nonsense" in said


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://a b", "https://a?x=1", "ftp://a"]
)
def test_an_address_that_is_none_is_refused(asked, address, capsys):
    with pytest.raises(SystemExit) as done:
        asked("--base-url", address)
    assert done.value.code == 2
    assert "is not a web address" in capsys.readouterr().err


def test_a_full_disk_is_a_sentence_and_leaves_nothing(asked, monkeypatch):
    def full(folder, path, _):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder / path))

    monkeypatch.setattr(build, "put", full)
    code, said, out = asked("--only", "named")
    assert code == 1
    assert "the disk is full" in said
    assert list(out.parent.iterdir()) == []


def test_what_is_private_to_a_team_is_nowhere(asked, monkeypatch, tmp_path):
    monkeypatch.undo()
    data = write(tmp_path / "data", [row("rate", HANOI, 20, edition="2025")])
    places = {"home": tmp_path / "var", "data_dir": data}
    ensure_store(**places)
    secret = row("days", HANOI, 73.125, edition="2025", locator="khong-ai-biet")
    put(places, of_user("hidden-set", private=True, team="x"), secret)
    monkeypatch.setattr(build, "ensure_store", lambda _: current_store(**places))
    code, _, out = asked("--only", "rate", "--only", "days", "--only", "2025:01")
    assert code == 0
    assert (out / "maps/rate/2025-province.html").exists()
    assert not (out / "maps/days").exists()
    told = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert b"20" in told
    for word in ("73,125", "73.125", "khong-ai-biet", "hidden-set"):
        assert word.encode() not in told


def test_a_folder_of_a_day_is_the_same_whatever_came_in_since(asked, monkeypatch, tmp_path):
    monkeypatch.undo()
    data = write(tmp_path / "data", [row("rate", HANOI, 20, edition="2025")])
    places = {"home": tmp_path / "var", "data_dir": data}
    ensure_store(**places)
    monkeypatch.setattr(build, "ensure_store", lambda _: current_store(**places))

    def put_days(value):
        put(places, of_user("own"), row("days", HANOI, value, edition="2025"))
        return current_store(**places).writes()[-1]

    def folder(*words):
        code, said, out = asked("--only", "days", "--only", "2025:01", *words)
        assert code == 0, said
        return {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}

    first = put_days(73.125)
    live = ("--as-of", first, "--live-url", "https://a.vn")
    was = folder(*live)
    put_days(11)
    assert folder(*live) == was
    told = b"".join(was.values())
    assert "Số liệu như atlas biết".encode() in told
    assert b"as_of=" in told
    assert b"73.125" in told
    assert folder() != was
