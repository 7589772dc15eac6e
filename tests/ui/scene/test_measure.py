"""What is drawn need not be the figure itself: every part of a scene reads its measure."""

import math

import numpy as np
import pytest

from base.words import t
from geo.editions import EDITION_2024, Level, areas
from tests.metrics.made_up import row
from ui.scene import (
    MARKS,
    Manner,
    class_labels,
    legend_html,
    making,
    map_view,
    ordered,
    ranking_data,
)
from ui.scene.measure import NOT_COMPUTED, Unmeasurable, computed

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
FIGURES = [row("rate", code, i) for i, code in enumerate(PROVINCES[:11])]


def away_from_five(found):
    numbers = found.panel.frame["value"].to_numpy(dtype=float) - 5
    numbers[10] = math.nan
    reasons = tuple("kỳ khác nhau" if at == 10 else "" for at in range(len(numbers)))
    return computed(
        found, "made_up", numbers, reasons=reasons, centre=0.0, signed=True,
        phrase="so với năm", head="Lệch", details={PROVINCES[0]: "tính từ 0 và 5"},
    )  # fmt: skip


def never(found):
    raise Unmeasurable("Không trừ được.")


@pytest.fixture
def drawn(made, monkeypatch):
    """A scene whose measure is how far each figure is from five; `sort` stands in for its field."""
    monkeypatch.setattr(making, "WAYS", {"sort": ("rank", away_from_five)})
    return made(*FIGURES, sort="value")


def test_classes_and_colours_part_at_the_centre(drawn):
    _, scene = drawn
    for number, at in zip(scene.measure.numbers, scene.classes.index, strict=True):
        if at >= 0:
            assert np.sign(number) == np.sign(scene.classes.steps[at])
    assert len(set(scene.palette)) == scene.classes.k == len(class_labels(scene))
    assert all(label.startswith((chr(0x2212), "+", "0")) for label in class_labels(scene))


def test_the_map_writes_the_number_and_says_what_it_was_made_from(drawn):
    view = map_view(drawn[1])
    assert (view.text[0], view.text[5], view.text[7]) == (chr(0x2212) + "5", "0", "+2")
    assert view.unit == "điểm %"
    assert view.notes[PROVINCES[0]] == "tính từ 0 và 5"


def test_a_figure_that_gives_no_number_is_told_apart_and_says_why(drawn):
    _, scene = drawn
    view = map_view(scene)
    assert (view.marks[10], view.text[10]) == (MARKS[NOT_COMPUTED], "")
    assert view.notes[PROVINCES[10]] == "kỳ khác nhau"
    assert t("state.not_computed", "vi") in legend_html(scene)
    last = next(r for r in ranking_data(scene)["rows"] if r[0] == PROVINCES[10])
    assert last[3:5] == ["", NOT_COMPUTED]


def test_the_table_shows_and_sorts_by_the_number(drawn):
    _, scene = drawn
    data = ranking_data(scene)
    assert data["heads"]["value"] == "Lệch (điểm %)"
    assert [r[3] for r in data["rows"][:2]] == ["+4", "+3"]
    assert [scene.codes[at] for at in ordered(scene)][:2] == [PROVINCES[9], PROVINCES[8]]


def test_title_legend_and_description_say_what_was_made(drawn):
    _, scene = drawn
    assert "so với năm" in scene.words.title
    assert "so với năm (điểm %)" in legend_html(scene)
    assert "+4 điểm %" in scene.words.subtitle
    assert "+4 điểm %" in scene.words.alt


def test_what_makes_no_sense_is_refused_with_its_reason_and_the_figures_are_shown(
    made, monkeypatch
):
    monkeypatch.setattr(making, "WAYS", {"sort": ("rank", never)})
    from ui.scene import make_scene  # noqa: PLC0415

    store, _ = made(*FIGURES)
    _, asked = made(*FIGURES)
    scene, refused = make_scene(store, asked.view.to(sort="name"))
    assert [(r.param, r.given, r.reason) for r in refused] == [("sort", "name", "Không trừ được.")]
    assert (scene.view.sort, scene.measure.kind) == ("rank", "value")


def test_too_few_numbers_are_a_card_of_numbers(made, monkeypatch):
    monkeypatch.setattr(making, "WAYS", {"sort": ("rank", away_from_five)})
    _, scene = made(*FIGURES[:3], sort="value")
    assert scene.manner is Manner.CARD
    assert scene.classes.counts == (3,)


def test_differences_of_decimals_are_written_without_noise(made):
    _, scene = made(*[row("rate", code, 0.1 + i / 10) for i, code in enumerate(PROVINCES[:9])])
    measure = computed(scene, "made_up", scene.measure.numbers - 0.3, signed=True)
    assert measure.texts[:4] == (chr(0x2212) + "0,2", chr(0x2212) + "0,1", "0,0", "+0,1")
