"""The address of a view in a frame on another site."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from base.html import Markup, el
from ui.address.view import View

# Parameters of the address of a live frame. The first is Streamlit's own and its only way of
# telling the browser to leave its header out; pages cannot read or write it.
EMBED, LOCK, RANKING = "embed", "lock", "ranking"
YES, NO = "1", "0"
FRAME_HEIGHT: Final = 640


def live_href(view: View, *, locked: bool, ranking: bool) -> str:
    """Return the address, relative to the app, of a view without the frame of the app."""
    params = view.params() | {LOCK: YES if locked else NO, RANKING: YES if ranking else NO}
    return f"explore?{urlencode(params | {EMBED: 'true'})}"


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
