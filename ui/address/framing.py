"""The address of a view in a frame on another site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from base.html import Markup, el
from ui.address.engine import Address, flag
from ui.address.view import View

# Streamlit's own parameter, and its only way of telling the browser to leave its header out; pages
# cannot read or write it.
EMBED: Final = "embed"
FRAME_HEIGHT: Final = 640


@dataclass(frozen=True, slots=True)
class Frame:
    """How a live frame shows its view: whether it can be moved, and with the table or without."""

    locked: bool = False
    ranked: bool = True


FRAME: Final = Address(Frame, (flag("lock", "locked"), flag("ranking", "ranked")))


def live_href(view: View, *, locked: bool, ranking: bool) -> str:
    """Return the address, relative to the app, of a view without the frame of the app."""
    params = view.params() | FRAME.write(Frame(locked, ranking)) | {EMBED: "true"}
    return f"explore?{urlencode(params)}"


def iframe(address: str, title: str) -> Markup:
    """Write the HTML that puts a live view into a page."""
    return el(
        "iframe",
        src=address,
        title=title,
        width="100%",
        height=FRAME_HEIGHT,
        style="border:0",
        loading="lazy",
    )
