"""From a figure to its source: everything known about it, what contradicts it, nothing harmful."""

import re

import pytest

from base.words import t
from geo.editions import EDITION_2024, Level, areas
from tests.metrics import made_up
from tests.metrics.made_up import INDICATORS, ORIGINS, indicator, origin, row, text
from tests.ui.hostile import HOSTILE, SCRIPT, assert_harmless
from ui.parts.provenance import provenance_html

PROVINCES = [area.code for area in areas(EDITION_2024, Level.PROVINCE)]
HANOI, QUANG_BINH, DONG_HOI = "01", "44", "450"


@pytest.fixture
def told(made):
    """Return a function from made-up rows to what is told about Quảng Bình's figure."""

    def build(*rows, code=QUANG_BINH, **how):
        _, scene = made(*rows, **how)
        return provenance_html(scene, code)

    return build


@pytest.fixture
def of_origin(monkeypatch, told):
    """Return a function from the fields of an origin to what is told about a figure from it."""

    def build(**fields):
        found = [origin("ministry", **fields), *ORIGINS[1:]]
        monkeypatch.setattr(made_up, "ORIGINS", found)
        return told(row("rate", QUANG_BINH, 28.17))

    return build


def facts(html):
    """Return name and text of each fact."""
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))


def figures(html):
    return re.findall(r'<p class="figure (?:large)?">(.*?)</p>', html)


def test_a_figure_tells_place_value_period_source_and_where_in_it(told):
    html = told(row("rate", QUANG_BINH, 28.17, numerator=81, denominator=200, note="làm tròn"))
    assert "Tỉnh Quảng Bình" in html
    assert "Tên rate" in html
    assert figures(html) == ["28,17%"]
    got = facts(html)
    assert got[t("source.period", "vi")].startswith("31/12/2024")
    assert "ngày 31/12/2024" in got[t("source.period", "vi")]
    assert got[t("source.parts", "vi")] == "81 / 200"
    assert got[t("source.origin", "vi")] == "Báo cáo ministry (Bộ Thử nghiệm)"
    assert got[t("source.locator", "vi")] == "tr. 1"
    assert got[t("source.note", "vi")] == "làm tròn"
    assert "63" in got[t("source.edition", "vi")]
    assert got[t("source.dataset", "vi")]


def test_the_date_of_publication_says_how_it_is_known(of_origin):
    stated = facts(of_origin(date_published="2025-01-15", date_published_kind="stated"))
    inferred = facts(of_origin(date_published="2025", date_published_kind="inferred"))
    name = t("source.published", "vi")
    assert t("date_kind.stated", "vi") in stated[name]
    assert t("date_kind.inferred", "vi") in inferred[name]
    assert "2025" in inferred[name]


def test_what_is_unknown_stays_unknown(of_origin):
    got = facts(of_origin(date_published=None, date_published_kind="unknown"))
    assert t("source.unknown", "vi") in got[t("source.published", "vi")]


def test_an_address_is_a_link_only_if_it_leads_to_a_page(of_origin):
    html = of_origin(url="https://example.org/?a=1&b=2")
    assert 'href="https://example.org/?a=1&amp;b=2"' in html
    assert 'rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//evil.example",
        "vbscript:x",
    ],
)
def test_an_address_that_would_run_something_is_only_text(of_origin, url):
    html = of_origin(url=url)
    assert "<a " not in html
    assert "<script" not in html
    assert facts(html)[t("source.address", "vi")]


def test_an_address_cannot_leave_its_attribute(of_origin):
    html = of_origin(url='https://x.example/"onmouseover="alert(1)')
    assert re.findall(r"<a [^>]*>", html) == [
        '<a href="https://x.example/&quot;onmouseover=&quot;alert(1)" '
        'target="_blank" rel="noopener noreferrer">'
    ]


def test_sources_that_disagree_are_all_shown_and_none_first(told):
    html = told(
        row("rate", QUANG_BINH, 28, locator="bảng 2"),
        row("rate", QUANG_BINH, 31, origin="press", locator="đoạn 4"),
    )
    assert sorted(figures(html)) == ["28%", "31%"]
    assert html.count('class="figure large"') == 2
    for words in ("Báo cáo ministry", "Báo cáo press", "bảng 2", "đoạn 4"):
        assert words in html


def test_the_figure_shown_comes_first_and_those_that_contradict_it_after(told):
    html = told(
        row("trusted", QUANG_BINH, 31, origin="press"),
        row("trusted", QUANG_BINH, 28),
        indicator="trusted",
    )
    first, rest = html.split(t("source.others", "vi"))
    assert (figures(first), figures(rest)) == (["28%"], ["31%"])


def test_older_figures_and_targets_are_told_as_what_they_are(told):
    html = told(
        row("rate", QUANG_BINH, 28),
        row("rate", QUANG_BINH, 20, period_end="2023-12-31"),
        row("rate", QUANG_BINH, 90, role="target", period_end="2025-12-31"),
    )
    first, rest = html.split(t("source.others", "vi"))
    assert figures(first) == ["28%"]
    assert figures(rest) == [f"{t('role.target', 'vi')} 90%", "20%"]


def test_a_figure_that_was_computed_says_so(told):
    name = t("source.computed", "vi")
    assert name in facts(told(row("rate", QUANG_BINH, 28, state="recomputed")))
    assert name in facts(told(row("rate", QUANG_BINH, 28, qualifier="computed")))
    assert name not in facts(told(row("rate", QUANG_BINH, 28)))


def test_a_figure_of_the_place_above_can_be_traced_too(told):
    below = {"place": QUANG_BINH, "level": Level.DISTRICT}
    html = told(row("rate", QUANG_BINH, 28), row("rate", DONG_HOI, 50), **below)
    assert figures(html) == ["28%"]
    assert 'class="figure large"' in html


def test_a_place_outside_the_view_is_not_mistaken_for_the_place_above(told):
    # Same period, origin and locator as the province's own figure.
    html = told(row("rate", QUANG_BINH, 28), row("rate", HANOI, 50), code=HANOI)
    assert figures(html) == ["50%"]
    assert "Thành phố Hà Nội" in html


def test_no_figure_is_told_as_none(told):
    html = told(row("rate", HANOI, 28))
    assert t("state.no_data", "vi") in html
    assert figures(html) == []


@pytest.mark.parametrize("state", ["suppressed", "not_applicable", "split"])
def test_a_stated_absence_has_its_source_too(told, state):
    html = told(row("rate", QUANG_BINH, state=state, note="quy mô nhỏ"))
    assert figures(html) == [t(f"state.{state}", "vi")]
    assert facts(html)[t("source.note", "vi")] == "quy mô nhỏ"


def test_the_definition_and_the_caveats_are_there(told):
    careful = indicator("rate", definition=text("Định nghĩa X"), caveats=[text("Chú ý Y")])
    html = told(row("rate", QUANG_BINH, 1), indicators=[careful, *INDICATORS[1:]])
    assert "Định nghĩa X" in html
    assert "Chú ý Y" in html


def test_everything_from_data_is_escaped(monkeypatch, told):
    bad = indicator("rate", title=text(HOSTILE), unit=text(SCRIPT), definition=text(HOSTILE))
    bad["caveats"] = [text(SCRIPT)]
    worse = origin(
        "ministry",
        producer=text(HOSTILE),
        title=text(SCRIPT),
        url=HOSTILE,
        document=SCRIPT,
        republished_in=HOSTILE,
        licence=SCRIPT,
        notes=text(HOSTILE),
    )
    monkeypatch.setattr(made_up, "ORIGINS", [worse, *ORIGINS[1:]])
    hostile = row("rate", QUANG_BINH, 1, note=HOSTILE, locator=SCRIPT, period_text=HOSTILE)
    html = told(hostile, indicators=[bad, *INDICATORS[1:]])
    assert_harmless(html)
    ours = {"div", "h3", "h4", "p", "section", "dl", "dt", "dd", "ul", "li", "b", "small"}
    assert set(re.findall(r"<(\w+)", html)) <= ours


def test_english_readers_get_english_labels(told):
    html = told(row("rate", QUANG_BINH, 28.17), lang="en")
    assert "Quang Binh" in html
    assert figures(html) == ["28.17%"]
    assert t("source.origin", "en") in facts(html)
