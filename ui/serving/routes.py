"""What the launcher answers over HTTP itself."""

from __future__ import annotations

from starlette.routing import Route
from streamlit import config

from ui.serving import viewed


def routes() -> list[Route]:
    """Return the routes, below the path that the app runs under."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return [Route(f"{'/' + base if base else ''}/{viewed.PATH}", viewed.answer, methods=["GET"])]
