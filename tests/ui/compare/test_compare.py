"""Comparison of degenerate and hostile figures: nothing breaks, and the reason is said."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.words import t
from geo.classify import ALPHAS, LARGEST_SEED, PERMUTATIONS
from geo.classify import FEWEST as FEWEST_CLUSTERED
from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.relate import FEWEST
from metrics.store import current_store
from tests.metrics.made_up import INDICATORS, indicator, row, text
from tests.ui.hostile import HOSTILE
from ui.address import CLUSTERED, CORRECTIONS, Settings, View
from ui.address.clusters import Settings as ClusterSettings
from ui.address.pair import MULTIPLES
from ui.compare import card_html, draw_clusters, draw_multiples, draw_pair
from ui.compare.pair import other_indicator
from ui.compare.pair_words import card_html as pair_card
from ui.scene import make_scene

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
OTHER = indicator("other", unit=text("điểm"), kind="score")
VIEW = View(edition=EDITION_2024, indicator="rate")
PAIR = Settings(y="other")
QUICK = ClusterSettings(permutations=999)


@pytest.fixture
def paired(store_of):
    """Return a function from two lists of values to the pair that is drawn of them."""

    def build(x, y, settings=PAIR, names=(OTHER,)):
        rows = [row("rate", c, v) for c, v in zip(PROVINCES, x, strict=False) if v is not None]
        rows += [row("other", c, v) for c, v in zip(PROVINCES, y, strict=False) if v is not None]
        return draw_pair(store_of(rows, [*INDICATORS, *names]), VIEW, settings)

    return build


@pytest.fixture
def clustered(store_of):
    """Return a function from values to the clusters that are drawn of them."""

    def build(values, settings=QUICK, names=()):
        found = zip(PROVINCES, values, strict=False)
        rows = [row("rate", c, v) for c, v in found if v is not None]
        return draw_clusters(store_of(rows, [*INDICATORS, *names]), VIEW, settings)

    return build


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (range(9), range(9)),
        ([-5, -3, -3, 0, 1, 2, 3, 4, 9], [round(0.001 * n, 3) for n in range(1, 10)]),
        ([0] * 8 + [1], range(9)),
        ([0] * 8 + [1], [1] + [0] * 8),
        ([1e12 + i for i in range(12)], [None, None, None, *range(9)]),
    ],
)
def test_odd_figures_are_crossed_and_counted(paired, x, y):
    drawn = paired(list(x), list(y))
    assert drawn.why == ""
    assert drawn.crossed.counts.sum() == FEWEST
    cells = [cell for line in drawn.square["cells"] for cell in line]
    assert sum(int(cell["n"]) for cell in cells) == FEWEST
    for cell in cells:
        column, line = (int(step) for step in cell["key"].split("-"))
        of_cell = paired(list(x), list(y), Settings(y="other", cell=(column, line)))
        assert len(of_cell.ranking["rows"]) == int(cell["n"])
    drawn.map.message()


def test_too_few_with_both_and_all_equal_are_refused(paired):
    few = paired(range(8), range(8))
    assert t("pair.too_few", "vi", counted="\0", fewest="9").split("\0")[1] in few.why
    assert few.square is None
    apart = paired(range(20), [None] * 20 + list(range(20)))
    assert apart.why
    same = paired([7] * 20, range(20))
    assert same.why == t("pair.unvaried", "vi", name="rate")
    assert paired(range(20), [7] * 20).why == t("pair.unvaried", "vi", name="other")


def test_who_lacks_one_of_the_two_is_counted_and_marked(paired):
    drawn = paired([*range(20), *[None] * 3], [None] * 4 + list(range(19)))
    marks = dict(zip(drawn.map.codes, drawn.map.marks, strict=True))
    assert [marks[code] for code in PROVINCES[:4]] == ["o"] * 4
    assert [marks[code] for code in PROVINCES[20:23]] == ["o"] * 3
    assert marks[PROVINCES[30]] == "n"
    assert f"{t('pair.only', 'vi', name='rate')}</span><small>4" in drawn.legend
    assert f"{t('pair.only', 'vi', name='other')}</span><small>3" in drawn.legend


def test_singling_out_leaves_what_is_shared_between_readers_as_it_was(paired):
    before = paired(range(20), range(20))
    area = Settings(y="other", area=(EDITION_2024, PROVINCES[0]), cell=(0, 0))
    singled = paired(range(20), range(20), area)
    after = paired(range(20), range(20))
    assert after is before
    assert singled.map.selected == PROVINCES[0]
    assert before.map.selected is None
    assert before.scatter["selected"] == ""
    assert len(before.ranking["rows"]) == len(PROVINCES)


def test_names_from_files_are_text_and_nothing_else(paired, clustered):
    evil = indicator(
        "other", short=text(HOSTILE[:40]), title=text(HOSTILE), unit=text(HOSTILE[:20])
    )
    area = (EDITION_2024, PROVINCES[0])
    drawn = paired(range(20), range(20), Settings(y="other", area=area), names=(evil,))
    html = drawn.legend + pair_card(drawn.x, drawn.y, drawn.words[PROVINCES[0]])
    assert "<img" not in html
    assert "<script" not in html
    assert "</script" not in drawn.map.message()


@pytest.mark.parametrize("value", [0, -4.5, 100])
def test_clusters_of_equal_figures_are_refused(clustered, value):
    drawn = clustered([value] * 63)
    assert drawn.why == t("clusters.all_equal", "vi", n="63", fewest=FEWEST_CLUSTERED)
    assert drawn.found is None
    assert drawn.scatter is None
    drawn.map.message()


def test_too_few_areas_are_refused_and_enough_are_not(clustered):
    few = clustered(range(FEWEST_CLUSTERED - 1))
    assert few.found is None
    assert "cần ít nhất 20" in few.why
    assert clustered(range(FEWEST_CLUSTERED + 3)).found is not None


def test_a_gradient_has_a_high_and_a_low_end(clustered):
    # Codes of provinces run from north to south.
    drawn = clustered(range(63), ClusterSettings(permutations=9999))
    counts = drawn.found.counts()
    assert drawn.found.moran > 0.7
    assert counts["high_high"] > 5 < counts["low_low"]
    kinds = drawn.found.frame["kind"]
    assert kinds.loc["96"] == "high_high"  # Cà Mau
    assert kinds.loc["02"] == "low_low"  # Hà Giang
    assert drawn.map.marks.count("0") == counts["high_high"]


def test_the_card_tells_of_the_neighbours(clustered):
    area = (EDITION_2024, "96")
    drawn = clustered(range(63), ClusterSettings(permutations=999, area=area))
    neighbours = drawn.found.frame.loc["96", "lag"]
    assert f"{neighbours:.1f}".rstrip("0").rstrip(".").replace(".", ",") in card_html(
        drawn.scene, drawn.found
    )


def test_another_language_or_order_finds_the_same_clusters(store_of):
    rng = np.random.default_rng(3)
    rows = [
        row("rate", code, round(v, 1))
        for code, v in zip(PROVINCES, rng.normal(50, 9, 63), strict=True)
    ]
    store = store_of(rows, INDICATORS)
    views = [VIEW, VIEW.to(lang="en", sort="name", k=3)]
    first, second = (draw_clusters(store, view, QUICK) for view in views)
    assert first.found is second.found
    assert first.title != second.title


def test_periods_of_unlike_length_share_no_scale(store_of):
    rows = [
        row("rate", c, 10 + i, period_end="2023-12-31", grain="year")
        for i, c in enumerate(PROVINCES)
    ]
    rows += [
        row("rate", c, 5 + i, period_end="2024-06-30", grain="year_to_date")
        for i, c in enumerate(PROVINCES)
    ]
    drawn = draw_multiples(store_of(rows, INDICATORS), VIEW, Settings(way=MULTIPLES))
    assert drawn.why == t("multiples.unlike.grain", "vi", name="rate")
    assert len(drawn.maps) == 1


def test_a_period_with_few_figures_keeps_markers_and_does_not_shape_the_scale(store_of):
    rows = [row("rate", c, 10 + i, period_end="2023-12-31") for i, c in enumerate(PROVINCES)]
    rows += [row("rate", c, 900 + i, period_end="2021-12-31") for i, c in enumerate(PROVINCES[:3])]
    drawn = draw_multiples(store_of(rows, INDICATORS), VIEW, Settings(way=MULTIPLES))
    assert drawn.why == ""
    assert [view.card for view in drawn.maps] == [True, False]
    assert drawn.scenes[1].classes.breaks[-1] == 72
    assert t("legend.marker", "vi") in drawn.legend


@given(
    st.builds(
        ClusterSettings,
        alpha=st.sampled_from(ALPHAS),
        permutations=st.sampled_from(PERMUTATIONS),
        seed=st.integers(0, LARGEST_SEED),
        correction=st.sampled_from(CORRECTIONS),
        area=st.sampled_from([("", ""), *((EDITION_2024, code) for code in PROVINCES)]),
    )
)
def test_an_address_names_how_clusters_are_looked_for(settings):
    params = {name: value for name, value in settings.params(VIEW).items() if value}
    assert CLUSTERED.read(params) == (settings, [])


def test_what_is_proposed_beside_the_index_is_no_reading_of_it_by_another_portal():
    store = current_store()
    commune = View(edition=EDITION_2025, indicator="index766-total", level=Level.COMMUNE)
    for view in (commune, replace(commune, level=Level.PROVINCE)):
        scene, _ = make_scene(store, view)
        proposed = store.catalog.indicator(other_indicator(scene))
        assert proposed.id != "index766-total"
        assert not str(proposed.family).startswith("index766-")


def test_above_the_table_of_several_maps_stand_the_days_of_all(store_of):
    ends = ("2026-09-27", "2026-10-05", "2026-10-10")
    to_date = {"grain": "year_to_date", "period_start": "2026-01-01"}
    rows = [
        row("rate", code, at + n, period_end=end, **to_date)
        for at, end in enumerate(ends)
        for n, code in enumerate(PROVINCES[:20])
    ]
    drawn = draw_multiples(store_of(rows, INDICATORS), VIEW, Settings(way=MULTIPLES))
    assert not drawn.why
    assert "lũy kế năm 2026 đến 27/09/2026 – 10/10/2026" in drawn.ranking["said"]
    heads = drawn.ranking["heads"]
    assert [heads["value"].split()[0], heads["more0"], heads["more1"]] == [
        "27/09",
        "05/10",
        "10/10",
    ]


def test_above_the_table_of_two_indicators_stand_the_dates_and_sources_of_both(paired):
    drawn = paired(range(20), range(20))
    assert "date" in drawn.ranking["once"]
    assert "31/12/2024" in drawn.ranking["said"]
