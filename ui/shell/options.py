"""What filters can be set to, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from base.words import Lang
from geo.editions import COUNTRY_CODE
from geo.names import vietnamese_key
from ui.scene import map_name, where_name


def by_name(names: Mapping[str, str]) -> dict[str, str]:
    """Put options in the order of their names."""
    return dict(sorted(names.items(), key=lambda item: (vietnamese_key(item[1]), item[0])))


def place_key(edition: str, code: str) -> str:
    """Return what names a place in an address: edition and code, or the country."""
    return f"{edition}:{code}" if edition else COUNTRY_CODE


def place_names(places: Iterable[tuple[str, str]], lang: Lang) -> dict[str, str]:
    """Name places, each an edition and a code: the country first, then by their names."""
    names = {}
    for edition, code in set(places):
        name = where_name(edition, code, lang)
        if edition:
            name = f"{name} ({map_name(edition, lang)})"
        names[place_key(edition, code)] = name[:1].upper() + name[1:]
    country = {key: name for key, name in names.items() if key == COUNTRY_CODE}
    return country | by_name(names)
