"""A view over HTTP: the map's message, the title and the legend of an address.

Only what is published ever leaves by this way, whoever asks.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from base.words import DEFAULT_LANG, LANGS, Lang, number, t
from geo.editions import Level
from metrics.store import Store, StoreError, UnreachableError
from ui.address import (
    LONGEST,
    Refusal,
    Told,
    View,
    asked_as_of,
    chosen,
    levels_at,
    parse,
    read_choices,
)
from ui.scene import draw, entered, levelled, showing
from ui.serving.published import LONGEST_QUERY, is_closed, mark, published
from ui.shell import ERRORS, title_html

PATH: Final = "view"
DO, OPEN, INDICATOR, LEVEL, THEME = "do", "open", "indicator", "level", "theme"
THEMES: Final = ("light", "dark")
TOLD: Final = 4  # refusals that are named

_log = logging.getLogger(__name__)


class _Problem(Exception):
    """Why no map is sent."""

    def __init__(self, status: int, told: str) -> None:
        super().__init__(told)
        self.status, self.told = status, told


def answer(request: Request) -> Response:
    """Answer ``GET …/view?<the address>``, with ``do=<parameter>:<value>`` for a choice.

    Returns
    -------
    Response
        JSON: ``map``, ``title`` and ``legend`` of the view, and its address after the choices; or
        the ``problem`` in a sentence.
    """
    lang = _lang(request.query_params)
    try:
        return _viewed(request)
    except _Problem as problem:
        return _refused(problem.status, problem.told)
    except UnreachableError:
        ERRORS.add("unreachable")
        return _refused(503, t("database.away", lang))
    except StoreError as error:
        ERRORS.add("store")
        _log.error("the figures could not be opened: %s", error)
        return _refused(503, t("error.store", lang))
    except Exception:
        ERRORS.add("view")
        _log.exception("a view could not be sent")
        return _refused(500, t("error.page", lang))


def _viewed(request: Request) -> Response:
    if is_closed():
        raise _Problem(403, t("access.closed", _lang(request.query_params)))
    try:
        as_of = asked_as_of(request.query_params, _lang(request.query_params))
    except Told as told:
        raise _Problem(400, str(told)) from told
    store = published(as_of)
    view, theme = _asked(request, store)
    tag = mark(store, view.lang)
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if tag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    content = _body(store, view, theme)
    return Response(content, media_type="application/json", headers=headers)


def _asked(request: Request, store: Store) -> tuple[View, str]:
    lang, length = _lang(request.query_params), len(request.url.query)
    if length > LONGEST_QUERY:
        told = {"n": number(length, lang), "most": number(LONGEST_QUERY, lang)}
        raise _Problem(400, t("refused.long", lang, **told))
    params: dict[str, str] = {}
    choices = []
    for name, value in request.query_params.multi_items():
        if name == DO:
            choices.append(value)
        elif name in params:
            raise _Problem(400, t("refused.twice", lang, param=name[:80]))
        else:
            params[name] = value
    theme = params.pop(THEME, THEMES[0])
    known = store.catalog.indicators
    view, refused = parse(params, known)
    if not refused and choices:
        view, refused = _followed(store, view, choices)
    if theme not in THEMES:
        refused = [*refused, Refusal(THEME, theme[:LONGEST])]
    if refused:
        raise _Problem(400, _told(refused, lang))
    return view, theme


def _followed(store: Store, view: View, choices: list[str]) -> tuple[View, list[Refusal]]:
    """Follow choices as the controls of the page do."""
    known = store.catalog.indicators
    name, _, given = choices[0].partition(":")
    if len(choices) == 1 and name == INDICATOR and given in known:
        return showing(store, view, given), []
    if len(choices) == 1 and name == LEVEL and given in levels_at(view.area()):
        return chosen(view, known, **levelled(store, view, Level(given))), []
    return read_choices([_opening(store, view, choice) for choice in choices], view, known)


def _opening(store: Store, view: View, choice: str) -> str:
    """Say what opening an area does to the address; other choices stay as they are."""
    name, _, code = choice.partition(":")
    if name != OPEN:
        return choice
    changes = entered(store, view, code) or {"place": code}
    return ":".join(map(str, next(iter(changes.items()))))


def _told(refused: list[Refusal], lang: Lang) -> str:
    listed = "; ".join(
        refusal.reason or t("refused.one", lang, param=refusal.param, given=refusal.given)
        for refusal in refused[:TOLD]
    )
    return t("refused.map", lang, listed=listed)


def _body(store: Store, view: View, theme: str) -> str:
    drawn = draw(store, view, dark=theme == THEMES[1])
    words = drawn.scene.words
    told = {
        "address": drawn.scene.view.params(),
        "title": title_html(words.title, words.subtitle),
        "legend": drawn.legend,
    }
    # The map's message is JSON already, the same as in the page.
    return f'{json.dumps(told, ensure_ascii=False)[:-1]}, "map": {drawn.map}}}'


def _refused(status: int, told: str) -> Response:
    return JSONResponse({"problem": told}, status, {"Cache-Control": "no-store"})


def _lang(params: Mapping[str, str] | QueryParams) -> Lang:
    return next((lang for lang in LANGS if lang == params.get("lang")), DEFAULT_LANG)
