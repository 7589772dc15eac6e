"""The ranking as HTML: the columns that the app's table has, the whole among its parts."""

import re

import pytest

from ui.publish.ranked import ranking_html

DATA = {
    "caption": "c",
    "heads": {"rank": "#", "name": "Nơi", "value": "Giá trị", "date": "Ngày", "source": "Nguồn"},
    "sort": "rank",
    "once": ["date"],
    "said": "",
    "rows": [["01", 1, "A<b>", "9", "", 0, 0, 1], ["02", None, "B", "", "no_data", 1, 1, -1]],
    "dates": ["1/1", ""],
    "sources": ["s", ""],
    "colors": ["#111111", "#222222"],
    "shares": [1000, -1],
    "marks": {"no_data": "chưa có"},
    "whys": {},
    "wordy": False,
    "whole": {"name": "VN", "value": "8", "share": 900, "at": 1},
}


def cells(html):
    rows = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    return [len(re.findall(r"<t[dh]\b", row)) for row in rows]


@pytest.mark.parametrize(("once", "n"), [([], 6), (["date"], 5), (["date", "source", "rank"], 3)])
def test_rows_have_the_columns_of_the_head(once, n):
    html = ranking_html({**DATA, "once": once}, lambda code: "")
    assert cells(html) == [n] * 4
    assert ('class="rank"' in html) is ("rank" not in once)


def test_names_are_escaped_and_lead_where_there_is_a_page():
    html = ranking_html(DATA, lambda code: "x.html" if code == "01" else "")
    assert '<a href="x.html">A&lt;b&gt;</a>' in html
    assert '<th class="name" scope="row">B</th>' in html
    assert html.index("VN") > html.index("A&lt;b&gt;")
    assert "chưa có" in html


def test_without_bars_a_dot_has_the_colour():
    html = ranking_html({**DATA, "shares": None, "whole": None}, lambda code: "")
    assert '<i style="background:#222222"></i>9' in html
    assert "bar" not in html
