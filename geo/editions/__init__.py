"""The only home of edition, level, area code, parent and region."""

from geo.editions.codes import (
    COUNTRY_CODE,
    EDITION_2019,
    EDITION_2024,
    EDITION_2025,
    HOANG_SA,
    TRUONG_SA,
)
from geo.editions.lookup import area, areas, child_level, edition, editions, has_area, path, regions
from geo.editions.read import AREA_COLUMNS, EDITION_COLUMNS, EDITIONS_DIR
from geo.editions.records import TYPE_WORDS, Area, Edition, Level, UnknownArea, UnknownLevel
