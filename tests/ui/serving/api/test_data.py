"""Figures over HTTP are those of the exports; each says what it is of and where it is from."""

import csv
import io
import json

import pandas as pd
import pytest

from base.words import t
from geo.editions import EDITION_2024, Level
from metrics.exporting import AsShown, Filtered, export
from metrics.store import Dataset, ensure_store, generations_of, put_dataset
from tests.metrics.made_up import row, write
from ui.serving import published

INDEX = "indicator=index766-total"
URBAN = "indicator=census-urban-rate&edition=2024&level=district"
CHOICES = {
    INDEX: AsShown("index766-total", "2025", Level.PROVINCE),
    f"{URBAN}&parent=79": AsShown("census-urban-rate", EDITION_2024, Level.DISTRICT, "79"),
    f"{INDEX}&period=2026-06-30": None,
    f"{INDEX}&period=all&level=province": Filtered(("index766-total",), "2025", Level.PROVINCE),
    "indicator=census-urban-rate&basis=2024": None,
}


def written(shipped, what, form, folder):
    path = export(shipped, what, folder / f"x.{form}", form, lang="vi").path
    return path.read_bytes()


@pytest.mark.parametrize("form", ["csv", "jsonstat", "parquet"])
@pytest.mark.parametrize("query", [query for query, what in CHOICES.items() if what])
def test_a_file_is_what_the_export_writes(api, shipped, tmp_path, query, form):
    answer = api(f"/data.{form}?{query}")
    assert answer.status == 200
    mine = written(shipped, CHOICES[query], form, tmp_path)
    if form == "csv":
        assert answer.body == mine
    elif form == "jsonstat":
        theirs = json.loads(mine)
        told = answer.json
        assert told["value"] == theirs["value"]
        assert told["extension"]["cells"] == theirs["extension"]["cells"]
    else:
        assert answer.body[:4] == mine[:4] == b"PAR1"


@pytest.mark.parametrize("query", CHOICES)
def test_rows_of_json_are_those_of_csv(api, query):
    rows = api(f"/data.json?{query}").json["rows"]
    lines = list(csv.DictReader(io.StringIO(api(f"/data.csv?{query}").body.decode())))
    assert len(rows) == len(lines) > 0
    for one, line in zip(rows, lines, strict=True):
        assert one["area_code"] == line["area_code"]
        assert one["state"] == line["state"]
        assert (one["value"] is None) == (line["value"] == "")
        assert one["value"] is None or float(line["value"]) == one["value"]


@pytest.mark.parametrize("query", CHOICES)
def test_every_figure_has_its_source_and_date_and_what_is_missing_its_reason(api, query):
    told = api(f"/data.json?{query}").json
    sources = {source["id"] for source in told["metadata"]["sources"]}
    for one in told["rows"]:
        assert one["simulated"] is False
        if one["value"] is None:
            assert one["state"] in told["metadata"]["states"] or one["category"]
            assert one["value"] != 0
        else:
            assert one["period_end"]
            assert one["qualifier"]
            assert set(one["origin_ids"].split("; ")) <= sources
    assert t("export.missing", "vi") == told["metadata"]["missing"]


def test_pages_of_a_list_hold_every_row_once(api):
    whole = api(f"/data.json?{INDEX}&period=all").json
    found, path = [], f"/data.json?{INDEX}&period=all&limit=150"
    while path:
        page = api(path).json
        found += page["rows"]
        assert page["total"] == whole["total"]
        path = page["links"].get("next", "").removeprefix("/api/v1")
    assert found == whole["rows"]
    assert len(found) == whole["total"] > 300


def test_lists_are_handed_out_in_pages_too(api, shipped):
    found, path = [], "/indicators?limit=200"
    while path:
        page = api(path).json
        found += [one["id"] for one in page["items"]]
        path = page["links"].get("next", "").removeprefix("/api/v1")
    assert found == list(shipped.catalog.indicators)
    assert "prev" in api("/indicators?limit=5&offset=5").json["links"]


def test_too_much_is_refused_with_what_to_ask_instead(api, monkeypatch):
    monkeypatch.setattr("ui.serving.api.data.MOST_SHAPES", 10)
    told = api(f"/data.geojson?{INDEX}").json
    assert told["type"] == "urn:atlas06:problem:too-large"
    assert "34" in told["detail"]
    for path in told["instead"]:
        assert api(path.removeprefix("/api/v1")).status in (200, 400)
    assert api(told["instead"][0].removeprefix("/api/v1")).json["total"] == 34


def test_csv_says_where_its_description_is(api):
    answer = api(f"/data.csv?{INDEX}")
    address = answer.headers["link"].split(">")[0].lstrip("<")
    told = api(address.removeprefix("/api/v1")).json
    assert told["url"] == f"/api/v1/data.csv?{INDEX}"
    names = [column["name"] for column in told["tableSchema"]["columns"]]
    assert names == answer.body.decode().split("\r\n")[0].split(",")


def test_figures_that_are_made_up_are_marked(api, monkeypatch, tmp_path):
    home, data_dir = tmp_path / "var", write(tmp_path / "data", [row("rate", "01", 1)])
    ensure_store("simulated", home=home, data_dir=data_dir)
    generations = generations_of("simulated", home=home)
    rows = pd.DataFrame([row("rate", "01", 9, category="", note="") | {"period_start": ""}])
    rows = rows.assign(numerator=float("nan"), denominator=float("nan"))
    with generations.writing():
        put_dataset(generations, Dataset("sim-1", "", "", "", "", 1, simulated=True), rows)
    made_up = ensure_store("simulated", home=home, data_dir=data_dir)
    monkeypatch.setattr(published, "current_store", lambda: made_up)
    answer = api("/data.json?indicator=rate&edition=2024")
    assert answer.json["metadata"]["simulated"] is True
    assert {one["simulated"] for one in answer.json["rows"]} == {True}
    assert "sim-" in answer.headers["content-disposition"]
    assert api("/profiles/2024/01").json["figures"][0]["figure"]["simulated"] is True
