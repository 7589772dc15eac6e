"""Which areas hold a point."""

import pytest

from geo.boundaries import NoBoundariesError, areas_at
from geo.editions import EDITION_2019, EDITION_2024, EDITION_2025, Level, areas


@pytest.mark.parametrize(
    ("edition", "level", "lon", "lat", "codes"),
    [
        (EDITION_2025, Level.PROVINCE, 105.84, 21.03, ("01",)),
        (EDITION_2024, Level.PROVINCE, 106.70, 10.78, ("79",)),
        (EDITION_2025, Level.PROVINCE, 120.0, 0.0, ()),
    ],
)
def test_a_point_lies_in_its_area(edition, level, lon, lat, codes):
    assert areas_at(edition, level, lon, lat) == codes


def test_the_point_of_most_areas_lies_in_them():
    found = [
        areas_at(EDITION_2025, Level.PROVINCE, place.lon, place.lat) == (place.code,)
        for place in areas(EDITION_2025, Level.PROVINCE)
    ]
    assert sum(found) >= 33


def test_a_map_without_boundaries_holds_nothing():
    with pytest.raises(NoBoundariesError):
        areas_at(EDITION_2019, Level.DISTRICT, 105.84, 21.03)
