"""Figures as a cube that others can read: JSON-stat 2.0."""

import json
from math import prod

import pytest
from jsonstat_validator import validate_jsonstat

from base.words import Refusal
from geo.editions import EDITION_2024, EDITION_2025, Level
from metrics.exporting import AsShown, Filtered, export
from metrics.store import ensure_store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return ensure_store(home=tmp_path_factory.mktemp("cubes"))


CHOICES = [
    AsShown("index766-total", EDITION_2025, Level.PROVINCE),
    AsShown("census-urban-rate", EDITION_2024, Level.DISTRICT, "79"),
    AsShown("online-fee-waiver", EDITION_2024, Level.PROVINCE),
    AsShown("census-urban-rate", EDITION_2025, Level.PROVINCE, basis=EDITION_2024),
    Filtered(("index766-total",)),
    Filtered(("population-urban",), edition=""),
]


def cube(store, what, folder, form="jsonstat"):
    return json.loads(export(store, what, folder / "x", form, lang="en").path.read_text("utf-8"))


def cell(told, ids):
    """Read a cell as a client does: by the numbers of its categories, row by row."""
    at = 0
    for name, size in zip(told["id"], told["size"], strict=True):
        index = told["dimension"][name]["category"]["index"]
        at = at * size + index.index(ids[name])
    return str(at)


@pytest.mark.parametrize("what", CHOICES, ids=str)
def test_it_is_valid_and_holds_every_row(store, tmp_path, what):
    told = cube(store, what, tmp_path)
    assert validate_jsonstat(told)
    rows = cube(store, what, tmp_path, "json")["rows"]
    shown = [row for row in rows if row.get("shown", True)]
    assert len(told["value"]) == len(told["status"]) == len(shown)
    assert set(map(int, told["value"])) <= set(range(prod(told["size"])))
    assert len(told["extension"]["alternatives"]) == len(rows) - len(shown)


def test_a_client_finds_the_figure_of_a_place(store, tmp_path):
    told = cube(store, CHOICES[0], tmp_path)
    for row in cube(store, CHOICES[0], tmp_path, "json")["rows"]:
        key = cell(
            told,
            {
                "indicator": row["indicator_id"],
                "area": row["area_code"],
                "period": row["period_end"],
            },
        )
        assert told["value"][key] == row["value"]
        about = told["extension"]["cells"][key]
        assert about["origin_ids"] == row["origin_ids"]
        assert about["qualifier"] == row["qualifier"]
        assert about["rank"] == row["rank"]


def test_a_place_without_a_figure_is_null_and_says_why(store, tmp_path):
    told = cube(store, CHOICES[2], tmp_path)
    without = [key for key, state in told["status"].items() if state == "not_named"]
    assert without
    assert all(told["value"][key] is None for key in without)
    assert told["extension"]["states"]["not_named"]
    # A status is a word.
    assert "all-people" in told["value"].values()


def test_what_falls_on_each_other_is_refused(store, tmp_path, monkeypatch):
    monkeypatch.setattr("metrics.exporting.jsonstat.WHERE_NEEDED", ())
    with pytest.raises(Refusal, match="cannot be told apart"):
        cube(store, Filtered(edition=""), tmp_path)


def test_a_cube_that_is_all_but_empty_is_refused(store, tmp_path):
    with pytest.raises(Refusal, match="empty"):
        cube(store, Filtered(edition=""), tmp_path)
