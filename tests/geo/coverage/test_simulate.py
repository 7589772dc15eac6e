"""The simulated country: the same for a seed, plausible, and marked whatever is done with it."""

from pathlib import Path

import pandas as pd
import pytest

from base.reading import Room
from geo.__main__ import main
from geo.coverage import simulate
from geo.coverage.ground import SIMULATED_MARK, SIMULATED_VI, Relief
from geo.coverage.ledger import commitment, keep_ledger, read_snapshot
from geo.coverage.output import marked_name, texts_marked, with_mark
from geo.coverage.simulate import LIST_DATES
from geo.coverage.terrain import open_relief
from geo.editions import Level, areas
from metrics.importing import ImportRefused, preview


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("made")
    assert main(["simulate", "--per-commune", "2", "--out", str(found)]) == 0
    return found


def test_the_same_country_for_the_same_seed_and_another_for_another():
    simulate.cache_clear()
    first, again, other = simulate(1, 2), simulate.__wrapped__(1, 2), simulate.__wrapped__(2, 2)
    pd.testing.assert_frame_equal(first.settlements, again.settlements)
    pd.testing.assert_frame_equal(first.sites, again.sites)
    assert not first.settlements["lon"].equals(other.settlements["lon"])


def test_every_commune_has_settlements_and_every_row_the_mark():
    made = simulate(1, 2)
    codes = {place.code for place in areas("2025", Level.COMMUNE)}
    assert set(made.settlements["commune_code"]) == codes
    for frame in (made.settlements, made.sites, *made.lists.values()):
        assert (frame.iloc[:, 0] == SIMULATED_MARK).all()
        assert frame["id"].str.startswith("sim-").all()


def test_from_files_to_gaps_with_the_mark_on_all(folder, tmp_path, capsys):
    files = {path.name.split("-DATA-")[1]: path for path in folder.iterdir()}
    assert len(files) == 5 + len(LIST_DATES)
    inputs = ["--settlements", str(files["settlements.csv"]), "--sites", str(files["sites.csv"])]
    assert main(["coverage", *inputs, "--out", str(tmp_path)]) == 0
    assert SIMULATED_VI in capsys.readouterr().err
    rows = pd.read_csv(tmp_path / marked_name("areas.csv", True))
    provinces = rows[rows["level"] == "province"].set_index("name_vi")["per_1000"]
    assert provinces["Tỉnh Điện Biên"] > provinces["Thành phố Hà Nội"]
    assert 0 < rows.iloc[0]["share_uncovered"] < 0.3


def test_hills_claims_and_measurements_carry_the_mark_too(folder, tmp_path):
    def file(name):
        (path,) = folder.glob(f"*{name}")
        return str(path)

    out = ["--out", str(tmp_path / "out"), "--lang", "en"]
    asked = ["--claims", file("claims.csv"), "--measurements", file("measurements.csv")]
    assert main(["evidence", "--settlements", file("settlements.csv"), *asked, *out]) == 0
    assert all(path.name.startswith("sim-") for path in (tmp_path / "out").iterdir())
    opened = open_relief(Relief(Path(file("ground.tif"))), Room())
    assert texts_marked("x.tif", opened.texts)


def test_the_mark_survives_the_loss_of_its_column_and_of_its_name(folder, tmp_path):
    (path,) = folder.glob("*settlements.csv")
    bare = pd.read_csv(path, dtype=str).drop(columns="simulated")
    bare.to_csv(tmp_path / "thon.csv", index=False)
    (sites,) = folder.glob("*sites.csv")
    inputs = ["--settlements", str(tmp_path / "thon.csv"), "--sites", str(sites)]
    assert main(["coverage", *inputs, "--out", str(tmp_path / "out")]) == 0
    assert all(path.name.startswith("sim-") for path in (tmp_path / "out").iterdir())
    cleared = with_mark(with_mark(bare, True).assign(simulated="no"), True)
    assert (cleared["simulated"] == SIMULATED_MARK).all()


def test_the_simulated_lists_make_a_ledger_that_carries_the_mark(folder):
    lists = [
        read_snapshot(path, at, whole_country=True)
        for at in LIST_DATES
        for path in folder.glob(f"*gaps-{at}.csv")
    ]
    kept = keep_ledger(lists)
    assert kept.simulated
    checks = commitment(kept)
    assert checks["open"].tolist() == [len(snapshot.gaps) for snapshot in lists]
    assert checks["all_covered"].tolist()[0] == "not_due"
    assert "broken" in checks["no_new"].tolist()


def test_an_import_of_figures_refuses_what_carries_the_mark(folder, tmp_path):
    (path,) = folder.glob("*settlements.csv")
    bare = pd.read_csv(path, dtype=str).drop(columns="simulated")[
        ["commune_code", "id", "population"]
    ]
    sums = bare.rename(columns={"population": "Dân số"}).head(5)
    for frame, name in ((bare, "a.csv"), (sums, "b.csv"), (with_mark(sums, True), "c.csv")):
        with pytest.raises(ImportRefused, match="simulated data"):
            preview(name, frame.to_csv(index=False).encode())
    with pytest.raises(ImportRefused, match="simulated data"):
        preview("sim-x.csv", "Tỉnh,Giá trị\nHà Nội,1\n".encode())
    assert preview("x.csv", "Tỉnh,Giá trị\nHà Nội,1\n".encode()).blocks
