"""Everything that changes the store, tried by people who may not."""

import inspect

import pytest

from metrics.catalog import Indicator
from metrics.datasets import datasets, indicators
from metrics.people import BROKEN, OPEN, VISITOR, Actor, NotAllowed, Role
from metrics.people.access import EXPIRED
from metrics.store import ensure_store
from tests.metrics.made_up import indicator, row, write

LOOKERS = (VISITOR, EXPIRED, OPEN, BROKEN, Actor("xem"), Actor("không", Role.EDITOR))
NEW = Indicator.model_validate(indicator("moi"))


def marking(act):
    return lambda who, home: act("a-v1", who, "", home)


WRITES = {
    "keep_file": lambda who, home: datasets.keep_file(b"x", who, home),
    "load": lambda who, home: datasets.load(None, None, datasets.Details("x"), who, home),
    "put_indicator": lambda who, home: indicators.put_indicator(NEW, who, "", home),
    "withdraw": marking(datasets.withdraw),
    "restore": marking(datasets.restore),
    "publish": marking(datasets.publish),
    "unpublish": marking(datasets.unpublish),
}


def writers():
    return {
        name
        for module in (datasets, indicators)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and name[0] != "_"
        if "actor" in inspect.signature(function).parameters
    }


def test_every_function_that_takes_an_actor_is_tried_here():
    assert writers() - {"audit_line"} == set(WRITES)


@pytest.mark.parametrize("who", LOOKERS, ids=lambda who: who.name or who.standing)
@pytest.mark.parametrize("name", WRITES)
def test_who_only_looks_changes_nothing(name, who, tmp_path, monkeypatch):
    data = write(tmp_path / "data", [row("rate", "01", 50.0)])
    monkeypatch.setattr(
        datasets, "current_store", lambda home=None: ensure_store(home=home, data_dir=data)
    )
    with pytest.raises(NotAllowed):
        WRITES[name](who, tmp_path)
    # Not even the store was made, nor a lock taken, nor a file kept.
    assert {path.name for path in tmp_path.iterdir()} == {"data"}
