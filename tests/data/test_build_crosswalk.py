import csv
import filecmp
from importlib.util import find_spec

import pytest
import shapely

from data.build import _crosswalk_tables as tables
from data.build._area_sources import PACKAGE
from data.build._crosswalk_communes import Drawn, commune_rows
from data.build._crosswalk_source import Source
from data.build.crosswalk import build
from geo.crosswalk import CROSSWALK_DIR, Method, OldCommune

needs_package = pytest.mark.skipif(
    find_spec(PACKAGE) is None,
    reason=f"{PACKAGE} is not installed: pip install -r requirements-dev.txt",
)
BY_HAND = {"district_parts.csv", "resolutions.csv", "README.md"}


@needs_package
def test_building_again_gives_the_same_bytes(tmp_path):
    written = build(tmp_path)
    assert {path.name for path in written} == {p.name for p in CROSSWALK_DIR.iterdir()} - BY_HAND
    for path in written:
        assert filecmp.cmp(path, CROSSWALK_DIR / path.name, shallow=False), path.name


def box(west, south, east, north):
    """Give a box in metres, as the drawn areas are."""
    return shapely.box(west * 1000, south * 1000, east * 1000, north * 1000)


def divided(boxes):
    """Divide commune 00001 of Ba Đình (001) between the drawn 00004 (left) and 00008 (right)."""
    old = OldCommune("00001", "Phường Phúc Xá", "Phuc Xa Ward", "ward", "001", "01")
    source = Source({"00001": old}, boxes, {"00001": ["00008", "00004"]})
    drawn = Drawn(
        {"001": box(0, 0, 10, 10)}, {"00004": box(0, 0, 5, 10), "00008": box(5, 0, 10, 10)}
    )
    rows, out = commune_rows(source, drawn)
    assert out == []
    return {row.to_code: row for row in rows}


@needs_package
def test_a_divided_commune_has_the_shares_of_its_box():
    rows = divided({"00001": box(2, 0, 6, 1)})
    assert rows["00004"].share_area == pytest.approx(0.75)
    assert rows["00008"].share_area == pytest.approx(0.25)
    assert {row.method for row in rows.values()} == {Method.OVERLAP}
    assert not any(row.exact for row in rows.values())


@needs_package
def test_a_part_that_the_box_does_not_show_is_still_a_part():
    rows = divided({"00001": box(0, 0, 4, 1)})
    assert rows["00008"].share_area == pytest.approx(0.02 / 1.02)


@needs_package
@pytest.mark.parametrize("boxes", [{}, {"00001": box(20, 20, 21, 21)}])
def test_without_a_box_that_fits_each_part_counts_alike(boxes):
    rows = divided(boxes)
    assert [row.share_area for row in rows.values()] == [0.5, 0.5]
    assert {row.method for row in rows.values()} == {Method.EQUAL}


@needs_package
def test_a_namesake_far_from_the_district_is_left_out_and_told():
    old = OldCommune("00001", "Phường Phúc Xá", "Phuc Xa Ward", "ward", "001", "01")
    other = OldCommune("00376", "Phường Phúc Xá", "Phuc Xa Ward", "ward", "016", "01")
    links = {"00001": ["00004", "00008"], "00376": ["00008"]}
    source = Source({"00001": old, "00376": other}, {}, links)
    drawn = Drawn(
        {"001": box(0, 0, 10, 10), "016": box(30, 0, 40, 10)},
        {"00004": box(0, 0, 10, 10), "00008": box(30, 0, 40, 10)},
    )
    rows, out = commune_rows(source, drawn)
    assert [(row.from_code, row.to_code, row.exact) for row in rows] == [
        ("00001", "00004", True),
        ("00376", "00008", True),
    ]
    assert "trùng tên" in rows[0].note
    assert [(left.from_code, left.to_code, left.distance_km) for left in out] == [
        ("00001", "00008", 20)
    ]


def test_a_part_that_contradicts_the_list_of_changes_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "district_parts.csv"
    path.write_text(
        "from_code,to_code,instead_of,extent,effective,note\n044,045,,part,2020,x\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(tables, "PARTS_FILE", path)
    with pytest.raises(ValueError, match=r"'044', '045'.*part 2020, but the list.*whole 2020"):
        tables.district_changes()


def test_a_resolution_of_a_pair_that_there_is_not_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "resolutions.csv"
    path.write_text(
        "level,from_code,to_code,effective,resolution,source\nprovince,01,02,,x,y\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(tables, "RESOLUTIONS_FILE", path)
    with pytest.raises(ValueError, match=r"resolutions\.csv: province pairs that there are not"):
        tables.same_province_rows()


def test_every_line_by_hand_is_used_and_says_why():
    with (CROSSWALK_DIR / "district_parts.csv").open(encoding="utf-8", newline="") as stream:
        parts = list(csv.DictReader(stream))
    rows = {(row.from_code, row.to_code): row for row in tables.district_rows()}
    for part in parts:
        row = rows[part["from_code"], part["to_code"]]
        assert (row.extent, row.note) == (part["extent"], part["note"])
        assert part["note"]
    with (CROSSWALK_DIR / "resolutions.csv").open(encoding="utf-8", newline="") as stream:
        assert all(row["source"].startswith("https://") for row in csv.DictReader(stream))
