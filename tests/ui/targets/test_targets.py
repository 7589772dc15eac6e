"""The page of targets in words: counts, rows, addresses, hostile names."""

import re

import pytest

from base.words import t
from metrics.targets import Reason, State, progress
from tests.metrics import made_up
from tests.metrics.made_up import indicator, row, text
from ui.targets import (
    aim_text,
    chosen,
    deadline_text,
    gap_text,
    options,
    reason_text,
    summary_text,
    table_html,
    tally_html,
)
from ui.targets.targeting import PLACE, Choices

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_target_is_a_row_that_leads_to_its_source(shipped, lang):
    found = progress(shipped)
    html = table_html(shipped, found, lang)
    assert html.count("<tr>") == len(found) + 1
    links = re.findall(r'href="explore\?[^"]*source=[^"]+"', html)
    assert len(links) == len(found)
    assert not re.search(r"\bnan\b", html)
    assert "None" not in html


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_sentence_counts_what_is_shown(shipped, lang):
    found = progress(shipped)
    said = summary_text(shipped, found, lang)
    for state in State:
        assert str(sum(item.state is state for item in found)) in said
    assert summary_text(shipped, [], lang) != said


def test_filters_combine_and_orders_keep_everything(shipped):
    found = progress(shipped)
    for order in ("state", "place", "theme", ""):
        assert len(chosen(found, Choices(order=order), "vi")) == len(found)
    for place in options(shipped, found, "vi")[PLACE]:
        kept = chosen(found, Choices(where=place, state="unknown"), "vi")
        assert all(item.state is State.UNKNOWN for item in kept)
    domain = found[0].goal.indicator.domain
    kept = chosen(found, Choices(theme=domain), "vi")
    assert 0 < len(kept) < len(found)
    assert {item.goal.indicator.domain for item in kept} == {domain}


def test_names_from_data_are_text(store_of):
    odd = indicator("odd", title=text(HOSTILE), unit=text(HOSTILE))
    rows = [row("odd", "24", 50, role="target"), row("odd", "24", 40)]
    store = store_of(rows, [odd])
    found = progress(store)
    html = table_html(store, found, "vi") + tally_html(found, "vi")
    assert "<img" not in html
    assert "&lt;img" in html


def test_a_gap_in_percent_is_in_points(store_of):
    rows = [row("rate", "24", 50, role="target"), row("rate", "24", 41.75)]
    store = store_of(rows, made_up.INDICATORS)
    (item,) = progress(store)
    assert "8,25" in gap_text(item, "vi")
    assert "%" not in gap_text(item, "vi")
    assert aim_text(item.goal, "vi") == "50%"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_deadline_is_told_only_in_the_words_of_its_source(shipped, lang):
    quarters = {"I": "1", "II": "2", "III": "3", "IV": "4"}
    for goal in (item.goal for item in progress(shipped)):
        told = deadline_text(goal, lang)
        assert (told == t("targets.no_deadline", lang)) == (not goal.wording), goal
        words = re.split(r"[^\w]+", goal.wording)
        said = {str(int(word)) for word in words if word.isdigit()}
        said |= {quarters[word] for word in words if word in quarters}
        # A year in brackets is the document's, for a day that it names without one.
        found = re.findall(r"\d+", re.sub(r"\(\d{4}\)", "", told))
        assert {str(int(one)) for one in found} <= said, (told, goal.wording)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_why_a_figure_does_not_decide_is_one_reason(shipped, lang):
    found = [item for item in progress(shipped) if item.reason is Reason.UNDECIDED]
    whys = {name: t(f"targets.reason.undecided.{name}", lang) for name in ("status", "neutral")}
    assert {reason_text(item, lang) for item in found} <= {*whys.values()}
    infrastructure = next(item for item in found if item.goal.indicator.id == "it-infrastructure")
    assert reason_text(infrastructure, lang) == whys["status"]
