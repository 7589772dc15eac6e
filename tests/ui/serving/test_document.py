"""The document of a page asks at once for what its first view needs."""

import re
import threading
from copy import copy
from html import unescape
from urllib.parse import parse_qsl

import pytest
from starlette.applications import Starlette

from base.folders import STATIC
from geo.boundaries import web_layer
from geo.editions import EDITION_2024, Level
from tests.ui.serving.answers import ask, behind
from ui.serving import document, first, published, routes
from ui.serving.document import Documents
from ui.shell import cookie_name, token

DISTRICTS = "lang=vi&edition=2024&level=district&indicator=census-urban-rate"
app = Documents(behind)


@pytest.fixture(autouse=True)
def figures(monkeypatch, shipped):
    monkeypatch.setattr(document, "current_store", lambda: shipped)
    monkeypatch.setattr(published, "current_store", lambda: shipped)
    monkeypatch.setattr(published, "current_policy", lambda: None)
    monkeypatch.setattr(first, "current_store", lambda: shipped)


def asked_for(html):
    return re.findall(r'<link rel="(?:module)?preload" href="/app/static/([^"?]+)', html)


def test_the_boundaries_of_the_address_are_asked_for_at_once():
    html = ask(app, "/explore", DISTRICTS).body.decode()
    assert web_layer(EDITION_2024, Level.DISTRICT).url in asked_for(html)
    assert "map/atlas-map.js" in asked_for(html)
    assert html.count("<head>") == 1
    assert 'id="root"' in html


def test_all_that_is_asked_for_is_there():
    html = ask(app, "/", DISTRICTS).body.decode()
    assert [path for path in asked_for(html) if not (STATIC / path).is_file()] == []


def test_a_page_without_a_map_asks_for_nothing_ahead():
    html = ask(app, "/sources", "lang=vi").body.decode()
    assert asked_for(html) == []
    assert "HOST_CONFIG" in html


@pytest.mark.parametrize(
    "query", ["place=zz&level=<script>", "%00=%ff&&&", "q" * 9000, "edition=1802&place=99999"]
)
def test_an_odd_address_has_a_document_too(query):
    answer = ask(app, "/explore", query)
    assert answer.status == 200
    assert "<script>alert" not in answer.body.decode()
    assert answer.headers["cache-control"] == "no-cache"


def test_figures_that_cannot_be_opened_do_not_matter(monkeypatch):
    monkeypatch.setattr(document, "current_store", lambda: 1 / 0)
    assert ask(app, "/explore", DISTRICTS).status == 200


@pytest.mark.parametrize("path", ["/none-such", "/_stcore/health", "/explore/more", "/view"])
def test_everything_else_passes(path):
    assert ask(app, path).body == b"behind"


def test_a_document_is_written_beside_the_loop_that_serves_all(monkeypatch, shipped):
    threads = []

    def slow_store():
        threads.append(threading.current_thread())
        return shipped

    monkeypatch.setattr(document, "current_store", slow_store)
    assert ask(app, "/", DISTRICTS).status == 200
    assert threads
    assert threading.main_thread() not in threads


def test_the_twin_of_the_first_page_names_the_first_page():
    for path in ("/", "/explore"):
        html = ask(app, path, DISTRICTS).body.decode()
        (kept,) = re.findall(r'<link rel="canonical" href="([^"]+)"', html)
        assert kept.startswith("/?lang=vi&amp;edition=2024&amp;")
        assert "indicator=census-urban-rate" in kept


def first_map(html):
    """Return the address of the view that the document asks for itself; None where it does not."""
    found = re.search(r'<script data-view="([^"]*)"', html)
    return found and unescape(found[1])


def test_the_map_of_the_first_view_is_drawn_by_the_document():
    for path in ("/", "/explore"):
        html = ask(app, path, DISTRICTS).body.decode()
        where, _, query = first_map(html).partition("?")
        assert where == "/view"
        assert dict(parse_qsl(query)) == dict(parse_qsl(DISTRICTS))
        assert html.count('<script type="later"') == 1
        assert '<script type="module"' not in html


def test_what_is_open_beside_the_map_is_no_matter_of_its_view():
    html = ask(app, "/", f"{DISTRICTS}&part=data").body.decode()
    assert "part" not in first_map(html)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/sources", "lang=vi"),
        ("/clusters", DISTRICTS),
        ("/", f"{DISTRICTS}&embed=true"),
        ("/", f"{DISTRICTS}&k=999"),
        ("/", "lang=vi&place=%22%3E%3Cscript%3E"),
    ],
)
def test_no_map_is_drawn_ahead_where_its_place_or_view_is_not_known(path, query):
    html = ask(app, path, query).body.decode()
    assert first_map(html) is None
    assert html.count('<script type="module"') == 1


def test_no_map_is_drawn_ahead_where_figures_are_damaged(monkeypatch):
    monkeypatch.setattr(first, "damage", object)
    assert first_map(ask(app, "/", DISTRICTS).body.decode()) is None


@pytest.mark.parametrize("name", [f"{first.SIGNED_IN}=abc", "owner"])
def test_who_may_see_more_than_is_published_sees_the_page_alone(monkeypatch, shipped, name):
    cookie = f"{cookie_name()}={token()}" if name == "owner" else name
    html = ask(app, "/", DISTRICTS, cookie=cookie)
    assert first_map(html.body.decode())
    assert html.headers["vary"] == "Cookie"
    monkeypatch.setattr(document, "seen_by", lambda *_: copy(shipped))
    assert first_map(ask(app, "/", DISTRICTS).body.decode())
    assert first_map(ask(app, "/", DISTRICTS, cookie=cookie).body.decode()) is None


def test_the_frame_of_the_first_map_finds_its_files_below_the_app():
    routed = Starlette(routes=routes())
    for lang in ("vi", "en", "%00<script>"):
        answer = ask(routed, f"/{first.FRAME}/{lang}")
        html = answer.body.decode()
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]
        files = re.findall(r'(?:src|href)="([^"]+)"', html)
        assert len(files) == 5
        assert all(file.startswith("../../app/static/") for file in files)
        assert "AtlasMap.attach" in html
        assert "<script>alert" not in html
