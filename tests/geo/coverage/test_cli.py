"""`python -m geo coverage`: files in, files out, a report, a status."""

import geopandas as gpd
import pandas as pd
import pytest

from geo.__main__ import main
from geo.coverage.ground import SIMULATED_EN, SIMULATED_MARK, SIMULATED_VI
from geo.coverage.input import Problems, read_file
from geo.coverage.output import marked, marked_name, with_mark, write_table
from tests.geo.coverage.gaps import SETTLEMENT_COLUMNS, write_csv

LON, LAT = 104.965, 22.858


@pytest.fixture
def files(tmp_path):
    rows = [["a", "=HYPERLINK(1)", LON, LAT, "", 10, ""], ["b", "B", LON + 0.1, LAT, "", 7, "no"]]
    settled = write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    header = ("lon", "lat", "technology", "operator", "range")
    sites = write_csv(tmp_path / "t.csv", header, [[LON, LAT, "4G", "Viettel", 1000]])
    return ["--settlements", str(settled), "--sites", str(sites), "--out", str(tmp_path / "out")]


def test_tables_are_written_and_what_was_found_is_said(files, tmp_path, capsys):
    assert main(["coverage", *files]) == 0
    said = capsys.readouterr().err
    assert "2 thôn, bản: 1 đã phủ sóng, 0 sóng yếu, 1 chưa phủ (1 chưa có điện), 0 chưa rõ." in said
    rows = pd.read_csv(tmp_path / "out" / "settlements.csv")
    assert rows["status"].tolist() == ["covered", "uncovered"]
    assert rows["name"].tolist()[0] == "'=HYPERLINK(1)"
    assert pd.read_csv(tmp_path / "out" / "gaps.csv")["id"].tolist() == ["b"]
    assert SIMULATED_VI not in said


@pytest.mark.parametrize("kind", ["gpkg", "parquet"])
def test_tables_with_points_are_layers_of_points(files, tmp_path, kind):
    assert main(["coverage", *files, "--format", kind]) == 0
    path = tmp_path / "out" / f"settlements.{kind}"
    frame = gpd.read_parquet(path) if kind == "parquet" else gpd.read_file(path)
    assert frame.crs == "EPSG:4326"
    assert frame.geometry.x.tolist() == [LON, LON + 0.1]
    path = path.with_name(f"areas.{kind}")
    areas = gpd.read_parquet(path) if kind == "parquet" else gpd.read_file(path)
    assert areas["edition"].tolist() == ["2025"] * len(areas)
    drawn = areas.set_index("level").geometry
    assert drawn["province"].contains(drawn["commune"]).all()
    assert drawn[["country", "region"]].is_valid.all()
    # All provinces of them, whichever the files speak of.
    assert drawn["country"].area > 2 * drawn["region"].area > 4 * drawn["province"].area
    assert drawn["region"].buffer(0.01).contains(drawn["province"])


def test_rows_left_out_are_said_and_the_status_tells(files, tmp_path, capsys):
    rows = [["a", "A", LON, LAT, "", 10, ""], ["b", "B", LAT, LON, "", 7, ""]]
    write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    assert main(["coverage", *files, "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert "1 left out: longitude and latitude swapped" in said
    assert "rows 3" in said
    assert main(["coverage", *files, "--mend-swapped"]) == 0


@pytest.mark.parametrize(
    "more",
    [
        ["--default-range", "x"],
        ["--adjacent", "-1"],
        ["--known-within", "nan"],
        ["--weak-dbm", "nan"],
        ["--encoding", "klingon"],
        ["--grid", "none.tif"],
        ["--polygons", "none.gpkg"],
        ["--scheduler", "nowhere"],
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(files, tmp_path, capsys, more):
    assert main(["coverage", *files, *more]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_mark_of_made_up_data_is_on_every_file(files, tmp_path, capsys, kind):
    rows = [["sim-a", "A", LON, LAT, "", 10, ""], ["sim-b", "B", LON + 0.1, LAT, "", 7, ""]]
    write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    header = ("id", "lon", "lat", "technology", "operator", "range")
    write_csv(tmp_path / "t.csv", header, [["sim-t", LON, LAT, "4G", "Viettel", 1000]])
    assert main(["coverage", *files, "--format", kind]) == 0
    assert SIMULATED_VI in capsys.readouterr().err
    written = sorted((tmp_path / "out").iterdir())
    assert len(written) == 7
    for path in written:
        assert path.name.startswith("sim-DU-LIEU-MO-PHONG-SIMULATED-DATA-")
        frame = pd.read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path)
        assert "simulated" in frame.columns
        assert (frame["simulated"] == SIMULATED_MARK).all()
        assert SIMULATED_EN in SIMULATED_MARK
    # What came out is recognised when it comes back in, whatever it is called.
    again = tmp_path / "out" / f"sim-DU-LIEU-MO-PHONG-SIMULATED-DATA-settlements.{kind}"
    back = again.rename(tmp_path / f"thon.{kind}")
    assert main(["coverage", "--settlements", str(back), *files[2:]]) in (0, 1)
    assert SIMULATED_VI in capsys.readouterr().err


def test_the_mark_is_in_a_geopackage_in_its_layer_and_in_every_row(tmp_path):
    frame = with_mark(pd.DataFrame({"id": ["a", "b"], "lon": [LON, LON], "lat": [LAT, LAT]}), True)
    layer = marked_name("gaps", True)
    path = tmp_path / f"{layer}.gpkg"
    write_table(frame, path, "gpkg", layer)
    assert gpd.list_layers(path)["name"].tolist() == [layer]
    assert (gpd.read_file(path)["simulated"] == SIMULATED_MARK).all()
    back = path.rename(tmp_path / "thon.gpkg")
    assert marked(read_file(back, Problems()))
