"""The source that is shipped."""

import yaml

from base.folders import DATA
from metrics.refresh import Source
from metrics.refresh.adapters import adapter_of


def test_the_shipped_source_is_one_that_its_adapter_understands():
    path = DATA / "sources" / "index766.yaml"
    source = Source.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    adapter = adapter_of(source.adapter)
    options = adapter.Options.model_validate(source.options)
    asks = adapter.asks(source, options, [])
    assert source.id == path.stem
    assert len(asks) == 6
    assert {ask.address.rpartition("/")[0] for ask in asks} == {source.address}
