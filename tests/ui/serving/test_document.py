"""The document of a page asks at once for what its first view needs."""

import re
import threading

import pytest

from base.folders import STATIC
from geo.boundaries import web_layer
from geo.editions import EDITION_2024, Level
from tests.ui.serving.answers import ask, behind
from ui.serving import document, published
from ui.serving.document import Documents

DISTRICTS = "lang=vi&edition=2024&level=district&indicator=census-urban-rate"
app = Documents(behind)


@pytest.fixture(autouse=True)
def figures(monkeypatch, shipped):
    monkeypatch.setattr(document, "current_store", lambda: shipped)
    monkeypatch.setattr(published, "current_store", lambda: shipped)
    monkeypatch.setattr(published, "current_policy", lambda: None)


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
