"""Scenes over the shipped figures, and over made-up ones."""

from __future__ import annotations

import itertools

import pytest

from geo.editions import EDITION_2024
from metrics.store import ensure_store
from tests.metrics.made_up import write
from ui.scene import make_scene
from ui.view import View


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    """The store of the figures that come with the app."""
    return ensure_store(home=tmp_path_factory.mktemp("shipped"))


@pytest.fixture
def made(tmp_path):
    """Return a function from made-up rows to their store and the scene of a view of them."""
    number = itertools.count()

    def build(*rows, indicators=None, **view):
        folder = tmp_path / str(next(number))
        store = ensure_store(home=folder / "var", data_dir=write(folder, list(rows), indicators))
        asked = View(**({"edition": EDITION_2024, "indicator": "rate"} | view))
        return store, make_scene(store, asked)[0]

    return build
