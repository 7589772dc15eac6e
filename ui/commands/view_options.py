"""Options of the command line that say what a view shows, as its address does.

What a page would show is known to the parts of ui/ that need no page. The commands that draw or
write views reach up to them through here alone, and only when they run.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from base.words import Lang
from metrics.exporting import AsShown
from metrics.store import Store
from ui.commands.view_address import params_of

if TYPE_CHECKING:
    from ui.scene import Scene

# What can be made of the figures of a view, and asked of its areas.
MADE: Final[Mapping[str, str]] = {
    "change": "what became of the figures since --since: difference, percent, rank",
    "against": "difference from: country, region, parent, target (what the page offers)",
    "per": "indicator that a count is divided by",
    "filters": 'only areas that have it, such as "value:50..80;region:R1"',
}


def add_made(group: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    """Add the options of `MADE`."""
    for name, told in MADE.items():
        group.add_argument(f"--{name}", metavar=name.upper(), help=told)


def made_of(options: argparse.Namespace) -> dict[str, str]:
    """Return what was asked for, as parameters of an address; what was not is left out."""
    found = {name: getattr(options, name) for name in MADE}
    since = getattr(options, "since", None)
    if options.change and since:
        found["since"] = since.isoformat()
    return {name: text for name, text in found.items() if text}


def scene_of(store: Store, params: Mapping[str, str]) -> Scene:
    """Work out the view of an address, strictly.

    Raises
    ------
    ValueError
        If any of it cannot be followed; the message says what, and why where that is known.
    """
    from ui.address import parse  # noqa: PLC0415
    from ui.scene import make_scene  # noqa: PLC0415

    view, unread = parse(params, store.catalog.indicators)
    scene, refused = make_scene(store, view)
    if told := [f"{one.param} {one.given!r}: {one.reason}" for one in (*unread, *refused)]:
        raise ValueError(f"cannot be followed: {'; '.join(told)}")
    return scene


def as_made(store: Store, what: AsShown, made: Mapping[str, str], lang: Lang) -> AsShown:
    """Add to the rows of a view the number that is made of each figure, and its filters.

    Raises
    ------
    ValueError
        If it cannot be made; see `scene_of`.
    """
    from ui.download import as_shown  # noqa: PLC0415

    if not made:
        return what
    scene = scene_of(store, params_of(what, lang) | dict(made))
    shown = as_shown(scene, only="filters" in made)
    return replace(what, measured=shown.measured, filters=shown.filters)
