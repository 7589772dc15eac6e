"""The loss by diffraction: against published results, a slow version of its own, and sense."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage.terrain.diffraction import EARTH_KM, Paths, diffraction

PUBLISHED = json.loads((Path(__file__).parent / "published" / "p1812.json").read_text())
K50 = 157 / (157 - 45)


def paths(ground, cover, km, heights, ghz, sea=0.0):
    h = np.asarray(ground, dtype=float)[None]
    top = h + (np.asarray(cover, dtype=float) if len(cover) else 0.0)
    at = np.linspace(0, 1, h.shape[1])
    one = np.ones(1)
    first, second = h[:, 0] + heights[0], h[:, -1] + heights[1]
    return Paths(at, km * one, ghz * one, h, top, first, second, sea * one)


@pytest.mark.parametrize("case", PUBLISHED["cases"], ids=lambda case: case["name"])
def test_the_published_results_are_met(case):
    profile = PUBLISHED["profiles"][case["profile"]]
    asked = paths(
        *(profile["ground"], profile["cover"], profile["km"], case["heights"], profile["ghz"])
    )
    median = diffraction(asked, K50, vertical=False)
    enhanced = diffraction(asked, 3.0, vertical=False)
    assert median.loss[0] == pytest.approx(case["ld50"], abs=0.01)
    assert enhanced.loss[0] == pytest.approx(case["ldb"], abs=0.01)
    assert enhanced.actual[0] == pytest.approx(case["bull"], abs=0.01)
    assert enhanced.sphere[0] == pytest.approx(case["sphere"], abs=0.01)
    if case["sphere"]:
        assert enhanced.smooth[0] == pytest.approx(case["smooth"], abs=0.01)


def slow(ground, km, first, second, ghz, k, vertical=True):
    """Work the same Recommendation out for one path, sample by sample."""
    n, ae, wave = len(ground), EARTH_KM * k, 0.299792458 / ghz
    d = [km * i / (n - 1) for i in range(n)]
    hts, hrs = ground[0] + first, ground[-1] + second

    def edge(v):
        return 6.9 + 20 * math.log10(math.hypot(v - 0.1, 1) + v - 0.1) if v > -0.78 else 0.0

    def bullington(g, hts, hrs):
        inner = range(1, n - 1)
        bent = {i: g[i] + 500 / ae * d[i] * (km - d[i]) for i in inner}
        up = max((bent[i] - hts) / d[i] for i in inner)
        if up < (hrs - hts) / km:
            v = max(
                (bent[i] - (hts * (km - d[i]) + hrs * d[i]) / km)
                * math.sqrt(0.002 * km / (wave * d[i] * (km - d[i])))
                for i in inner
            )
        else:
            down = max((bent[i] - hrs) / (km - d[i]) for i in inner)
            b = (hrs - hts + down * km) / (up + down)
            b = min(max(b, 1e-9 * km), km * (1 - 1e-9))
            v = (hts + up * b - (hts * (km - b) + hrs * b) / km) * math.sqrt(
                0.002 * km / (wave * b * (km - b))
            )
        loss = edge(v)
        return loss + (1 - math.exp(-loss / 6)) * (10 + 0.02 * km)

    v1 = sum((d[i] - d[i - 1]) * (ground[i] + ground[i - 1]) for i in range(1, n))
    v2 = sum(
        (d[i] - d[i - 1])
        * (ground[i] * (2 * d[i] + d[i - 1]) + ground[i - 1] * (d[i] + 2 * d[i - 1]))
        for i in range(1, n)
    )
    low, high = (2 * v1 * km - v2) / km**2, (v2 - v1 * km) / km**2
    over = {i: ground[i] - (hts * (km - d[i]) + hrs * d[i]) / km for i in range(1, n - 1)}
    most = max(over.values())
    if most > 0:
        near = max(over[i] / d[i] for i in over)
        far = max(over[i] / (km - d[i]) for i in over)
        low, high = low - most * near / (near + far), high - most * far / (near + far)
    hte, hre = hts - min(low, ground[0]), hrs - min(high, ground[-1])

    def first_term(radius):
        lossy = (18 * 0.003 / ghz) ** 2
        kh = 0.036 * (radius * ghz) ** (-1 / 3) * (21**2 + lossy) ** -0.25
        kk = kh * math.sqrt(22**2 + lossy) if vertical else kh
        beta = (1 + 1.6 * kk**2 + 0.67 * kk**4) / (1 + 4.5 * kk**2 + 1.53 * kk**4)
        x = 21.88 * beta * (ghz / radius**2) ** (1 / 3) * km
        fx = 11 + 10 * math.log10(x) - 17.6 * x
        if x < 1.6:
            fx = -20 * math.log10(x) - 5.6488 * x**1.425

        def gain(h):
            b = beta * 0.9575 * beta * (ghz**2 / radius) ** (1 / 3) * h
            if b > 2:
                g = 17.6 * math.sqrt(b - 1.1) - 5 * math.log10(b - 1.1) - 8
            else:
                g = 20 * math.log10(b + 0.1 * b**3)
            return max(g, 2 + 20 * math.log10(kk))

        return -fx - gain(hte) - gain(hre)

    sphere = first_term(ae)
    if km < math.sqrt(2 * ae) * (math.sqrt(0.001 * hte) + math.sqrt(0.001 * hre)):
        c, m = (hte - hre) / (hte + hre), 250 * km**2 / (ae * (hte + hre))
        b = (
            2
            * math.sqrt((m + 1) / (3 * m))
            * math.cos(math.pi / 3 + math.acos(1.5 * c * math.sqrt(3 * m / (m + 1) ** 3)) / 3)
        )
        one = km / 2 * (1 + b)
        two = km - one
        ray = ((hte - 500 * one**2 / ae) * two + (hre - 500 * two**2 / ae) * one) / km
        needed = 17.456 * math.sqrt(one * two * wave / km)
        sphere = 0.0
        if ray <= needed:
            term = first_term(500 * (km / (math.sqrt(hte) + math.sqrt(hre))) ** 2)
            sphere = 0.0 if term < 0 else (1 - ray / needed) * term
    return bullington(ground, hts, hrs) + max(0, sphere - bullington([0.0] * n, hte, hre))


def test_random_ground_gives_what_the_slow_way_gives():
    draw = np.random.default_rng(5)
    for n, km, rough in ((3, 0.4, 20), (40, 8, 60), (40, 60, 3), (120, 40, 300), (90, 3, 0.1)):
        for _ in range(6):
            ground = np.abs(np.cumsum(draw.normal(0, rough, n)))
            heights = (draw.uniform(5, 60), 1.5)
            ghz = draw.choice([0.45, 0.9, 1.8, 3.5])
            fast = diffraction(paths(ground, [], km, heights, ghz), 4 / 3).loss[0]
            assert fast == pytest.approx(slow(list(ground), km, *heights, ghz, 4 / 3), abs=1e-6)


HEIGHTS = st.lists(st.floats(0, 1500), min_size=5, max_size=30)


@settings(max_examples=40, deadline=None)
@given(HEIGHTS, st.floats(0.3, 60), st.floats(1, 80), st.floats(1, 80), st.floats(0.3, 5))
def test_both_ways_are_the_same(ground, km, one, two, ghz):
    there = diffraction(paths(ground, [], km, (one, two), ghz), 4 / 3)
    back = diffraction(paths(ground[::-1], [], km, (two, one), ghz), 4 / 3)
    assert there.loss[0] == pytest.approx(back.loss[0], abs=1e-6)
    assert there.fresnel[0] == pytest.approx(back.fresnel[0], abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(HEIGHTS, st.floats(0.3, 60), st.floats(1, 80), st.floats(0.1, 80), st.floats(0.3, 5))
def test_a_higher_antenna_sees_no_less(ground, km, height, more, ghz):
    low = diffraction(paths(ground, [], km, (height, 1.5), ghz), 4 / 3)
    high = diffraction(paths(ground, [], km, (height + more, 1.5), ghz), 4 / 3)
    assert high.actual[0] <= low.actual[0] + 1e-6
    assert high.fresnel[0] >= low.fresnel[0] - 1e-9


@settings(max_examples=40, deadline=None)
@given(st.floats(1, 40), st.floats(10, 900), st.floats(1, 400), st.floats(0.1, 0.9))
def test_a_higher_ridge_costs_no_less(km, ridge, more, where):
    ground = np.zeros(41)
    ground[int(1 + where * 38)] = ridge
    low = diffraction(paths(ground, [], km, (30, 1.5), 0.9), 4 / 3)
    ground[int(1 + where * 38)] += more
    high = diffraction(paths(ground, [], km, (30, 1.5), 0.9), 4 / 3)
    assert high.actual[0] >= low.actual[0] - 1e-6
    assert high.fresnel[0] <= low.fresnel[0] + 1e-9
    # The whole need not: the part of the smooth earth falls where the ridge lifts it.


def test_a_path_with_a_hole_has_no_loss_and_leaves_the_others_alone():
    both = np.array([[0, 5, 0, 0], [0, np.nan, 0, 0]], dtype=float)
    at, two = np.linspace(0, 1, 4), np.ones(2)
    found = diffraction(Paths(at, 5 * two, two, both, both, 30 * two, 1.5 * two, 0 * two), 4 / 3)
    assert np.isfinite(found.loss[0])
    assert np.isnan(found.loss[1])
