"""Tables made with a known truth: nothing else is ever stored, and an ordinary one is read."""

from __future__ import annotations

import pytest

from tests.metrics.importing.generated import fault, make, small_store

TABLES = 60


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return small_store(tmp_path_factory.mktemp("made"))


def test_nothing_but_the_truth_is_stored_of_tables_made_at_random(store):
    said = {seed: fault(make(seed), store) for seed in range(TABLES)}
    wrong = {s: f for s, f in said.items() if f and not f.startswith("refused")}
    refused = [s for s, f in said.items() if f and f.startswith("refused")]
    assert wrong == {}
    assert len(refused) <= TABLES // 20
