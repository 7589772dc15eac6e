"""Open pages of the app without a browser."""

from __future__ import annotations

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from metrics.store import current_store
from metrics.store.store import HOME_VARIABLE
from tests.pages.shown import APP, Shown
from ui.shell import actor


@pytest.fixture(autouse=True, scope="session")
def by_the_owner():
    """Let pages be opened by the owner of a personal install; there is no browser to tell."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actor, "is_personal", lambda: True)
        yield


@pytest.fixture(autouse=True, scope="session")
def scanned_once():
    """Let Streamlit look once for components in all that is installed, not for every page.

    A server does so when it starts; it was most of what opening a page cost.
    """
    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """Give the app a folder of its own for what it writes."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="session")
def store(home):
    """The store that the pages read."""
    return current_store()


@pytest.fixture
def open_page(store):
    """Return a function from the parameters of an address to what the page shows."""

    def build(page="explore", /, **params):
        return Shown.of(page, params)

    assert APP.exists()
    return build
