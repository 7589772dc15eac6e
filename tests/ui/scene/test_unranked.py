"""Figures that make no order are drawn, and nobody is said to be first, highest or lowest by them.

A sample survey with wide margins orders no provinces. Everything that ranks is asked, in both
languages.
"""

from datetime import UTC, datetime

import pytest

from base.words import LANGS, t
from geo.editions import EDITION_2024, Level, area
from geo.figure import BarsBody
from metrics.briefs import profile
from metrics.catalog import Indicator
from metrics.exporting import About, AsShown, Tally
from metrics.panel import offered, panel, unranked_text
from metrics.relate import RANK, kinds_of_change
from ui.address import BARS, View
from ui.charts import against_html
from ui.compare.places import side_by_side
from ui.download import embed_bytes
from ui.figure import Choices, figure_spec, fits
from ui.places import lede, portrait
from ui.scene import Manner, draw, make_scene, notes_of, ordered
from ui.theme.words import spread_text

SURVEYED = "migration-net-rate"
ON_THE_MAP = [{}, {"change": "difference"}, {"change": "percent"}, {"change": RANK}]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HANOI, LANG_SON, BINH_DUONG = "01", "20", "74"


def view(lang="vi", **asked):
    return View(lang=lang, edition=EDITION_2024, indicator=SURVEYED, **asked)


def claims(lang):
    """Return the words with which an order is claimed."""
    said = t("subtitle.extremes", lang, high="|", high_value="|", low="|", low_value="|")
    said += "|" + t("theme.spread", lang, high="|", high_value="|", low="|", low_value="|")
    parts = [part.strip(" :;,.") for part in said.split("|")]
    return [part for part in parts if len(part) > 5]


@pytest.fixture(params=LANGS)
def lang(request):
    return request.param


@pytest.mark.parametrize("asked", ON_THE_MAP)
def test_a_map_keeps_its_colours_and_claims_no_order(shipped, lang, asked):
    scene, _ = make_scene(shipped, view(lang, **asked))
    # Of per cent of what was below zero nothing can be said.
    few = asked == {"change": "percent"}
    assert scene.manner is (Manner.CARD if few else Manner.CLASSES)
    assert scene.ranks == [None] * len(scene.codes)
    assert not any(word in scene.words.alt for word in claims(lang))
    assert notes_of(scene).count(unranked_text(scene.indicator, lang)) == 1


@pytest.mark.parametrize("asked", ON_THE_MAP)
def test_its_table_is_a_list_by_name_without_a_column_of_ranks(shipped, lang, asked):
    data = draw(shipped, view(lang, **asked)).ranking
    assert "rank" in data["once"]
    assert data["said"].count(t("unranked.sample", lang)) == 1
    assert data["caption"].startswith(t("ranking.caption.listed", lang, title=""))
    assert [row[1] for row in data["rows"]] == [None] * 63
    assert data["sort"] == "name"
    by_name = draw(shipped, view(lang, sort="name", **asked)).ranking
    assert [row[0] for row in data["rows"]] == [row[0] for row in by_name["rows"]]


def test_who_asks_for_the_order_of_the_values_gets_it(shipped):
    scene, _ = make_scene(shipped, view(sort="value"))
    numbers = [scene.measure.numbers[at] for at in ordered(scene)]
    assert numbers == sorted(numbers, reverse=True)


def test_neither_a_filter_nor_a_change_goes_by_ranks(shipped):
    indicator = shipped.catalog.indicator(SURVEYED)
    assert "rank" not in offered(indicator, EDITION_2024, Level.PROVINCE)
    assert RANK not in kinds_of_change(indicator)
    _, refused = make_scene(shipped, view(change=RANK))
    assert [one.param for one in refused] == ["change"]


def test_no_bars_are_drawn_in_an_order(shipped, lang):
    scene, _ = make_scene(shipped, view(lang))
    assert not fits(scene, BARS)
    spec = figure_spec(scene, Choices(kind=BARS))
    assert not isinstance(spec.body, BarsBody)
    assert any(t("unranked.sample", lang) in line for line in spec.legend.foot)


def test_a_profile_says_why_there_is_no_rank(shipped, lang):
    place, found = area(EDITION_2024, LANG_SON), profile(shipped, EDITION_2024, LANG_SON)
    fact = next(fact for fact in found.facts if fact.indicator.id == SURVEYED)
    assert (fact.rank, fact.of, fact.span) == (None, 0, None)
    assert t("unranked.sample", lang) in portrait(shipped, EDITION_2024, place, lang, False)
    assert fact.indicator.short.vi not in lede(found, "vi")
    assert "hạng" not in str(against_html(fact, place, "vi"))


def test_places_side_by_side_have_none(shipped, lang):
    lines = side_by_side(shipped, view(lang, pins=(HANOI, BINH_DUONG, LANG_SON)))
    line = next(line for line in lines if line.indicator.id == SURVEYED)
    assert all(cell.text for cell in line.cells)
    assert {(cell.rank, cell.placed) for cell in line.cells} == {(None, "")}


def test_a_file_has_the_figures_and_the_reason_instead_of_ranks(shipped, lang):
    what = AsShown(SURVEYED, EDITION_2024, Level.PROVINCE)
    tally, about = Tally(), About("", "", lang, shipped.catalog)
    for frame in what.frames(shipped, lang):
        assert frame["rank"].isna().all()
        tally.add(frame)
    assert tally.rows == 63
    assert about.unranked(tally) == {SURVEYED: t("unranked.sample", lang)}
    assert [why for _, why in about.notes(tally, ["rank"])].count(t("unranked.sample", lang)) == 1


def test_a_map_for_other_pages_has_no_column_of_ranks(shipped, lang):
    page = embed_bytes(shipped, draw(shipped, view(lang)), NOON).decode()
    assert f"<th>{t('ranking.rank', lang)}</th>" not in page
    assert f">{t('ranking.name', lang)}</th>" in page


def test_a_theme_says_why_instead_of_who_is_highest(shipped, lang):
    found = panel(shipped, SURVEYED, EDITION_2024, Level.PROVINCE)
    assert spread_text(found, lang) == t("unranked.sample", lang)


def test_what_is_ranked_still_is(shipped):
    ranked = shipped.catalog.indicator("index766-total")
    assert isinstance(ranked, Indicator)
    scene, _ = make_scene(shipped, View(indicator=ranked.id))
    assert any(word in scene.words.subtitle for word in claims("vi"))
    assert None not in scene.ranks
