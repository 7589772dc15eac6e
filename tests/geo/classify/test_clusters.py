"""Clusters, checked against a computation of our own and against maps with a known answer."""

import math

import numpy as np
import pandas as pd
import pytest
from libpysal.graph import Graph

from geo.classify import FEWEST, Kind, NoClusters, find_clusters, neighbours
from geo.editions import EDITION_2024, EDITION_2025, Level

SIDE = 8
NAN = float("nan")


def name(row, column):
    return f"{row}{column}"


def queen(side, without=()):
    """Return the neighbours of each square of a board, corners included."""
    squares = [(r, c) for r in range(side) for c in range(side) if name(r, c) not in without]
    return {
        name(r, c): [name(i, j) for i, j in squares if max(abs(i - r), abs(j - c)) == 1]
        for r, c in squares
    }


def graph_of(near):
    rows = [(a, b, 1) for a, others in near.items() for b in others or [a]]
    rows = [(a, b, 0 if a == b else w) for a, b, w in rows]
    return Graph.from_arrays(*map(np.array, zip(*rows, strict=True)))


BOARD = queen(SIDE)
GRAPH = graph_of(BOARD)


def board(value):
    return pd.Series({name(r, c): float(value(r, c)) for r in range(SIDE) for c in range(SIDE)})


def own_moran(values, near):
    """Moran's I and its local form, from their definitions."""
    z = values - values.mean()
    lag = pd.Series({code: z[others].mean() for code, others in near.items()})
    return (z * lag).sum() / (z**2).sum(), (len(z) - 1) * z * lag / (z**2).sum()


def own_p(values, near, code, draws, seed):
    """Shuffle the others around one area, as the local test does, in plain loops."""
    rng = np.random.default_rng(seed)
    z = (values - values.mean()) / values.std(ddof=0)
    others = z.drop(code).to_numpy()
    seen = z[code] * z[near[code]].mean()
    made = np.array(
        [z[code] * rng.permutation(others)[: len(near[code])].mean() for _ in range(draws)]
    )
    tail = min((made >= seen - 1e-9).sum(), (made <= seen + 1e-9).sum())
    return min(1.0, 2 * (tail + 1) / (draws + 1))


def test_the_statistics_are_those_of_their_definitions():
    values = board(lambda r, c: r * 3 + c * c % 7 + (r * c) % 5)
    found = find_clusters(values, GRAPH, permutations=99)
    moran, local = own_moran(values, BOARD)
    assert found.moran == pytest.approx(moran)
    assert found.expected == pytest.approx(-1 / (SIDE * SIDE - 1))
    pd.testing.assert_series_equal(
        found.frame["local"], local.sort_index(), check_names=False, check_index_type=False
    )
    lag = pd.Series({code: values[others].mean() for code, others in BOARD.items()})
    assert found.frame["lag"].to_numpy() == pytest.approx(lag.sort_index().to_numpy())
    assert found.frame["neighbours"].loc["00"] == 3
    assert found.frame["neighbours"].loc["33"] == 8


def test_pseudo_p_values_are_those_of_shuffling():
    rng = np.random.default_rng(5)
    values = board(lambda r, c: r + c) + rng.normal(size=SIDE * SIDE)
    found = find_clusters(values, GRAPH, permutations=4999)
    for code in ("00", "34", "77", "07"):
        expected = own_p(values, BOARD, code, 4000, seed=1)
        spread = 4 * 2 * math.sqrt(max(expected, 0.001) / 4000)
        assert abs(found.frame["p"].loc[code] - expected) <= spread + 0.002


def test_a_board_in_halves_has_two_clusters_and_a_seam_between():
    found = find_clusters(board(lambda r, c: c >= SIDE // 2), GRAPH)
    kinds = found.frame["kind"]
    assert found.moran > 0.8
    assert found.p <= 0.001
    inner = range(1, SIDE - 1)  # a corner has too few neighbours to be sure of anything
    assert {kinds.loc[name(r, 6)] for r in inner} == {Kind.HIGH_HIGH}
    assert {kinds.loc[name(r, 1)] for r in inner} == {Kind.LOW_LOW}
    assert {kinds.loc[name(r, 3)] for r in inner} == {Kind.NOT_SIGNIFICANT}


def test_outliers_are_told_from_clusters():
    def value(r, c):
        high = c >= SIDE // 2
        return not high if (r, c) in ((3, 1), (3, 6)) else high

    found = find_clusters(board(value), GRAPH, alpha=0.1)
    assert found.frame["kind"].loc["31"] == Kind.HIGH_LOW
    assert found.frame["kind"].loc["36"] == Kind.LOW_HIGH


def test_a_chessboard_is_the_opposite_of_clustered():
    rook = {
        code: [
            other for other in others if (int(other[0]) == int(code[0])) != (other[1] == code[1])
        ]
        for code, others in BOARD.items()
    }
    found = find_clusters(board(lambda r, c: (r + c) % 2), graph_of(rook))
    assert found.moran == pytest.approx(-1)
    assert found.p <= 0.001


def test_noise_has_no_clusters_once_the_many_tests_are_corrected_for():
    rng = np.random.default_rng(11)
    values = pd.Series(rng.normal(size=SIDE * SIDE), index=sorted(BOARD))
    corrected = find_clusters(values, GRAPH)
    plain = find_clusters(values, GRAPH, correct=False)
    assert corrected.counts()[Kind.NOT_SIGNIFICANT] == SIDE * SIDE
    assert 0 < SIDE * SIDE - plain.counts()[Kind.NOT_SIGNIFICANT] < SIDE * SIDE / 4
    assert (plain.frame["p"] == corrected.frame["p"]).all()


def test_the_correction_is_that_of_benjamini_and_hochberg():
    found = find_clusters(board(lambda r, c: r * c % 11), GRAPH, permutations=999)
    p = found.frame["p"].sort_values()
    m = len(p)
    stepped = (p * m / np.arange(1, m + 1))[::-1].cummin()[::-1]
    pd.testing.assert_series_equal(
        found.frame["q"].loc[p.index], stepped.clip(upper=1), check_names=False
    )


def test_the_same_seed_gives_the_same_result_and_leaves_others_random_numbers_alone():
    values = board(lambda r, c: (r * 7 + c * 3) % 13)
    np.random.seed(1)
    first = find_clusters(values, GRAPH, permutations=1999, seed=4)
    after = np.random.random()
    np.random.seed(1)
    assert np.random.random() == after
    again = find_clusters(values, GRAPH, permutations=1999, seed=4)
    other = find_clusters(values, GRAPH, permutations=1999, seed=5)
    pd.testing.assert_frame_equal(first.frame, again.frame)
    assert first.p == again.p
    assert (first.frame["p"] != other.frame["p"]).any()


def test_areas_without_a_figure_and_areas_left_without_neighbours_are_left_out():
    values = board(lambda r, c: r + c)
    values.loc[["01", "10", "11"]] = NAN
    found = find_clusters(values, GRAPH)
    assert found.alone == ("00",)
    assert found.n == SIDE * SIDE - 4
    assert not {"00", "01", "10", "11"} & set(found.frame.index)
    near = {
        code: [other for other in others if other in found.frame.index]
        for code, others in BOARD.items()
        if code in found.frame.index
    }
    assert found.moran == pytest.approx(own_moran(values.loc[list(near)], near)[0])


@pytest.mark.parametrize("constant", [0.0, 81.3, 1e-12, -5e6])
def test_figures_that_are_all_equal_are_refused(constant):
    with pytest.raises(NoClusters) as refused:
        find_clusters(board(lambda r, c: constant), GRAPH)
    assert refused.value.key == "all_equal"


def test_too_few_areas_are_refused_and_enough_are_not():
    values = board(lambda r, c: r + c)
    rows = sorted(values.index)
    with pytest.raises(NoClusters) as refused:
        find_clusters(values[rows[: FEWEST - 1]], GRAPH)
    assert (refused.value.key, refused.value.values["n"]) == ("too_few", FEWEST - 1)
    assert find_clusters(values[rows[:FEWEST]], GRAPH).n == FEWEST
    with pytest.raises(NoClusters):
        find_clusters(values * NAN, GRAPH)


@pytest.mark.parametrize("wrong", [{"alpha": 0}, {"alpha": 1.5}, {"permutations": 0}, {"seed": -1}])
def test_wrong_parameters_are_named(wrong):
    with pytest.raises(ValueError, match="alpha"):
        find_clusters(board(lambda r, c: r), GRAPH, **wrong)


@pytest.mark.parametrize(
    ("edition", "level", "one", "other"),
    [
        (EDITION_2024, Level.PROVINCE, "44", "45"),  # Quảng Bình and Quảng Trị
        (EDITION_2025, Level.PROVINCE, "01", "19"),  # Hà Nội and Thái Nguyên
    ],
)
def test_neighbours_are_mutual_and_those_of_the_map(edition, level, one, other):
    graph = neighbours(edition, level)
    assert other in graph[one].index
    matrix = graph.sparse
    assert (matrix != matrix.T).nnz == 0
    assert len(graph.isolates) == 0


def test_all_communes_at_once():
    graph = neighbours(EDITION_2025, Level.COMMUNE)
    rng = np.random.default_rng(2)
    values = pd.Series(rng.normal(size=graph.n), index=graph.unique_ids)
    found = find_clusters(values, graph, permutations=199)
    assert found.n + len(found.alone) == graph.n == 3321
    assert {"20333", "22736"} <= set(found.alone)  # Hoàng Sa and Trường Sa
    assert abs(found.moran) < 0.05
