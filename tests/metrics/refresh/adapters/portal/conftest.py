import pytest

from metrics.catalog import load_catalog
from metrics.refresh.adapters.portal import PortalAdapter
from tests.metrics.refresh.adapters.portal.made import SOURCE, asked_all, options
from tests.metrics.refresh.adapters.portal.snapshots import kept


@pytest.fixture(scope="session")
def catalog():
    return load_catalog()


@pytest.fixture
def gather(tmp_path, catalog):
    """Ask for everything of replies that are given by scope, and read it."""

    def read(replies, **given):
        wanted = options(**given)
        had = asked_all(tmp_path, wanted, replies)
        return PortalAdapter().read(SOURCE, wanted, had, catalog)

    return read


@pytest.fixture
def gather_files(tmp_path, catalog):
    """Read snapshots."""

    def read(files, **given):
        wanted = options(snapshots=list(files), **given)
        return PortalAdapter().read(SOURCE, wanted, kept(tmp_path, files), catalog)

    return read
