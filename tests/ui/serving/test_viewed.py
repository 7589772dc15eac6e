"""A view over HTTP: the same as on the page, kept by its mark, and a sentence for odd addresses."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from metrics.people import AccessError, Policy, seen_by
from metrics.store import StoreError
from tests.metrics.people.test_seen import LAN, SECRET, home, load, whole  # noqa: F401
from ui.address import VIEW, View
from ui.scene import draw, entered, showing
from ui.serving import published, viewed
from ui.shell import cookie_name, title_html, token

AREA = {"lang": "vi", "indicator": "census-urban-rate", "edition": "2024", "level": "district"}


def ask(query="", **headers):
    """Ask for a view by its query as a browser sends it, or by its parameters."""
    text = query if isinstance(query, str) else urlencode(query, doseq=True)
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/view",
        "query_string": text.encode("utf-8", "surrogatepass"),
        "headers": [(name.replace("_", "-").encode(), v.encode()) for name, v in headers.items()],
        "server": ("127.0.0.1", 80),
    }
    return viewed.answer(Request(scope))


@pytest.fixture(autouse=True)
def figures(monkeypatch, shipped):
    monkeypatch.setattr(published, "current_store", lambda: shipped)
    monkeypatch.setattr(published, "current_policy", lambda: None)
    return shipped


def test_it_is_what_the_page_shows(figures):
    answer = ask(AREA)
    told = json.loads(answer.body)
    drawn = draw(figures, View(lang="vi").to(edition="2024", level="district").to(**_chosen()))
    assert answer.status_code == 200
    assert told["map"] == json.loads(drawn.map)
    assert told["legend"] == drawn.legend
    assert told["title"] == title_html(drawn.scene.words.title, drawn.scene.words.subtitle)
    assert told["address"] == drawn.scene.view.params()


def _chosen():
    return {"indicator": AREA["indicator"]}


def test_what_depends_on_a_choice_is_decided_here(figures):
    told = json.loads(ask({**AREA, "do": ["place:44"]}).body)
    assert told["address"]["place"] == "44"
    assert told["map"]["selected"] == "44"
    there = json.loads(ask({k: v for k, v in told["address"].items() if v}).body)
    assert there["map"] == told["map"]


def test_it_is_drawn_in_the_colours_of_the_readers_theme(figures):
    view = View(lang="vi").to(edition="2024", level="district").to(**_chosen())
    for theme in ("light", "dark"):
        told = json.loads(ask({**AREA, "theme": theme}).body)
        assert told["map"] == json.loads(draw(figures, view, dark=theme == "dark").map)


def test_several_choices_are_one():
    told = json.loads(ask({**AREA, "do": ["method:quantile", "k:3"]}).body)
    assert len(told["map"]["palette"]) == 3
    assert told["address"]["method"] == "quantile"


def test_opening_an_area_selects_it_and_then_goes_into_it(figures):
    first = json.loads(ask({**AREA, "level": "province", "do": "open:44"}).body)["address"]
    view = View(lang="vi").to(edition="2024", **_chosen()).to(place="44")
    assert first == draw(figures, view).scene.view.params()
    again = ask({**first, "do": "open:44"})
    changes = entered(figures, view, "44")
    assert (
        json.loads(again.body)["address"] == draw(figures, view.to(**changes)).scene.view.params()
    )
    assert ask({**AREA, "do": "open:99999"}).status_code == 400


def test_an_indicator_without_figures_here_is_shown_where_it_has_some(figures):
    view = View(lang="vi").to(edition="2024", **_chosen())
    there = draw(figures, showing(figures, view, "index766-total")).scene.view
    told = json.loads(ask({**AREA, "level": "province", "do": "indicator:index766-total"}).body)
    assert there.edition != "2024"
    assert told["address"] == there.params()


def test_a_pin_comes_and_goes():
    pinned = json.loads(ask({**AREA, "do": "pin:44"}).body)["address"]
    assert pinned["pins"] == "44"
    assert "pins" not in json.loads(ask({**pinned, "do": "pin:44"}).body)["address"]


def test_its_mark_saves_the_second_journey():
    first = ask(AREA)
    again = ask(AREA, if_none_match=first.headers["etag"])
    assert (again.status_code, again.body) == (304, b"")
    assert ask({**AREA, "lang": "en"}).headers["etag"] != first.headers["etag"]
    assert ask(AREA, if_none_match='"other"').status_code == 200


def test_its_mark_changes_with_the_figures_and_the_boundaries(figures, monkeypatch):
    marks = {ask(AREA).headers["etag"]}
    monkeypatch.setattr(published, "in_force", lambda: type("Other", (), {"name": "7"}))
    marks.add(ask(AREA).headers["etag"])
    monkeypatch.setattr(figures, "generation", "another")
    marks.add(ask(AREA).headers["etag"])
    assert len(marks) == 3


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("place=99999", "place = “99999”"),
        ("indicator=none-such", "none-such"),
        ("edition=1802", "1802"),
        ("nonsense=1", "nonsense"),
        ("do=place", "do"),
        ("do=nowhere:44", "nowhere"),
        ("do=place:99999", "99999"),
        ("do=at:31/12/2024", "31/12/2024"),
        ("place=01&place=44", "place"),
        ("k=" + "9" * 5000, "4.000"),
        ("&".join(f"do=sort:name{n}" for n in range(9)), "sort:name"),
        ("lang=vi&do=k:%00", "do"),
        ("filters=value:5..3", ""),
        ("at=0000-00-00", "at"),
        ("theme=pink", "pink"),
    ],
)
def test_an_odd_address_gets_a_sentence(query, says):
    answer = ask(query)
    problem = json.loads(answer.body)["problem"]
    assert answer.status_code == 400
    assert says in problem
    assert problem[-1] == "."
    assert "Traceback" not in problem


PIECES = st.sampled_from(
    [*VIEW.names, "do", "01", "44", "VN", "2024", "district", "census-urban-rate", "manual", "="]
)
TEXTS = st.one_of(PIECES, st.text(max_size=30), st.integers().map(str))


@given(
    st.lists(st.tuples(TEXTS, TEXTS), max_size=6), st.lists(st.tuples(PIECES, TEXTS), max_size=3)
)
@example([("place", "\ud800")], [])
@example([("breaks", "1e999"), ("method", "manual")], [])
@settings(max_examples=150, deadline=None)
def test_whatever_is_asked_is_answered_in_words(params, choices):
    pairs = [*params, *(("do", f"{name}:{value}") for name, value in choices)]
    query = urlencode(pairs, errors="surrogatepass")
    answer = ask(query)
    assert answer.status_code in (200, 400)
    told = json.loads(answer.body)
    assert ("problem" in told) == (answer.status_code == 400)


@given(st.text(max_size=200))
@settings(max_examples=80, deadline=None)
def test_even_no_address_at_all(text):
    assert ask(text).status_code in (200, 400)


def test_where_all_must_sign_in_nothing_is_sent(monkeypatch):
    monkeypatch.setattr(published, "current_policy", lambda: Policy(sign_in_to_read=True))
    assert ask(AREA).status_code == 403

    def broken():
        raise AccessError("unreadable", path="access.yaml", error="denied")

    monkeypatch.setattr(published, "current_policy", broken)
    assert ask(AREA).status_code == 403


def test_trouble_with_the_store_is_said_and_logged(monkeypatch, caplog):
    def broken():
        raise StoreError("locked", path="figures", error="held")

    monkeypatch.setattr(published, "current_store", broken)
    answer = ask(AREA)
    assert answer.status_code == 503
    assert "figures" not in json.loads(answer.body)["problem"]
    assert "figures" in caplog.text


def test_what_nobody_thought_of_is_a_sentence_too(monkeypatch, caplog):
    monkeypatch.setattr(viewed, "_body", lambda *_: 1 / 0)
    answer = ask(AREA)
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.body.decode()
    assert "ZeroDivision" in caplog.text


def test_a_private_figure_leaves_with_no_cookie(home, monkeypatch):  # noqa: F811
    load(home, SECRET, private=True)
    store = whole(home)
    monkeypatch.setattr(published, "current_store", lambda: store)
    rows = store.observations("rate")
    edition = rows.loc[rows["value"] == SECRET, "edition"].item()
    asked = {"lang": "vi", "indicator": "rate", "edition": edition, "place": "VN"}
    plain = ask(asked)
    cookie = f"_streamlit_user=signed; {cookie_name()}={token()}"
    for answer in (plain, ask(asked, cookie=cookie, x_forwarded_user="lan")):
        assert answer.status_code == 200
        assert "12,345" not in answer.body.decode()
        assert answer.headers["etag"] == plain.headers["etag"]
    shown = draw(seen_by(store, LAN), View("vi", edition, indicator="rate"))
    assert "12,345" in shown.map  # it is there for its own team
