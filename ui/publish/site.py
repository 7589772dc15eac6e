"""What is published: which maps, places and themes, and where each page of them lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from base.words import LANGS, Lang
from geo.editions import COUNTRY_CODE
from ui.address import View
from ui.scene import focus_of

HOME: Final = "index.html"
ABOUT: Final = ("sources", "known", "methods", "updates", "files")


@dataclass(frozen=True, order=True)
class MapOf:
    """A map that has a page.

    Attributes
    ----------
    indicator, edition, level
        What it shows.
    place
        The province whose parts are drawn; the country otherwise.
    at
        Up to when figures count; None for the newest.
    """

    indicator: str
    edition: str
    level: str
    place: str
    at: date | None = None

    def path(self, suffix: str = ".html") -> str:
        """Return where its page is, or the file of another kind beside it."""
        where = "" if self.place == COUNTRY_CODE else f"-{self.place}"
        when = f".{self.at.isoformat()}" if self.at else ""
        return f"maps/{self.indicator}/{self.edition}-{self.level}{where}{when}{suffix}"

    def params(self, lang: Lang) -> dict[str, str]:
        """Return what its address says in the app."""
        return {
            "lang": lang,
            "edition": self.edition,
            "place": self.place,
            "level": self.level,
            "indicator": self.indicator,
            **({"at": self.at.isoformat()} if self.at else {}),
        }


@dataclass(frozen=True, kw_only=True)
class Site:
    """What is published.

    Attributes
    ----------
    maps
        Each map; those of one indicator, edition, level and place with the newest first.
    places
        Profiles: edition and code.
    themes
        Subjects with an article.
    front
        The map of the first page.
    base
        Where the folder will stand, ending in a slash; "" where that is not known.
    live
        Where the living atlas is, ending in a slash; "" for none.
    frozen
        The day that the figures are of.
    as_of
        When the atlas knew it so, in the words of an address; "" for now.
    whole
        Whether it is the whole atlas and not a selection.
    """

    maps: tuple[MapOf, ...]
    places: tuple[tuple[str, str], ...]
    themes: tuple[str, ...]
    front: MapOf | None
    base: str
    live: str
    frozen: date
    as_of: str = ""
    whole: bool = True

    @cached_property
    def has_map(self) -> frozenset[MapOf]:
        """The maps, to be looked up."""
        return frozenset(self.maps)

    @cached_property
    def has_place(self) -> frozenset[tuple[str, str]]:
        """The profiles, to be looked up."""
        return frozenset(self.places)

    @cached_property
    def newest(self) -> tuple[MapOf, ...]:
        """The maps of the newest figures."""
        return tuple(one for one in self.maps if one.at is None)

    def pages(self) -> Iterable[str]:
        """Yield where each page is, in the first language."""
        yield HOME
        yield from (one.path() for one in self.maps)
        yield from (place_path(*one) for one in self.places)
        yield from (theme_path(one) for one in self.themes)
        yield from (f"{name}.html" for name in ABOUT)


def place_path(edition: str, code: str) -> str:
    """Return where the profile of a place is."""
    return f"places/{edition}/{code}.html"


def theme_path(domain: str) -> str:
    """Return where the article of a subject is."""
    return f"themes/{domain}.html"


def spoken(path: str, lang: Lang) -> str:
    """Return where something is in a language: the first lies at the root."""
    return path if lang == LANGS[0] else f"{lang}/{path}"


def map_of(view: View) -> MapOf:
    """Return the map that a view shows, as it has a page."""
    province = focus_of(view)
    place = province.code if province else COUNTRY_CODE
    return MapOf(view.indicator, view.edition, str(view.level), place, view.at)
