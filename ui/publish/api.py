"""The paths of the API that can be files: those that ask for no more than stands in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from base.words import DEFAULT_LANG, t
from geo.boundaries import has_layer
from geo.editions import Level
from metrics.exporting import dumped
from metrics.store import Store
from ui.address import mapped_editions
from ui.publish.site import Site, place_path
from ui.serving.api import answered, described_as_files

ROOT: Final = "api/v1"
# Lists, whole, and what there is of one of them each: an operation, its path and what it lists.
LISTS: Final = ("indicators", "origins", "editions", "targets", "findings")
EACH: Final = {"indicator": "indicators", "origin": "origins"}
MOST: Final = 1000
# Path of the files to the operation that they answer.
PATHS: Final[Mapping[str, str]] = {
    **{f"/{name}.json": name for name in LISTS},
    **{f"/{many}/{{{one}}}.json": one for one, many in EACH.items()},
    "/areas/{edition}.json": "areas",
    "/areas/{edition}/{code}.json": "area",
    "/profiles/{edition}/{code}.json": "profile",
    "/boundaries/{edition}-{level}.{format}": "boundaries",
    "/data/{indicator}/{edition}-{level}.{format}": "data",
}
OF_A_SELECTION: Final = ("indicator", "origin", "area", "profile", "data")
# Levels whose areas are listed, and whose boundaries are given whole.
LISTED: Final = (Level.REGION, Level.PROVINCE)
Named = dict[str, str]


def jobs(site: Site) -> Iterator[tuple[str, str]]:
    """Yield what is asked at a time: the operation and one thing that it is asked of."""
    yield "start", ""
    for name in EACH:
        yield name, ""
    # Lists of everything belong to the whole atlas.
    for name in LISTS if site.whole else ():
        yield name, ""
    for on in mapped_editions() if site.whole else ():
        yield "areas", on
        yield "boundaries", on


def write(site: Site, store: Store, what: str, of: str) -> Iterator[tuple[str, bytes]]:
    """Write the answers to a question."""
    if what == "start":
        yield from _start(site)
    elif what in LISTS:
        yield _file(f"{what}.json", _whole(store, what, {}))
    elif what in EACH:
        own = {one.indicator for one in site.maps}
        for id_ in getattr(store.catalog, EACH[what]):
            if what == "indicator" and not site.whole and id_ not in own:
                continue
            yield _file(f"{EACH[what]}/{id_}.json", _asked(store, what, {what: id_}))
    elif what == "areas":
        told = [_whole(store, what, {"edition": of, "level": str(level)}) for level in LISTED]
        items = [one for document in told for one in document["items"]]
        yield _file(f"areas/{of}.json", {**told[0], "total": len(items), "items": items})
    else:
        yield from _boundaries(store, of)


def _asked(store: Store, name: str, given: Named) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answered(name, given, store).body)
    return told


def _whole(store: Store, name: str, given: Named) -> dict[str, Any]:
    """Ask for a list, page by page."""
    if name == "editions":
        return _asked(store, name, given)
    first = _asked(store, name, {**given, "limit": str(MOST)})
    items = first["items"]
    while len(items) < first["total"]:
        more = {**given, "limit": str(MOST), "offset": str(len(items))}
        items += _asked(store, name, more)["items"]
    return first


def _file(path: str, document: dict[str, Any]) -> tuple[str, bytes]:
    """Write an answer; ways from it are those of files."""
    if "links" in document:
        document = {**document, "links": {"self": path}}
    return f"{ROOT}/{path}", dumped(document).encode()


def answers_about(site: Site, store: Store, edition: str, code: str) -> Iterator[tuple[str, bytes]]:
    """Write the answers about a place."""
    given = {"edition": edition, "code": code}
    yield _file(f"areas/{edition}/{code}.json", _asked(store, "area", given))
    told = _asked(store, "profile", given)
    told["link"] = site.base + place_path(edition, code) if site.base else None
    yield _file(f"profiles/{edition}/{code}.json", told)


def _boundaries(store: Store, on: str) -> Iterator[tuple[str, bytes]]:
    for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
        if not has_layer(on, level):
            continue
        for form in ("topojson", *(["geojson"] if level is Level.PROVINCE else [])):
            given = {"edition": on, "level": str(level), "format": form}
            yield (
                f"{ROOT}/boundaries/{on}-{level}.{form}",
                answered("boundaries", given, store).body,
            )


def _start(site: Site) -> Iterator[tuple[str, bytes]]:
    """Write what there is: for programs that begin here, and as OpenAPI."""
    lang = DEFAULT_LANG
    paths = {path: name for path, name in PATHS.items() if site.whole or name in OF_A_SELECTION}
    told = [
        {"name": name, "path": path, "about": t(f"api.op.{name}", lang)}
        for path, name in paths.items()
    ]
    document = {
        "title": t("api.title", lang),
        "frozen": site.frozen.isoformat(),
        "as_of": site.as_of or None,
        "live": site.live or None,
        "files": told,
        "openapi": "openapi.json",
        "dcat": "../../dcat.jsonld",
    }
    yield f"{ROOT}/index.json", dumped(document).encode()
    server = site.base + ROOT if site.base else "."
    yield f"{ROOT}/openapi.json", dumped(described_as_files(paths, server, lang)).encode()
