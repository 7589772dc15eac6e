"""Alive, ready, numbers: plain answers, for those whom they are for."""

from __future__ import annotations

import json
import re
import threading

import pytest

from metrics.refresh.sources import SHIPPED
from metrics.store import StoreError, UnreachableError
from metrics.store.store import HOME_VARIABLE
from tests.ui.serving.answers import ask, behind
from ui.serving import health
from ui.serving.settings import Settings

TOKEN = "a-token-of-16-signs"
SAMPLE = re.compile(r'[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? -?[\d.e+]+|# .*')


@pytest.fixture
def probes(monkeypatch, shipped):
    monkeypatch.setattr(health, "settings", lambda: Settings(metrics=TOKEN))
    monkeypatch.setattr(health, "current_store", lambda: shipped)
    monkeypatch.setattr(health, "_look", health._Look())
    return health.Probes(behind)


def test_alive_and_ready(probes):
    assert (ask(probes, "/healthz").status, ask(probes, "/healthz").body) == (200, b"ok\n")
    ready = ask(probes, "/readyz")
    assert (ready.status, ready.headers["cache-control"]) == (200, "no-store")
    assert ready.body.decode().split("\n")[:3] == ["store: ok", "database: ok", "boundaries: ok"]


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (UnreachableError("away", database="db-secret", error="pw-secret"), "database"),
        (StoreError("locked", path="/srv/secret", error="secret"), "store"),
    ],
)
def test_what_is_missing_is_said_plainly_and_no_more(probes, monkeypatch, error, part):
    def broken():
        raise error

    monkeypatch.setattr(health, "current_store", broken)
    answer = ask(probes, "/readyz")
    assert answer.status == 503
    told = dict(line.split(": ", 1) for line in answer.body.decode().strip().split("\n"))
    assert [name for name, how in told.items() if how != "ok"] == [part]
    assert "secret" not in answer.body.decode()


def test_missing_boundaries_are_noticed(probes, monkeypatch, tmp_path):
    monkeypatch.setattr(health, "STATIC", tmp_path)
    assert b"boundaries: files of the map are missing" in ask(probes, "/readyz").body


def test_who_asks_often_makes_no_work(probes, monkeypatch):
    looks = []
    monkeypatch.setattr(health, "parts", lambda: looks.append(1) or {"store": "ok"})
    for _ in range(50):
        ask(probes, "/readyz")
    assert len(looks) == 1


def test_a_look_that_hangs_holds_nobody_up(monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def hanging():
        begun.set()
        go_on.wait(20)
        return {"store": "ok"}

    look = health._Look()
    monkeypatch.setattr(health, "parts", hanging)
    first = threading.Thread(target=look.now)
    first.start()
    begun.wait(20)
    assert look.now() == {"server": "starting"}
    monkeypatch.setattr(health, "SLOWEST_S", -1)
    assert "has not finished" in look.now()["server"]
    go_on.set()
    first.join()
    assert look.now() == {"store": "ok"}


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/_stcore/metrics", "/_stcore/metrics/"])
@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer x", f"bearer {TOKEN}", TOKEN, f"Bearer {TOKEN} ", "Bearer é"]
)
def test_numbers_are_not_for_strangers(probes, path, given):
    answer = ask(probes, path, authorization=given)
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert b"atlas_" not in answer.body


def test_without_a_token_there_are_no_numbers(probes, monkeypatch):
    monkeypatch.setattr(health, "settings", Settings)
    for path in ("/metrics", "/_stcore/metrics"):
        for given in ("", "Bearer ", "Bearer"):
            assert ask(probes, path, authorization=given).status == 404


def test_numbers_are_in_the_text_format(probes):
    bearer = {"authorization": f"Bearer {TOKEN}"}
    answer = ask(probes, "/metrics", **bearer)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.body.decode().strip().split("\n")
    assert [line for line in lines if not SAMPLE.fullmatch(line)] == []
    assert 'atlas_ready{part="store"} 1' in lines
    named = {line.split(" ")[2] for line in lines if line.startswith("# TYPE")}
    for name in (
        "atlas_run_seconds",
        "atlas_request_seconds",
        "atlas_errors_total",
        "atlas_views_found_total",
        "process_resident_memory_bytes",
    ):
        assert name in named
    assert ask(probes, "/_stcore/metrics", **bearer).status == 299


@pytest.mark.parametrize("path", ["/healthzz", "/x/readyz", "/metrics.json", "/Metrics"])
def test_other_addresses_pass(probes, path):
    assert ask(probes, path).status == 299


def test_below_a_path_of_the_server_too(monkeypatch):
    monkeypatch.setattr(health, "base_path", lambda: "/atlas")
    assert ask(health.Probes(behind), "/atlas/healthz").status == 200
    assert ask(health.Probes(behind), "/healthz").status == 200
    assert ask(health.Probes(behind), "/atlashealthz").status == 299


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """A source that failed three times and of which something waits."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    text = (SHIPPED / "index766.yaml").read_text(encoding="utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "secret.yaml").write_text(
        text.replace("id: index766", "id: secret\nprivate: true\nteam: so-thu"), encoding="utf-8"
    )
    folder = tmp_path / "refresh" / "secret"
    (folder / "held" / "run").mkdir(parents=True)
    (folder / "held" / "run" / "difference.json").write_text("not read here")
    told = {"asked": "2026-10-01T00:00:00Z", "new": "2026-09-01T00:00:00Z", "failures": 3}
    (folder / "state.json").write_text(json.dumps(told | {"result": "failed"}))


def test_sources_that_fail_are_counted_for_all_and_named_to_who_brings_the_token(probes, asked):
    ready = ask(probes, "/readyz")
    assert ready.status == 200
    line = ready.body.decode().strip().split("\n")[-1]
    assert line == "refresh: sources that failed: 1, late: 1, waiting for a decision: 1"
    numbers = ask(probes, "/metrics", authorization=f"Bearer {TOKEN}").body.decode()
    assert 'atlas_refresh_failures{source="secret"} 3' in numbers
    assert 'atlas_refresh_late{source="secret"} 1' in numbers
    assert 'atlas_refresh_waiting{source="secret"} 1' in numbers
    assert 'atlas_refresh_asked_seconds{source="index766"} 0' in numbers


def test_a_source_that_is_described_wrongly_takes_no_server_out(probes, asked, tmp_path):
    (tmp_path / "sources" / "bad.yaml").write_text("id: [")
    ready = ask(probes, "/readyz")
    assert (ready.status, b"refresh: the list of sources cannot be read" in ready.body) == (200, 1)
    assert ask(probes, "/metrics", authorization=f"Bearer {TOKEN}").status == 200
