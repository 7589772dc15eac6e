"""The outermost of what stands before Streamlit.

Who is answered, how much is taken, what is told to the browser with every answer, and what is
counted of it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from base.counting import Counted, Timed
from ui.serving.base import base_path
from ui.serving.health import PROBES
from ui.serving.policy import file_policy, frame_policy, page_policy
from ui.serving.settings import settings

REQUESTS: Final = Timed("atlas_request_seconds", "Answers over HTTP.", "kind", "status")
REFUSED: Final = Counted("atlas_refused_requests_total", "Requests that were refused.", "why")

# Bytes of a request's body. Uploads have Streamlit's own limit, and some for what is around a file.
LARGEST: Final = 65_536
AROUND_A_FILE: Final = 1_000_000
UPLOADS: Final = "/_stcore/upload_file/"
# The first of these that a path below the app's begins with is the kind of the request.
KINDS: Final = {
    "/_stcore/upload_file/": "upload",
    "/_stcore/": "streamlit",
    "/static/": "file",
    "/app/static/": "file",
    "/component/": "frame",
    "/first/map/": "frame",
    "/media/": "media",
    "/api/": "api",
}
EXACT: Final = {"/view": "view", **dict.fromkeys(PROBES, "probe")}
# In the cookie's name, the server that holds the session: what a proxy sends later requests to.
AT: Final = "atlas_at"

_log = logging.getLogger("atlas.requests")


class _TooLong(Exception):
    """A body that goes on beyond what is taken."""


class Secured:
    """Refuse what is not to be answered, and tell the browser what it may do with the rest.

    Parameters
    ----------
    app
        What stands behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._base = base_path()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = self._kind(scope["path"])
        began, status = time.perf_counter(), 0

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._tell(kind, message)
            await send(message)

        try:
            await self._bounded(kind, scope, receive, told)
        except asyncio.CancelledError:  # nobody waits for it any more
            status = status or 499
            raise
        except Exception:
            status = status or 500
            raise
        finally:
            took = time.perf_counter() - began
            REQUESTS.add(took, kind, f"{status // 100}xx")
            if settings().json_log and kind != "file":
                told_ = {"kind": kind, "method": scope["method"], "status": status}
                _log.info("request", extra={"told": {**told_, "ms": round(took * 1000)}})

    async def _bounded(self, kind: str, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if kind != "probe" and not is_allowed(headers.getlist("host")):
            await _refuse("host", 421, scope, receive, send)
            return
        most, said = self._most(kind), headers.get("content-length", "0")
        # A number that is none has been refused by the server itself.
        if said.isdecimal() and int(said[:20]) > most:
            await _refuse("body", 413, scope, receive, send)
            return
        taken, begun = 0, False

        async def taking() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise _TooLong
            return message

        async def begin(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, taking, begin)
        except _TooLong:
            if begun:
                raise
            await _refuse("body", 413, scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_allowed(Headers(scope=scope).getlist("host")):
            REFUSED.add("host")
            await send({"type": "websocket.close", "code": 1008})
            return

        async def told(message: Message) -> None:
            if message["type"] == "websocket.accept" and settings().replica:
                MutableHeaders(scope=message).append("Set-Cookie", self._at(scope))
            await send(message)

        await self.app(scope, receive, told)

    def _at(self, scope: Scope) -> str:
        """Name this server to the proxy: uploads and downloads must reach the session's own."""
        secure = Headers(scope=scope).get("x-forwarded-proto") == "https"
        # Frames on other sites have cookies of their own there, and only so.
        more = "SameSite=None; Secure; Partitioned" if secure else "SameSite=Lax"
        return f"{AT}={settings().replica}; Path={self._base or '/'}; HttpOnly; {more}"

    def _kind(self, path: str) -> str:
        below = path.removeprefix(self._base) if path.startswith(f"{self._base}/") else path
        if kind := EXACT.get(below.rstrip("/")):
            return kind
        return next((kind for start, kind in KINDS.items() if below.startswith(start)), "page")

    def _most(self, kind: str) -> int:
        if kind == "upload":
            return int(config.get_option("server.maxUploadSize")) * 2**20 + AROUND_A_FILE
        return LARGEST

    def _tell(self, kind: str, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        is_page = headers.get("content-type", "").startswith("text/html") and kind == "page"
        policy = frame_policy if kind == "frame" else page_policy if is_page else file_policy
        headers.setdefault("Content-Security-Policy", policy())
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")


def is_allowed(given: list[str]) -> bool:
    """Tell whether the app answers under the name that a request gives."""
    allowed = settings().hosts
    if not allowed:
        return True
    if len(given) != 1:
        return False
    name = given[0].lower()
    host, colon, port = name.rpartition(":") if not name.endswith("]") else (name, "", "")
    if not colon:
        host, port = name, "0"
    return port.isdecimal() and any(
        host.endswith(one[1:]) and len(host) >= len(one) if one.startswith("*.") else host == one
        for one in allowed
    )


async def _refuse(why: str, status: int, scope: Scope, receive: Receive, send: Send) -> None:
    REFUSED.add(why)
    text = {"host": "This server does not answer under that name.", "body": "Too much was sent."}
    answer = PlainTextResponse(
        text[why], status, {"Connection": "close", "Cache-Control": "no-store"}
    )
    await answer(scope, receive, send)
