"""What is worked out of a store is kept by it, and goes with it."""

import gc
import weakref

from metrics.panel import panel
from metrics.store import Store, ensure_store, kept_in_store


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


def test_each_store_has_answers_of_its_own():
    name_of, _ = counting()
    assert name_of(_Bare("gen-1"), "a") == "gen-1 a"
    assert name_of(_Bare("gen-2"), "a") == "gen-2 a"


def test_a_store_that_nobody_uses_goes_with_all_that_was_worked_out_of_it(places):
    store = ensure_store(**places)
    assert panel(store, "rate", "2024", "province").n_areas
    gone = weakref.ref(store)
    del store
    gc.collect()
    assert gone() is None
