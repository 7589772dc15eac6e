"""A page says what it is before any script has run: on cards of links, to who looks for pages."""

import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree as ET

import pytest
from starlette.applications import Starlette
from streamlit import config

from metrics.people import Policy
from tests.metrics.people.test_seen import SECRET, home, load, whole  # noqa: F401
from tests.ui.serving.answers import ask, behind
from ui.address import View
from ui.scene import draw
from ui.serving import document, published
from ui.serving.document import Documents
from ui.serving.routes import routes

PUBLIC = "https://atlas.test/map/"
RATE = {"lang": "en", "edition": "2024", "level": "district", "indicator": "census-urban-rate"}


@pytest.fixture(autouse=True)
def figures(monkeypatch, shipped):
    monkeypatch.setattr(document, "current_store", lambda: shipped)
    monkeypatch.setattr(published, "current_store", lambda: shipped)
    monkeypatch.setattr(published, "current_policy", lambda: None)
    monkeypatch.setenv("ATLAS_PUBLIC_URL", PUBLIC)


def read(path, params=()):
    """Return what a chat program finds in the document of a page."""
    query = params if isinstance(params, str) else urlencode(params)
    html = ask(Documents(behind), path, query).body.decode()
    found = dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', html))
    links = re.findall(r'<link rel="(\w+)"(?: type="([^"]*)")? href="([^"]*)">', html)
    return {
        "lang": re.search(r'<html lang="(\w+)"', html).group(1),
        "title": unescape(re.search(r"<title>(.*?)</title>", html).group(1)),
        "links": {rel + type_: unescape(href) for rel, type_, href in links},
        **{name: unescape(text) for name, text in found.items()},
    }


def get(path, query=""):
    return ask(Starlette(routes=routes()), path, query)


@pytest.mark.parametrize("path", ["/", "/explore"])
def test_a_view_says_what_its_page_says(path, shipped):
    told = read(path, RATE)
    view = View("en", "2024").to(level="district").to(indicator="census-urban-rate")
    words = draw(shipped, view).scene.words
    assert told["lang"] == "en"
    assert told["title"] == told["og:title"] == f"{words.title} – Atlas 06"
    assert told["description"] == told["og:description"] == words.subtitle
    assert told["og:image:alt"] == words.alt
    assert told["og:url"] == told["links"]["canonical"] == f"{PUBLIC}?{urlencode(view.params())}"
    image = urlsplit(told["og:image"])
    assert image.scheme == "https"
    assert dict(parse_qsl(image.query))["indicator"] == "census-urban-rate"


def test_its_picture_and_its_frame_are_there(monkeypatch):
    told = read("/", {"indicator": "index766-total"})
    image = urlsplit(told["og:image"])
    answer = get("/explore.png", image.query)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    embedded = urlsplit(told["links"]["alternateapplication/json+oembed"])
    found = json.loads(get("/api/v1/oembed", embedded.query + "&maxwidth=400").body)
    assert found["type"] == "rich"
    assert found["width"] == 400
    assert f'src="{PUBLIC}explore?' in found["html"]
    assert found["thumbnail_url"] == told["og:image"]
    for address in ("https://elsewhere.test/", "javascript:alert(1)", f"{PUBLIC}sources"):
        assert get("/api/v1/oembed", urlencode({"url": address})).status == 400


@pytest.mark.parametrize("page", ["profile", "compare", "clusters", "sources", "targets"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_has_its_name_in_the_language_of_the_address(page, lang):
    told = read(f"/{page}", {"lang": lang})
    assert told["lang"] == lang
    assert told["title"].endswith("Atlas 06")
    assert told["title"] != read(f"/{page}", {"lang": "vi" if lang == "en" else "en"})["title"]
    assert told["og:url"].startswith(f"{PUBLIC}{page}?lang={lang}")


def test_a_profile_is_called_by_its_place():
    told = read("/profile", {"lang": "vi", "edition": "2025", "place": "48"})
    assert told["title"] == "Thành phố Đà Nẵng – Atlas 06"
    assert "94 đơn vị cấp xã" in told["description"]
    assert told["og:description"] == told["description"]


@pytest.mark.parametrize("theme", ["digitization", "cashless"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_theme_says_its_figure_and_shows_its_map(theme, lang):
    told = read(f"/{theme}", {"lang": lang})
    assert re.search(r"\d.* \(.*\d", told["description"])
    picture = urlsplit(told["og:image"])
    assert picture.path.endswith("/explore.png")
    assert dict(parse_qsl(picture.query))["lang"] == lang


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_theme_of_few_places_has_no_picture_as_its_page_has_no_map(lang):
    told = read("/coverage", {"lang": lang})
    assert re.search(r"\d.* \(.*\d", told["description"])
    assert "og:image" not in told
    refused = get("/coverage.png", urlencode({"lang": lang}))
    assert refused.status == 404
    assert {"vi": "Chưa đủ năm", "en": "Fewer than five"}[lang] in refused.body.decode()


def test_clusters_that_could_not_be_looked_for_have_no_picture_but_the_reason():
    few = {"lang": "en", "edition": "2024", "indicator": "dti-score"}
    told = read("/clusters", few)
    assert "og:image" not in told
    assert get("/clusters.png", urlencode(few)).status == 404
    assert told["description"]
    many = read("/clusters", {**few, "indicator": "census-urban-rate"})
    assert get("/clusters.png", urlsplit(many["og:image"]).query).status == 200


@pytest.mark.parametrize(
    "query", ["place=zz", "%00=%ff", "lang=fr", "q" * 9000, 'place="><script>']
)
def test_an_odd_address_has_a_card_too(query):
    told = read("/explore", query)
    assert told["title"]
    assert told["lang"] == "vi"


def test_without_a_public_address_those_of_the_server_are_given(monkeypatch):
    monkeypatch.delenv("ATLAS_PUBLIC_URL")
    told = read("/", RATE)
    assert told["og:image"].startswith("/explore.png?")
    assert get("/sitemap.xml").status == 404
    assert "Sitemap" not in get("/robots.txt").body.decode()


def test_where_all_must_sign_in_a_page_says_its_name_alone(monkeypatch):
    monkeypatch.setattr(published, "current_policy", lambda: Policy(sign_in_to_read=True))
    told = read("/", RATE)
    assert "og:image" not in told
    assert "urban" not in told["title"]
    assert get("/robots.txt").body.decode().splitlines() == ["User-agent: *", "Disallow: /"]
    assert get("/sitemap.xml").status == 404


def test_a_private_figure_is_on_no_card(home, monkeypatch):  # noqa: F811
    load(home, SECRET, private=True)
    store = whole(home)
    monkeypatch.setattr(published, "current_store", lambda: store)
    rows = store.observations("rate")
    edition = rows.loc[rows["value"] == SECRET, "edition"].item()
    html = ask(Documents(behind), "/", f"lang=vi&edition={edition}&indicator=rate").body.decode()
    assert "12,345" not in html


def test_below_a_path_everything_stands_there(monkeypatch):
    set_ = config.get_option
    below = {"server.baseUrlPath": "atlas"}
    monkeypatch.setattr(config, "get_option", lambda name: below.get(name) or set_(name))
    monkeypatch.delenv("ATLAS_PUBLIC_URL")
    told = json.loads(get("/atlas/api/v1/indicators", "limit=1").body)
    assert told["links"]["next"].startswith("/atlas/api/v1/indicators?")
    assert get("/atlas/api/v1").status == get("/atlas/explore.csv").status == 200
    assert get("/api/v1/indicators").status == 404
    assert get("/robots.txt").body == get("/atlas/robots.txt").body
    row = json.loads(get("/atlas/explore.json").body)
    assert row["metadata"]["link"].startswith("/atlas/explore?")


def test_the_map_of_the_site_lists_what_there_is():
    answer = get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = [one.text for one in ET.fromstring(answer.body).iterfind(".//s:loc", names)]
    assert len(found) == len(set(found)) > 300
    assert all(one.startswith(PUBLIC) for one in found)
    for address in (found[0], *found[40:400:60], found[-1]):
        parts = urlsplit(address)
        told = read(parts.path.removeprefix("/map") or "/", parts.query)
        assert told["og:url"].startswith(PUBLIC)
    assert f"Sitemap: {PUBLIC}sitemap.xml" in get("/robots.txt").body.decode()
