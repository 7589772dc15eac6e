"""Explore opens on something worth seeing, goes down, and says what is not there."""

import re
from datetime import timedelta

import pytest

from base.words import pick, t
from geo.editions import COUNTRY_CODE, EDITION_2024, EDITION_2025, Level, area, areas, child_level
from metrics.briefs.theme import THEMES
from tests.pages.shown import NAMED_PAGES, OTHER_PAGES
from ui.address import View, parse
from ui.address.choices import NEWEST
from ui.scene import make_scene, offers, value_text

# Where the title of the page is not the message of that name.
TITLES = {
    "indicators": "indicators.title_page",
    "accessibility": "a11y.title",
    "updates": "updates.heading",
}

QUANG_BINH, DONG_HOI = "44", "450"


def codes(shown):
    return {row[0] for row in shown.rows}


def availability(store, edition, level):
    counts = store.availability()
    return counts[(counts["edition"] == edition) & (counts["level"] == str(level))]


def test_it_opens_on_a_recent_indicator_that_every_province_reports(open_page, store):
    shown = open_page()
    assert shown.address["edition"] == EDITION_2025
    assert shown.address["place"] == COUNTRY_CODE
    assert len(shown.rows) == 34
    assert all(row[1] is not None for row in shown.rows)
    here = availability(store, EDITION_2025, Level.PROVINCE)
    shown_until = here[here["indicator"] == shown.address["indicator"]]["period_end"].max()
    assert here["period_end"].max() - shown_until < timedelta(days=366)


def test_the_first_address_names_every_choice(open_page):
    shown = open_page()
    view, refused = parse(shown.address, {shown.address["indicator"]: None})
    assert refused == []
    assert view.params() == shown.address
    assert shown.address["at"] == NEWEST
    assert t("refused", "vi") not in shown.html


@pytest.mark.parametrize(
    ("edition", "level", "n"),
    [
        (EDITION_2025, Level.PROVINCE, 34),
        (EDITION_2025, Level.COMMUNE, 3321),
        (EDITION_2024, Level.PROVINCE, 63),
        (EDITION_2024, Level.DISTRICT, 696),
    ],
)
def test_every_edition_and_level_can_be_shown_whole(open_page, edition, level, n):
    shown = open_page(edition=edition, level=str(level))
    assert len(shown.rows) == n
    assert codes(shown) == {area.code for area in areas(edition, level)}
    assert t("refused", "vi") not in shown.html


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
def test_a_province_shows_its_parts_and_the_way_back(open_page, edition):
    province = areas(edition, Level.PROVINCE)[3]
    below = child_level(edition, Level.PROVINCE)
    shown = open_page(edition=edition, place=province.code, level=str(below))
    assert codes(shown) == {part.code for part in areas(edition, below, province.code)}
    assert province.name_vi in shown.heading
    *steps, _ = shown.component("crumbs")["items"]
    assert [step["v"] for step in steps] == [COUNTRY_CODE, province.code]
    assert [step["here"] for step in steps] == [False, True]
    assert shown.map["focus"] == province.code


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
def test_a_province_is_selected_on_the_countrys_map_with_its_rank(open_page, edition):
    province = areas(edition, Level.PROVINCE)[3]
    shown = open_page(edition=edition, place=province.code)
    assert len(shown.rows) == len(areas(edition, Level.PROVINCE))
    assert (shown.map["selected"], shown.map["focus"]) == (province.code, None)
    assert f"<h2>{province.name_vi}</h2>" in shown.html
    assert shown.component("selected_ways")["items"][-1]["leaves"]


@pytest.mark.parametrize("edition", [EDITION_2024, EDITION_2025])
def test_a_district_or_commune_is_outlined_among_its_fellows(open_page, edition):
    province = areas(edition, Level.PROVINCE)[3]
    part = areas(edition, child_level(edition, Level.PROVINCE), province.code)[1]
    shown = open_page(edition=edition, place=part.code)
    assert part.code in codes(shown)
    assert shown.map["selected"] == shown.component("ranking")["selected"] == part.code
    *steps, profile = shown.component("crumbs")["items"]
    assert [step["v"] for step in steps] == [COUNTRY_CODE, province.code, part.code]
    assert profile["leaves"]
    assert f"place={part.code}" in profile["href"]


def test_a_level_without_figures_says_so_keeps_the_figure_above_and_offers_others(open_page, store):
    view = View(indicator="dvcqg-ontime-rate", place=QUANG_BINH, level=Level.COMMUNE)
    shown = open_page(**view.params())
    scene, _ = make_scene(store, view)
    what, where = pick(scene.indicator.short, "vi"), area(view.edition, view.place).name_vi
    assert any(what in text and where in text for text in shown.texts)
    above = store.row(view.indicator, view.edition, view.place).iloc[0].to_dict()
    assert value_text(above, scene.indicator, "vi") in shown.html
    assert "atlas-note" in shown.html
    assert {row[4] for row in shown.rows} == {"no_data"}


def test_every_offer_of_an_empty_level_leads_to_figures(open_page, store):
    view = View(edition=EDITION_2024, indicator="dti-rank", level=Level.DISTRICT, place=QUANG_BINH)
    scene, _ = make_scene(store, view)
    offered = open_page(**view.params()).component("offers")["items"]
    assert offered
    assert [item["v"] for item in offered] == [i.id for i, _ in offers(scene)][: len(offered)]
    for item in offered:
        there, _ = make_scene(store, view.to(indicator=item["v"]))
        assert there.panel.n_reported > 0
        assert f"indicator={item['v']}" in item["href"]


def test_a_status_is_shown_in_its_categories_with_those_not_named(open_page, store):
    statuses = [i for i in store.catalog.indicators.values() if i.kind == "status"]
    counts = availability(store, EDITION_2024, Level.PROVINCE)
    indicator = next(i for i in statuses if i.id in set(counts["indicator"]))
    shown = open_page(edition=EDITION_2024, indicator=indicator.id)
    for category in indicator.categories:
        assert pick(category.title, "vi") in shown.html
    states = {row[4] for row in shown.rows}
    assert ("not_named" in states) == (indicator.list == "named_only")
    assert t(f"legend.{indicator.list}", "vi") in shown.html


def conflicts(store):
    """Yield indicators on whose newest figure for the country the sources disagree."""
    rows = store.observations()
    rows = rows[(rows["area"] == COUNTRY_CODE) & (rows["role"] == "result")]
    for indicator, found in rows.groupby("indicator"):
        newest = found[found["period_end"] == found["period_end"].max()]
        if newest["value"].nunique() > 1:
            scene, _ = make_scene(store, View(indicator=indicator))
            if scene.panel.parent_row["state"] == "conflicting":
                yield scene.indicator, newest


def test_national_figures_that_contradict_each_other_are_all_shown_with_their_sources(
    open_page, store
):
    found = list(conflicts(store))
    assert found, "the number of places without a signal is known to be in dispute"
    for indicator, rows in found:
        shown = open_page(indicator=indicator.id)
        dialog = open_page(indicator=indicator.id, source=COUNTRY_CODE)
        for row in rows.to_dict("records"):
            value = value_text(row, indicator, "vi")
            assert f"<b>{value}" in shown.html
            producer = pick(store.catalog.origins[row["origin"]].producer, "vi")
            assert producer in dialog.html
            assert re.search(rf'class="figure large">[^<]*{re.escape(value)}', dialog.html)


def test_a_figure_opens_with_its_source(open_page, store):
    shown = open_page(source="01")
    row = store.row(shown.address["indicator"], EDITION_2025, "01").iloc[0]
    assert shown.address["source"] == "01"
    assert "atlas-source" in shown.html
    assert pick(store.catalog.origins[row["origin"]].producer, "vi") in shown.html


def test_few_figures_are_a_card_and_not_a_scale(open_page, store):
    counts = availability(store, EDITION_2024, Level.PROVINCE)
    single = counts[counts["areas"] == 1]["indicator"]
    few = next(i for i in single if store.catalog.indicators[i].kind == "rate")
    shown = open_page(edition=EDITION_2024, indicator=few)
    assert "atlas-card" in shown.html
    assert shown.map["card"] is True
    assert t("legend.too_few", "vi") in shown.html


def test_the_period_and_the_classes_are_the_readers_choice(open_page):
    chosen = {"edition": EDITION_2024, "indicator": "population-average", "at": "2022-12-31"}
    shown = open_page(**chosen)
    assert "2022" in shown.heading
    assert shown.address["at"] == "2022-12-31"
    classes = open_page(k="3", method="equal_interval")
    assert len(classes.map["palette"]) == 3
    assert t("method.equal_interval", "vi") in classes.html


def test_going_down_with_a_period_chosen_blames_nobody(open_page):
    chosen = {"edition": EDITION_2024, "indicator": "population-average", "at": "2022-12-31"}
    shown = open_page(**chosen, place=QUANG_BINH, level="district")
    assert t("refused", "vi") not in shown.html


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("page", OTHER_PAGES)
def test_the_other_pages_open_in_both_languages(open_page, store, page, lang):
    shown = open_page(page, lang=lang)
    assert shown.address["lang"] == lang
    if page in THEMES:
        assert shown.heading == pick(store.catalog.domains[page].title, lang)
    elif page not in NAMED_PAGES:
        assert shown.heading == t(TITLES.get(page, f"{page}.title"), lang)
    assert t("refused", lang) not in shown.html


def test_what_is_known_links_to_views_that_exist(open_page, store):
    links = re.findall(r'href="explore\?([^"]*)"', open_page("known").html)
    assert len(links) > 50
    for link in links:
        params = dict(pair.split("=") for pair in link.split("&amp;"))
        view, refused = parse(params, store.catalog.indicators)
        assert refused == []
        assert view.params().items() >= params.items()


def test_what_cannot_be_subtracted_is_said_and_leaves_the_address(open_page):
    shown = open_page(edition=EDITION_2024, indicator="dti-rank", against="country")
    assert t("against.kind.rank", "vi") in shown.html
    assert t("refused", "vi") not in shown.html
    assert shown.address["against"] == "none"


def test_a_difference_is_drawn_named_and_in_the_address(open_page):
    shown = open_page(indicator="index766-total", against="country", method="manual")
    assert t("against.phrase.country", "vi") in shown.heading
    assert shown.address["against"] == "country"
    assert shown.address["breaks"]
    assert len(shown.map["spots"]) == len(codes(shown))
    assert any(row[3].startswith("+") for row in shown.rows)


@pytest.mark.parametrize("page", ["explore", "known"])
def test_the_ways_below_a_page_stay_within_the_session(open_page, page):
    shown = open_page(page, lang="en")
    names = [e.proto.label for e in shown.elements() if type(e.proto).__name__ == "PageLink"]
    for name in ("methods", "known", "accessibility"):
        assert t(f"nav.{name}", "en") in names
        # Opened anew by the browser, a page would not know what the reader saw last.
        assert f'href="{name}?lang=en"' not in shown.html
