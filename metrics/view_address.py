"""The address of a view that was chosen outside the app, as `ui.view` reads it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from geo.editions import COUNTRY_CODE
from metrics.exporting_select import AsShown
from metrics.messages import Lang

PAGE: Final = "explore"
NEWEST: Final = "newest"


def address_of(what: AsShown, lang: Lang) -> str:
    """Return the address, relative to the app, of the view that shows these rows."""
    params = {
        "lang": lang,
        "edition": what.edition,
        "place": what.parent or COUNTRY_CODE,
        "level": str(what.level),
        "indicator": what.indicator,
        "at": what.at.isoformat() if what.at else NEWEST,
    }
    if what.basis:
        params["basis"] = what.basis
    return f"{PAGE}?{urlencode(params)}"
