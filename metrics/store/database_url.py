"""The address of a PostgreSQL: checked, and never shown with its password."""

from __future__ import annotations

import os
import re
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from metrics.store.generations import StoreError

VARIABLE: Final = "ATLAS_DATABASE_URL"
SCHEMES: Final = ("postgresql", "postgres")
FORM: Final = "postgresql://user:password@host:5432/database"
HIDDEN: Final = "***"
LONG: Final = 8  # a password of that length with more than letters is no word
# Parameters of the address that are as secret as the password.
_SECRET: Final = ("password", "sslpassword", "passfile", "sslkey")


def database_url() -> str:
    """Return the address that the environment gives, or "" where the store lives in files.

    Raises
    ------
    StoreError
        If it is none of a PostgreSQL.
    """
    url = os.environ.get(VARIABLE, "").strip()
    if url:
        settings_of(url)
    return url


def settings_of(url: str) -> dict[str, str]:
    """Take an address apart into the settings of a connection.

    Returns
    -------
    dict
        What libpq calls them: user, password, host, port, dbname, sslmode …

    Raises
    ------
    StoreError
        If it is no such address. What it says is not repeated: it may hold a password.
    """
    # psycopg costs 50 ms to import, and most installations have no PostgreSQL.
    import psycopg  # noqa: PLC0415
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    scheme, apart, _ = url.partition("://")
    if not apart or scheme not in SCHEMES:
        key = "url_scheme" if apart and scheme.isalnum() else "url_no_scheme"
        raise _refused(key, scheme=scheme, allowed=", ".join(SCHEMES))
    if any(sign.isspace() or not sign.isprintable() for sign in url):
        raise _refused("url_sign")
    try:
        settings = {k: str(v) for k, v in conninfo_to_dict(url).items() if v is not None}
    except psycopg.Error:
        raise _refused("url_form") from None
    port = settings.get("port", "")
    if any(not (part.isdigit() and 0 < int(part) < 65536) for part in port.split(",") if part):
        raise _refused("url_port")
    if not settings.get("dbname"):
        raise _refused("url_no_database")
    return settings


def _refused(key: str, **values: Any) -> StoreError:
    return StoreError(key, variable=VARIABLE, form=FORM, **values)


def shown(url: str) -> str:
    """Write an address for people: user, host and database, nothing that could be secret."""
    settings = settings_of(url)
    user = f"{settings['user']}@" if settings.get("user") else ""
    port = f":{settings['port']}" if settings.get("port") else ""
    return f"postgresql://{user}{settings.get('host', 'localhost')}{port}/{settings['dbname']}"


def hidden(text: str, url: str) -> str:
    """Take what is secret in an address out of a text that came from elsewhere.

    The address and its parts are masked where they stand as such. Letters alone are not: a short
    password, or one that is a word, would be told by the words that lack it.
    """
    settings = settings_of(url)
    raw = urlsplit(url).password or ""
    secrets = {raw, unquote(raw), *(settings.get(name, "") for name in _SECRET)} - {""}
    text = text.replace(url, shown(url))
    for secret in sorted(secrets, key=len, reverse=True):
        for written in {secret, quote(secret, safe="")}:
            beside = rf"(?<=[:='\"]){re.escape(written)}(?=[@&'\"\s]|$)"
            text = re.sub(beside, HIDDEN, text)
            if len(written) >= LONG and not written.isalpha():
                text = text.replace(written, HIDDEN)
    return text
