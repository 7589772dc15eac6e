"""The article of a theme: what it opens with, what it says, and where its links lead."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest

from base.words import LANGS, number, pick, t, tn
from geo.editions import EDITION_2025, Level, areas
from metrics.briefs import coverage, theme
from metrics.briefs.theme import THEMES
from tests.metrics.made_up import INDICATORS, indicator, row, text
from tests.ui.hostile import HOSTILE, assert_harmless
from ui.address import parse
from ui.scene import where_name
from ui.theme.overview import lines_html
from ui.theme.story import story

SUBJECT = "identity"
LATER = {"period_end": "2025-06-30", "period_text": "30/6/2025"}


def nation(name, value, **fields):
    return row(name, "VN", value, edition="", **fields)


@pytest.fixture
def told(store_of):
    """Return a function from rows to the article about them."""

    def build(*rows, indicators=None, lang="vi"):
        return story(store_of(list(rows), indicators), SUBJECT, lang)

    return build


def explore_links(html):
    return [
        dict(parse_qsl(unescape(link))) for link in re.findall(r'href="explore\?([^"]*)"', html)
    ]


def test_it_opens_with_the_figure_of_the_whole_map_when_all_areas_are_known(told):
    parts = [
        row("rate", a.code, 50, edition=EDITION_2025, numerator=1, denominator=2)
        for a in areas(EDITION_2025, Level.PROVINCE)
    ]
    parts[0] |= {"value": 20, "numerator": 4, "denominator": 20}
    opened = told(*parts, nation("people", 3, **LATER)).headline
    n = len(parts)
    whole = 100 * (n - 1 + 4) / (2 * (n - 1) + 20)
    assert opened.figures[0].value == f"{number(whole, 'vi', 1)}%"
    assert number(n, "vi") in opened.how
    assert "20%" in opened.meaning
    assert opened.figures[0].href.startswith("explore?")


def test_it_opens_with_the_country_s_newest_where_a_map_is_incomplete(told):
    opened = told(
        row("rate", "01", 50), nation("people", 9), nation("people", 12, **LATER)
    ).headline
    assert opened.figures[0].value == "12 người"
    assert "9" in opened.meaning
    assert "12" in opened.meaning


def test_it_says_that_a_figure_is_old_beside_the_rest(told):
    old = told(nation("people", 9), row("rate", "01", 5, period_end="2026-01-31")).headline
    assert "31/01/2026" in old.meaning
    fresh = told(nation("people", 9), row("rate", "01", 5)).headline
    assert fresh.meaning == t("theme.first", "vi")


def test_it_opens_with_how_far_the_map_reaches_where_the_country_is_unknown(told):
    opened = told(row("days", "01", 5), row("days", "24", 7)).headline
    assert opened.figures[0].value.startswith("2/")
    assert opened.meaning == t("theme.no_country", "vi")


def test_it_says_so_where_nothing_is_known(told):
    found = told(nation("rate", "", state="suppressed"))
    assert found.headline.meaning == t("theme.nothing", "vi")
    assert found.drawn is None
    assert found.caption == ("", "")


def test_contradictions_are_told_with_every_source(told):
    found = told(nation("people", 9), nation("people", 8, origin="press"))
    for value in ("9 người", "8 người"):
        assert value in found.below
    assert "8 người" in found.headline.meaning


def test_a_status_that_names_some_does_not_speak_of_the_others(told):
    found = told(row("named", "01", category="done"), row("listed", "24", category="done"))
    assert "không có nghĩa là chưa làm" in found.below
    assert "không có trong danh sách" in found.below


def test_what_comes_from_data_is_escaped(told):
    evil = indicator("evil", title=text(HOSTILE), unit=text(HOSTILE))
    found = told(row("evil", "01", 1), nation("evil", 2), indicators=[*INDICATORS, evil])
    for html in (found.lead, found.caption[0], found.below):
        assert_harmless(html)


def test_what_is_left_out_of_a_long_list_is_counted(told):
    rows = [
        row("people", code, value, period_end=end, period_text=end)
        for code in ("01", "02", "04", "06", "08", "10", "11")
        for end, value in (("2023-12-31", 5), ("2024-12-31", 7))
    ]
    assert tn("theme.more", 2, "vi", n="2") in told(*rows).below
    assert tn("theme.more", 2, "vi", n="2") not in told(*rows[:10]).below


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("domain", THEMES)
def test_the_shipped_articles_lead_to_views_that_exist(shipped, domain, lang):
    found = story(shipped, domain, lang)
    links = explore_links(found.lead + found.caption[1] + found.below)
    assert len(links) > 10
    for link in links:
        view, refused = parse(link, shipped.catalog.indicators)
        assert refused == []
        assert view.lang == lang
        assert shipped.catalog.indicators[view.indicator].domain == domain


@pytest.mark.parametrize("domain", THEMES)
def test_the_shipped_articles_count_the_silent_and_name_every_target(shipped, domain):
    found, facts = story(shipped, domain, "vi"), theme(shipped, domain)
    for silence in facts.silence:
        assert number(len(silence.silent) or silence.of, "vi") in found.below
    for item in facts.targets:
        assert where_name(item.goal.edition, item.goal.area, "vi") in unescape(found.below)
    shares = [c.n / c.of for c in coverage(shipped) if c.indicator.domain == domain and c.edition]
    assert facts.best.n / facts.best.of == max(shares)


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_page_leads_to_every_theme(shipped, lang):
    opened = lines_html(shipped, lang)
    for domain in THEMES:
        assert f'href="{domain}?lang={lang}"' in opened
        assert pick(shipped.catalog.domains[domain].title, lang) in opened


def test_what_is_missing_to_a_target_is_a_sentence_of_its_own(told):
    below = told(row("rate", "24", 50, role="target"), row("rate", "24", 41.75)).below
    assert "Cách mục tiêu 8,25 điểm phần trăm." in unescape(below)


def test_a_difference_of_rough_figures_is_rough(told):
    found = told(
        nation("people", 900, qualifier="about"), nation("people", 400, **LATER), lang="en"
    )
    assert "down by about 500 người, from about 900 (31 December 2024) to 400" in unescape(
        re.sub("<[^>]+>", "", found.below)
    )


def test_what_has_not_changed_is_told_as_that_with_both_dates(told):
    found = told(nation("people", 900), nation("people", 900, **LATER), lang="en")
    assert "unchanged: 900 (31 December 2024) and 900 (30 June 2025)" in unescape(found.below)


def test_a_few_places_are_told_instead_of_an_empty_map(told):
    few = told(nation("people", 9), row("rate", "01", 5))
    assert not few.mapped
    assert t("theme.places", "vi") in few.caption[0]
    assert told(*(row("rate", code, 5) for code in ("01", "04", "08", "11", "12"))).mapped
