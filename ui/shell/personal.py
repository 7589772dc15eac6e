"""A personal install: whoever holds its token may do all, and nobody else on the machine.

The address that the launcher prints holds the token. It is put into a cookie once, and taken out of
the address, so that it is in no link, history or log after that.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
import secrets
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

TOKEN: Final = "token"
TOKEN_VARIABLE: Final = "ATLAS_TOKEN"
# What a reverse proxy says of whom it asks for.
FORWARDED: Final = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")
PROVEN: Final = "atlas_personal"


@cache
def token() -> str:
    """Return the token of this server: of the environment, else made up for this start."""
    return os.environ.get(TOKEN_VARIABLE, "").strip() or secrets.token_urlsafe(24)


def is_token(given: str) -> bool:
    """Tell whether a token is this server's, in a time that does not depend on it."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token().encode())


def cookie_name() -> str:
    """Return the name of the cookie; browsers share cookies between the ports of a host."""
    return f"atlas_token_{st.get_option('server.port')}"


def listens_here() -> bool:
    """Tell whether the app listens on this machine alone."""
    return is_loopback(str(st.get_option("server.address") or ""))


def is_personal() -> bool:
    """Tell whether the owner of a personal install looks at the page.

    Loopback is no proof: a reverse proxy, another page or another user of the machine also comes
    from there. The browser must bring the token, from a page of this app, straight to it.
    """
    headers = st.context.headers
    if not headers:  # between two connections; a session is its browser's alone
        return listens_here() and bool(st.session_state.get(PROVEN))
    found = (
        listens_here()
        and not any(name in headers for name in FORWARDED)
        and _same_place(headers.get("Host", ""), headers.get("Origin", ""))
        and is_token(st.context.cookies.get(cookie_name(), ""))
    )
    st.session_state[PROVEN] = found
    return found


def _same_place(host: str, origin: str) -> bool:
    try:
        asked, page = urlsplit(f"//{host}"), urlsplit(origin)
        same = (asked.hostname, asked.port) == (page.hostname, page.port)
    except ValueError:
        return False
    return same and page.scheme == "http" and is_loopback(asked.hostname or "")


def is_loopback(name: str) -> bool:
    """Tell whether a name or an address is of the machine itself."""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
