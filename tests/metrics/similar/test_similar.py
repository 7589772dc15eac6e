"""The nearest peers of a place: by brute force, refused where little is shared, never private."""

import statistics
from dataclasses import replace

import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.observations import read_observations
from metrics.panel import panel
from metrics.similar import NoPeers, measures, similar
from metrics.store import ensure_store, generations_of, put_dataset
from tests.metrics import made_up
from tests.metrics.made_up import row, write
from tests.metrics.stores import of_user

PLACES = [place.code for place in areas(EDITION_2025, Level.PROVINCE)]
NEW = {"edition": EDITION_2025}
SETS = [made_up.indicator(f"set-{at}") for at in range(6)]


def figures(n=12, sets=6, **fields):
    """Give n provinces figures of so many indicators, all different."""
    return [
        row(f"set-{at}", code, (7 * i * (at + 3)) % 53 + i, **(NEW | fields))
        for at in range(sets)
        for i, code in enumerate(PLACES[:n])
    ]


def store_of(folder, rows, indicators=SETS):
    return ensure_store(home=folder / "var", data_dir=write(folder / "data", rows, indicators))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return ensure_store(home=tmp_path_factory.mktemp("shipped"))


def by_brute_force(store, code):
    """Work the distances out from the observations alone, place by place, in plain Python."""
    rows = store.observations()
    rows = rows[(rows["role"] == "result") & (rows["edition"] == EDITION_2025)]
    rows = rows[rows["level"] == str(Level.PROVINCE)]
    scores = {}
    for id_, mine in rows.groupby("indicator"):
        indicator = store.catalog.indicators[id_]
        if indicator.kind not in ("rate", "score", "duration"):
            continue
        last = mine["period_end"].max()
        values = {r.area: r.value for r in mine.itertuples() if r.period_end == last}
        if len(values) < 17:
            continue
        middle = statistics.median(values.values())
        spread = statistics.median(abs(v - middle) for v in values.values())
        if round(spread, 6) <= 10**-indicator.decimals:
            continue
        for place, value in values.items():
            z = max(-3, min(3, 0.6745 * (value - middle) / spread))
            scores.setdefault(place, {}).setdefault(indicator.family or id_, {})[id_] = z
    found = {}
    for other in scores.keys() - {code}:
        sets = []
        for name, mine in scores[code].items():
            theirs = scores[other].get(name, {})
            gaps = [abs(mine[id_] - theirs[id_]) for id_ in mine if id_ in theirs]
            sets += [statistics.fmean(gaps)] if gaps else []
        found[other] = statistics.fmean(sets)
    return sorted(found.items(), key=lambda pair: (round(pair[1], 9), pair[0]))


@pytest.mark.parametrize("code", PLACES)
def test_peers_are_those_that_brute_force_finds(shipped, code):
    expected = by_brute_force(shipped, code)
    found = similar(shipped, EDITION_2025, code)
    assert [(p.place.code, pytest.approx(p.distance)) for p in found.peers] == expected[:5]
    assert found.compared == len(expected) == 33
    assert found.usual == pytest.approx(statistics.median(d for _, d in expected))


def test_the_shipped_peers_make_sense(shipped):
    """Without being told where places lie, the northern mountains find one another."""
    names = {
        place.name_vi: {p.place.short_vi for p in similar(shipped, EDITION_2025, place.code).peers}
        for place in areas(EDITION_2025, Level.PROVINCE)
    }
    assert {"Lào Cai", "Lai Châu", "Tuyên Quang", "Thái Nguyên"} <= names["Tỉnh Cao Bằng"]
    assert "Gia Lai" in names["Tỉnh Lâm Đồng"]


def test_drivers_are_true_and_say_which_way(shipped):
    for place in areas(EDITION_2025, Level.PROVINCE):
        for peer in similar(shipped, EDITION_2025, place.code).peers:
            assert all(one.gap <= 0.5 for one in peer.near)
            gaps = [one.gap for one in peer.apart]
            assert gaps == sorted(gaps, reverse=True)
            assert all(gap >= 1 for gap in gaps)
            for one in (*peer.near, *peer.apart):
                frame = panel(shipped, one.indicator.id, EDITION_2025, Level.PROVINCE).frame
                values = frame.set_index("code")["value"]
                assert one.own["value"] == values[place.code]
                assert one.other["value"] == values[peer.place.code]
                assert (frame["aside"] == "").all()
                assert one.own["period_end"] == one.other["period_end"]


@pytest.mark.parametrize(
    ("edition", "code", "why"),
    [
        (EDITION_2024, "01", "few"),
        (EDITION_2024, "001", "few"),
        (EDITION_2025, "VN", "whole"),
        (EDITION_2025, "00004", "few"),
    ],
)
def test_it_is_refused_where_too_little_is_known(shipped, edition, code, why):
    with pytest.raises(NoPeers) as refused:
        similar(shipped, edition, code)
    assert refused.value.key == why
    assert all(refused.value.say(lang) for lang in ("vi", "en"))


def test_every_district_is_refused(shipped):
    for place in areas(EDITION_2024, Level.DISTRICT):
        with pytest.raises(NoPeers):
            similar(shipped, EDITION_2024, place.code)


def test_below_the_overlap_nobody_is_a_peer(tmp_path):
    first, rest = PLACES[0], figures()
    rows = [r for r in rest if r["area"] != first or r["indicator"] != "set-0"]
    rows = [r for r in rows if r["area"] == first or r["indicator"] != "set-1"]
    store = store_of(tmp_path, rows)
    with pytest.raises(NoPeers) as refused:
        similar(store, EDITION_2025, first)
    # It alone has the second indicator, which tells none apart.
    assert refused.value.key == "few"


def test_indicators_of_one_family_count_as_one(tmp_path):
    family = [one | {"family": "one"} for one in SETS]
    with pytest.raises(NoPeers) as refused:
        similar(store_of(tmp_path, figures(), family), EDITION_2025, PLACES[0])
    assert refused.value.values["n"] == 1


@pytest.mark.parametrize("qualifier", ["about", "over", "at_most", "nearly"])
def test_rough_figures_and_bounds_have_no_distance(tmp_path, qualifier):
    rows = figures()
    rows[0]["qualifier"] = qualifier
    found = measures(store_of(tmp_path, rows), EDITION_2025, Level.PROVINCE)
    assert PLACES[0] not in found[0].rows
    assert all(PLACES[0] in one.rows for one in found[1:])


@pytest.mark.parametrize(
    "how",
    [
        {"withheld": [{"reason": made_up.text("x"), "origins": ["ministry"]}]},
        {"unranked": "sample"},
    ],
)
def test_what_is_withheld_or_makes_no_order_is_not_compared(tmp_path, how):
    held = SETS[0] | how
    store = store_of(tmp_path, figures(), [held, *SETS[1:]])
    found = measures(store, EDITION_2025, Level.PROVINCE)
    assert [one.indicator.id for one in found] == [one["id"] for one in SETS[1:]]


def test_what_is_the_same_almost_everywhere_tells_none_apart(tmp_path):
    rows = [
        r | {"value": 40 + (r["area"] == PLACES[0])} if r["indicator"] == "set-0" else r
        for r in figures()
    ]
    found = measures(store_of(tmp_path, rows), EDITION_2025, Level.PROVINCE)
    assert "set-0" not in {one.indicator.id for one in found}


def test_one_extreme_value_does_not_decide(tmp_path):
    rows = figures()
    rows[0]["value"] = 10.0**12
    found = similar(store_of(tmp_path, rows), EDITION_2025, PLACES[1])
    assert all(peer.distance <= 6 for peer in found.peers)


def test_editions_are_never_mixed(tmp_path):
    old = figures(edition=EDITION_2024, sets=6)
    # The same codes on the other map; two of the six there too.
    here = [r for r in figures() if r["indicator"] in ("set-0", "set-1")]
    codes = {place.code for place in areas(EDITION_2024, Level.PROVINCE)}
    store = store_of(tmp_path, [*here, *(r for r in old if r["area"] in codes)])
    with pytest.raises(NoPeers) as refused:
        similar(store, EDITION_2025, PLACES[0])
    assert refused.value.values["n"] == 2


def test_private_figures_neither_move_a_peer_nor_are_told(tmp_path):
    store = store_of(tmp_path, figures())
    before = similar(store, EDITION_2025, PLACES[0])
    moved = [
        row(f"set-{at}", code, 500 + 11 * at + i, **(NEW | {"period_end": "2025-12-31"}))
        for at in range(6)
        for i, code in enumerate(PLACES[:12])
    ]
    hidden = replace(of_user("secret"), private=True, team="so-a")
    frame = read_observations(write(tmp_path / "more", moved) / "observations" / "rows.csv")
    generations = generations_of(home=tmp_path / "var")
    with generations.writing():
        put_dataset(generations, hidden, frame)
    whole = ensure_store(home=tmp_path / "var", data_dir=tmp_path / "data")
    assert whole.count() == 2 * store.count()
    after = similar(whole, EDITION_2025, PLACES[0])
    assert [(p.place.code, p.distance) for p in after.peers] == [
        (p.place.code, p.distance) for p in before.peers
    ]
    told = [d for p in after.peers for d in (*p.near, *p.apart)]
    assert all(d.own["value"] < 500 and d.other["value"] < 500 for d in told)
