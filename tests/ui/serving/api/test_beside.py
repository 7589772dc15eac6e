"""Every page that shows a view has its rows and its picture beside it."""

import csv
import io
import json
import subprocess
import sys
from urllib.parse import urlencode

import pytest

from base.reading import plain_number
from geo.figure import render
from metrics.exporting import remote
from tests.ui.serving.answers import ask
from ui.address import View, parse
from ui.figure import Choices, figure_spec
from ui.scene import draw, make_scene
from ui.serving import document

VIEWS = {
    "provinces": {"indicator": "index766-total"},
    "districts": {"edition": "2024", "level": "district", "indicator": "census-urban-rate"},
    "inside": {"edition": "2024", "place": "79", "indicator": "census-urban-rate"},
    "carried": {"indicator": "census-urban-rate", "basis": "2024"},
    "a rate of counts": {"edition": "2024", "indicator": "population-average", "per": ""},
    "filtered": {"indicator": "index766-total", "filters": "value:60..100"},
    "panel open": {"indicator": "index766-total", "part": "data"},
}


@pytest.fixture
def page(app):
    """Return a function from a page, its ending and its parameters to the answer."""

    def asked(name, params=(), **headers):
        query = params if isinstance(params, str) else urlencode(params)
        return ask(app, f"/{name}", query, **headers)

    return asked


def lines(answer):
    assert answer.status == 200, answer.body
    return list(csv.DictReader(io.StringIO(answer.body.decode())))


@pytest.mark.parametrize("params", VIEWS.values(), ids=VIEWS)
def test_rows_are_those_that_the_page_ranks(page, shipped, params):
    rows = [line for line in lines(page("explore.csv", params)) if line["shown"] == "true"]
    own = {name: text for name, text in params.items() if name != "part"}
    view, refused = parse(own, shipped.catalog.indicators)
    assert not refused
    scene = draw(shipped, view).scene
    kept = scene.matched if scene.matched is not None else [True] * len(scene.codes)
    frame = scene.panel.frame[list(kept)]
    assert [row["area_code"] for row in rows] == frame["code"].tolist()
    values = [plain_number(value) for value in frame["value"].astype(float)]
    assert [row["value"] for row in rows] == values
    told = json.loads(page("explore.json", params).body)
    assert [one["area_code"] for one in told["rows"] if one["shown"]] == frame["code"].tolist()
    assert told["metadata"]["link"].startswith("/explore?")


def test_the_picture_is_the_one_of_the_panel_and_of_the_api(page, api, shipped):
    params = VIEWS["provinces"] | {"lang": "en", "dpi": "96"}
    beside = page("explore.png", params)
    assert beside.headers["content-type"] == "image/png"
    assert beside.body == api(f"/figure.png?{urlencode(params)}").body
    view = View(lang="en").to(indicator="index766-total")
    scene, _ = make_scene(shipped, view)
    assert beside.body == render(figure_spec(scene, Choices()), "png", 96)


def test_a_comparison_has_the_rows_of_both(page):
    both = {"edition": "2024", "indicator": "census-urban-rate", "y": "population-average"}
    found = {line["indicator_id"] for line in lines(page("compare.csv", both))}
    assert found == {"census-urban-rate", "population-average"}
    several = {"way": "multiples", "indicator": "index766-total", "edition": "2025"}
    assert (
        len({(r["indicator_id"], r["period_end"]) for r in lines(page("compare.csv", several))}) > 1
    )


def test_a_profile_has_all_that_is_known_of_the_place(page, shipped):
    rows = lines(page("profile.csv", {"edition": "2024", "place": "79"}))
    assert {"79"} < {row["area_code"] for row in rows}
    assert {row["province_code"] for row in rows} == {"79"}
    country = lines(page("profile.csv"))
    assert {row["area_code"] for row in country} == {"VN"}
    assert len(country) == len(shipped.observations().query("edition == ''"))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("explore.csv", "indicator=none"),
        ("explore.csv", "colour=red"),
        ("explore.json", "place=99999"),
        ("explore.png", "place=01&place=44"),
        ("explore.gif", ""),
        ("profile.csv", "place=%00"),
        ("compare.png", "y=none"),
        ("clusters.json", "alpha=2"),
    ],
)
def test_what_cannot_be_followed_is_a_problem(page, name, query):
    answer = page(name, query)
    assert answer.status in (400, 404)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["explore", "compare", "clusters", "profile"])
def test_the_document_of_a_page_says_where_they_are(app, name):
    text = document.document(name, name, 'lang=vi&place="><script>&x=y&token=secret')
    for form in ("json", "csv", "png"):
        assert f'href="/{name}.{form}?lang=vi&amp;place=%22%3E%3Cscript%3E"' in text
    assert "secret" not in text
    assert 'href="/sources.' not in document.document("sources", "sources", "")


def test_lines_for_programs_read_the_rows(page, tmp_path):
    params = VIEWS["districts"]
    file = tmp_path / "rows.csv"
    file.write_bytes(page("explore.csv", params).body)
    program = f"{remote(str(file))['pandas']}\nprint(len(rows), rows['value'].sum())"
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    rows = lines(page("explore.csv", params))
    assert int(found[0]) == len(rows)
    assert float(found[1]) == pytest.approx(sum(float(r["value"]) for r in rows if r["value"]))
    copy = tmp_path / "atlas06.csv"
    address = f"file://{file}?lang=vi&place=79"
    subprocess.run(remote(address)["curl"], shell=True, cwd=tmp_path, check=True)
    assert copy.read_bytes() == file.read_bytes()
    assert all(address in code for code in remote(address).values())
