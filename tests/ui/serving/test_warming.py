"""Before the first reader: everything that lives long is read, frozen, and no trouble stops it."""

import gc
import sys

import pytest

from metrics.store import StoreError
from metrics.store.answers import Answers
from ui.address import View
from ui.scene import draw, views_kept
from ui.serving import warming


@pytest.fixture(autouse=True)
def as_before():
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    yield
    sys.setswitchinterval(turn)
    gc.set_threshold(*before)


@pytest.fixture
def searched(monkeypatch):
    """Count the searches for garbage instead of making them: the tests before hold much."""
    times = []
    monkeypatch.setattr(warming.gc, "collect", lambda: times.append(1))
    return times


def test_what_is_read_before_the_first_reader_is_no_garbage_to_search(monkeypatch, shipped):
    monkeypatch.setattr(warming, "current_store", lambda: shipped)
    monkeypatch.setattr(shipped, "answers", Answers())
    frozen = gc.get_freeze_count()
    warming.warm_up()
    assert gc.get_freeze_count() > frozen
    found, made, kept = views_kept()
    draw(shipped, View(lang="vi"))
    assert views_kept() == (found + 1, made, kept)


def test_a_store_that_cannot_be_opened_keeps_nobody_out(monkeypatch, caplog, searched):
    def broken():
        raise StoreError("locked", path="figures", error="held")

    monkeypatch.setattr(warming, "current_store", broken)
    warming.warm_up()
    assert "could not be opened" in caplog.text
    assert searched


@pytest.mark.parametrize("by_hand", [False, True])
def test_garbage_is_not_searched_after_each_run_unless_an_operator_wants_it(
    monkeypatch, searched, by_hand
):
    told = {}
    monkeypatch.setattr(warming.config, "is_manually_set", lambda _: by_hand)
    monkeypatch.setattr(
        warming.config, "set_option", lambda name, value, _: told.update({name: value})
    )
    warming._settle_garbage()
    assert told == ({} if by_hand else {"runner.postScriptGC": False})
    assert gc.get_threshold() == warming.ALLOCATED
    assert searched
