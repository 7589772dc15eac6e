"""Small multiples: one scale for all maps, and a reason where there can be none."""

import json

import numpy as np
import pytest

from base.words import t
from geo.editions import EDITION_2024
from metrics.catalog import difference, kindred
from tests.pages.shown import texts_of
from ui.address import Settings, View
from ui.address.pair import MULTIPLES
from ui.compare import draw_multiples

POPULATION = {"way": MULTIPLES, "edition": EDITION_2024, "indicator": "population-average"}
CENSUS = {"way": MULTIPLES, "edition": EDITION_2024, "indicator": "census-population"}


def maps_of(shown):
    found = []
    for element in shown.elements():
        if hasattr(getattr(element, "proto", None), "json_args"):
            sent = json.loads(element.proto.json_args)["feature_group"]
            found.append(json.JSONDecoder().raw_decode(sent.split("AtlasMap.show(")[1])[0])
    return found


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_periods_stand_side_by_side_with_one_legend_and_one_table(open_page, lang):
    shown = open_page("compare", lang=lang, **POPULATION)
    found = maps_of(shown)
    assert shown.address["maps"] == "2019-12-31,2022-12-31,2023-12-31,2024-12-31"
    assert len(found) == 4
    assert {view["together"] for view in found} == {"multiples"}
    assert shown.html.count("atlas-legend") == 1
    assert t("multiples.one_scale", lang) in shown.html
    assert {len(row[8]) for row in shown.rows} == {3}


def test_circles_of_all_maps_are_of_one_scale(open_page, store):
    found = maps_of(open_page("compare", **POPULATION))
    rows = store.observations("population-average")
    rows = rows[(rows["edition"] == EDITION_2024) & (rows["level"] == "province")]
    largest = rows["value"].max()
    for view, year in zip(found, (2019, 2022, 2023, 2024), strict=True):
        own = rows[rows["period_end"].dt.year == year]["value"].max()
        assert max(view["sizes"]) == round(own / largest * 1000)


def test_classes_of_all_maps_are_of_one_scale(store):
    view = View(edition=EDITION_2024, indicator="population-average", per="land-area")
    drawn = draw_multiples(store, view, Settings(way=MULTIPLES))
    assert len({own.classes.breaks for own in drawn.scenes}) == 1
    assert len({own.palette for own in drawn.scenes}) == 1
    breaks = np.array(drawn.scenes[0].classes.breaks)
    for own in drawn.scenes:
        values = own.measure.numbers
        expected = np.searchsorted(breaks, values[np.isfinite(values)])
        assert own.classes.index[np.isfinite(values)].tolist() == expected.tolist()
        assert sum(own.classes.counts) == np.isfinite(values).sum()


def test_periods_are_chosen(open_page):
    shown = open_page("compare", **POPULATION, maps="2022-12-31,2024-12-31")
    assert len(maps_of(shown)) == 2
    assert shown.address["maps"] == "2022-12-31,2024-12-31"
    wrong = open_page("compare", **POPULATION, maps="2022-12-31,1999-12-31,2024-12-31")
    assert t("refused", "vi") in wrong.html
    assert len(maps_of(wrong)) == 2


def test_kindred_indicators_stand_side_by_side(open_page):
    shown = open_page("compare", **CENSUS)
    assert shown.address["maps"] == "census-population,census-urban-population"
    assert len(maps_of(shown)) == 2


@pytest.mark.parametrize(
    ("indicator", "other", "reason"),
    [
        ("index766-total", "index766-progress", "most"),
        ("census-population", "census-urban-rate", "kind"),
        ("census-population", "population-average", "family"),
        ("dti-rank", "dti-score", "kind"),
    ],
)
def test_different_definitions_never_share_a_scale(open_page, store, indicator, other, reason):
    catalog = store.catalog
    assert difference(catalog.indicator(indicator), catalog.indicator(other)) == reason
    shown = open_page(
        "compare",
        way=MULTIPLES,
        edition=EDITION_2024,
        indicator=indicator,
        maps=f"{indicator},{other}",
    )
    names = {
        "one": catalog.indicator(indicator).short.vi,
        "other": catalog.indicator(other).short.vi,
    }
    told = " ".join(texts_of(shown.html, "vi"))
    assert t(f"multiples.unlike.{reason}", "vi", **names) in told
    assert other not in shown.address.get("maps", "")


def test_one_period_and_no_kin_is_said_and_its_map_shown(open_page):
    shown = open_page("compare", way=MULTIPLES, indicator="dvcqg-processing-days")
    assert "không có gì để đặt cạnh nhau" in shown.html
    assert len(maps_of(shown)) == 1
    assert "maps" not in shown.address


def test_a_status_is_refused(open_page):
    shown = open_page("compare", way=MULTIPLES, edition=EDITION_2024, indicator="coordination-plan")
    assert "là tình trạng" in shown.html


def test_the_figure_of_each_map_is_traced_to_its_source(open_page, store):
    shown = open_page("compare", **CENSUS, source="01", of="1")
    title = store.catalog.indicator("census-urban-population").title.vi
    assert f"<h3>{title}</h3>" in shown.html
    assert shown.address["of"] == "1"


def test_kin_differ_in_nothing_but_what_is_counted(store):
    catalog = store.catalog
    for indicator in catalog.indicators.values():
        for kin in kindred(catalog, indicator):
            assert difference(indicator, kin) is None
            assert (kin.kind, kin.unit, kin.max_value) == (
                indicator.kind,
                indicator.unit,
                indicator.max_value,
            )
