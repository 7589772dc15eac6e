from concurrent.futures import ThreadPoolExecutor

import pytest

from base.counting import Counted, Timed, counts, everything


@pytest.fixture(autouse=True)
def apart(monkeypatch):
    monkeypatch.setattr(counts, "_all", [])


def test_counts_are_kept_by_label_from_many_threads():
    seen = Counted("seen", "What was seen.", "kind")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda at: seen.add("odd" if at % 2 else "even"), range(2000)))
    assert seen.counts() == {("odd",): 1000, ("even",): 1000}
    assert everything() == (seen,)


def test_times_know_how_many_took_at_most_a_step():
    waited = Timed("waited", "Waiting.")
    for seconds in (0.01, 0.05, 0.3, 500):
        waited.add(seconds)
    found = waited.times()[()]
    assert (found.count, found.seconds) == (4, pytest.approx(500.36))
    assert found.within == (2, 2, 2, 3, 3, 3, 3, 3, 3, 3)


def test_what_fails_is_timed_too():
    waited = Timed("waited", "Waiting.", "what")
    with pytest.raises(ValueError, match="no"), waited.timing("work"):
        raise ValueError("no")
    assert waited.times()[("work",)].count == 1


def test_how_something_ended_tells_its_times_apart():
    stored = Timed("stored", "Storing.", "outcome")

    @stored.outcome()
    def store(fails):
        if fails:
            raise ValueError("no")
        return "stored"

    assert store(False) == store(False) == "stored"
    with pytest.raises(ValueError, match="no"):
        store(True)
    assert {key: found.count for key, found in stored.times().items()} == {
        ("done",): 2,
        ("failed",): 1,
    }


def test_what_is_known_is_told_before_it_happens():
    seen = Counted("seen", "What was seen.", "kind", known=("cat", "dog"))
    seen.add("cat")
    assert seen.counts() == {("cat",): 1, ("dog",): 0}
    waited = Timed("waited", "Waiting.", "what", known=("long",))
    assert waited.times()[("long",)].count == 0
