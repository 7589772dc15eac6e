"""Figures as pictures: what the address of a page shows, as the figure studio draws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from base.words import Lang, t
from geo.figure import FORMATS, MEDIA, render
from metrics.store import Store
from ui.address import (
    CLUSTERED,
    COMPARED,
    EMBED,
    FRAME,
    VIEW,
    Address,
    Asked,
    Choice,
    Param,
    parse,
    read_asked,
)
from ui.address import Refusal as Unread
from ui.download import DOWNLOADS
from ui.figure import figure_stem, studio
from ui.scene import draw
from ui.serving.api.operations import BINARY, Answer, Operation
from ui.serving.api.operations import Asked as Request
from ui.serving.api.parameters import MAPPED, Parameter, Schema, check_names, choice
from ui.serving.api.problems import Problem, refused

# More dots than this are for the command line and the page: it takes long to draw them.
MOST_DPI: Final = 200
# What addresses of pages say besides, and no figure asks.
OF_PAGES: Final = (*DOWNLOADS.names, *FRAME.names, EMBED)


def declared(address: Address[Any]) -> tuple[Parameter, ...]:
    """Declare the parameters of an address of the pages; its own engine reads them."""
    return tuple(
        Parameter(one, _schema(one), said=f"view.{one.name}", loose=True) for one in address.params
    )


def _schema(one: Param) -> Schema:
    if isinstance(one.read, Choice):
        return {"type": "string", "enum": [*one.read.values]}
    if one.name == MAPPED.name:
        return MAPPED.schema
    return {"type": "string", "maxLength": one.longest}


FORMAT: Final = choice("format", FORMATS, said="figure.format")
_PAGES: Final = {one.name: one for one in (*declared(COMPARED), *declared(CLUSTERED))}
_VIEW: Final = declared(VIEW)
ADDRESS: Final = (
    FORMAT,
    *_VIEW,
    *(one for name, one in _PAGES.items() if name not in VIEW.names),
    *declared(studio.STUDIO),
)
_NAMED: Final = {one.name: one for one in ADDRESS}


def read_picture(given: Mapping[str, str], store: Store, lang: Lang) -> Mapping[str, Any]:
    """Read the address of a page, and what is chosen about its figure.

    Raises
    ------
    Problem
        If any of it cannot be followed.
    """
    check_names(given, [one.name for one in ADDRESS], lang)
    form = given.get(FORMAT.name, FORMATS[0])
    if form not in FORMATS:
        raise refused(FORMAT.name, form, FORMATS, lang, path=True)
    chosen, unread = studio.STUDIO.read(given)
    if chosen.dpi > MOST_DPI:
        dpis = [str(dpi) for dpi in studio.DPIS if dpi <= MOST_DPI]
        raise refused("dpi", str(chosen.dpi), dpis, lang, reason=t("api.figure.dpi", lang))
    own = {n: text for n, text in given.items() if n in VIEW.names}
    view, strange = parse(own, store.catalog.indicators)
    asked, unasked = read_asked(given, chosen.kind, view, store)
    refuse_first([*strange, *unread, *unasked], lang)
    return {"format": form, "asked": asked, "studio": chosen}


def refuse_first(
    unread: list[Unread], lang: Lang, known_by: Mapping[str, Parameter] | None = None
) -> None:
    """Refuse an address for the first thing in it that cannot be followed.

    Parameters
    ----------
    known_by
        The parameters of the address by their names; by default those of pictures.
    """
    for one in unread:
        known = (_NAMED if known_by is None else known_by).get(one.param)
        listed = known.schema.get("enum") if known else None
        told = known.means(lang) if known and known_by is None else t("api.rule.address", lang)
        raise refused(one.param, one.given, listed or [told], lang, reason=one.reason)


def _figure(request: Request) -> Answer:
    return picture(
        request.store, request["asked"], request["studio"], request["format"], request.lang
    )


def picture(store: Store, asked: Asked, chosen: studio.Studio, form: Any, lang: Lang) -> Answer:
    """Draw a figure, as the panel of figures and ``python -m ui figure`` do.

    Raises
    ------
    Problem
        If there is nothing to draw.
    """
    drawn = draw(store, asked.view)
    refuse_first(list(drawn.refused), lang)
    spec = studio.described(store, asked, chosen)
    if isinstance(spec, str):
        raise Problem("nothing", spec)
    stem = figure_stem(asked.view, chosen.choices(asked), asked.params(chosen.kind))
    return Answer(render(spec, form, chosen.dpi), MEDIA[form], name=f"{stem}.{form}")


OPERATIONS: Final = (
    Operation(
        name="figure",
        path="/figure.{format}",
        own=ADDRESS,
        media=dict.fromkeys(MEDIA.values(), BINARY),
        answer=_figure,
        example="/figure.png?indicator=index766-total&size=wide",
        read=read_picture,
        heavy=True,
    ),
)
