"""The folder takes its place whole, or not at all."""

from pathlib import Path

import pytest

from base.words import Refusal
from ui.publish.folder import MARK, put, replacing_folder


def build(out, text="new"):
    with replacing_folder(out, {"atlas": "x"}) as folder:
        put(folder, "a/page.html", text.encode())


def test_a_folder_of_its_own_is_replaced(tmp_path):
    out = tmp_path / "atlas"
    build(out, "old")
    (out / "a/gone.html").write_text("of before")
    build(out)
    assert (out / "a/page.html").read_text() == "new"
    assert sorted(path.name for path in out.rglob("*")) == ["a", MARK, "page.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["atlas"]


def test_an_empty_folder_is_filled(tmp_path):
    build(tmp_path)
    assert (tmp_path / MARK).exists()


@pytest.mark.parametrize("kind", ["folder", "file", "link", "more", "marked"])
def test_what_is_not_its_own_is_refused_and_left(tmp_path, kind):
    out = tmp_path / "atlas"
    if kind == "file":
        out.write_text("mine")
    elif kind == "link":
        (tmp_path / "other").mkdir()
        out.symlink_to(tmp_path / "other")
    elif kind == "more":
        build(out)
        (out / ".git").mkdir()
    else:
        out.mkdir()
        (out / "mine.txt").write_text("mine")
        if kind == "marked":
            (out / MARK).write_text('{"holds": 3}')
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(Refusal):
        build(out)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_a_build_that_fails_leaves_what_stood_there(tmp_path):
    out = tmp_path / "atlas"
    build(out, "old")

    def fails():
        with replacing_folder(out, {}) as folder:
            put(folder, "page.html", b"half")
            raise OSError(28, "No space left on device", "page.html")

    with pytest.raises(OSError, match="No space"):
        fails()
    assert (out / "a/page.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["atlas"]


def test_what_ended_builds_have_left_is_swept_and_put_back(tmp_path):
    out, dead = tmp_path / "atlas", 2**22 + 1  # no process has such a number
    build(out, "old")
    out.rename(tmp_path / f".atlas.atlas06-left-{dead}")
    half = tmp_path / f".atlas.atlas06-made-{dead}"
    half.mkdir()
    with pytest.raises(OSError, match="gone"), replacing_folder(out, {}):
        raise OSError("gone")
    assert (out / "a/page.html").read_text() == "old"
    assert not half.exists()


def test_where_one_stands_is_no_mounted_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refusal) as refused:
        build(Path())
    assert "mine.txt" in refused.value.say("en")
