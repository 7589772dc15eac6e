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
def thawed():
    before, turn = gc.get_threshold(), sys.getswitchinterval()
    yield
    sys.setswitchinterval(turn)
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_is_read_before_the_first_reader_is_no_garbage_to_search(monkeypatch, shipped):
    monkeypatch.setattr(warming, "current_store", lambda: shipped)
    monkeypatch.setattr(shipped, "answers", Answers())
    warming.warm_up()
    assert gc.get_freeze_count() > 100_000
    found, made, kept = views_kept()
    draw(shipped, View(lang="vi"))
    assert views_kept() == (found + 1, made, kept)


def test_a_store_that_cannot_be_opened_keeps_nobody_out(monkeypatch, caplog):
    def broken():
        raise StoreError("locked", path="figures", error="held")

    monkeypatch.setattr(warming, "current_store", broken)
    warming.warm_up()
    assert "could not be opened" in caplog.text


@pytest.mark.parametrize("by_hand", [False, True])
def test_garbage_is_not_searched_after_each_run_unless_an_operator_wants_it(monkeypatch, by_hand):
    told = {}
    monkeypatch.setattr(warming.config, "is_manually_set", lambda _: by_hand)
    monkeypatch.setattr(
        warming.config, "set_option", lambda name, value, _: told.update({name: value})
    )
    warming._settle_garbage()
    assert told == ({} if by_hand else {"runner.postScriptGC": False})
    assert gc.get_threshold() == warming.ALLOCATED
