"""The codes that the program has to know; every other code is data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geo.editions.records import Level

COUNTRY_CODE = "VN"
EDITION_2019 = "2019"
EDITION_2024 = "2024"
EDITION_2025 = "2025"

# The archipelagos are on every map: which area is or holds each, by edition and level.
HOANG_SA: Mapping[tuple[str, Level], str] = MappingProxyType(
    {
        (EDITION_2019, Level.PROVINCE): "48",
        (EDITION_2019, Level.DISTRICT): "498",
        (EDITION_2024, Level.PROVINCE): "48",
        (EDITION_2024, Level.DISTRICT): "498",
        (EDITION_2025, Level.PROVINCE): "48",
        (EDITION_2025, Level.COMMUNE): "20333",
    }
)
TRUONG_SA: Mapping[tuple[str, Level], str] = MappingProxyType(
    {
        (EDITION_2019, Level.PROVINCE): "56",
        (EDITION_2019, Level.DISTRICT): "576",
        (EDITION_2024, Level.PROVINCE): "56",
        (EDITION_2024, Level.DISTRICT): "576",
        (EDITION_2025, Level.PROVINCE): "56",
        (EDITION_2025, Level.COMMUNE): "22736",
    }
)
