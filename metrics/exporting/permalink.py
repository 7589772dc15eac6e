"""The address of a view for those not in the app: whole where the atlas has a public one."""

from __future__ import annotations

import os
from typing import Final
from urllib.parse import urlencode, urlsplit

from base.words import Lang
from geo.editions import COUNTRY_CODE
from metrics.exporting.select import AsShown
from metrics.panel import write_filters

# The page that shows a view, and what its address says where the figures are the newest.
PAGE: Final = "explore"
NEWEST: Final = "newest"
PUBLIC_URL_VARIABLE: Final = "ATLAS_PUBLIC_URL"


def public_url() -> str:
    """Return the public address of the atlas, ending in a slash; "" where none is known.

    It is what the environment variable ``ATLAS_PUBLIC_URL`` says, if that is a plain address of
    http or https; anything else counts as unknown.
    """
    given = os.environ.get(PUBLIC_URL_VARIABLE, "").strip()
    if not given.isprintable() or any(char in given for char in " \"'<>\\"):
        return ""
    try:
        parts = urlsplit(given)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        return ""
    return given.rstrip("/") + "/"


def permalink(href: str) -> str:
    """Make an address of the app whole.

    Parameters
    ----------
    href
        Relative to the first page, such as ``explore?lang=vi&…``.

    Returns
    -------
    str
        With the public address before it, where one is known; else as it was.
    """
    return public_url() + href.lstrip("/")


def view_href(what: AsShown, lang: Lang) -> str:
    """Return the address, relative to the app, of the view that shows these rows."""
    return f"{PAGE}?{urlencode(view_params(what, lang))}"


def view_params(what: AsShown, lang: Lang) -> dict[str, str]:
    """Return the parameters of that address."""
    params = {
        "lang": lang,
        **({"as_of": what.as_of} if what.as_of else {}),
        "edition": what.edition,
        "place": what.parent or COUNTRY_CODE,
        "level": str(what.level),
        "indicator": what.indicator,
        "at": what.at.isoformat() if what.at else NEWEST,
    }
    if what.basis:
        params["basis"] = what.basis
    if what.measured is not None:
        params |= dict(what.measured.asked)
    if what.filters.names:
        params["filters"] = write_filters(what.filters)
    return params
