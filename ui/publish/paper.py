"""What is drawn for light paper and for dark, as one: the reader's scheme chooses."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import Final

from base.html import Markup
from geo.maps import Ink
from ui.places import DARK

STYLED: Final = re.compile(r"(background(?:-color)?):(#[0-9a-fA-F]{6})")
PICTURE: Final = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


def both(light: str, dark: str) -> Markup:
    """Put together what differs in its background colours alone."""
    turned = iter(STYLED.findall(dark))

    def styled(hit: re.Match[str]) -> str:
        name, own = hit.groups()
        other = next(turned, (name, own))[1]
        # Browsers that do not know the function keep the colour before it.
        return hit[0] if own == other else f"{hit[0]};{name}:light-dark({own},{other})"

    return Markup(STYLED.sub(styled, light))


def adapted(html: str) -> Markup:
    """Let the small maps of a profile follow the reader's scheme."""
    light = Ink()
    inks = [(getattr(light, name), getattr(DARK, name)) for name in ("land", "line", "place")]
    rules = "".join(
        f'[{kind}="{own}"]{{{kind}:{other}}}' for own, other in inks for kind in ("fill", "stroke")
    )
    style = f"<style>@media(prefers-color-scheme:dark){{{rules}}}</style>"

    def picture(hit: re.Match[str]) -> str:
        svg = b64decode(hit[1]).decode().replace(">", f">{style}", 1)
        return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"

    return Markup(PICTURE.sub(picture, html))
