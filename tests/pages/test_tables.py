"""The page of tables: rows, links, filters, pivot, files."""

import re

import pytest
from markupsafe import escape

from base.words import LANGS, t
from geo.editions import EDITION_2024, EDITION_2025
from ui.tables.asked import COLUMNS


def rows(shown):
    body = re.search(r"<tbody>(.*?)</tbody>", shown.html, re.DOTALL).group(1)
    return re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)


@pytest.mark.parametrize("lang", LANGS)
def test_a_row_leads_to_its_map_and_its_source(open_page, lang):
    shown = open_page("tables", lang=lang, indicators="population-average", sort="largest")
    first = rows(shown)[0]
    assert len(rows(shown)) == 50
    assert ("101.343,8" if lang == "vi" else "101,343.8") in first
    assert "source=VN" in first
    second = rows(shown)[1]
    assert f"edition={EDITION_2024}" in second
    assert shown.address == {"lang": lang, "indicators": "population-average", "sort": "largest"}


@pytest.mark.parametrize("lang", LANGS)
def test_all_columns_speak_in_words(open_page, lang):
    shown = open_page("tables", lang=lang, columns=",".join(COLUMNS), origin="doc-001")
    told = " ".join(re.sub(r'<span lang="vi".*?</span>', "", row) for row in rows(shown))
    told = re.sub(r"<[^>]*>", " ", told)
    for code in ("doc-001", "reported", "instant", "shipped", "None", "nan"):
        assert code not in told
    assert t("tables.role.target", lang) in told


def test_a_place_comes_with_all_in_it(open_page):
    shown = open_page(
        "tables", lang="vi", map=EDITION_2024, place="44", indicators="cashless-si-rate"
    )
    assert len(rows(shown)) == 1 + 8
    other = open_page(
        "tables", lang="vi", map=EDITION_2025, place="44", indicators="cashless-si-rate"
    )
    assert t("tables.none", "vi") in other.html


def test_a_page_beyond_the_last_is_the_last(open_page):
    shown = open_page("tables", lang="vi", indicators="dti-rank", page="900")
    assert len(rows(shown)) == 63 - 50


def test_what_cannot_be_followed_is_named(open_page):
    shown = open_page("tables", lang="vi", role="<i>", text="zzz<b>")
    assert escape("<i>") in shown.html
    assert "<b>" not in shown.html.replace("<b>0 ", "")
    assert t("tables.none", "vi") in shown.html


def test_a_pivot_shows_one_figure_and_counts_several(open_page):
    shown = open_page(
        "tables",
        lang="en",
        show="pivot",
        by="place",
        across="year",
        indicators="dti-rank,dti-score",
    )
    assert "2 figures" in shown.html
    href = re.search(r'href="(tables\?[^"]*place=[^"]*)"', shown.html).group(1)
    assert "since=2022" in href
    assert "show=rows" in href


def test_what_is_filtered_can_be_taken_away(open_page):
    shown = open_page("tables", lang="vi", indicators="dti-score")
    protos = [getattr(element, "proto", None) for element in shown.elements()]
    labels = {getattr(proto, "label", "") for proto in protos}
    assert {t(f"tables.file.{name}", "vi") for name in ("csv", "csv_excel", "xlsx")} <= labels
