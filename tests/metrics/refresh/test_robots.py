"""What a robots.txt allows, in all the forms that it is written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.refresh.robots import robots

ASKED = "http://a.example/a/b.json?x=1"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("<html>no robots</html>", True),
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUSER-AGENT : *\rDISALLOW: /a # all", False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /*.json", False),
        ("User-agent: *\nDisallow: /*.json$", True),
        ("User-agent: *\nDisallow: /*x=1$", False),
        ("User-agent: *\nDisallow: /$", True),
        ("User-agent: *\nDisallow: /a/*/c", True),
        ("User-agent: *\nDisallow: /%61/b", False),
        ("User-agent: *\nDisallow: /\nAllow: /a/", True),
        ("User-agent: *\nAllow: /\nDisallow: /a/", False),
        ("User-agent: *\nAllow: /a\nDisallow: /a", True),
        ("User-agent: *\nDisallow: /b\n\nUser-agent: *\nDisallow: /a", False),
        ("User-agent: other\nUser-agent: Atlas06/2.0\nDisallow: /a", False),
        ("User-agent: atlas06\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: other\nDisallow: /", True),
        ("Disallow: /\nUser-agent: *\nDisallow: http://[x", True),
    ],
)
def test_the_longest_rule_of_its_group_counts(text, allowed):
    assert robots(text, "atlas06").allows(ASKED) == allowed


@pytest.mark.parametrize(
    ("line", "pause"),
    [
        ("Crawl-delay: 2.5", 2.5),
        ("Request-rate: 1/3 0600-0800", 3),
        ("Crawl-delay: \u00b2", 0),
        ("Request-rate: \u00b2/0", 0),
        ("Crawl-delay: -1", 0),
        ("Crawl-delay: " + "9" * 5000, float("inf")),
    ],
)
def test_it_may_ask_for_slowness(line, pause):
    assert robots(f"User-agent: *\n{line}", "atlas06").pause_s == pause


@given(st.text(alphabet="User-agent:*/$ \n\r%Disalow²[]Crl0", max_size=200), st.text())
def test_no_text_is_a_stumbling_block(text, path):
    robots(f"User-agent: *\nDisallow: {text}", "atlas06").allows(f"http://a.example/{path}")
