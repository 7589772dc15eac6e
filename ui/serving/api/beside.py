"""What stands beside a page: its address with ``.json``, ``.csv`` or ``.png`` after its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from base.words import Lang
from geo.editions import COUNTRY_CODE
from metrics.exporting import Filtered, Rows, Several, title_of
from metrics.store import Store
from ui.address import (
    CLUSTERS,
    EMBED,
    FRAME,
    MULTIPLES,
    PAIR,
    PARAMS,
    PROFILE,
    VIEW,
    Asked,
    Reading,
    carry,
    parse,
    read_asked,
)
from ui.compare import draw_multiples, draw_pair
from ui.download import DOWNLOADS, as_shown
from ui.figure import studio
from ui.scene import Scene, draw
from ui.serving.api.beside_lists import LISTS, PICTURED
from ui.serving.api.data import MEDIA, rows_file
from ui.serving.api.operations import BINARY, Answer, Operation
from ui.serving.api.operations import Asked as Request
from ui.serving.api.parameters import AS_OF, CODE, EDITION, LANG, check_names, choice, read_all
from ui.serving.api.pictures import picture, refuse_first
from ui.serving.api.problems import refused
from ui.serving.api.schemas import STRING

WAY: Final = "way"
# What stands beside a page, and what it is.
BESIDE: Final = {"json": "application/json", "csv": "text/csv", "png": "image/png"}
PNG: Final = "png"
FORMATS: Final = tuple(BESIDE)
FORMAT: Final = choice("format", FORMATS, said="data.format")
# What addresses of pages say besides their view.
OF_PAGES: Final = (*studio.STUDIO.names, *DOWNLOADS.names, *FRAME.names, EMBED)
NAMES: Final = (FORMAT.name, *dict.fromkeys((*VIEW.names, *PARAMS, *OF_PAGES)))
# Pages that show a view, and the kinds of figure that each can be; the first where none is asked.
KINDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "explore": studio.OF_A_VIEW,
    "compare": (PAIR, MULTIPLES),
    "clusters": (CLUSTERS,),
}


def _read_view(page: str) -> Callable[[Mapping[str, str], Store, Lang], Mapping[str, Any]]:
    def read(given: Mapping[str, str], store: Store, lang: Lang) -> Mapping[str, Any]:
        form = _form(given, lang)
        check_names(given, NAMES, lang)
        chosen, unread = studio.STUDIO.read(given)
        kind = given.get(WAY, "") if page == "compare" else chosen.kind
        chosen = replace(chosen, kind=kind if kind in KINDS_OF[page] else KINDS_OF[page][0])
        own = {name: text for name, text in given.items() if name in VIEW.names}
        view, strange = parse(own, store.catalog.indicators)
        asked, unasked = read_asked(given, chosen.kind, view, store)
        refuse_first([*strange, *unread, *unasked], lang)
        return {"format": form, "asked": asked, "studio": chosen}

    return read


def _form(given: Mapping[str, str], lang: Lang) -> str:
    form = given.get(FORMAT.name, "")
    if form not in FORMATS:
        raise refused(FORMAT.name, form, FORMATS, lang, path=True)
    return form


def _view(request: Request) -> Answer:
    asked, chosen = request["asked"], request["studio"]
    if request["format"] == PNG:
        return picture(request.store, asked, chosen, PNG, request.lang)
    what, title = _rows(request, asked, chosen.kind)
    link = request.link(asked.href(chosen.kind))
    return rows_file(request, what, request["format"], title, link)


def _rows(request: Request, asked: Asked, kind: str) -> tuple[Rows, str]:
    """Return the rows that a page shows, and its title."""
    store, view = request.store, asked.view
    scenes: tuple[Scene, ...]
    if kind == PAIR:
        pair = draw_pair(store, view, asked.pair)
        refuse_first(list(pair.refused), request.lang)
        scenes, title = (pair.x, pair.y), pair.title
    elif kind == MULTIPLES:
        multiples = draw_multiples(store, view, asked.pair)
        refuse_first(list(multiples.refused), request.lang)
        scenes, title = multiples.scenes or (multiples.scene,), multiples.title
    else:
        drawn = draw(store, view)
        refuse_first(list(drawn.refused), request.lang)
        return as_shown(drawn.scene, only=True), drawn.scene.words.title
    return Several(tuple(as_shown(scene, only=True) for scene in scenes)), title


def _read_profile(given: Mapping[str, str], store: Store, lang: Lang) -> Mapping[str, Any]:
    form = _form(given, lang)
    asked = {name: text for name, text in given.items() if name not in OF_PAGES}
    place = replace(CODE, param=replace(CODE.param, name="place", start=_country), required=False)
    parameters = (LANG, AS_OF, FORMAT, EDITION, place)
    found = read_all(parameters, asked, store, lang, (FORMAT.name,))
    chosen, unread = studio.STUDIO.read(given)
    refuse_first(unread, lang)
    return {**found, "format": form, "studio": replace(chosen, kind=PROFILE)}


def _country(_: Reading) -> str:
    return COUNTRY_CODE


def _profile(request: Request) -> Answer:
    edition, place = request["edition"], request["place"]
    if request["format"] == PNG:
        given = carry({"lang": request.lang, "edition": edition, "place": place}, request.as_of)
        view, strange = parse(given, request.store.catalog.indicators)
        refuse_first(strange, request.lang)
        return picture(request.store, Asked(view), request["studio"], PNG, request.lang)
    country = place == COUNTRY_CODE
    what = Filtered(edition="" if country else edition, place=None if country else place)
    what = replace(what, as_of=request.as_of)
    title = title_of(request.store, what, request.lang)
    link = f"profile?lang={request.lang}&edition={edition}&place={place}"
    return rows_file(request, what, request["format"], title, request.link(link))


def asked_beside(page: str, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what of an address of a page is asked beside it too, each parameter once."""
    known = LISTS.get(page) or (
        (LANG.name, AS_OF.name, "edition", "place") if page == PROFILE else (*VIEW.names, *PARAMS)
    )
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in known:
            given.setdefault(name, value)
    return given


def beside_pages() -> dict[str, tuple[str, ...]]:
    """Return the names of the pages that have something beside them, and in which formats."""
    rows = tuple(form for form in FORMATS if form != PNG)
    lists = {page: FORMATS if page in PICTURED else rows for page in LISTS}
    return {**dict.fromkeys((*KINDS_OF, PROFILE), FORMATS), **lists}


_MEDIA: Final = {MEDIA["json"]: {"type": "object"}, MEDIA["csv"]: STRING, "image/png": BINARY}
OPERATIONS: Final = (
    *(
        Operation(
            name=f"beside.{page}",
            path=f"/{page}.{{format}}",
            own=(FORMAT,),
            media=_MEDIA,
            answer=_view,
            example=f"/{page}.json",
            read=_read_view(page),
            heavy=True,
        )
        for page in KINDS_OF
    ),
    Operation(
        name=f"beside.{PROFILE}",
        path=f"/{PROFILE}.{{format}}",
        own=(FORMAT,),
        media=_MEDIA,
        answer=_profile,
        example=f"/{PROFILE}.json",
        read=_read_profile,
        heavy=True,
    ),
)
