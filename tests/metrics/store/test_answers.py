"""What is worked out of a store is kept by it, and goes with it."""

import gc
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from types import SimpleNamespace

from metrics.panel import panel
from metrics.store import Store, answers, current_store, ensure_store, kept_in_store
from metrics.store.answers import Answers
from metrics.store.store import GRACE_S, RETIRED_KEPT
from tests.metrics.made_up import row
from tests.metrics.stores import HANOI, of_user, put


def counting():
    asked = []

    @kept_in_store(2)
    def name_of(store, word, *, loud=False):
        asked.append(word)
        return f"{store.generation} {word.upper() if loud else word}"

    return name_of, asked


class _Bare(Store):
    def __init__(self, generation):
        super().__init__(type("Reading", (), {"tables": {}})(), generation)


def test_a_question_is_worked_out_once_and_the_oldest_answers_go():
    name_of, asked = counting()
    store = _Bare("gen-1")
    assert name_of(store, "a") == name_of(store, "a") == "gen-1 a"
    assert name_of(store, "a", loud=True) == "gen-1 A"
    assert asked == ["a", "a"]
    name_of(store, "b")
    name_of(store, "a")
    assert asked == ["a", "a", "b", "a"]


def test_readers_of_one_moment_wait_for_the_one_that_works_it_out():
    begun, go_on, made = threading.Event(), threading.Event(), []

    @kept_in_store(1)
    def slow(store, word):
        begun.set()
        assert go_on.wait(10)
        made.append(word)
        return [word]

    store = _Bare("gen-1")
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(slow, store, "a")
        assert begun.wait(10)
        others = [pool.submit(slow, store, "a") for _ in range(7)]
        go_on.set()
        assert all(other.result(10) is first.result(10) for other in others)
    assert made == ["a"]


def test_who_waits_for_one_that_fails_or_is_stuck_works_it_out_alone(monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    @kept_in_store(1)
    def once_wrong(store, how):
        if not begun.is_set():
            begun.set()
            go_on.wait(10)
            raise LookupError(how)
        return how

    with ThreadPoolExecutor(2) as pool:
        for store, patience in ((_Bare("gen-1"), 20.0), (_Bare("gen-2"), 0.05)):
            monkeypatch.setattr(answers, "PATIENCE_S", patience)
            begun.clear()
            go_on.clear()
            first = pool.submit(once_wrong, store, "a")
            assert begun.wait(10)
            second = pool.submit(once_wrong, store, "a")
            if patience < 1:
                assert second.result(10) == "a"
            go_on.set()
            assert isinstance(first.exception(10), LookupError)
            assert second.result(10) == "a"


def test_each_store_has_answers_of_its_own():
    name_of, _ = counting()
    assert name_of(_Bare("gen-1"), "a") == "gen-1 a"
    assert name_of(_Bare("gen-2"), "a") == "gen-2 a"


def test_what_is_drawn_is_worked_out_anew_where_other_boundaries_are_in_force(monkeypatch):
    asked = []

    @kept_in_store(4, drawn=True)
    def drawn(store):
        asked.append(answers.in_force())
        return len(asked)

    store = _Bare("gen-1")
    assert drawn(store) == drawn(store) == 1
    monkeypatch.setattr(answers, "in_force", lambda: "other")
    monkeypatch.setattr(answers, "pinned", lambda _: nullcontext())
    assert drawn(store) == drawn(store) == 2


def test_turns_are_counted_of_all_stores():
    name_of, _ = counting()
    first, second = _Bare("gen-1"), _Bare("gen-2")
    for store in (first, first, second):
        name_of(store, "a")
    assert name_of.turns() == (1, 2, 2)
    second.answers.close()
    assert name_of.turns() == (1, 2, 1)


def test_what_is_closed_lets_go_of_rings_too_and_keeps_nothing_more():
    @kept_in_store(2)
    def ring(store, word):
        return SimpleNamespace(store=store, word=word, answers=inner)

    inner, store = Answers(), _Bare("gen-1")
    inner.get("who", 1, "what", lambda kept=store: kept)
    assert ring(store, "a") is ring(store, "a")
    gone = weakref.ref(store)
    gc.disable()
    try:
        store.answers.close()
        assert ring(store, "a") is not ring(store, "a")
        assert inner.count("who") == 0
        del store
        assert gone() is None
    finally:
        gc.enable()


def test_of_what_is_closed_an_answer_is_made_of_others_that_are_made_once():
    name_of, asked = counting()

    @kept_in_store(2)
    def twice(store):
        return name_of(store, "a") + name_of(store, "a")

    store = _Bare("gen-1")
    store.answers.close()
    assert twice(store) == twice(store) == "gen-1 agen-1 a"
    assert asked == ["a", "a"]
    name_of(store, "a")
    assert asked == ["a", "a", "a"]


def test_a_newer_generation_closes_the_answers_of_the_one_before_after_a_while(places, monkeypatch):
    name_of, asked = counting()
    before = current_store(**places)
    name_of(before, "a")
    put(places, of_user(), row("rate", HANOI, 1))
    assert current_store(**places) is not before
    # Who began a page with it ends it with it.
    name_of(before, "a")
    assert asked == ["a"]
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + GRACE_S + 1)
    current_store(**places)
    assert name_of.turns() == (1, 1, 0)


def test_many_new_generations_do_not_pile_up_what_was_worked_out(places):
    name_of, _ = counting()
    for value in range(RETIRED_KEPT + 4):
        name_of(current_store(**places), "a")
        put(places, of_user(), row("rate", HANOI, value))
    current_store(**places)
    assert name_of.turns() == (0, RETIRED_KEPT + 4, RETIRED_KEPT)


def test_a_store_that_nobody_uses_goes_with_all_that_was_worked_out_of_it(places):
    store = ensure_store(**places)
    assert panel(store, "rate", "2024", "province").n_areas
    gone = weakref.ref(store)
    del store
    gc.collect()
    assert gone() is None
