import json

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.boundaries.web import topology


def mosaic(labels):
    """Areas made of squares of a hundredth of a degree: one for each label, maybe in parts."""
    cells = np.array(
        [
            [shapely.box(x / 100, y / 100, (x + 1) / 100, (y + 1) / 100) for x in range(104, 108)]
            for y in range(9, 13)
        ]
    )
    cells = shapely.transform(cells, lambda xy: xy + np.array([102, 8]))
    return np.array([shapely.coverage_union_all(cells[labels == k]) for k in np.unique(labels)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=16, max_size=16))
def test_what_is_encoded_decodes_to_the_same_coverage(labels):
    shapes = mosaic(np.array(labels).reshape(4, 4))
    codes = [f"{i:02}" for i in range(len(shapes))]
    properties = [{"n": f"Ấp {code}"} for code in codes]
    made = json.loads(json.dumps(topology.encode(codes, shapes, properties)))
    frame = topology.decode(made)
    assert frame["code"].tolist() == codes
    assert frame["n"].tolist() == [f"Ấp {code}" for code in codes]
    assert shapely.area(shapely.symmetric_difference(frame.geometry, shapes)).max() < 1e-12
    assert frame.geometry.is_valid_coverage()


def test_simplifying_keeps_an_islet_but_straightens_a_coast():
    islet = shapely.Point(109, 12).buffer(0.005)
    coast = shapely.union(shapely.box(107, 11, 108, 12), shapely.box(108, 11.5, 108.004, 11.504))
    simple = topology.simplify(np.array([coast, islet]), 0.02)
    assert simple[1].area == pytest.approx(islet.area, rel=0.15)
    assert shapely.get_num_coordinates(simple[0]) == 5


def test_an_area_that_the_grid_swallows_is_named():
    speck = shapely.box(103.00001, 9.00001, 103.00002, 9.00002)
    shapes = np.array([shapely.box(104, 10, 105, 11), speck])
    with pytest.raises(ValueError, match="'02' vanishes on the grid"):
        topology.encode(["01", "02"], shapes, [{}, {}])
