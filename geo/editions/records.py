"""The records of editions and areas, their types and the errors of looking them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from base.words import Refusal


class Level(StrEnum):
    """A tier of areas, from the whole country down."""

    COUNTRY = "country"
    REGION = "region"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class TypeWords(NamedTuple):
    """The word a type of area carries in its name: before it in Vietnamese, after it in English."""

    vi: str
    en: str


# Types that are not here (country, region) carry no word.
TYPE_WORDS: dict[str, TypeWords] = {
    "city_central": TypeWords("Thành phố", "City"),
    "province": TypeWords("Tỉnh", "Province"),
    "urban_district": TypeWords("Quận", "District"),
    "district": TypeWords("Huyện", "District"),
    "town": TypeWords("Thị xã", "Town"),
    "city": TypeWords("Thành phố", "City"),
    "city_in_central": TypeWords("Thành phố", "City"),
    "ward": TypeWords("Phường", "Ward"),
    "commune": TypeWords("Xã", "Commune"),
    "special_zone": TypeWords("Đặc khu", "Special Zone"),
}


class UnknownEdition(Refusal, KeyError):
    """An edition that does not exist was asked for."""

    prefix = "editions.unknown."


class UnknownArea(Refusal, LookupError):
    """A code that the edition does not have was asked for."""

    prefix = "editions.unknown."


class UnknownLevel(Refusal, LookupError):
    """A level that the edition does not have was asked for."""

    prefix = "editions.unknown."


@dataclass(frozen=True, slots=True)
class Edition:
    """Hold a dated division of the country.

    Attributes
    ----------
    id
        What addresses and files call it.
    name_vi, name_en
        Its name in Vietnamese and in English.
    valid_from
        The first day known on which the division was in force.
    valid_to
        The last such day; None while it is in force.
    levels
        The levels it has areas of, from the country down.
    """

    id: str
    name_vi: str
    name_en: str
    valid_from: date
    valid_to: date | None
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Hold one area of one edition; only (edition, code) identifies it.

    Attributes
    ----------
    edition, code
        The key. The same code can be another place in another edition.
    level
        Country, region, province, district or commune.
    name_vi, name_en
        Names with their type word, in Vietnamese (NFC) and in English.
    type
        Stable id of the type; the words are in `TYPE_WORDS`.
    parent
        Code of the area above: the province of a district or commune, the country of a province
        or region, None for the country.
    region
        Code of the region of a province and of what lies in it, else None.
    area_km2
        Land area, square kilometres; None where unknown.
    population
        Persons; None where unknown.
    lon, lat
        A point in the area, degrees (EPSG:4326); None where unknown.
    valid_from, valid_to
        First and last day of the area under this name, type and territory; None where unknown or,
        for the last day, where it still exists.
    """

    edition: str
    code: str
    level: Level
    name_vi: str
    name_en: str
    type: str
    parent: str | None
    region: str | None
    area_km2: float | None
    population: int | None
    lon: float | None
    lat: float | None
    valid_from: date | None
    valid_to: date | None

    @property
    def short_vi(self) -> str:
        """Give the Vietnamese name without its type word; numbered areas keep it (Quận 1)."""
        words = TYPE_WORDS.get(self.type)
        if words is None:
            return self.name_vi
        rest = self.name_vi.removeprefix(words.vi + " ")
        return self.name_vi if rest[:1].isdigit() else rest

    @property
    def short_en(self) -> str:
        """Give the English name without its type word; numbered areas keep it (District 1)."""
        words = TYPE_WORDS.get(self.type)
        return self.name_en if words is None else self.name_en.removesuffix(" " + words.en)
