"""The small folder, built once."""

import pytest

from tests.ui.publish.small import published, rows


@pytest.fixture(scope="session")
def folder(store_of, tmp_path_factory):
    """A map of two periods, a list of some places, two places and a region."""
    return published(store_of(rows(), None), tmp_path_factory.mktemp("published") / "atlas")
