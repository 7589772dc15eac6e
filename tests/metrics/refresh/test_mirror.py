"""A folder in place of the network, and files of the operator."""

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from metrics.refresh import place_of
from metrics.refresh.state import read_state
from tests.metrics.refresh.served import figures, page

TWENTY = figures()


@pytest.mark.parametrize("below", ["tiny", "."])
def test_a_mirror_stands_in_for_the_network(atlas, served, tmp_path, monkeypatch, below):
    monkeypatch.delenv("ATLAS_CONTACT")
    folder = tmp_path / "mirror"
    (folder / below).mkdir(parents=True)
    (folder / below / "page-1.json").write_bytes(page(TWENTY))
    (folder / below / "manifest.json").write_text('{"page-1.json": "2026-10-01T09:00:00+07:00"}')
    assert atlas.refresh(mirror=folder).result == "stored"
    assert served.asked == []
    assert read_state(atlas.folder).new.isoformat() == "2026-10-01T02:00:00+00:00"


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("[" * 100_000, "stored"),
        ('{"page-1.json": "0001-01-01T00:00:00+14:00"}', "stored"),
        ('{"page-1.json": "9999-12-31T23:59:59-14:00"}', "stored"),
        ('{"page-1.json": "2099-01-01"}', "held"),
    ],
)
def test_times_that_cannot_be_are_not_believed(atlas, tmp_path, said, result):
    (tmp_path / "page-1.json").write_bytes(page(TWENTY))
    (tmp_path / "manifest.json").write_text(said)
    assert atlas.refresh(mirror=tmp_path).result == result


def test_a_kept_run_is_a_mirror(atlas, served, tmp_path):
    served.pages(TWENTY)
    atlas.refresh()
    time = read_state(atlas.folder).new
    (run,) = [path for path in atlas.folder.iterdir() if path.name.startswith("2")]
    shutil.copytree(run, tmp_path / "mirror")
    assert atlas.refresh(mirror=tmp_path / "mirror").result == "same"
    assert json.loads((run / "manifest.json").read_text())["replies"][1]["time"] == time.isoformat()


def test_what_a_mirror_lacks_is_named(atlas, tmp_path):
    (tmp_path / "mirror").mkdir()
    failed = atlas.refresh(mirror=tmp_path / "mirror")
    assert failed.result == "failed"
    assert "page-1.json" in failed.said.en
    assert atlas.refresh(mirror=tmp_path / "none").result == "failed"


def test_replies_of_a_mirror_are_not_gone_on_with_from_the_network(atlas, served, tmp_path):
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "page-1.json").write_bytes(page(TWENTY, 1, 2))
    assert atlas.refresh(mirror=tmp_path / "mirror").result == "failed"
    served.pages(figures(10), {"001": 1.0})
    atlas.refresh()
    assert served.asked == ["/robots.txt", "/page-1.json", "/page-2.json"]


def test_files_of_a_folder_are_read_and_nothing_outside(atlas, tmp_path):
    (atlas.home / "tables").mkdir()
    (atlas.home / "tables" / "page-1.json").write_bytes(page(TWENTY))
    atlas.describe(address="tables")
    # The tiny adapter asks for tables/page-1.json.
    assert atlas.refresh().result == "stored"
    outside = tmp_path / "outside.json"
    outside.write_bytes(page(figures(5)))
    (atlas.home / "tables" / "page-1.json").unlink()
    (atlas.home / "tables" / "page-1.json").symlink_to(outside)
    failed = atlas.refresh()
    assert failed.result == "failed"
    assert str(outside) in failed.said.en


def test_a_file_that_was_mended_after_a_failure_is_read_as_it_is_now(atlas, monkeypatch):
    (atlas.home / "tables").mkdir()
    file = atlas.home / "tables" / "page-1.json"
    file.write_bytes(page(TWENTY))
    atlas.describe(address="tables")

    def full(*_):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr("metrics.refresh.running.put", full)
        assert atlas.refresh().result == "failed"
    file.write_bytes(page(figures(start=41.0)))
    assert atlas.refresh().result == "stored"
    assert min(atlas.values().values()) == 41.0


def test_files_are_found_whatever_their_names_are_made_of():
    path = Path(os.fsdecode(b"/a/\xff?#%41\n.csv"))
    assert place_of(path.as_uri(), None) == path
