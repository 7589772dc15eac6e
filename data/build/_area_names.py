"""Rules for the names and types of areas."""

from __future__ import annotations

import unicodedata

from geo.editions import TYPE_WORDS

# Types that share their Vietnamese word are told apart by where the area is: see `area_type`.
_PROVINCE_TYPES = ("city_central", "province")
_DISTRICT_TYPES = ("urban_district", "district", "town", "city")
_COMMUNE_TYPES = ("ward", "commune", "special_zone")


def clean_name(name: str) -> str:
    """Bring a name to NFC, single spaces and a type word with one capital ("Thành phố")."""
    text = " ".join(unicodedata.normalize("NFC", name).split())
    for words in TYPE_WORDS.values():
        if text.lower().startswith(words.vi.lower() + " "):
            return words.vi + text[len(words.vi) :]
    return text


def without_diacritics(text: str) -> str:
    """Write Vietnamese text in plain letters."""
    parts = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def area_type(name: str, *, of_province: bool = False, in_central_city: bool = False) -> str:
    """Tell the type of an area from the word its name starts with.

    Raises
    ------
    ValueError
        Where the name starts with no known word.
    """
    allowed = _PROVINCE_TYPES if of_province else _DISTRICT_TYPES + _COMMUNE_TYPES
    for type_id in allowed:
        if name.startswith(TYPE_WORDS[type_id].vi + " "):
            return "city_in_central" if type_id == "city" and in_central_city else type_id
    words = ", ".join(TYPE_WORDS[type_id].vi for type_id in allowed)
    raise ValueError(f"name is {name!r}; it must start with one of {words}")


def english_name(name_vi: str, type_id: str) -> str:
    """Make the English name: no diacritics, and the English type word behind.

    Numbered areas have the word in front ("District 1", "Ward 1 Bao Loc"), as in Vietnamese.
    """
    words = TYPE_WORDS.get(type_id)
    if words is None:
        return without_diacritics(name_vi)
    plain = without_diacritics(name_vi.removeprefix(words.vi + " "))
    return f"{words.en} {plain}" if plain[:1].isdigit() else f"{plain} {words.en}"
