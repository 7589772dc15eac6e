"""How fresh figures are: a rhythm that is stated, what is next by it, and a verdict only then."""

import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.people import VISITOR, Actor, Role
from metrics.refresh import freshness, sources
from metrics.refresh.state import read_state, write_state
from metrics.store import ensure_store
from tests.metrics import made_up
from tests.metrics.made_up import row, write
from tests.metrics.refresh.served import DAY, figures
from tests.metrics.refresh.tiny import ADAPTERS

RHYTHM = {"every": "month", "origin": "ministry", "wording": made_up.text("hằng tháng"), "days": 15}
SEPTEMBER = {"grain": "month", "period_end": "2026-09-30"}


def on(text):
    return datetime.fromisoformat(f"{text}T05:00:00+00:00")


@pytest.fixture
def stated(tmp_path):
    """A store with an indicator whose publisher names a day, one without a day, one without."""
    named = made_up.indicator("dated", rhythm=RHYTHM)
    alone = made_up.indicator("undated", rhythm={k: v for k, v in RHYTHM.items() if k != "days"})
    rows = [row(id_, "01", 1, **SEPTEMBER) for id_ in ("dated", "undated", "days")]
    data = write(tmp_path / "data", rows, [*made_up.INDICATORS, named, alone])
    return ensure_store(home=tmp_path / "var", data_dir=data)


@pytest.mark.parametrize(
    ("day", "dated", "undated"),
    [
        ("2026-11-15", False, False),
        ("2026-11-16", True, False),
        # With no day named, October is late when November's figures would be next.
        ("2026-11-30", True, False),
        ("2026-12-01", True, True),
    ],
)
def test_late_is_what_is_past_the_day_named_or_a_whole_period_behind(
    stated, tmp_path, day, dated, undated
):
    found = freshness(stated, VISITOR, tmp_path / "var", tmp_path / "none", on(day))
    assert {id_: one.late for id_, one in found.items()} == {
        "dated": dated,
        "undated": undated,
        "days": None,
    }
    assert (found["days"].every, found["days"].expected) == (None, None)
    assert found["dated"].expected == date(2026, 11, 15)
    assert found["dated"].newest == date(2026, 9, 30)
    assert found["dated"].came is not None


@pytest.fixture
def asked(engine, atlas, served, monkeypatch):
    """A source that was asked, its adapter known."""
    monkeypatch.setattr(
        sys.modules["metrics.refresh.fresh"],
        "sources",
        lambda home, shipped: sources(home, shipped, ADAPTERS),
    )
    served.pages(figures())
    atlas.refresh()
    return atlas


def fresh_of(atlas, actor=VISITOR, now=None):
    found = freshness(atlas.store(), actor, atlas.home, atlas.data / "none", now)
    return found["rate"]


def test_a_source_that_is_asked_again_says_the_rhythm_and_what_is_next(asked):
    now = datetime.now(UTC)
    new = now - timedelta(days=2)
    write_state(asked.folder, read_state(asked.folder).model_copy(update={"new": new}))
    found = fresh_of(asked, now=now)
    assert (found.every, found.source.id, found.newest.isoformat()) == ("day", "tiny", DAY)
    assert found.expected in (now.date() - timedelta(days=1), now.date())
    assert found.asked is not None
    assert found.late is False
    assert fresh_of(asked, now=now + timedelta(days=3)).late is True


def test_what_was_never_asked_here_has_no_verdict(asked):
    (asked.folder / "state.json").unlink()
    found = fresh_of(asked)
    assert (found.every, found.expected, found.late) == ("day", None, None)


def test_a_private_source_and_one_that_is_described_wrongly_are_not_told_of(asked):
    asked.describe(team="so-y-te", private=True)
    assert fresh_of(asked).source is None
    theirs = Actor("cô Ba", Role.EDITOR, frozenset({"so-y-te"}))
    assert fresh_of(asked, theirs).source.id == "tiny"
    asked.describe(every="hourly")
    assert fresh_of(asked, theirs).source is None
