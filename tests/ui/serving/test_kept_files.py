"""Files that never change are told to be kept and compressed once; nothing else is touched."""

import gzip

import pytest

from base.folders import STATIC
from geo.maps import versioned
from tests.ui.serving.answers import ask, behind
from ui.serving import kept_files
from ui.serving.kept_files import KeptFiles

SCRIPT = "/app/static/map/atlas-map.js"
app = KeptFiles(behind)


def test_a_file_with_its_content_in_its_address_is_kept_forever():
    path, _, query = versioned("map/atlas-map.js").partition("?")
    answer = ask(app, f"/app/static/{path}", query, accept_encoding="gzip, br")
    assert answer.headers["cache-control"].endswith("immutable")
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == (STATIC / path).read_bytes()
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_boundaries_have_it_in_their_names():
    file = next((STATIC / "boundaries").glob("*.json"))
    assert "immutable" in ask(app, f"/app/static/boundaries/{file.name}").headers["cache-control"]


def test_without_it_a_file_is_asked_for_anew_and_not_sent_twice():
    first = ask(app, SCRIPT)
    assert first.headers["cache-control"] == "no-cache"
    assert "content-encoding" not in first.headers
    again = ask(app, SCRIPT, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_it_is_compressed_once(monkeypatch):
    monkeypatch.setattr(kept_files, "_contents", kept_files._Contents())
    packed = []
    monkeypatch.setattr(
        kept_files.gzip, "compress", lambda data, *_, **__: packed.append(1) or data[:9]
    )
    for _ in range(3):
        ask(app, SCRIPT, accept_encoding="gzip")
    assert packed == [1]


def test_what_is_held_has_a_bound(monkeypatch):
    held = kept_files._Contents()
    monkeypatch.setattr(kept_files, "KEPT", 60_000)
    for file in sorted((STATIC / "ui").glob("*.js")) * 2:
        held.get(file, 0, False)
    assert sum(map(len, held._held.values())) <= 60_000


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/explore",
        "/app/static/",
        "/app/static/none.js",
        "/app/static/../serve.py",
        "/app/static/map/../../serve.py",
        "/app/static/..\\serve.py",
        "/app/static/%2e%2e/serve.py",
        "/app/static//etc/passwd",
        "/app/static/map",
        "/app/static/vendor/LICENSE.leaflet",
        "/app/static/a\0b.js",
        "/app/static/" + "a" * 5000 + ".js",
        "/static/../index.html",
    ],
)
def test_everything_else_passes(path):
    assert ask(app, path).body == b"behind"


def test_so_does_what_only_asks_for_a_part_or_sends_something():
    assert ask(app, SCRIPT, range="bytes=0-9").body == b"behind"
    assert ask(app, SCRIPT, method="POST").body == b"behind"
