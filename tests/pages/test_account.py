"""Who has signed in is told on every page; what is closed to others shows nothing."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from base.words import t
from tests.pages.shown import APP, SLOWEST, Shown
from ui.shell import actor

AUTH = {"client_id": "a", "client_secret": "b", "cookie_secret": "c"}
RULES = [{"email": "lan@hue.gov.vn", "role": "editor", "teams": ["Huế"]}]


def open_as(claims, page="load", **ours):
    app = AppTest.from_file(APP, default_timeout=SLOWEST)
    app.secrets["auth"] = AUTH
    app.secrets["atlas"] = ours
    app.user = claims
    app.query_params["lang"] = "vi"
    app.switch_page(f"pages/{page}.py")
    return Shown(app.run())


def person(**claims):
    now = {"is_logged_in": True, "iat": time.time(), "sub": "1", "iss": "https://id.vn"}
    return now | claims


@pytest.fixture(autouse=True)
def of_the_app(home, monkeypatch):
    monkeypatch.delenv(actor.ACCESS_VARIABLE, raising=False)


def test_an_editor_sees_name_role_and_team(store):
    claims = person(email="lan@hue.gov.vn", email_verified=True, name="<b>Lan</b>")
    shown = open_as(claims, roles=RULES)
    assert "&lt;b&gt;Lan&lt;/b&gt;" in shown.html
    assert t("access.role.editor", "vi") in shown.html
    assert "Huế" in shown.html


@pytest.mark.parametrize("page", ["load", "datasets", "indicators"])
def test_a_visitor_finds_nothing_to_press(store, page):
    shown = open_as({"is_logged_in": False}, page, roles=RULES)
    assert [button.label for button in shown.app.button] == [t("access.sign_in", "vi")]


def test_a_closed_server_shows_nothing_to_visitors(store):
    shown = open_as({"is_logged_in": False}, "explore", roles=RULES, sign_in_to_read=True)
    assert t("access.closed", "vi") in shown.html
    assert "<h1>" not in shown.html
    shown = open_as(person(), "sources", roles=RULES, sign_in_to_read=True)
    assert "<h1>" in shown.html


def test_a_configuration_that_cannot_be_read_shows_nothing(store):
    shown = open_as(person(), "explore", roles="king")
    assert t("access.why.broken", "vi") in shown.html
    assert "<h1>" not in shown.html
