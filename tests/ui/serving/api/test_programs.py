"""Below every page: the addresses of its rows, and the lines by which programs read them."""

import html
import re
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from tests.ui.serving.answers import ask
from ui.serving import programs
from ui.serving.api import beside_pages

GIVEN = {"explore": {"edition": "2024", "indicator": "dti-score", "part": "data"}}
GIVEN |= {"places": {"edition": "2024", "pins": "01,79"}, "targets": {"state": "reached"}}


@pytest.fixture
def written(monkeypatch):
    def write(page, lang="vi", framed=False):
        asked = SimpleNamespace(to_dict=lambda: {"lang": lang, **GIVEN.get(page, {})})
        monkeypatch.setattr(programs, "st", SimpleNamespace(query_params=asked))
        monkeypatch.setattr(programs, "framed", lambda: framed)
        monkeypatch.setattr(programs, "whole_address", lambda href: f"https://a.test/{href}")
        return str(programs.for_programs(page, lang))

    return write


@pytest.mark.parametrize("page", beside_pages())
def test_its_addresses_answer_and_its_lines_read_them(written, app, page, tmp_path, monkeypatch):
    told = written(page)
    hrefs = [html.unescape(href) for href in re.findall(r'href="([^"]*)"', told)]
    offered = [urlsplit(href).path.rpartition(".")[2] for href in hrefs]
    rows = next(href for href in hrefs if ".csv" in href)
    for form in beside_pages()[page]:
        # A theme that draws no map has no picture, and offers none.
        found = ask(
            app, f"/{urlsplit(rows).path}".replace(".csv", f".{form}"), urlsplit(rows).query
        )
        assert found.status == (200 if form in offered else 404), found.body
    assert {*offered} <= {*beside_pages()[page]}
    assert {"json", "csv"} <= {*offered}
    answer = ask(app, f"/{urlsplit(rows).path}", urlsplit(rows).query)
    assert answer.status == 200, answer.body
    (tmp_path / "rows.csv").write_bytes(answer.body)
    lines = html.unescape(re.search(r"<code>(import pandas.*?)</code>", told, re.S)[1])
    assert f"https://a.test/{rows}" in lines
    monkeypatch.chdir(tmp_path)
    found = {}
    exec(lines.replace(f"https://a.test/{rows}", "rows.csv"), found)
    assert len(found["rows"]) > 0
    assert all(found["rows"].get("area_code", found["rows"].iloc[:, 0]) != "1")


def test_a_page_without_rows_and_a_frame_have_none(written):
    assert written("methods") == ""
    assert written("explore", framed=True) == ""
    assert "figures of this page" in written("explore", "en")
