"""The token of a personal install: printed at the start, and taken from the address once."""

from __future__ import annotations

import os
import sys
import webbrowser
from functools import partial
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from starlette.responses import RedirectResponse, Response
from starlette.types import Scope
from streamlit import config

from base.words import DEFAULT_LANG, t
from metrics.people import AccessError
from ui.serving.base import Answer, Answering, base_path
from ui.serving.settings import settings
from ui.shell import TOKEN, cookie_name, current_policy, is_token, listens_here, token

OPEN_VARIABLE: Final = "ATLAS_OPEN"
SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY")
LONGEST_QUERY: Final = 8000


class Owners(Answering):
    """Put the token of an address into a cookie, and lead to the address without it."""

    def asked(self, scope: Scope) -> Answer | None:
        """Return what takes a token out of an address; None where there is none."""
        query = scope["query_string"].decode("latin-1")
        if f"{TOKEN}=" not in query or len(query) > LONGEST_QUERY or not listens_here():
            return None
        pairs = parse_qsl(query, keep_blank_values=True)
        given = [value for name, value in pairs if name == TOKEN]
        rest = [pair for pair in pairs if pair[0] != TOKEN]
        return partial(_answer, str(scope["path"]), given, rest) if given else None


def _answer(path: str, given: list[str], rest: list[tuple[str, str]]) -> Response:
    # "//other.host" would lead elsewhere.
    address = quote("/" + path.lstrip("/\\"))
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    leads = address + (f"?{urlencode(rest)}" if rest else "")
    answer = RedirectResponse(leads, status_code=303, headers=headers)
    if is_token(given[-1]):
        answer.set_cookie(
            cookie_name(), token(), path=base_path() or "/", httponly=True, samesite="strict"
        )
    return answer


def greet() -> None:
    """Print the address of a personal install with its token, and open it where that is asked.

    Where the log is for machines there is nobody to read it, and the token has no place in it.
    """
    if settings().json_log or not _is_unconfigured() or not listens_here():
        return
    address = f"http://localhost:{config.get_option('server.port')}{base_path()}/?{TOKEN}={token()}"
    print(t("access.token", DEFAULT_LANG, address=address), file=sys.stderr, flush=True)
    if os.environ.get(OPEN_VARIABLE) and _has_screen():
        webbrowser.open(address)


def _has_screen() -> bool:
    # Without one, a browser of the terminal would be started, and the server wait for it.
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in SCREENS)


def _is_unconfigured() -> bool:
    try:
        return current_policy() is None
    except AccessError:
        return False
