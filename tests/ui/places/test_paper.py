"""What of a profile is printed: the foremost, on two sheets, with the sources cited there alone."""

import re

import pytest

from base.words import t
from geo.editions import COUNTRY_CODE, EDITION_2025, area
from metrics.briefs import profile
from metrics.store import current_store
from ui.places import portrait
from ui.places.paper import MOST_LINES, MOST_SERIES, on_paper

QUANG_TRI, CAPITAL = "44", "01"


@pytest.fixture(scope="module")
def store():
    return current_store()


@pytest.mark.parametrize("code", [COUNTRY_CODE, CAPITAL, QUANG_TRI])
def test_the_foremost_figures_are_printed_and_no_more_than_two_sheets_hold(store, code):
    found = profile(store, EDITION_2025, code)
    printed = on_paper(found, store.catalog)
    facts = {fact.indicator.id: fact.indicator for fact in found.facts}
    assert 0 < len(printed.facts) <= MOST_LINES
    assert printed.facts <= set(facts)
    assert {id_ for id_, one in facts.items() if one.featured is not None} <= printed.facts
    assert len(printed.series) <= MOST_SERIES


def test_parts_of_a_total_and_series_of_days_are_for_the_screen(store):
    printed = on_paper(profile(store, EDITION_2025, QUANG_TRI), store.catalog)
    assert "index766-2025-total" in printed.facts
    assert "index766-2025-openness" not in printed.facts
    assert {"index766-total", "index766-openness"} <= printed.facts
    assert "index766-total" not in printed.series
    assert "population-average" in printed.series


def test_on_paper_no_source_is_listed_that_no_printed_figure_cites(store):
    html = portrait(store, EDITION_2025, area(EDITION_2025, CAPITAL), "vi", False)
    body, foot = html.split("<footer>")
    listed = re.findall(r'<li( class="off-paper")?[^>]* value="(\d+)"', foot)
    hidden = {number for off, number in listed if off}
    assert hidden
    assert len(hidden) < len(listed)
    rows = re.findall(r"<tr( class=\"off-paper\")?>(.*?)</tr>", body, re.DOTALL)
    cited = {n for off, row in rows if not off for n in re.findall(r"\d+", _cited(row))}
    assert cited
    assert not cited & hidden
    assert t("profile.paper", "vi", n="", of="")[:6] in html


def _cited(row):
    return " ".join(re.findall(r"\[([\d, ]+)\]", row))
