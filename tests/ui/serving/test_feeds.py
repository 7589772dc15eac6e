"""Pages name the feeds of what they show."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

from ui.serving import published
from ui.serving.document import document
from ui.serving.feeds import feeds_html


@pytest.fixture(autouse=True)
def over_the_shipped(monkeypatch, shipped):
    monkeypatch.setattr(published, "current_store", lambda: shipped)
    monkeypatch.setattr(published, "current_policy", lambda: None)


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "link" and given.get("type") == "application/atom+xml":
            self.found.append(given)


def feeds(text):
    parser = _Links()
    parser.feed(text)
    return [dict(parse_qsl(urlsplit(link["href"]).query)) for link in parser.found]


ALL = {"lang": "vi"}


@pytest.mark.parametrize(
    ("page", "query", "expected"),
    [
        ("methods", "", [ALL]),
        ("digitization", "", [ALL, ALL | {"domain": "digitization"}]),
        ("explore", "indicator=index766-total", [ALL, ALL | {"indicator": "index766-total"}]),
        ("profile", "edition=2024&place=44", [ALL, ALL | {"edition": "2024", "place": "44"}]),
        (
            "updates",
            "indicator=index766-total&below=80",
            [ALL, ALL | {"indicator": "index766-total", "below": "80"}],
        ),
        ("updates", "indicator=%5D%5D%3E&below=80", [ALL]),
    ],
)
def test_a_page_names_the_feed_of_all_and_of_what_it_shows(page, query, expected):
    assert feeds("".join(feeds_html(page, query))) == expected


def test_they_stand_in_the_head_of_the_document():
    text = document("profile", "profile", "edition=2025&place=48&lang=en")
    head = text.partition("</head>")[0]
    assert {"lang": "en", "edition": "2025", "place": "48"} in feeds(head)


def test_where_one_must_sign_in_no_feed_is_named(monkeypatch):
    monkeypatch.setattr("ui.serving.feeds.is_closed", lambda: True)
    assert feeds_html("explore", "") == []
