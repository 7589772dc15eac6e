"""How a view and its sources are cited."""

from dataclasses import replace

from metrics.catalog import load_catalog
from metrics.exporting.citation import Cited, citation


def test_sources_that_read_alike_are_cited_once():
    origins = load_catalog().origins
    one, other = origins["dti-portal"], origins["dti-2022-ranking"]
    twin = one.model_copy(update={"id": "twin", "url": "https://elsewhere.test/"})
    cited = Cited("key", "DTI", "", (one, other), "vi")
    assert citation(replace(cited, origins=(one, twin, other))) == citation(cited)
    assert citation(replace(cited, origins=(other,))) != citation(cited)
