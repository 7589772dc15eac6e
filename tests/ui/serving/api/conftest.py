"""The API over the shipped figures, asked as a program does."""

import json
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from tests.ui.serving.answers import ask
from ui.serving import published
from ui.serving.api import api_routes, endpoint
from ui.serving.api.kept import Kept

ROOT = "/api/v1"


@pytest.fixture
def app(monkeypatch, shipped):
    """The routes of the API over the shipped figures, nothing kept of other tests."""
    monkeypatch.setattr(published, "current_store", lambda: shipped)
    monkeypatch.setattr(published, "current_policy", lambda: None)
    monkeypatch.setattr(endpoint, "_turns", {heavy: endpoint.Turns(2) for heavy in (False, True)})
    monkeypatch.setattr(endpoint, "_reading", endpoint.Turns(2))
    monkeypatch.setattr(endpoint, "_kept", Kept(endpoint.KEPT))
    return Starlette(routes=api_routes())


@pytest.fixture
def api(app):
    """Return a function from a path below the API and its query to the answer."""

    def asked(path, method="GET", **headers):
        where, _, query = path.partition("?")
        answer = ask(app, f"{ROOT}{where}", query, method, **headers)
        text = answer.body if "json" in answer.headers.get("content-type", "") else b"null"
        told = None if "content-encoding" in answer.headers else json.loads(text or b"null")
        return SimpleNamespace(**vars(answer), json=told)

    return asked
