"""The builder of HTML: what arrives is escaped, what was built stays."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.html import Markup, details, el, items, join, link, paragraphs, row, table

HOSTILE = "<script>alert(\"1\" + '2')</script> & co"
TEXTS = st.text().filter(lambda text: "\r" not in text and "\0" not in text)


class Read(HTMLParser):
    """What a browser reads: tags, their attributes, text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@given(TEXTS, TEXTS)
def test_text_and_attributes_come_back_as_they_were(text, value):
    read = Read(el("p", text, title=value))
    assert read.tags == [("p", {"title": value})]
    assert read.text == text


def test_nothing_that_arrives_makes_an_element():
    every = (
        el("p.note", HOSTILE, title=HOSTILE),
        link(HOSTILE, HOSTILE),
        link("", HOSTILE),
        items([HOSTILE]),
        paragraphs([HOSTILE]),
        details(HOSTILE, HOSTILE),
        table([HOSTILE], [[HOSTILE]], caption=HOSTILE),
        join(HOSTILE, HOSTILE, by=HOSTILE),
    )
    assert all("<script" not in html for html in every)
    assert all(isinstance(html, Markup) for html in every)


@pytest.mark.parametrize(
    ("built", "html"),
    [
        (el("p"), "<p></p>"),
        (el("br"), "<br>"),
        (el("p.a.b", "x", lang="vi"), '<p class="a b" lang="vi">x</p>'),
        (el("td", 1, data_label="n"), '<td data-label="n">1</td>'),
        (
            el("i", aria_hidden="true", hidden=True, id=None, open=False),
            '<i aria-hidden="true" hidden></i>',
        ),
        (el("p", el("b", "x"), None, False, "", ["y", ("z",)]), "<p><b>x</b>yz</p>"),
        (join("a", "", None, el("b", "&"), by=" · "), "a · <b>&amp;</b>"),
        (join(), ""),
        (link("?a=1&b=2", "x"), '<a href="?a=1&amp;b=2" target="_self">x</a>'),
        (link("", "x", el("b", "y")), "x<b>y</b>"),
        (items([]), ""),
        (items(["a", el("b", "c")], "ol"), "<ol><li>a</li><li><b>c</b></li></ol>"),
        (paragraphs(["a", "", "b"]), "<p>a</p><p>b</p>"),
        (
            details("s", el("p", "x"), open_=True),
            "<details open><summary>s</summary><p>x</p></details>",
        ),
        (
            row("a", el("td.n", 1), head="row"),
            '<tr><th scope="row">a</th><td class="n">1</td></tr>',
        ),
    ],
)
def test_what_is_written(built, html):
    assert built == html


def test_a_table_has_heads_and_a_body():
    assert table(["a"], [["1"], row("2", tag="tr.top")], "table.t", caption="c") == (
        '<table class="t"><caption>c</caption><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><td>1</td></tr><tr class="top"><td>2</td></tr></tbody></table>'
    )
    bodies = (el("tbody", row("1")), el("tbody", row("2")))
    assert table([], bodies) == f"<table>{bodies[0]}{bodies[1]}</table>"
