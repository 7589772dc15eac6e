"""Figures of every kind: what the pages show, in the same colours, states, sizes and words."""

from dataclasses import replace
from datetime import date

import pytest

from base.words import t
from geo.editions import EDITION_2024, EDITION_2025
from geo.figure import Fill, LinesBody, MultiplesBody, ProfileBody, render
from geo.maps import MARK_ASIDE, MARK_OUTSIDE
from metrics.panel import Filters
from ui.address import KINDS, Asked, View, read_asked
from ui.address import Settings as PairSettings
from ui.address.choices import COLOURS
from ui.compare import draw_clusters, draw_multiples, draw_pair
from ui.figure import Choices, figure_stem, spec_of
from ui.figure.map import FILLS
from ui.figure.parts import NoFigures
from ui.scene import make_scene, map_view

CENSUS = View("vi", EDITION_2024, indicator="census-urban-rate")
PEOPLE = View("en", EDITION_2024, indicator="population-average")


def assert_filled_as(shapes, drawn):
    """The fills of a figure are those of the message that the browser draws."""
    for shape, code, mark in zip(shapes, drawn.codes, drawn.marks, strict=True):
        assert shape.code == code
        wanted = drawn.palette[int(mark)] if mark.isdigit() else FILLS[mark]
        assert shape.fill == wanted


def test_two_indicators_have_the_nine_colours_of_the_page(shipped):
    settings = PairSettings(y="dti-rank", cell=(2, 2))
    drawn = draw_pair(shipped, CENSUS, settings)
    spec = spec_of(shipped, Asked(CENSUS, settings), Choices(kind="pair"))
    assert_filled_as(spec.body.shapes, drawn.map)
    assert {MARK_ASIDE, MARK_OUTSIDE} & set(drawn.map.marks)
    square = spec.legend.square
    assert [cell[0] for row in reversed(square.cells) for cell in row] == list(
        drawn.crossed.palette
    )
    counted = sum(int(cell[1]) for row in square.cells for cell in row)
    assert counted == drawn.crossed.counts.sum()
    assert render(spec, "svg")


def test_clusters_have_the_colours_and_counts_of_the_page(shipped):
    drawn = draw_clusters(shipped, CENSUS, Asked(CENSUS).clusters)
    spec = spec_of(shipped, Asked(CENSUS), Choices(kind="clusters"))
    assert_filled_as(spec.body.shapes, drawn.map)
    for key in spec.legend.keys:
        assert key.label in drawn.legend


def test_circles_of_several_maps_are_of_the_largest_of_all(shipped):
    drawn = draw_multiples(shipped, PEOPLE, PairSettings(way="multiples"))
    spec = spec_of(shipped, Asked(PEOPLE), Choices(kind="multiples"))
    assert isinstance(spec.body, MultiplesBody)
    for panel, shown in zip(spec.body.panels, drawn.maps, strict=True):
        sizes = [round(1000 * shape.size) for shape in panel.body.shapes]
        assert sizes == list(shown.sizes)
    largest = [max(shape.size for shape in panel.body.shapes) for panel in spec.body.panels]
    assert max(largest) == 1
    assert min(largest) < 1
    # The legend explains the largest circle there is, on whichever map it stands.
    most = max(own.largest for own in drawn.scenes)
    assert spec.legend.keys[0].label.replace(",", "") == f"{most:g}"
    svg = render(spec, "svg").decode()
    assert 'id="map1-area-01"' in svg
    assert f'id="map{len(drawn.maps)}-circle-01"' in svg


def test_changes_of_counts_have_the_colour_of_their_side(shipped):
    view = View("en", EDITION_2025, indicator="population-average", basis=EDITION_2024)
    scene, _ = make_scene(shipped, view.to(change="difference", basis=EDITION_2024))
    drawn = map_view(scene)
    spec = spec_of(shipped, Asked(scene.view), Choices())
    for shape, mark in zip(spec.body.shapes, drawn.marks, strict=True):
        if mark.isdigit():
            assert shape.color == drawn.palette[int(mark)]


def test_what_filters_leave_out_is_dimmed_and_pins_keep_their_colours(shipped):
    view = replace(CENSUS, filters=Filters(low=40.0), pins=("79", "01"))
    scene, _ = make_scene(shipped, view)
    off = int((~scene.matched).sum())
    assert 0 < off < 63
    spec = spec_of(shipped, Asked(view), Choices())
    assert sum(shape.fill == Fill.OFF for shape in spec.body.shapes) == off
    assert spec.body.pins == (("79", COLOURS[0]), ("01", COLOURS[1]))
    labels = {key.label: key for key in spec.legend.keys}
    assert labels[t("filters.off", "vi")].count.startswith(str(off))
    assert [key.edge for key in spec.legend.keys if key.edge] == [COLOURS[0], COLOURS[1]]
    bars = spec_of(shipped, Asked(view), Choices(kind="bars")).body.bars
    assert [bar.off for bar in bars] == sorted(bar.off for bar in bars)
    assert sum(bar.off for bar in bars) == off
    assert {bar.code: bar.pin for bar in bars if bar.pin} == {"79": COLOURS[0], "01": COLOURS[1]}


def test_lines_begin_anew_where_the_page_begins_them_anew(shipped):
    view = replace(PEOPLE, pins=("01", "79"))
    spec = spec_of(shipped, Asked(view), Choices(kind="series"))
    assert isinstance(spec.body, LinesBody)
    assert [(line.code, line.color) for line in spec.body.lines] == [
        ("01", COLOURS[0]),
        ("79", COLOURS[1]),
    ]
    for line in spec.body.lines:
        assert [point.x for point in line.points] == sorted(point.x for point in line.points)
        assert all(0 <= share <= 1 for point in line.points for share in (point.x, point.y))
    assert render(spec, "pdf").startswith(b"%PDF")


def test_one_point_in_time_is_no_line(shipped):
    view = View("vi", indicator="dvcqg-processing-days", pins=("44",))
    with pytest.raises(NoFigures, match="10/10/2026"):
        spec_of(shipped, Asked(view), Choices(kind="series"))


def test_a_profile_has_every_source_that_it_cites(shipped):
    spec = spec_of(shipped, Asked(View("vi").to(place="66")), Choices(kind="profile", preset="a4"))
    assert isinstance(spec.body, ProfileBody)
    text = " ".join(row.value + row.more for row in spec.body.rows)
    cited = {n for n in range(1, 99) if f"[{n}]" in text or f"[{n}," in text or f" {n}]" in text}
    assert cited
    assert all(f"[{n}] " in spec.source for n in cited)
    marked = [shape.code for shape in spec.body.locator.shapes if shape.fill != Fill.PLAIN]
    assert marked == ["66"]


def test_figures_of_every_kind_have_names_of_their_own(shipped):
    asked, refused = read_asked({"y": "dti-score", "alpha": "0.01"}, "pair", CENSUS, shipped)
    assert refused == []
    names = {figure_stem(CENSUS, Choices(kind=kind), asked.params(kind)) for kind in KINDS}
    other = replace(asked, pair=replace(asked.pair, y_at=date(2024, 12, 31)))
    names.add(figure_stem(CENSUS, Choices(kind="pair"), other.params("pair")))
    assert len(names) == len(KINDS) + 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_address_of_a_figure_shows_the_same(shipped, kind):
    asked, _ = read_asked({"y": "dti-score"}, kind, CENSUS, shipped)
    href = asked.href(kind)
    page = href.partition("?")[0]
    assert page in ("explore", "compare", "clusters", "profile")
    assert ("y=dti-score" in href) == (kind == "pair")
