"""Painting ahead of the page is for what everybody may see: HTTP has nothing else."""

import sys
from types import SimpleNamespace

import pytest

from ui.address import View
from ui.explore import early

PUBLISHED, WHOLE = object(), object()


@pytest.mark.parametrize(("seen", "painted"), [(PUBLISHED, True), (WHOLE, False)])
def test_who_sees_more_than_is_published_waits_for_the_page(monkeypatch, seen, painted):
    module = sys.modules["ui.explore.early"]
    told = []
    monkeypatch.setattr(module, "current_store", lambda: WHOLE)
    monkeypatch.setattr(module, "seen_by", lambda *_: PUBLISHED)
    monkeypatch.setattr(module, "early_views", lambda _, data: told.append(data))
    monkeypatch.setattr(module, "natives", dict)
    monkeypatch.setattr(module, "is_dark", lambda: False)
    early(SimpleNamespace(store=seen, view=View()))
    assert bool(told) == painted
    assert all(data["params"] == View().params() for data in told)
