"""Screen and figure say the same: classes, colours, counts, states, words."""

import re

import pytest

from geo.editions import EDITION_2024, EDITION_2025, Level
from geo.figure import Fill, render
from ui.address import View
from ui.figure import Choices, figure_spec, figure_stem
from ui.figure.parts import NoFigures
from ui.scene import class_labels, legend_html, make_scene, map_view

VIEWS = (
    View("vi", EDITION_2024, indicator="census-urban-rate"),
    View("en", EDITION_2025, indicator="index766-total", k=4),
    View("vi", EDITION_2024, indicator="coordination-plan"),
    View("en", EDITION_2024, indicator="population-average"),
    View("vi", EDITION_2025, indicator="coverage-no-signal"),
    View("en", EDITION_2024, indicator="census-urban-rate").to(place="44", level=Level.DISTRICT),
)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.indicator}-{view.place}")
def test_each_area_has_the_fill_and_the_figure_of_the_screen(shipped, view):
    scene, _ = make_scene(shipped, view)
    screen, spec = map_view(scene), figure_spec(scene)
    fills = dict.fromkeys("nscmpukxe", "")
    for code, mark, text, shape in zip(
        screen.codes, screen.marks, screen.text, spec.body.shapes, strict=True
    ):
        assert (shape.code, shape.value) == (code, text)
        if mark in fills:
            assert not shape.fill.startswith("#")
        elif screen.circles or screen.card:
            assert shape.fill == Fill.PLAIN
        else:
            assert shape.fill == screen.palette[int(mark)]
    html = legend_html(scene)
    for key in spec.legend.keys:
        assert key.label in html
    if scene.manner == "classes":
        assert [key.label for key in spec.legend.keys][: scene.classes.k] == class_labels(scene)
    assert [one.label.split()[0] for one in spec.body.archipelagos]
    assert len(spec.body.archipelagos) == 2
    assert render(spec, "svg")


def test_the_order_of_bars_is_the_ranking(shipped):
    scene, _ = make_scene(shipped, VIEWS[1])
    bars = figure_spec(scene, Choices(kind="bars")).body.bars
    assert [int(bar.rank) for bar in bars] == sorted(int(bar.rank) for bar in bars)
    assert len(bars) == scene.panel.n_reported


def test_nothing_is_drawn_of_nothing(shipped):
    scene, _ = make_scene(
        shipped,
        View("vi", EDITION_2025, indicator="index766-total").to(place="44", level=Level.COMMUNE),
    )
    with pytest.raises(NoFigures):
        figure_spec(scene)


def test_different_figures_have_different_safe_names(shipped):
    names = set()
    for view in VIEWS:
        scene, _ = make_scene(shipped, view)
        for choices in (
            Choices(),
            Choices(preset="a4"),
            Choices(theme="dark"),
            Choices(kind="bars"),
        ):
            names.add(figure_stem(scene.view, choices))
    assert len(names) == 4 * len(VIEWS)
    assert all(re.fullmatch(r"atlas06-[a-z0-9-]{10,160}", name) for name in names)
