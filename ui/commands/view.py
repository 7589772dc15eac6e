"""The view that a command is asked for, in options that say what its address says."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Final

from base.words import Refusal, add_lang
from geo.editions import COUNTRY_CODE, EDITION_2025, Level, editions
from metrics.commands import add_as_of, add_made, day, made_of
from metrics.store import Store
from ui.address import parse
from ui.scene import Scene, make_scene

# Parameters of a view that say how it is drawn.
VIEWS: Final = ("method", "k", "breaks", "pins")


def add_view(command: argparse.ArgumentParser) -> None:
    """Let a command choose what a view shows besides its indicator."""
    ids = [edition.id for edition in editions()]
    command.add_argument("--edition", choices=ids, help=f"map of the country ({EDITION_2025})")
    command.add_argument("--level", choices=[str(x) for x in Level], help="level of the areas")
    command.add_argument("--place", metavar="CODE", help=f"area looked at ({COUNTRY_CODE})")
    command.add_argument("--at", type=day, metavar="DAY", help="newest figures up to this date")
    add_as_of(command)
    add_lang(command, None)
    view = command.add_argument_group("what is shown, as the address of the page has it")
    view.add_argument("--basis", metavar="EDITION", help="carried from the areas of this edition")
    view.add_argument("--since", type=day, metavar="DAY", help="of --change")
    add_made(view)
    for name in VIEWS:
        view.add_argument(f"--{name}", metavar=name.upper())


def asked_of(options: argparse.Namespace) -> dict[str, str]:
    """Return what was asked for by `add_view`, as parameters of an address."""
    names = ("lang", "as_of", "edition", "place", "level", "basis", *VIEWS)
    asked = {name: getattr(options, name) for name in names} | made_of(options)
    asked["at"] = options.at.isoformat() if options.at else ""
    return {name: text for name, text in asked.items() if text}


def scene_of(store: Store, params: Mapping[str, str]) -> Scene:
    """Work out the view of an address, strictly.

    Raises
    ------
    Refusal
        If any of it cannot be followed; the message says what, and why where that is known.
    """
    view, unread = parse(params, store.catalog.indicators)
    scene, refused = make_scene(store, view)
    if told := [f"{one.param} {one.given!r}: {one.reason}" for one in (*unread, *refused)]:
        raise Refusal("commands.unfollowed", what="; ".join(told))
    return scene
