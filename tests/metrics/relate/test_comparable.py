"""Which figures areas can be compared by, and how two of them go together."""

import csv
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.__main__ import main
from metrics.panel import panel
from metrics.relate import NotComparable, basis_of, comparable, denominators, figures_of, pair
from metrics.relate.clusters import CLUSTER_COLUMNS, cluster_rows, clusters_of
from metrics.relate.paired import spearman
from metrics.store import ensure_store
from tests.metrics import made_up
from tests.metrics.made_up import row

PROVINCES = [a.code for a in areas(EDITION_2024, Level.PROVINCE)]
SCOPE = (EDITION_2024, Level.PROVINCE)
NAN = float("nan")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared")
    found = [row("rate", code, i) for i, code in enumerate(PROVINCES[:40])]
    found += [row("days", code, 90 - i) for i, code in enumerate(PROVINCES[5:45])]
    found += [row("people", code, 10 * i) for i, code in enumerate(PROVINCES[:30])]
    found += [row("place", code, i + 1) for i, code in enumerate(PROVINCES)]
    found += [row("named", PROVINCES[0], category="done")]
    found += [row("since", PROVINCES[0], category="2024-05-01")]
    found += [row("trusted", PROVINCES[0], 3), row("trusted", PROVINCES[1], 4)]
    made = [*made_up.INDICATORS]
    made.append(
        made_up.indicator("folk", kind="count", unit=made_up.text("người"), aggregation="sum")
    )
    found += [row("folk", code, 0 if i == 1 else 5) for i, code in enumerate(PROVINCES[:20])]
    data = made_up.write(folder, found, made)
    return ensure_store(home=folder / "var", data_dir=data)


def measured(store, indicator, per=""):
    under = panel(store, per, *SCOPE) if per else None
    return comparable(panel(store, indicator, *SCOPE), under)


@pytest.mark.parametrize("indicator", ["rate", "days", "place"])
def test_rates_durations_and_ranks_are_compared_as_they_are(store, indicator):
    found = measured(store, indicator, per="people")
    assert found.per is None
    assert found.n == panel(store, indicator, *SCOPE).n_reported


@pytest.mark.parametrize(
    ("indicator", "reason"), [("named", "status"), ("since", "date"), ("people", "count")]
)
def test_statuses_dates_and_bare_counts_are_refused(store, indicator, reason):
    with pytest.raises(NotComparable) as refused:
        measured(store, indicator)
    assert refused.value.key == reason


def test_a_count_divided_by_itself_says_nothing(store):
    with pytest.raises(NotComparable):
        measured(store, "people", per="people")


def test_a_count_is_divided_where_there_is_something_to_divide_by(store):
    found = measured(store, "people", per="folk")
    assert found.values[PROVINCES[3]] == pytest.approx(30 / 5)
    assert math.isnan(found.values[PROVINCES[1]])  # nobody there
    assert math.isnan(found.values[PROVINCES[25]])  # not known how many
    assert found.n == 19


def test_what_counts_can_be_divided_by_is_offered(store):
    assert set(denominators(store, *SCOPE)) == {"people", "folk"}
    assert denominators(store, EDITION_2024, Level.DISTRICT) == ()


def test_figures_of_another_edition_are_carried_and_those_of_this_one_are_not(store):
    assert basis_of(store, "people", *SCOPE) == EDITION_2024
    assert basis_of(store, "people", EDITION_2025, Level.PROVINCE) == EDITION_2024
    assert basis_of(store, "people", EDITION_2025, Level.COMMUNE) == ""
    there = figures_of(store, "people", EDITION_2025, Level.PROVINCE)
    assert set(there.frame["state"]) >= {"recomputed"}
    assert figures_of(store, "people", EDITION_2025, Level.COMMUNE).n_reported == 0


def test_a_pair_tells_who_has_which(store):
    found = pair(measured(store, "rate").values, measured(store, "days").values)
    assert found.n == 35
    assert found.only_x == tuple(PROVINCES[:5])
    assert found.only_y == tuple(PROVINCES[40:45])
    assert len(found.neither) == len(PROVINCES) - 45
    assert found.spearman == pytest.approx(-1)


def test_figures_of_two_maps_are_never_paired(store):
    other = comparable(panel(store, "rate", EDITION_2025, Level.PROVINCE))
    with pytest.raises(ValueError, match="edition"):
        pair(measured(store, "rate").values, other.values)


def test_rank_correlation_of_a_known_example():
    # Ten people's IQ and hours of television: the textbook case, rho = -29/165.
    iq = pd.Series([106, 100, 86, 101, 99, 103, 97, 113, 112, 110], dtype=float)
    hours = pd.Series([7, 27, 2, 50, 28, 29, 20, 12, 6, 17], dtype=float)
    assert spearman(iq, hours) == pytest.approx(-29 / 165)


@given(
    st.lists(
        st.tuples(*[st.one_of(st.integers(-3, 3), st.just(NAN), st.floats(-1e6, 1e6))] * 2),
        max_size=30,
    )
)
def test_rank_correlation_is_that_of_scipy(pairs):
    from scipy.stats import spearmanr  # noqa: PLC0415

    x, y = (pd.Series([p[at] for p in pairs], dtype=float) for at in (0, 1))
    both = x.notna() & y.notna()
    found = spearman(x, y)
    if both.sum() < 3 or x[both].nunique() < 2 or y[both].nunique() < 2:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(spearmanr(x[both], y[both]).statistic, abs=1e-9)


def test_clusters_as_rows_for_a_file(store):
    answer = clusters_of(store, "rate", *SCOPE, None, None, "", 0.05, 199, 1, True)
    assert clusters_of(store, "rate", *SCOPE, None, None, "", 0.05, 199, 1, True) is answer
    made = cluster_rows(store, *answer)
    assert len(made) == len(PROVINCES)
    assert {name for row_ in made for name in row_} == set(CLUSTER_COLUMNS)
    assert [r["cluster"] for r in made].count("no_data") == len(PROVINCES) - 40
    with_figure = next(r for r in made if r["area_code"] == PROVINCES[1])
    assert with_figure["value"] == "1"
    assert with_figure["origin_ids"] == "ministry"
    assert with_figure["seed"] == "1"


def run(monkeypatch, store, tmp_path, *words):
    monkeypatch.setattr("metrics.commands.options.ensure_store", lambda _mode: store)
    out = tmp_path / "clusters.csv"
    scope = ["--edition", EDITION_2024, "--level", str(Level.PROVINCE), "--out", str(out)]
    return main(["clusters", *words, *scope, "--permutations", "99"]), out


def test_the_command_writes_a_file(monkeypatch, store, tmp_path, capsys):
    code, out = run(monkeypatch, store, tmp_path, "--indicator", "days")
    assert code == 0
    with out.open(encoding="utf-8", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert len(found) == len(PROVINCES)
    assert np.isclose(float(found[0]["moran_i"]), float(found[-1]["moran_i"]))
    assert "Moran's I" in capsys.readouterr().err


def test_the_command_writes_no_table_under_the_name_of_a_workbook(store, tmp_path, capsys):
    scope = ["--edition", EDITION_2024, "--level", "province", "--out", str(tmp_path / "x.xlsx")]
    with pytest.raises(SystemExit):
        main(["clusters", "--indicator", "days", *scope])
    assert "x.xlsx" in capsys.readouterr().err
    assert not any(tmp_path.glob("x*"))


@pytest.mark.parametrize("words", [["people"], ["named"], ["trusted"]])
def test_the_command_says_why_it_cannot(monkeypatch, store, tmp_path, capsys, words):
    code, out = run(monkeypatch, store, tmp_path, "--indicator", *words)
    assert code == 1
    assert not out.exists()
    assert "error:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["nothing"], ["rate", "--per", "nobody"], ["rate", "--alpha", "7"], ["rate", "--seed", "-1"]],
)
def test_the_command_refuses_what_does_not_exist(monkeypatch, store, tmp_path, words):
    with pytest.raises(SystemExit) as ended:
        run(monkeypatch, store, tmp_path, "--indicator", *words)
    assert ended.value.code == 2
