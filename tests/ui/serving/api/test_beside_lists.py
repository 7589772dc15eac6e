"""Themes, places side by side, tables and lists have their rows beside them too."""

import csv
import io
import json
from urllib.parse import urlencode

import pytest

from metrics.audit import audit
from metrics.briefs import THEMES
from metrics.targets import progress
from tests.ui.serving.answers import ask
from ui.address import View
from ui.compare import side_by_side
from ui.serving.api import LISTS, beside_pages
from ui.theme import story

PLACES = {"edition": "2024", "pins": "01,79,48"}


@pytest.fixture
def page(app):
    return lambda name, params=(): ask(app, f"/{name}", urlencode(params))


def document(answer):
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def lines(answer):
    assert answer.status == 200, answer.body
    return list(csv.DictReader(io.StringIO(answer.body.decode())))


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_has_all_its_observations_and_the_map_of_its_page(page, shipped, theme):
    rows = lines(page(f"{theme}.csv"))
    catalog = shipped.catalog
    mine = {i for i in shipped.indicators() if catalog.indicator(i).domain == theme}
    assert {row["indicator_id"] for row in rows} == mine
    assert len(rows) == sum(len(shipped.observations(i)) for i in mine)
    picture = page(f"{theme}.png")
    drawn = (200, b"\x89PNG") if story(shipped, theme, "vi").mapped else (404, b'{"ty')
    assert (picture.status, picture.body[:4]) == drawn


def test_places_have_the_figures_of_their_table(page, shipped):
    rows = document(page("places.json", PLACES))["items"]
    told = side_by_side(shipped, View(edition="2024", pins=("01", "79", "48")))
    assert [row["value"] for row in rows] == [c.value for line in told for c in line.cells]
    assert [row["rank"] for row in rows] == [c.rank for line in told for c in line.cells]
    written = lines(page("places.csv", PLACES))
    assert [line["area_code"] for line in written] == [row["area_code"] for row in rows]
    assert page("places.png", PLACES).status == 200


def test_what_is_filtered_on_a_page_is_filtered_beside_it(page, shipped):
    every = document(page("targets.json"))
    assert every["total"] == len(progress(shipped))
    met = document(page("targets.json", {"state": "reached"}))
    assert 0 < met["total"] < every["total"]
    assert {one["state"] for one in met["items"]} == {"reached"}
    found = document(page("quality.json"))
    assert found["total"] == len(audit(shipped))
    assert len(lines(page("quality.csv", {"rule": "silent"}))) < found["total"]
    rows = lines(page("tables.csv", {"indicators": "dti-score", "map": "2024"}))
    assert len(rows) == len(shipped.observations("dti-score").query("edition == '2024'"))


@pytest.mark.parametrize("name", LISTS)
def test_what_cannot_be_followed_is_said(page, name):
    for form, odd in (("xml", {}), ("json", {"strange": "1"}), ("csv", {"lang": "fr"})):
        answer = page(f"{name}.{form}", odd)
        assert answer.status in (400, 404)
        assert json.loads(answer.body)["detail"]
    assert page("places.json", {"pins": "01"}).status == 400
    assert page("targets.json", {"state": "lost"}).status == 400


@pytest.mark.parametrize("name", LISTS)
def test_pages_name_what_stands_beside_them(page, shipped, name):
    assert {"json", "csv"} <= set(beside_pages()[name])
    given = PLACES if name == "places" else {}
    for form in beside_pages()[name]:
        # A theme whose page has no map has no picture either.
        drawn = form != "png" or name not in THEMES or story(shipped, name, "vi").mapped
        assert page(f"{name}.{form}", given).status == (200 if drawn else 404)
