"""The real samples of the public sets; only where ATLAS_TEST_MIRROR names their folder."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.boundaries import KIND_PARTLY, load, web_layer
from geo.boundaries.official import Refused, fetched
from geo.boundaries.official.install import install
from geo.boundaries.official.records import province_of
from geo.boundaries.replaced import store
from geo.editions import EDITION_2024, EDITION_2025, HOANG_SA, TRUONG_SA, Level
from geo.maps import Ink, country_svg
from geo.maps.embed import layer_data
from metrics.catalog import boundary_licence, boundary_note, boundary_notes
from tests.geo.boundaries.official.official_files import DISTRICT, keys

MIRROR = os.environ.get("ATLAS_TEST_MIRROR", "")
pytestmark = pytest.mark.skipif(not MIRROR, reason="ATLAS_TEST_MIRROR is not set")
SAMPLED = {"01", "26", "48", "56"}
EDITIONS = [EDITION_2024, EDITION_2025]


@pytest.fixture(scope="module")
def prepared():
    return fetched(EDITIONS, mirror=MIRROR, partial=True).ready


@pytest.fixture(scope="module")
def official(prepared, tmp_path_factory):
    """The samples of 2024 in force."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(store.HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        install(list(prepared[:1]), actor="test")
        yield


def test_a_part_alone_is_refused():
    with pytest.raises(Refused) as caught:
        fetched(EDITIONS, mirror=MIRROR)
    assert keys(caught) >= {"files_missing", "partial_hint"}


def test_a_sample_altered_in_one_byte_is_refused(tmp_path):
    shutil.copytree(Path(MIRROR) / "dvhcvn", tmp_path / "dvhcvn")
    file = tmp_path / "dvhcvn" / "data" / "gis" / "26.json"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(content)
    with pytest.raises(Refused) as caught:
        fetched([EDITION_2024], mirror=str(tmp_path))
    assert "altered" in keys(caught)


def test_the_provinces_that_came_are_official(prepared):
    districts, communes = prepared
    drawn = {code for code, state in districts.status.items() if state == "official"}
    assert {province_of(EDITION_2024, code) for code in drawn} == SAMPLED
    assert sum(state == "official" for state in communes.status.values()) == 104
    assert "edges" in {finding.key for finding in communes.findings}


def test_each_is_a_valid_coverage_of_the_whole_country(prepared):
    for made in prepared:
        drawn = np.array(list(made.shapes.values()), dtype=object)
        assert shapely.is_valid(drawn).all()
        assert shapely.coverage_is_valid(drawn)


def test_the_archipelagos_of_the_set_are_drawn(prepared):
    districts, communes = prepared
    for special in (HOANG_SA, TRUONG_SA):
        code = special[EDITION_2024, DISTRICT]
        assert districts.status[code] == "official"
        assert len(shapely.get_parts(districts.shapes[code])) > 10
        assert communes.status[special[EDITION_2025, Level.COMMUNE]] == "kept"


@pytest.mark.usefixtures("official")
@pytest.mark.parametrize("level", [Level.PROVINCE, DISTRICT])
def test_every_layer_is_valid_partly_official_and_says_so(level):
    edition = EDITION_2024
    layer = web_layer(edition, level)
    assert layer.kind == KIND_PARTLY
    drawn = load(edition, level).geometry.to_numpy()
    assert len(drawn) == layer.n
    assert shapely.is_valid(drawn).all()
    assert shapely.coverage_is_valid(drawn)
    assert "Ranh giới chính thức" in boundary_note(edition, level, "vi")
    assert "Official boundaries" in boundary_note(edition, level, "en")
    assert len(layer_data(layer.url, None)["objects"]["areas"]["geometries"]) == layer.n


@pytest.mark.usefixtures("official")
def test_small_maps_and_files_use_them(prepared):
    drawing = country_svg(EDITION_2024, {"01"}, ("Hoàng Sa", "Trường Sa"), Ink())
    assert len(drawing.labels) == 2
    assert "Ranh giới chính thức" in boundary_notes([EDITION_2024], "vi")
    assert "MIT" not in boundary_licence("en")
    areas = load(EDITION_2024, DISTRICT).set_index("code").geometry
    assert np.isclose(areas["001"].area, prepared[0].shapes["001"].area)
