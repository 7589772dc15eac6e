"""The doors of the app and the rooms behind each: the menu of every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from base.words import Lang, t
from metrics.people import Role
from ui.address.pair import MULTIPLES
from ui.shell.actor import current_actor
from ui.shell.known import led


@dataclass(frozen=True, slots=True)
class Room:
    """A page in the menu.

    Attributes
    ----------
    page
        Name of its file in pages/.
    asked
        Parameters that the way to it carries, where it shows several things.
    name
        What the menu calls it: the message ``nav.NAME``; by default that of the page.
    """

    page: str
    asked: Mapping[str, str] = field(default_factory=dict)
    name: str = ""


# Each door opens its first room; where there are more, they stand side by side below the menu.
DOORS: Final[Mapping[str, tuple[Room, ...]]] = {
    "map": (Room("explore"),),
    "profile": (Room("profile"),),
    "themes": (Room("digitization"), Room("cashless"), Room("coverage"), Room("gaps")),
    "compare": (
        Room("places"),
        Room("compare"),
        Room("compare", {"way": MULTIPLES}, "multiples"),
        Room("clusters"),
    ),
    "figures": (
        Room("tables"),
        Room("updates"),
        Room("targets"),
        Room("load"),
        Room("convert"),
        Room("where"),
    ),
    "about": (
        Room("methods"),
        Room("sources"),
        Room("known"),
        Room("quality"),
        Room("accessibility"),
        Room("api"),
        Room("boundaries"),
    ),
}
# One's own tables, step by step, in the room of the first.
STEPS: Final = ("load", "datasets", "indicators")
# Beside them, for those who may change something: what comes of sources that are asked again.
BESIDE: Final = "refresh"
FOR_ADMINS: Final = frozenset({"boundaries"})
# Addresses of before, which lead to the map and what is taken from it; see pages/moved.py.
MOVED: Final = ("overview", "figure", "download")
FIRST: Final = DOORS["map"][0].page


def pages() -> tuple[str, ...]:
    """Return the names of all pages that have a place in the menu."""
    rooms = (room.page for rooms in DOORS.values() for room in rooms)
    return tuple(dict.fromkeys((*rooms, *STEPS, BESIDE)))


def door_of(page: str) -> str:
    """Return the door behind which a page is; "" for none."""
    home = _home(page)
    return next((door for door, rooms in DOORS.items() if home in {r.page for r in rooms}), "")


def _home(page: str) -> str:
    """Return the page behind whose room another stands."""
    return STEPS[0] if page in (*STEPS, BESIDE) else page


def menu(page: str, lang: Lang) -> None:
    """Show the doors: side by side, and behind one word where the screen is narrow."""
    here = door_of(page)
    with st.container(key="doors", horizontal=True, gap=None):
        _doors(here, lang)
    # A menu of its own for each page: the one that was open stays with the page that is left.
    with st.container(key="doors_phone"), st.popover(t("menu.open", lang), key=f"menu_{page}"):
        _doors(here, lang, "phone_")


def _doors(here: str, lang: Lang, prefix: str = "") -> None:
    for door, rooms in DOORS.items():
        with st.container(key=f"{prefix}door_{door}{'_here' * (door == here)}", width="content"):
            way(rooms[0], t(f"door.{door}", lang), lang)


def rooms_row(page: str, lang: Lang) -> None:
    """Show the rooms behind the door of a page, and the steps to a table of one's own."""
    rooms = [room for room in DOORS.get(door_of(page), ()) if _is_open(room)]
    if len(rooms) > 1:
        here = _room_of(page, rooms)
        names = [t(f"nav.{room.name or room.page}", lang) for room in rooms]
        _row("rooms", rooms, names, rooms.index(here) if here else -1, lang)
    if page in (*STEPS, BESIDE):
        names = [f"{at + 1}. {t(f'step.{step}', lang)}" for at, step in enumerate(STEPS)]
        steps = list(STEPS)
        if current_actor().writes:
            steps.append(BESIDE)
            names.append(t(f"nav.{BESIDE}", lang))
        at = steps.index(page) if page in steps else -1
        _row("steps", [Room(step) for step in steps], names, at, lang)


def _row(key: str, rooms: Sequence[Room], names: Sequence[str], here: int, lang: Lang) -> None:
    with st.container(key=key, horizontal=True, gap=None):
        for at, (room, name) in enumerate(zip(rooms, names, strict=True)):
            with st.container(key=f"{key}_{at}{'_here' * (at == here)}", width="content"):
                way(room, name, lang)


def _is_open(room: Room) -> bool:
    return room.page not in FOR_ADMINS or current_actor().role is Role.ADMIN


def _room_of(page: str, rooms: Sequence[Room]) -> Room | None:
    """Return the room that a page is in: of several on one page the one that is asked for."""
    home = _home(page)
    given = st.query_params.to_dict()
    fitting = [room for room in rooms if room.page == home and room.asked.items() <= given.items()]
    return max(fitting, key=lambda room: len(room.asked), default=None)


def way(room: Room, label: str, lang: Lang) -> None:
    """Show a link to a room that opens it within the session."""
    # With the language alone, a page opens on what this session saw of it last.
    params = led({"lang": lang, **room.asked})
    st.page_link(f"pages/{room.page}.py", label=label, query_params=params, width="content")
