"""What stands before Streamlit: the path that the app runs under, answers to some requests."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, TypeAlias

from anyio import to_thread
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from metrics.exporting import permalink, public_url

# Works an answer out; None where what stands behind is to answer after all.
Answer: TypeAlias = Callable[[], Response | None]

# Components that are declared on import look for a page, which there is not yet. It is loud again
# once the server is warm.
OUTSIDE_A_PAGE: Final = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
OUTSIDE_A_PAGE.disabled = True


def base_path() -> str:
    """Return the path that the app runs under, with a slash before it; "" for none."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def whole(href: str) -> str:
    """Make an address of the app whole where it has a public one; else one of this server."""
    return permalink(href) if public_url() else f"{base_path()}/{href}"


class Answering:
    """Answer some requests for documents and files; everything else passes.

    Parameters
    ----------
    app
        What stands behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let it pass; the answer is worked out beside the loop of all readers."""
        answer = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            ask = self.asked(scope)
            answer = await to_thread.run_sync(ask) if ask else None
        await (answer or self.app)(scope, receive, send)

    def asked(self, scope: Scope) -> Answer | None:
        """Return what answers a request; None for one that passes."""
        raise NotImplementedError
