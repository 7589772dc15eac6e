"""``python -m metrics refresh``: what it prints, and how it ends."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from metrics import __main__ as program
from metrics.commands import refresh as command
from metrics.refresh import RunningError, State, next_due, sources
from metrics.refresh.state import read_state, write_state
from tests.metrics.refresh.conftest import QUICK
from tests.metrics.refresh.served import figures, page
from tests.metrics.refresh.tiny import ADAPTERS

TWENTY = figures()


@pytest.fixture
def run(atlas, monkeypatch, capsys):
    def every():
        return sources(atlas.home, atlas.data / "none", ADAPTERS)

    def how(*given, **named):
        return atlas.how(**dict(zip(("mirror", "accept", "hold"), given[2:], strict=True)))

    monkeypatch.setattr(command, "sources", every)
    monkeypatch.setattr(command, "How", how)

    def call(*words):
        try:
            code = program.main(["refresh", *map(str, words)])
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_it_ends_with_what_came_of_the_sources(run, served):
    served.pages(TWENTY)
    code, said, _ = run()
    assert (code, "tiny: stored" in said, "New: 20" in said) == (0, True, True)
    assert run("--due") == (0, "", "No source is due.\n")
    served.pages(dict(list(TWENTY.items())[:-1]))
    code, said, _ = run("tiny")
    assert (code, "waits for a person" in said, "withdrawn" in said) == (3, True, True)
    code, said, _ = run("--refuse", "--lang", "vi")
    assert (code, "đã bỏ, không lưu" in said) == (0, True)
    assert run("--refuse")[2] == "Nothing is waiting.\n"
    assert run()[0] == 3
    code, said, _ = run("--accept")
    assert (code, "tiny: stored" in said) == (0, True)
    served.answers["/page-1.json"] = (403, {}, b"")
    code, said, _ = run()
    assert (code, "HTTP 403" in said) == (4, True)


def test_what_waits_without_its_replies_is_not_stored_and_told(run, atlas, served):
    served.pages(TWENTY)
    assert run("--hold")[0] == 3
    for path in atlas.folder.glob("2*"):
        shutil.rmtree(path)
    code, said, _ = run("--accept")
    assert (code, "tiny: failed" in said, atlas.values()) == (4, True, {})


def test_accept_with_a_mirror_stores_whatever_the_bounds_say(run, atlas, tmp_path, served):
    served.pages(TWENTY)
    run()
    (tmp_path / "page-1.json").write_bytes(page(figures(start=90.0)))
    assert run("--mirror", tmp_path)[0] == 3
    assert run("--mirror", tmp_path, "--accept")[0] == 0
    assert min(atlas.values().values()) == 90.0


def test_json_holds_the_whole_difference(run, served):
    served.pages(TWENTY)
    code, said, _ = run("--hold", "--json")
    (one,) = json.loads(said)
    assert (code, one["result"], one["differences"][0]["verdict"]) == (3, "held", "hold")
    assert len(one["differences"][0]["lines"]) == 20
    (listed,) = json.loads(run("--list", "--json")[1])
    assert (listed["waits"], listed["state"]["result"]) == (1, "held")
    assert "1 run waits" in run("--list")[1]


def test_what_is_asked_wrongly_ends_with_two(run, atlas):
    assert run("other")[0] == 2
    assert run("--refuse", "--due")[0] == 2
    assert run("--accept", "--hold")[0] == 2
    atlas.describe(every="hour")
    code, _, told = run("--list")
    assert (code, "every" in told) == (2, True)


def test_a_source_that_somebody_else_runs_is_a_failure(run, monkeypatch):
    def busy(*_):
        raise RunningError("elsewhere", source="tiny")

    monkeypatch.setattr(command, "refresh", busy)
    code, said, _ = run()
    assert (code, "Another process" in said) == (4, True)


def test_late_is_what_should_have_come(run, atlas):
    now = datetime.now(UTC)
    write_state(atlas.folder, State(new=now - timedelta(days=3)))
    assert "Late" not in run("--list")[1]
    write_state(atlas.folder, State(new=now - timedelta(days=5)))
    assert "Late" in run("--list")[1]


@pytest.mark.parametrize(
    ("result", "failures", "hours"),
    [
        ("stored", 0, 21.6),
        ("same", 0, 21.6),
        ("failed", 1, 1),
        ("failed", 4, 8),
        ("failed", 99, 24),
    ],
)
def test_when_a_daily_source_is_due_again(atlas, result, failures, hours):
    now = datetime.now(UTC)
    assert next_due(atlas.found().source, result, failures, now) - now == timedelta(hours=hours)


def test_a_state_that_cannot_be_read_or_lies_far_ahead_is_due(atlas):
    now = datetime.now(UTC)
    assert State(due=now + timedelta(days=400)).is_due(now)
    assert not State(due=now + timedelta(days=20)).is_due(now)
    atlas.folder.mkdir(parents=True)
    (atlas.folder / "state.json").write_bytes(b"{")
    assert read_state(atlas.folder) == State()
    assert QUICK.pause_s == 0
