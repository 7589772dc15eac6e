"""Claims against measurements: worlds of uncertain positions, networks, days, the command."""

import h3
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.__main__ import main
from geo.coverage.evidence import Thresholds, verdicts
from geo.coverage.evidence.cells import touched
from geo.coverage.evidence.records import Facts
from tests.geo.coverage.gaps import SETTLEMENT_COLUMNS, write_csv

LON, LAT = 104.96, 22.86
CLAIMS = ("id", "operator", "technology", "date", "source")
MEASURED = ("lon", "lat", "dbm", "mbps", "complaint", "operator", "technology", "date", "accuracy")


def worlds(rules, sure_for, sure_against, may_for, may_against):
    """Give the verdict of every way the uncertain measurements may lie."""
    found = set()
    for i in range(may_for + 1):
        for j in range(may_against + 1):
            good, bad = sure_for + i, sure_against + j
            n, verdict = good + bad, "unproven"
            if n >= rules.count and 100 * good / n >= rules.confirm:
                verdict = "confirmed"
            elif n >= rules.count and 100 * bad / n >= rules.contradict:
                verdict = "contradicted"
            found.add(verdict)
    return found


def test_a_verdict_is_what_every_world_gives_and_never_flips():
    rng, rules = np.random.default_rng(2), Thresholds()
    counts = rng.integers(0, 6, (400, 4))
    found, reasons = verdicts(*counts.T, rules=rules)
    for row, verdict in zip(counts, found, strict=True):
        all_of = worlds(rules, *row)
        assert verdict == (all_of.pop() if len(all_of) == 1 else "unproven"), row
    assert set(reasons[found != "unproven"]) == {""}
    # What is surely near becomes perhaps near: the verdict stays or is unproven.
    moved = np.minimum(counts[:, :2], rng.integers(0, 3, (400, 2)))
    wider = np.column_stack((counts[:, :2] - moved, counts[:, 2:] + moved))
    after, _ = verdicts(*wider.T, rules=rules)
    assert ((after == found) | (after == "unproven")).all()


@pytest.fixture
def asked(tmp_path):
    rows = [[f"v{i}", f"Bản {i}", LON + 0.03 * i, LAT, "", 10, ""] for i in range(4)]
    write_csv(tmp_path / "s.csv", SETTLEMENT_COLUMNS, rows)
    listed = [[f"v{i}", "Viettel", "4G", "2026-01-01", "Báo cáo quý"] for i in range(4)]
    write_csv(tmp_path / "c.csv", CLAIMS, [*listed, ["nowhere", "Viettel", "4G", "2026-01-01", ""]])

    def measured(i, dbm="", mbps="", complaint="", **other):
        row = {"operator": "Viettel", "technology": "4G", "date": "15/03/2026", "accuracy": ""}
        row |= other
        return [LON + 0.03 * i, LAT, dbm, mbps, complaint, *row.values()]

    rows = [measured(0, dbm=-80) for _ in range(4)]
    rows += [measured(1, complaint="có", technology="") for _ in range(3)]
    # Another operator, another technology, before the claim, too late: not of this claim.
    rows += [measured(2, dbm=-120, operator="MobiFone")] * 3
    rows += [measured(2, dbm=-120, technology="2G"), measured(2, dbm=-120, date="2025-12-31")]
    rows += [measured(2, dbm=-120, date="2027-06-01"), measured(2, dbm=-120)]
    rows += [measured(3, mbps=0.1, accuracy=900 + i) for i in range(2)]
    rows += [measured(3, mbps=0.1, accuracy=1500)]
    rows += [measured(0, dbm=-70, date=""), measured(0, dbm=-70, mbps=0.1)]
    write_csv(tmp_path / "m.csv", MEASURED, rows)
    files = [("--settlements", "s"), ("--claims", "c"), ("--measurements", "m")]
    given = [part for name, file in files for part in (name, str(tmp_path / f"{file}.csv"))]
    return ["evidence", *given, "--out", str(tmp_path / "out")]


def table(tmp_path, name):
    return pd.read_csv(tmp_path / "out" / f"evidence-{name}.csv", keep_default_na=False)


def test_villages_are_confirmed_contradicted_or_unproven(asked, tmp_path, capsys):
    assert main([*asked, "--lang", "en"]) == 1
    frame = table(tmp_path, "villages").set_index("id")
    assert frame["verdict"].tolist() == ["confirmed", "contradicted", "unproven", "unproven"]
    assert frame["reason"].tolist() == ["", "", "few", "position"]
    assert frame.loc["v0", ["for", "against", "claimed_by"]].tolist() == [4, 0, "Báo cáo quý"]
    assert frame.loc["v1", "last"] == "2026-03-15"
    assert table(tmp_path, "to-operators")["id"].tolist() == ["v1"]
    assert table(tmp_path, "shares")["tested"].sum() == 4
    problems = table(tmp_path, "problems")
    assert set(problems["reason"]) == {"unknown_village", "measurement_undated", "measures_both"}
    said = capsys.readouterr().err
    assert "1,000 m" in said
    assert "1 confirmed, 1 contradicted, 2 unproven" in said


def test_polygons_are_weighed_by_village_and_cell(asked, tmp_path):
    import geopandas as gpd  # noqa: PLC0415
    from shapely import box  # noqa: PLC0415

    claim = {"operator": ["Viettel"], "technology": ["4G"], "date": ["2026-01-01"]}
    shape = [box(LON - 0.02, LAT - 0.02, LON + 0.02, LAT + 0.02)]
    path = tmp_path / "p.gpkg"
    gpd.GeoDataFrame(claim, geometry=shape, crs="EPSG:4326").to_file(path)
    asked[asked.index("--claims") + 1] = str(path)
    main(asked)
    assert table(tmp_path, "villages")["id"].tolist() == ["v0"]
    cells = table(tmp_path, "cells")
    assert (cells["verdict"].tolist(), cells["for"].tolist()) == (["confirmed"], [4])


def test_what_makes_no_sense_is_refused(asked, tmp_path, capsys):
    assert main([*asked, "--confirm", "20"]) == 2
    assert "--confirm" in capsys.readouterr().err
    write_csv(tmp_path / "m.csv", ("lon", "lat"), [[LON, LAT]])
    assert main([*asked, "--lang", "en"]) == 2
    assert "m.csv" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_every_cell_that_a_measurement_may_lie_in_is_found():
    rng, n = np.random.default_rng(5), 150
    lon, lat = rng.uniform(104.9, 105.0, n), rng.uniform(22.8, 22.9, n)
    accuracy = rng.choice([0.0, 20, 400, 2500], n)
    same = np.full(n, "", dtype=object)
    yes = np.ones(n, dtype=bool)
    day = np.zeros(n, dtype=np.int64)
    facts = Facts(lon, lat, accuracy, day, same, same, yes, ~yes, accuracy, same, day)
    wanted = set(h3.geo_to_cells(shapely.box(104.93, 22.83, 104.99, 22.88), 8))
    found = touched(facts, wanted, 8)
    for i in range(n):
        scale = np.array([111_320 * np.cos(np.radians(lat[i])), 111_320])
        near = {}
        for cell in h3.grid_disk(h3.latlng_to_cell(lat[i], lon[i], 8), 9):
            corners = np.array([(x, y) for y, x in h3.cell_to_boundary(cell)])
            hexagon = shapely.Polygon((corners - (lon[i], lat[i])) * scale)
            near[cell] = hexagon.distance(shapely.Point(0, 0))
        sure = {cell for cell, metres in near.items() if metres <= accuracy[i]}
        mine = {cell: alone for cell, (of, alone) in found.items() if i in of}
        assert sure & wanted <= mine.keys()
        assert all(near[cell] <= accuracy[i] * 1.03 for cell in mine)
        for cell, (of, alone) in found.items():
            if i in of and alone[list(of).index(i)]:
                assert sure == {cell}
