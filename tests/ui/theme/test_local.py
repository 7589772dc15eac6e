"""A rate that only the parts of one province report leads a theme, on the map of those parts."""

from base.words import LANGS
from geo.editions import EDITION_2024, Level, areas
from metrics.briefs import theme
from ui.scene import make_scene
from ui.theme.local import local_of
from ui.theme.story import story

QUANG_BINH = "44"


def test_the_map_is_of_the_areas_that_the_headline_is_about(shipped):
    local = local_of(shipped, theme(shipped, "cashless"))
    assert local.place.code == QUANG_BINH
    for lang in LANGS:
        scene, refused = make_scene(shipped, local.view(lang))
        assert refused == []
        districts = areas(EDITION_2024, Level.DISTRICT, QUANG_BINH)
        assert set(scene.codes) == {place.code for place in districts}
        assert scene.panel.n_reported == len(districts) == local.coverage.n


def test_the_indicator_of_the_headline_is_not_among_the_other_maps(shipped):
    found = story(shipped, "cashless", "en")
    wide = found.below.partition("Place by place")[2].partition("Targets and deadlines")[0]
    assert "8/696" not in wide


def test_on_dark_paper_the_highest_class_stands_out(shipped):
    light, dark = (story(shipped, "cashless", "vi", on) for on in (False, True))
    assert dark.drawn.scene.palette == light.drawn.scene.palette[::-1]
    assert dark.lead == light.lead
