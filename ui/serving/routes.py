"""What the launcher answers over HTTP itself."""

from __future__ import annotations

import sys

from starlette.middleware import Middleware
from starlette.routing import Route

from ui.serving import first, found, viewed
from ui.serving.api import api_routes
from ui.serving.base import base_path
from ui.serving.document import Documents
from ui.serving.health import Probes
from ui.serving.kept_files import KeptFiles
from ui.serving.owner import Owners
from ui.serving.secured import Secured
from ui.serving.settings import SettingError, settings


def routes() -> list[Route]:
    """Return the routes, below the path that the app runs under."""
    views = [
        Route(f"{base_path()}/{viewed.PATH}", viewed.answer, methods=["GET"]),
        Route(f"{base_path()}/{first.FRAME}/{{lang}}", first.frame, methods=["GET"]),
    ]
    files = [
        Route(f"{base}/{name}", answer, methods=["GET"])
        for base in dict.fromkeys((base_path(), ""))
        for name, answer in ((found.ROBOTS, found.robots), (found.SITEMAP, found.sitemap))
    ]
    return [*views, *files, *api_routes()]


def middleware() -> list[Middleware]:
    """Return what stands before Streamlit's own answers; wrong settings end the start."""
    try:
        settings()
    except SettingError as error:
        sys.exit(str(error))
    return [Middleware(one) for one in (Secured, Probes, Owners, KeptFiles, Documents)]
