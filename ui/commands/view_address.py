"""The address of a view that was chosen outside the app, as `ui.address.view` reads it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from base.words import Lang
from geo.editions import COUNTRY_CODE
from metrics.exporting import AsShown
from metrics.panel import write_filters

PAGE: Final = "explore"
NEWEST: Final = "newest"


def address_of(what: AsShown, lang: Lang) -> str:
    """Return the address, relative to the app, of the view that shows these rows."""
    return f"{PAGE}?{urlencode(params_of(what, lang))}"


def params_of(what: AsShown, lang: Lang) -> dict[str, str]:
    """Return the parameters of that address."""
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
    if what.measured is not None:
        params |= dict(what.measured.asked)
    if what.filters.names:
        params["filters"] = write_filters(what.filters)
    return params
