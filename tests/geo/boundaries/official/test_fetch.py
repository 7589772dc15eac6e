"""The public sets: from a mirror on disk, from a server, as an archive; whole, and with faults."""

import dataclasses
import io
import shutil
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from geo.__main__ import main
from geo.boundaries import KIND_PARTLY, load, web_layer, web_layers
from geo.boundaries.official import Refused, download, fetched, fetching, status
from geo.boundaries.official.install import undo
from geo.boundaries.official.parsing import Polygons
from geo.boundaries.official.sets import SetFile, blob_id, public_sets
from geo.boundaries.replaced import store
from geo.editions import EDITION_2024, EDITION_2025, Level
from tests.geo.boundaries.official.official_files import (
    DISTRICT,
    districts,
    keys,
    province_file,
    public_set,
)

PROVINCES = ("26", "27")


@pytest.fixture(scope="module")
def contents():
    """Two made-up files of the set of 2024: path to code and content."""
    made = {code: province_file(code, districts(code)) for code in PROVINCES}
    return {f"data/gis/{code}.json": (code, data) for code, data in made.items()}


@pytest.fixture
def mirror(tmp_path, contents, monkeypatch):
    """A mirror on disk of a made-up set, and a home to put it in force in."""
    monkeypatch.setenv(store.HOME_VARIABLE, str(tmp_path / "home"))
    made = public_set(contents)
    monkeypatch.setattr(fetching, "public_sets", lambda: {EDITION_2024: made})
    for path, (_, data) in contents.items():
        file = tmp_path / "mirror" / made.key / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return tmp_path / "mirror"


class Server:
    """A mirror by URL that counts what it is asked for, and fails when told to."""

    def __init__(self, root):
        outer = self
        self.asked, self.broken = [], set()

        class Handler(SimpleHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append((self.path, self.headers.get("Range")))
                if any(self.path.endswith(name) for name in outer.broken):
                    self.send_error(503)
                elif asked := self.headers.get("Range"):
                    self._rest(int(asked.removeprefix("bytes=").removesuffix("-")))
                else:
                    super().do_GET()

            def _rest(self, start):
                whole = Path(self.translate_path(self.path)).read_bytes()
                self.send_response(206)
                self.send_header("Content-Length", str(len(whole) - start))
                self.end_headers()
                self.wfile.write(whole[start:])

            def log_message(self, *_):
                pass

        handler = partial(Handler, directory=str(root))
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def server(mirror, monkeypatch):
    monkeypatch.setattr(download, "PAUSE_S", 0)
    made = Server(mirror)
    yield made
    made.http.shutdown()
    made.http.server_close()


def fetch(mirror, **options):
    return fetched([EDITION_2024], mirror=str(mirror), **options).ready


def refusal(mirror, **options):
    with pytest.raises(Refused) as caught:
        fetch(mirror, **options)
    assert store.in_force() is None
    return keys(caught)


def file_of(mirror, code="26"):
    return next(mirror.rglob(f"{code}.json"))


def test_a_whole_set_comes_verified(mirror, contents):
    (made,) = fetch(mirror)
    verified = next(f for f in made.findings if f.key == "verified")
    assert verified.values["n"] == str(len(contents))
    assert {code for code in made.status if made.status[code] != "kept"} == set(
        districts(*PROVINCES)
    )


def test_missing_cut_and_altered_files_are_refused_and_named(mirror):
    good = file_of(mirror).read_bytes()
    for bad in (good[:-1], good + b"\n", good.replace(b"1", b"2", 1), b""):
        file_of(mirror).write_bytes(bad)
        assert refusal(mirror) >= {"altered", "partial_hint"}
    file_of(mirror).unlink()
    assert refusal(mirror) >= {"files_missing", "partial_hint"}
    shutil.rmtree(mirror / "made")
    assert refusal(mirror) == {"mirror_empty"}
    assert refusal(mirror / "none") == {"no_mirror"}


def test_where_it_may_lack_files_the_others_are_used_and_the_altered_never(mirror):
    bad = file_of(mirror)
    bad.write_bytes(bad.read_bytes().replace(b"1", b"2", 1))
    (made,) = fetch(mirror, partial=True)
    assert {f.key for f in made.findings} >= {"altered", "kept"}
    assert {code for code in made.status if made.status[code] != "kept"} == set(districts("27"))


def test_from_a_server_and_what_came_is_not_asked_for_again(server, contents):
    (made,) = fetch(server.url)
    assert len(server.asked) == len(contents)
    (again,) = fetch(server.url)
    assert len(server.asked) == len(contents)
    assert again.status == made.status


def test_an_interrupted_fetch_goes_on(server, contents):
    server.broken = {"27.json"}
    with pytest.raises(Refused) as caught:
        fetch(server.url)
    assert keys(caught) == {"unreachable"}
    server.broken, server.asked = set(), []
    fetch(server.url)
    assert [path for path, _ in server.asked] == ["/made/data/gis/27.json"]


def test_a_half_file_is_completed_and_a_wrong_half_is_thrown_away(server, contents):
    data = contents["data/gis/26.json"][1]
    kept = store.folder() / "downloads"
    kept.mkdir(parents=True)
    part = kept / f"{blob_id(data)}.part"
    for half in (data[:1000], b"something else"):
        part.write_bytes(half)
        fetch(server.url)
        assert not part.exists()
        assert ("/made/data/gis/26.json", f"bytes={len(half)}-") in server.asked
        (kept / blob_id(data)).unlink()


def test_what_a_server_alters_or_has_not_is_refused(server, mirror):
    file_of(mirror).write_bytes(b"{}")
    file_of(mirror, "27").unlink()
    found = refusal(server.url)
    assert found >= {"altered", "files_missing"}
    assert not list((store.folder() / "downloads").glob("*.part"))


def test_without_a_network_it_is_said_at_once(mirror, monkeypatch):
    monkeypatch.setattr(download, "PAUSE_S", 0)
    assert refusal("http://127.0.0.1:9") == {"unreachable"}


def test_a_kept_file_that_was_damaged_is_fetched_again(server, contents):
    fetch(server.url)
    kept = store.folder() / "downloads"
    for file in kept.iterdir():
        file.write_bytes(b"x")
    fetch(server.url)
    assert {blob_id(f.read_bytes()) for f in kept.iterdir()} == {f.name for f in kept.iterdir()}


def test_the_ids_are_those_of_git():
    assert blob_id(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"


def test_the_lists_name_every_file_of_the_two_sets_once():
    sets = public_sets()
    districts_of, communes = sets[EDITION_2024], sets[EDITION_2025]
    assert (len(districts_of.files), len(communes.files)) == (63, 3321)
    for of in sets.values():
        assert len({file.path for file in of.files}) == len(of.files)
        assert all(len(file.blob) == 40 for file in of.files)
    assert communes.files[0].path.startswith("json/geojson/01_ha_noi/wards/00004_")
    assert districts_of.address(districts_of.files[0]).startswith("https://raw.githubuserc")


def archive_of(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return held.getvalue()


@pytest.fixture
def communes(tmp_path, monkeypatch):
    """An archive of one made-up commune, told as the archive of the set of 2025."""
    monkeypatch.setenv(store.HOME_VARIABLE, str(tmp_path / "home"))
    of = public_sets()[EDITION_2025]
    shape = load(EDITION_2025, Level.COMMUNE).set_index("code").geometry["00004"]
    feature = f'{{"type": "Feature", "id": "00004", "geometry": {_json(shape)}}}'
    data = f'{{"type": "FeatureCollection", "features": [{feature}]}}'.encode()
    path = tmp_path / "all.zip"

    def make(files=None):
        content = archive_of(files or {"any/folder/01_x/wards/00004_ba_dinh.geojson": data})
        path.write_bytes(content)
        made = SetFile("json/all.zip", blob_id(content))
        told = type(of)(
            of.key, of.owner, of.commit, of.edition, of.level, of.files[:2], made, of.source
        )
        monkeypatch.setattr(fetching, "public_sets", lambda: {EDITION_2025: told})
        return path

    return make


def _json(shape):
    import shapely  # noqa: PLC0415

    return shapely.to_geojson(shape)


def test_the_archive_of_a_set_is_read_wherever_its_folders_lie(communes):
    path = communes()
    (made,) = fetched([EDITION_2025], mirror=str(path), partial=True).ready
    assert made.status["00004"] == "official"
    with pytest.raises(Refused) as caught:
        fetched([EDITION_2025], mirror=str(path))
    assert "files_missing" in keys(caught)


def test_what_an_archive_lacks_comes_file_by_file(communes, tmp_path, monkeypatch):
    data = zipfile.ZipFile(communes()).read("any/folder/01_x/wards/00004_ba_dinh.geojson")
    archive = communes({"laid/out/otherwise.json": data})
    told = fetching.public_sets()[EDITION_2025]
    told = dataclasses.replace(told, files=(SetFile("a.geojson", blob_id(data), "00004"),))
    monkeypatch.setattr(fetching, "public_sets", lambda: {EDITION_2025: told})
    for path, content in (("json/all.zip", archive.read_bytes()), ("a.geojson", data)):
        file = tmp_path / "mirror" / told.key / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (made,) = fetched([EDITION_2025], mirror=str(tmp_path / "mirror")).ready
    assert made.status["00004"] == "official"


def test_an_archive_packed_again_is_verified_file_by_file(communes, tmp_path, monkeypatch):
    data = zipfile.ZipFile(communes()).read("any/folder/01_x/wards/00004_ba_dinh.geojson")
    told = fetching.public_sets()[EDITION_2025]
    files = (SetFile("wards/00004_a.geojson", blob_id(data), "00004"), *told.files[1:])
    told = dataclasses.replace(told, files=files)
    monkeypatch.setattr(fetching, "public_sets", lambda: {EDITION_2025: told})
    path = tmp_path / "again.zip"
    path.write_bytes(archive_of({"mine/wards/00004_a.geojson": data}))
    (made,) = fetched([EDITION_2025], mirror=str(path), partial=True).ready
    assert made.status["00004"] == "official"
    other = told.files[1]
    path.write_bytes(
        archive_of({**{"wards/00004_a.geojson": data}, f"wards/{other.code}_b.geojson": data})
    )
    with pytest.raises(Refused) as caught:
        fetched([EDITION_2025], mirror=str(path))
    assert "altered" in keys(caught)
    assert other.path in str([finding.values for finding in caught.value.findings])


def test_an_altered_or_hostile_archive_is_refused(communes):
    path = communes()
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(Refused) as caught:
        fetched([EDITION_2025], mirror=str(path), partial=True)
    assert keys(caught) == {"altered"}
    path = communes({"../wards/00004_x.geojson": b"{}"})
    with pytest.raises(Refused) as caught:
        fetched([EDITION_2025], mirror=str(path), partial=True)
    assert keys(caught) == {"zip_path"}
    path = communes({"wards/00004_x.geojson": b"{}"})
    with pytest.raises(Refused) as caught:
        fetched([EDITION_2025], mirror=str(path), partial=True)
    assert keys(caught) == {"broken"}


def test_by_the_command_line_maps_become_official_and_are_put_back(mirror, capsys):
    bundled = {layer.url for layer in web_layers()}
    command = ["boundaries", "fetch", "--mirror", str(mirror), "--edition", EDITION_2024]
    assert main([*command, "--check"]) == 0
    assert store.in_force() is None
    assert main([*command, "--lang", "en"]) == 0
    assert "official boundaries for 2 of 63 units" in capsys.readouterr().out
    layer = web_layer(EDITION_2024, DISTRICT)
    assert (layer.kind, layer.n_official) == (KIND_PARTLY, len(districts(*PROVINCES)))
    assert layer.file.stat().st_size == layer.n_bytes
    assert {r.layer.kind for r in status()} == {KIND_PARTLY, "approximate"}
    assert web_layer(EDITION_2025, Level.COMMUNE).url in bundled
    drawn = load(EDITION_2024, DISTRICT)
    assert drawn.geometry.is_valid.all()
    assert main(["boundaries", "undo"]) == 0
    assert {layer.url for layer in web_layers()} == bundled
    assert layer.file.exists()  # sessions that still draw it find it
    assert undo() is None


def test_one_edition_that_cannot_be_used_leaves_the_other(mirror, monkeypatch, capsys):
    other = dataclasses.replace(public_sets()[EDITION_2025], key="none")
    both = {**fetching.public_sets(), EDITION_2025: other}
    monkeypatch.setattr(fetching, "public_sets", lambda: both)
    assert main(["boundaries", "fetch", "--mirror", str(mirror), "--lang", "en"]) == 1
    assert "The set of edition 2025 cannot be used" in capsys.readouterr().err
    assert {layer.kind for layer in web_layers() if layer.edition == EDITION_2024} == {KIND_PARTLY}


def test_a_file_known_to_be_empty_may_be_absent_or_empty(mirror, monkeypatch, contents):
    monkeypatch.setattr(fetching, "empty_files", lambda _: frozenset({"26.json"}))
    file_of(mirror).unlink()
    (made,) = fetch(mirror)
    assert "files_empty" in {finding.key for finding in made.findings}
    assert {code for code in made.status if made.status[code] != "kept"} == set(districts("27"))
    code, data = contents["data/gis/27.json"]
    polygons = Polygons(public_set(contents))
    for content in (b"", b" ", b"{}", b'{"level1_id": "27", "level2s": []}'):
        polygons.take(SetFile("27.json", blob_id(data), code), content)
    assert [finding.values["n"] for finding in polygons.candidate()[1]] == ["4"]


def test_a_wrong_code_of_the_public_list_is_mended_and_told():
    of = public_sets()[EDITION_2025]
    file = next(file for file in of.files if file.code == "06978")
    shape = load(EDITION_2025, Level.COMMUNE).set_index("code").geometry["06970"]
    polygons = Polygons(of)
    feature = f'{{"type": "Feature", "id": "06978", "geometry": {_json(shape)}}}'
    polygons.take(file, f'{{"type": "FeatureCollection", "features": [{feature}]}}'.encode())
    candidate, (told,) = polygons.candidate()
    assert set(candidate.shapes) == {"06970"}
    assert "06978 → Xã Ba Chẽ (06970)" in told.text("en")


def test_refused_by_the_command_line_with_the_reason_and_a_status_to_ask_for(mirror, capsys):
    file_of(mirror).unlink()
    assert main(["boundaries", "fetch", "--mirror", str(mirror), "--edition", EDITION_2024]) == 2
    told = capsys.readouterr().err
    assert "Thiếu 1 trên 2 tệp" in told
    assert "Không thay gì cả" in told
