"""What tests of sources share: a home over made-up figures, a source in it, and a server."""

import pytest
import yaml

from metrics.commands import refresh as command
from metrics.datasets import datasets
from metrics.people import Actor, Role
from metrics.refresh import CONTACT_VARIABLE, How, Manners, refresh, running, sources, storing
from metrics.store import ensure_store
from metrics.store.store import HOME_VARIABLE
from tests.metrics.made_up import row, write
from tests.metrics.refresh.served import Served
from tests.metrics.refresh.tiny import ADAPTERS

QUICK = Manners(pause_s=0, tries=3, longest_wait_s=3, request_s=5, run_s=30)
ADMIN = Actor("an", Role.ADMIN, frozenset({""}))


class Atlas:
    """A home with one source, and ways to run it."""

    def __init__(self, home, data, address, *, describe=True):
        self.home, self.data, self.address = home, data, address
        if describe:
            self.describe()

    def describe(self, **more):
        """Write the YAML of the source."""
        record = {
            "id": "tiny",
            "adapter": "tiny",
            "title": {"vi": "Nguồn thử", "en": "A source"},
            "address": self.address,
            "every": "day",
        } | more
        path = self.home / "sources" / "tiny.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")

    @property
    def folder(self):
        return self.home / "refresh" / "tiny"

    def found(self):
        return sources(self.home, self.data / "none", ADAPTERS)["tiny"]

    def how(self, **how):
        return How(**({"actor": ADMIN, "home": self.home, "manners": QUICK} | how))

    def refresh(self, **how):
        return refresh(self.found(), self.how(**how))

    def store(self):
        return ensure_store(home=self.home, data_dir=self.data)

    def values(self):
        """Return the figures that the source's dataset holds, by day and area."""
        rows = self.store().dataset_observations("refresh-tiny")
        days = rows["period_end"].astype("str").str[:10]
        return dict(zip(zip(days, rows["area"], strict=True), rows["value"], strict=True))


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setenv(CONTACT_VARIABLE, "atlas@example.vn")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    started = Served()
    yield started
    started.stop()


@pytest.fixture
def atlas(tmp_path, monkeypatch, served):
    data = write(tmp_path / "data", [row("rate", "01", 50.0)])
    home = tmp_path / "var"
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    for module in (datasets, running, storing, command):
        monkeypatch.setattr(
            module,
            "current_store",
            lambda home=home: ensure_store(home=home or tmp_path / "var", data_dir=data),
        )
    return Atlas(home, data, served.address)
