"""Every indicator, at every level of every edition: worked out, drawn, explained, listed."""

import pytest

from base.words import LANGS
from geo.editions import COUNTRY_CODE, Level, area
from ui.address import View, levels_at, mapped_editions, parse
from ui.parts.provenance import provenance_html
from ui.scene import (
    Manner,
    basis_options,
    indicator_options,
    legend_html,
    make_scene,
    map_view,
    period_options,
    ranking_data,
)
from ui.scene.found import find
from ui.shell import unbroken

A_PROVINCE = "44"
LOWEST = (Level.DISTRICT, Level.COMMUNE)
LEVELS = [
    (edition, level)
    for edition in mapped_editions()
    for level in levels_at(area(edition, COUNTRY_CODE))
]


# The longest tests come in slices, so that workers share them.
SLICES = 4
sliced = pytest.mark.parametrize("part", range(SLICES))

# One of each kind: their levels without figures are drawn in one way.
SOME = ("index766-total", "dvcqg-dossiers-received", "dti-rank", "coordination-plan")


@pytest.fixture(scope="module")
def store(store):
    """The store with all its rows at hand, so that hundreds of indicators need one query."""
    rows = store.observations()
    of = dict(list(rows.groupby("indicator")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "observations", lambda indicator=None: of.get(indicator, rows))
        yield store


def work_out(store, view):
    """Do what the page does for a view, and check what holds of every view."""
    scene, refused = make_scene(store, view)
    assert refused == []
    assert parse(scene.view.params(), store.catalog.indicators) == (scene.view, [])
    drawn = map_view(scene)
    table = ranking_data(scene)
    n = len(scene.panel.frame)
    assert len(drawn.codes) == len(drawn.marks) == len(drawn.text) == len(table["rows"]) == n
    assert sum(mark.isdigit() for mark in drawn.marks) == scene.panel.n_reported
    assert sum(row[3] != "" for row in table["rows"]) == scene.panel.n_reported
    assert (scene.manner is Manner.EMPTY) == (scene.panel.n_reported == 0)
    assert scene.words.title
    assert scene.words.subtitle
    assert "atlas-legend" in legend_html(scene)
    assert "None" not in scene.words.title + scene.words.subtitle
    assert "nan" not in "".join(drawn.text) + scene.words.subtitle
    drawn.message()
    figures = scene.panel.frame[scene.panel.frame["value"].notna()]
    for code in figures["code"][:1]:
        assert '<p class="figure large">' in provenance_html(scene, code)
    return scene


def levels_with_figures(store):
    """Yield each indicator with each edition and level where it has figures and can be drawn."""
    counts = store.availability().drop_duplicates(["indicator", "edition", "level"])
    for row in counts.itertuples():
        if (row.edition, row.level) in LEVELS:
            yield row.indicator, row.edition, Level(row.level)


@sliced
def test_every_indicator_wherever_it_has_figures(store, part):
    for n, (indicator, edition, level) in list(enumerate(levels_with_figures(store)))[part::SLICES]:
        work_out(store, View(LANGS[n % 2], edition, COUNTRY_CODE, level, indicator))


@sliced
def test_indicators_within_a_province_with_and_without_figures(store, part):
    below = {indicator for indicator, _, level in levels_with_figures(store) if level in LOWEST}
    tried = list(enumerate([*sorted(below), *store.indicators()[::8]]))
    for n, indicator in tried[part::SLICES]:
        view = View(LANGS[n % 2], mapped_editions()[n // 2 % 2], indicator=indicator)
        level = levels_at(area(view.edition, A_PROVINCE))[-1]
        work_out(store, view.to(place=A_PROVINCE, level=level))


@sliced
def test_every_indicator_carried_to_the_other_map(store, part):
    for n, indicator in list(enumerate(store.indicators()))[part::SLICES]:
        for edition in mapped_editions():
            view = View(LANGS[n % 2], edition, indicator=indicator)
            for basis in basis_options(find(store, view)[0])[1:]:
                scene = work_out(store, view.to(basis=basis))
                assert scene.carried


@pytest.mark.parametrize(("edition", "level"), LEVELS)
def test_every_level_without_figures(store, edition, level):
    for indicator in [i for i in SOME if i in store.indicators()]:
        work_out(store, View("vi", edition, COUNTRY_CODE, level, indicator))


@sliced
def test_every_period_that_is_offered(store, part):
    for indicator, edition, level in list(levels_with_figures(store))[part::SLICES]:
        view = View("en", edition, COUNTRY_CODE, level, indicator)
        for at in list(period_options(find(store, view)[0]))[1:]:
            scene = work_out(store, view.to(at=at))
            assert scene.panel.date_max <= at
            assert scene.panel.n_reported > 0


def test_every_figure_of_the_country_can_be_traced_to_its_sources(store):
    rows = store.observations()
    for indicator, found in rows[rows["area"] == COUNTRY_CODE].groupby("indicator"):
        scene, _ = make_scene(store, View(indicator=str(indicator)))
        html = provenance_html(scene, COUNTRY_CODE)
        assert html.count('<p class="figure') == len(found)
        for origin in found["origin"].unique():
            # A document without a title is named by what it is about.
            about = store.catalog.origins[origin].title.vi.removeprefix("Không có tiêu đề: ")
            assert str(unbroken(about[1:])) in html


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("edition", "level"), LEVELS)
def test_what_the_picker_offers_has_figures(store, edition, level, lang):
    counts = store.availability()
    here = counts[(counts["edition"] == edition) & (counts["level"] == str(level))]
    view = View(lang, edition, COUNTRY_CODE, level)
    options = indicator_options(find(store, view)[0])
    on = {option["v"] for option in options if not option.get("off")}
    assert on <= set(here["indicator"])
    rows = store.observations()
    rows = rows[(rows["edition"] == edition) & (rows["level"] == str(level))]
    areas = rows.groupby("indicator")["area"].nunique()
    dates = {i for i in areas.index if store.catalog.indicators[i].kind == "date"}
    # What is known of one place, or is a day, makes no map.
    assert set(here["indicator"]) - on <= dates | set(areas.index[areas < 2])
    assert not on & (dates | set(areas.index[areas < 2]))
