"""The index of the search: places down to districts as the app's search has them, and all maps."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from base.folders import STATIC
from base.words import Lang, pick
from metrics.store import Store
from ui.publish.machines import titled
from ui.publish.site import Site, place_path, theme_path

# Depth of a unit in the index, and where in it that stands.
DISTRICT: Final = 3
KEY, DEPTH, ABOVE, HEIRS = 0, 4, 5, 6


def index_file(site: Site, store: Store, lang: Lang) -> bytes:
    """Write the index as a script."""
    data = {
        "places": cut(lang),
        "pages": {key: path for key, path in _pages(site, lang).items() if path},
        "maps": _maps(site, store, lang),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"window.ATLAS_PLACES = {text};\n".encode()


@cache
def cut(lang: Lang) -> dict[str, Any]:
    """Return the index of the app without units below districts."""
    file = STATIC / "places" / f"search-{lang}.json"
    whole: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    kept = [at for at, unit in enumerate(whole["units"]) if unit[DEPTH] <= DISTRICT]
    order = {old: new for new, old in enumerate(kept)}
    units = []
    for at in kept:
        unit = whole["units"][at]
        for part in (ABOVE, HEIRS):
            unit[part] = [order[one] for one in unit[part] if one in order]
        units.append(unit)
    return {**whole, "units": units}


def _pages(site: Site, lang: Lang) -> dict[str, str]:
    """Return where each unit leads: its own profile, else that of the first place above it."""
    units = cut(lang)["units"]
    found = {}
    for unit in units:
        chain = [unit, *(units[at] for at in (*unit[ABOVE], *unit[HEIRS]))]
        own = next((one[KEY] for one in chain if tuple(one[KEY].split(":")) in site.has_place), "")
        found[unit[KEY]] = place_path(*own.split(":")) if own else ""
    return found


def _maps(site: Site, store: Store, lang: Lang) -> list[list[str]]:
    """List what else can be found: name, page, and by which other name."""
    known = store.catalog
    maps = [
        [titled(store, one, lang), one.path(), pick(known.indicators[one.indicator].short, lang)]
        for one in site.newest
    ]
    themes = [[pick(known.domains[id_].title, lang), theme_path(id_), ""] for id_ in site.themes]
    return themes + maps
