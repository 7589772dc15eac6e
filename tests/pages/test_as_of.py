"""The atlas as it was known on a day: what is asked once is asked by every way that leads on."""

import json
import re
from html import unescape

import pandas as pd
import pytest

from base.words import LANGS, t
from metrics.people import VISITOR
from metrics.store import Dataset, current_store, generations_of, known_words, put_dataset
from metrics.store.store import HOME_VARIABLE
from tests.pages.shown import APP, FIRST, OTHER_PAGES, Shown
from ui.serving import published
from ui.serving.cards import card
from ui.serving.document import document
from ui.shell import pages

DAY = "2026-11-30"
HREF = re.compile(r'\shref="([^"]*)"')
PLACES = {"pins": "01,79", "edition": "2025", "level": "province"}
ASKED = {"places": PLACES, "profile": {"place": "48"}, "explore": PLACES | {"source": "01"}}


def ways(shown):
    """Yield every address of a page that something shown leads to."""
    yield from map(unescape, HREF.findall(shown.html))
    for element in shown.elements():
        proto = getattr(element, "proto", None)
        if hasattr(proto, "query_string"):
            yield f"{proto.page}?{proto.query_string}"
        if hasattr(proto, "json"):
            yield from re.findall(r'"href": ?"([^"]*)"', proto.json)


def leads_on(way):
    """Tell whether an address is one of a page of the app."""
    return way.startswith("?") or way.partition("?")[0] in pages()


@pytest.mark.parametrize("page", [FIRST, *OTHER_PAGES])
def test_every_way_that_leads_on_asks_for_the_same_day(open_page, page):
    shown = open_page(page, lang="vi", as_of=DAY, **ASKED.get(page, {}))
    assert shown.address["as_of"] == DAY
    back = [way for way in ways(shown) if leads_on(way) and f"as_of={DAY}" not in way]
    assert len(back) == 1, back  # the way back to now
    assert t("as_of.now", "vi") in shown.html
    assert known_words(DAY, "vi") in shown.html


def test_a_day_before_the_first_figures_came_in_is_told_as_that(open_page):
    shown = open_page("explore", lang="vi", as_of="2020-01-01")
    since = t("as_of.nothing", "vi", since="|").split("|")
    assert all(part in shown.html for part in since)


@pytest.mark.parametrize("page", ["explore", "tables", "digitization"])
def test_now_is_said_by_no_page_of_now(open_page, page):
    shown = open_page(page, lang="vi")
    assert "as_of" not in shown.address
    assert "as_of=" not in " ".join(ways(shown))
    assert t("as_of.now", "vi") not in shown.html


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("given", ["2999-01-01", "hôm qua", "2026-13-01", "<script>", "x" * 500])
@pytest.mark.parametrize("page", ["explore", "tables", "methods", "profile", "places"])
def test_a_day_that_cannot_be_followed_is_told_and_now_is_shown(open_page, page, given, lang):
    shown = open_page(page, lang=lang, as_of=given)
    assert "atlas-note" in shown.html
    assert t("as_of.now", lang) not in shown.html
    assert "<script" not in shown.html
    assert "as_of" not in shown.address
    assert APP.exists()
    assert json.dumps(shown.address)


INDICATOR, LATER = "index766-total", pd.Timedelta(days=20)
OF = {"lang": "vi", "indicator": INDICATOR}
SECRET = 77.77


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A store of its own, written to twice: when, and what the page then showed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("written")))
        rows = current_store().observations(INDICATOR)
        rows = rows[(rows["level"] == "province") & (rows["role"] == "result")]
        rows = rows[rows["period_end"] == rows["period_end"].max()]

        def put(change, **fields):
            figures = rows.assign(
                dataset="u",
                value=(rows["value"] + change).round(2),
                period_end=rows["period_end"] + LATER,
            )
            figures.loc[figures["area"] == "48", "value"] = SECRET - change
            told = {"title": "Bảng", "owner": "an", "time": "2025-01-01T00:00:00+00:00"}
            dataset = Dataset(id="u", sha256="0" * 64, rows=len(figures), **told, **fields)
            generations = generations_of()
            with generations.writing():
                put_dataset(generations, dataset, figures)
            return current_store().writes()[-1]

        was = {}
        for change in (-5, 1.5):
            stamp = put(change)
            was[stamp] = Shown.of("explore", OF)
        yield was, put


def said(shown):
    """Return what a map says: its table, its heading, its colours, its legend."""
    legend = re.search(r'<div class="atlas-legend.*', shown.html)
    return shown.rows, shown.heading, shown.map["text"], legend and legend.group()


def test_each_write_is_shown_as_it_was(written):
    was, _ = written
    for stamp, shown in was.items():
        assert said(Shown.of("explore", OF | {"as_of": stamp})) == said(shown)
    first, second = was.values()
    assert first.rows != second.rows


def test_a_figure_lists_its_revisions_each_with_the_way_back(written):
    was, _ = written
    first, second = was
    html = Shown.of("explore", OF | {"source": "01"}).html
    assert t("as_of.history", "vi") in html
    assert "sửa từ" in html
    hrefs = [unescape(href) for href in HREF.findall(html)]
    for stamp in (first, second):
        assert any(stamp.replace(":", "%3A").replace("+", "%2B") in href for href in hrefs)
    then = Shown.of("explore", OF | {"source": "01", "as_of": first}).html
    assert "sửa từ" not in then


def test_what_is_private_now_is_in_no_past_page(written, monkeypatch):
    was, put = written
    first = next(iter(was))
    assert "82,77" in str(was[first].rows)
    put(0, private=True, team="kín")
    monkeypatch.setattr("ui.shell.state.current_actor", lambda: VISITOR)
    monkeypatch.setattr(published, "current_policy", lambda: None)
    for stamp in was:
        for page, asked in (("explore", OF | {"source": "48"}), ("profile", {"place": "48"})):
            html = Shown.of(page, {"lang": "vi", **asked, "as_of": stamp})
            told = html.html + str([*html.texts])
            assert not re.search(r"(82|76|77)[,.](77|27)", told), page
        query = f"indicator={INDICATOR}&as_of={stamp.replace('+', '%2B')}"
        told = str(card("explore", query)) + document("explore", "explore", query)
        assert not re.search(r"(82|76|77)[,.](77|27)", told)
