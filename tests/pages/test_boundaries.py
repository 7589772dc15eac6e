"""The page of boundaries: what is in use for everyone, the changes for administrators alone."""

import pytest

from geo import _boundary_store as store
from metrics.actors import Actor, NotAllowed, Role
from metrics.boundary_changes import fetch, undo
from metrics.messages import LANGS, t


@pytest.fixture(autouse=True)
def apart(tmp_path, monkeypatch):
    """Keep replaced boundaries, if any, away from the page."""
    monkeypatch.setattr(store, "folder", lambda: tmp_path / "boundaries")


@pytest.mark.parametrize("lang", LANGS)
def test_every_layer_is_told_with_its_kind_and_its_source(open_page, lang):
    shown = open_page("boundaries", lang=lang)
    assert shown.html.count("<tr>") == 1 + 4
    assert shown.html.count(t("map.credit.short", lang)) >= 4
    assert shown.html.count(t("boundaries.origin.bundled", lang)) == 4


def test_only_administrators_change_boundaries(tmp_path):
    for role in (Role.VIEWER, Role.EDITOR):
        actor = Actor("an", role, frozenset({"a"}))
        with pytest.raises(NotAllowed):
            undo(actor)
        with pytest.raises(NotAllowed):
            fetch(actor, [], partial=True, progress=lambda *_: None, step=lambda _: None)
    assert undo(Actor("chi", Role.ADMIN)) is False
