"""Adapters are found by name, and loaded only then."""

import pytest

from base.words import Refusal
from metrics.refresh import Adapter, Bounds, Reply, ShapeError, Source
from metrics.refresh.adapters import ADAPTERS, NoAdapter, adapter_of
from tests.metrics.refresh.tiny import ADAPTERS as TINY


def test_an_adapter_is_made_by_its_name():
    made: Adapter = adapter_of("tiny", TINY)
    source = Source(
        id="a",
        adapter="tiny",
        title={"vi": "a", "en": "a"},
        address="http://a.example",
        every="day",
    )
    assert source.bounds == Bounds()
    assert issubclass(ShapeError, Refusal)
    replies: list[Reply] = []
    assert [one.name for one in made.asks(source, made.Options(), replies)] == ["page-1.json"]


def test_a_name_that_nobody_has_is_refused_with_those_there_are():
    with pytest.raises(NoAdapter, match="tiny"):
        adapter_of("other", TINY)


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_adapter_that_is_listed_is_there(name):
    assert adapter_of(name).Options.model_json_schema()
