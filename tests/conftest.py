"""What all tests share."""

import atexit
import gc
import os
import shutil

import pytest
from hypothesis import settings

from geo.boundaries.replaced import store as _boundary_store
from metrics.store.database_url import VARIABLE
from tests.filled import filling_once
from tests.forked import forking

# After each run of a page Streamlit collects garbage over all that the tests hold: most of their
# time, and no part of what they check.
os.environ["STREAMLIT_RUNNER_POST_SCRIPT_GC"] = "false"
gc.set_threshold(50_000, 50, 100)

# Speed is measured by benchmarks, never by a deadline of a test.
settings.register_profile("atlas", deadline=None)
settings.load_profile("atlas")


@pytest.fixture(autouse=True, scope="session")
def in_files():
    """Keep tests away from a database that the environment may name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(VARIABLE, raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def served_apart():
    """Let tests that run at once serve replaced boundaries from folders of their own."""
    with pytest.MonkeyPatch.context() as patch:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        patch.setattr(_boundary_store, "SERVED", f"official-{worker}-{os.getpid()}")
        yield
        shutil.rmtree(_boundary_store.served_dir(), ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def read_in_forks():
    """Open strange files in processes that are forked, not started."""
    with forking():
        yield


@pytest.fixture(autouse=True, scope="session")
def filled_once(tmp_path_factory):
    """Fill stores in files from the same figures once."""
    base = tmp_path_factory.getbasetemp()
    with filling_once((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "filled"):
        yield


def pytest_collection_finish():
    """Leave out of every later look for garbage what stays until the end: all that is loaded."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # what is loaded is taken down as ever


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL for as long as the tests run."""
    from tests.postgres import Server  # noqa: PLC0415 (most tests need none)

    started = Server()
    yield started
    started.remove()


@pytest.fixture
def database(server, monkeypatch):
    """An empty store in a database; the address, which is another one for every test."""
    url = server.new_address()
    monkeypatch.setenv(VARIABLE, url)
    yield url
    server.empty(url)


@pytest.fixture(params=["duckdb", "postgresql"])
def engine(request):
    """Run a test once with the store in files and once in a database."""
    if request.param == "postgresql":
        request.getfixturevalue("database")
    return request.param
