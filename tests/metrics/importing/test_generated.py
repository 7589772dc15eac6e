"""Tables made with a known truth: nothing else is ever stored, and an ordinary one is read."""

from __future__ import annotations

import pytest

from tests.metrics.importing import generated_sheets
from tests.metrics.importing.generated import fault, make, small_store

TABLES = 16
SHEETS = 18


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return small_store(tmp_path_factory.mktemp("made"))


def test_nothing_but_the_truth_is_stored_of_tables_made_at_random(store):
    said = {seed: fault(make(seed), store) for seed in range(TABLES)}
    wrong = {s: f for s, f in said.items() if f and not f.startswith("refused")}
    refused = [s for s, f in said.items() if f and f.startswith("refused")]
    assert wrong == {}
    assert len(refused) <= TABLES // 20


@pytest.mark.parametrize("seed", range(SHEETS))
def test_sheets_of_any_layout_are_stored_as_they_are(store, seed):
    made = generated_sheets.make(seed)
    said = generated_sheets.fault(made, store)
    assert said is None or (made.ask and said.startswith("refused")), said
