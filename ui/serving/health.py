"""Whether the server lives, whether it can do its work, and its numbers; for machines."""

from __future__ import annotations

import hmac
import logging
import time
from functools import partial
from threading import Lock
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Scope

from base.folders import STATIC
from base.words import t
from geo.boundaries import web_layers
from geo.boundaries.replaced import trouble
from metrics.store import StoreError, UnreachableError, current_store, outage
from ui.serving.base import Answer, Answering, base_path
from ui.serving.measures import text
from ui.serving.refreshed import refreshed
from ui.serving.settings import settings

ALIVE, READY, NUMBERS = "/healthz", "/readyz", "/metrics"
PROBES: Final = (ALIVE, READY, NUMBERS)
# Streamlit's own numbers are for the same eyes.
STREAMLITS: Final = "/_stcore/metrics"
# A look is shared by all who ask within this time: anybody may ask.
FRESH_S: Final = 2.0
SLOWEST_S: Final = 20.0
NEVER_KEPT: Final = {"Cache-Control": "no-store"}
WHOLE: Final = "ok"
FORMAT: Final = "text/plain; version=0.0.4; charset=utf-8"

_log = logging.getLogger(__name__)


class Probes(Answering):
    """Answer for health and numbers, at the root and below the path of the app."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self._base = base_path()

    def asked(self, scope: Scope) -> Answer | None:
        """Return what answers a probe."""
        path = str(scope["path"]).removeprefix(self._base).rstrip("/")
        if path == ALIVE:
            return lambda: _plain(200, WHOLE)
        if path == READY:
            return _ready
        if path in (NUMBERS, STREAMLITS):
            return partial(_numbers, Headers(scope=scope), streamlits=path == STREAMLITS)
        return None


def parts() -> dict[str, str]:
    """Look at what the server needs; each part is `WHOLE`, or says in a sentence what it lacks."""
    found = {"store": WHOLE, "database": WHOLE, "boundaries": WHOLE}
    try:
        current_store().catalog  # noqa: B018 - it is read
        if outage():
            found["database"] = t("ready.database", "en")
    except UnreachableError:
        found["database"] = t("ready.database", "en")
    except StoreError as error:
        _log.error("not ready: %s", error)
        found["store"] = t("ready.store", "en")
    try:
        missing = [one for one in web_layers() if not (STATIC / one.url).exists()]
        if missing or trouble():
            found["boundaries"] = t("ready.boundaries", "en")
    except Exception:
        _log.exception("not ready: the boundaries could not be read")
        found["boundaries"] = t("ready.boundaries", "en")
    return found


class _Look:
    """The last look at the parts; one is taken at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._began = self._at = float("-inf")
        self._found: dict[str, str] = {"server": "starting"}

    def now(self) -> dict[str, str]:
        if time.monotonic() - self._at > FRESH_S and self._lock.acquire(blocking=False):
            try:
                self._began = time.monotonic()
                self._found = parts()
                self._at = time.monotonic()
            finally:
                self._lock.release()
        elif self._lock.locked() and time.monotonic() - self._began > SLOWEST_S:
            return {"server": t("ready.slow", "en")}
        return self._found


_look = _Look()


def _ready() -> Response:
    found = _look.now()
    status = 200 if set(found.values()) == {WHOLE} else 503
    told = {**found, "refresh": refreshed()}
    return _plain(status, "\n".join(f"{part}: {one}" for part, one in told.items()))


def _numbers(headers: Headers, *, streamlits: bool) -> Response | None:
    """Answer whoever brings the token; there is nothing to be found where none is set."""
    token = settings().metrics
    if not token:
        return _plain(404, "Not Found")
    given = headers.get("authorization", "").encode("latin-1")
    if not hmac.compare_digest(given, f"Bearer {token}".encode()):
        refused = _plain(401, "Unauthorized")
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    if streamlits:
        return None
    ready = {part: told == WHOLE for part, told in _look.now().items()}
    return PlainTextResponse(text(ready), headers=NEVER_KEPT, media_type=FORMAT)


def _plain(status: int, told: str) -> Response:
    return PlainTextResponse(f"{told}\n", status, NEVER_KEPT)
