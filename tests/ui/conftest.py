"""Scenes over the shipped figures, and over made-up ones."""

from __future__ import annotations

import json

import pytest

from geo.editions import EDITION_2024
from metrics.store import ensure_store
from tests.metrics import made_up
from ui.address import View
from ui.scene import make_scene


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    """The store of the figures that come with the app."""
    return ensure_store(home=tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="session")
def store_of(tmp_path_factory):
    """Return a function from made-up rows to their store; the same rows have the same store."""
    stores = {}

    def build(rows, indicators):
        key = json.dumps([rows, indicators, made_up.ORIGINS])
        if key not in stores:
            folder = tmp_path_factory.mktemp("made-up")
            data_dir = made_up.write(folder, rows, indicators)
            stores[key] = ensure_store(home=folder / "var", data_dir=data_dir)
        return stores[key]

    return build


@pytest.fixture
def made(store_of):
    """Return a function from made-up rows to their store and the scene of a view of them."""

    def build(*rows, indicators=None, **view):
        store = store_of(list(rows), indicators)
        asked = View(**({"edition": EDITION_2024, "indicator": "rate"} | view))
        return store, make_scene(store, asked)[0]

    return build
