"""The page of quality: what it lists, how it is narrowed, what it refuses."""

import re

import pytest
from markupsafe import escape

from base.words import LANGS, t
from geo.editions import EDITION_2024
from metrics.audit import RULES, Finding, Severity, audit
from ui.about import FEW, MANY, groups_html

CAPITAL = "01"


def articles(shown):
    return re.findall(r"<article.*?</article>", shown.html, re.DOTALL)


def about(finding, edition, code):
    return (finding.edition, finding.area) == (edition, code) or (edition, code) in finding.places


@pytest.mark.parametrize("lang", LANGS)
def test_a_finding_has_its_sum_its_rows_and_its_sources(open_page, lang):
    (found,) = articles(open_page("quality", lang=lang, about="online-services-partial"))
    assert f"318 + 872 = {'1.190 ≠ 1.191' if lang == 'vi' else '1,190 ≠ 1,191'}" in found
    assert t("audit.severity.contradiction", lang) in found
    assert found.count("<tr>") == 1 + 3
    assert "đoạn 10: “872 dịch vụ công trực tuyến một phần”" in found
    href = f"edition={EDITION_2024}"
    assert all(href in link for link in re.findall(r'href="(.*?)"', found))
    assert f"source={CAPITAL}" in found


def test_the_filters_of_the_address_narrow_the_list(open_page, store):
    found = audit(store)
    for params, kept in (
        ({"rule": "lists"}, [f for f in found if f.rule == "lists"]),
        ({"gravity": "check"}, [f for f in found if f.severity is Severity.CHECK]),
        ({"origin": "doc-000"}, [f for f in found if "doc-000" in f.origins]),
        ({"where": f"{EDITION_2024}:74"}, [f for f in found if about(f, EDITION_2024, "74")]),
    ):
        shown = open_page("quality", lang="vi", **params)
        listed = re.findall(r'<article id="(\w+)"', shown.html)
        assert set(listed) <= {f.id for f in kept}
        assert {f.id for f in kept if f.severity is not Severity.GAP} <= set(listed)
        assert shown.address == {"lang": "vi", **params}


def test_a_filter_that_does_not_exist_is_named_and_left_out(open_page):
    shown = open_page("quality", lang="vi", rule="<script>", where="2024:00")
    assert escape("<script>") in shown.html
    assert "<script>" not in shown.html
    assert len(articles(shown)) > 10


def test_long_groups_are_cut_and_lead_to_the_whole(store):
    found = [f for f in audit(store) if f.rule == "silent"] * 3
    few = groups_html(store, found, "en")
    assert few.count("<article") == FEW < len(found)
    assert "quality?lang=en&amp;rule=silent" in few
    alone = groups_html(store, found, "en", most=MANY)
    assert alone.count("<article") == len(found)
    assert "rule=silent" not in alone


def test_what_the_documents_contradict_is_not_pushed_out_by_what_comes_by_the_dozen(open_page):
    shown = open_page("quality", lang="vi")
    for sums in (
        "7 + 2 + 3 = 12 &gt; 11",
        "318 + 872 = 1.190 ≠ 1.191",
        "15 + 18 + 10 = 43 &lt; 63",
    ):
        assert sums in shown.html


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_and_gravity_has_its_words(lang):
    for rule in RULES:
        assert t(f"audit.rule.{rule}", lang)
        assert t(f"quality.rule.{rule}", lang)
    for severity in Severity:
        assert t(f"audit.severity.{severity}", lang)


def test_names_from_outside_are_text(store):
    told = {"said": ("<b>x</b>", "done")}
    hostile = Finding(
        "statuses",
        "statuses.two",
        Severity.CONTRADICTION,
        "coordination-plan",
        EDITION_2024,
        CAPITAL,
        None,
        told,
    )
    html = groups_html(store, [hostile], "vi")
    assert "<b>x</b>" not in html
    assert escape("<b>x</b>") in html
