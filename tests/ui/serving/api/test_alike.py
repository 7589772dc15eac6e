"""Similar places over HTTP."""

import pytest

from geo.editions import EDITION_2025
from metrics.similar import similar


def test_peers_are_told_with_their_drivers_and_origins(api, shipped):
    told = api("/similar/2025/48?lang=en")
    found = similar(shipped, EDITION_2025, "48")
    assert told.status == 200
    assert [one["area"]["code"] for one in told.json["peers"]] == [
        peer.place.code for peer in found.peers
    ]
    assert told.json["reason"] is None
    first = told.json["peers"][0]
    assert first["distance"] == pytest.approx(found.peers[0].distance, abs=1e-4)
    known = shipped.catalog.origins
    for one in (*first["near"], *first["apart"]):
        assert one["origin_id"] in known
        assert api(f"/indicators/{one['indicator_id']}").status == 200


@pytest.mark.parametrize("path", ["2024/001", "2024/01", "2025/VN", "2025/R1"])
def test_below_the_overlap_there_is_a_sentence(api, path):
    told = api(f"/similar/{path}")
    assert told.status == 200
    assert told.json["peers"] == []
    assert told.json["reason"]


@pytest.mark.parametrize("path", ["2025/zz", "2026/01", "2025/048", "2025/48?x=1"])
def test_what_is_not_there_is_a_problem(api, path):
    told = api(f"/similar/{path}")
    assert told.status in (400, 404)
    assert told.headers["content-type"] == "application/problem+json"
