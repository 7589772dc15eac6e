"""How an operation is answered over HTTP: admitted, read, kept, bounded; refused in documents."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar
from urllib.parse import quote

from anyio import CapacityLimiter, fail_after, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from base.words import DEFAULT_LANG, LANGS, Lang, number, t
from base.words import Refusal as Unsaid
from metrics.store import StoreError, UnreachableError
from ui.address import Told, asked_as_of
from ui.serving.api.kept import Kept
from ui.serving.api.operations import Answer, Asked, Operation
from ui.serving.api.parameters import AS_OF, read_all
from ui.serving.api.problems import MEDIA, Problem, printable, refused
from ui.serving.published import LONGEST_QUERY, is_closed, mark, published
from ui.shell import ERRORS

METHODS: Final = ("GET", "HEAD")
OPEN: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Content-Disposition, Retry-After",
}
FRESH: Final = "public, no-cache"
# Questions read at once, answers made, those that take long, how many may wait, and how long.
# Python does one thing at a time: more at once would hold each other up.
READ_AT_ONCE, AT_ONCE, DRAWN_AT_ONCE, MOST_WAITING, LONGEST_WAIT_S = 4, 2, 1, 500, 50.0
# Answers that are kept: what a link card shows is asked for by many.
KEPT: Final = 64_000_000
PACKED: Final = ("json", "text/", "csvm", "xml")
FEWEST_PACKED: Final = 1000

_log = logging.getLogger("atlas.api")
T = TypeVar("T")
_kept = Kept(KEPT)


class Turns:
    """So many at once; others wait, but not too many and not too long."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._limiter: CapacityLimiter | None = None

    @property
    def limiter(self) -> CapacityLimiter:
        """The limiter, made in the loop that it serves."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(self._at_once)
        return self._limiter

    def is_full(self) -> bool:
        """Tell whether too many wait."""
        return self.limiter.statistics().tasks_waiting >= MOST_WAITING


_reading: Final = Turns(READ_AT_ONCE)
_turns: Final = {False: Turns(AT_ONCE), True: Turns(DRAWN_AT_ONCE)}


class Endpoint:
    """Answer for one operation.

    Parameters
    ----------
    operation
        What is answered; None for a path that leads nowhere.
    root
        Where the API is, below the root of the server.
    prefix
        Where this operation is: the API, or pages whose addresses it follows.
    """

    def __init__(self, operation: Operation | None, root: str, prefix: str | None = None) -> None:
        self._operation = operation
        self._root = root
        self._prefix = root if prefix is None else prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope)
        response = await self._response(request)
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        lang = _lang(request)
        if request.method == "OPTIONS":
            allow = {
                "Access-Control-Allow-Methods": ", ".join(METHODS),
                "Allow": ", ".join(METHODS),
            }
            return Response(status_code=204, headers={**OPEN, **allow})
        try:
            return await self._read_and_made(self._asked(request, lang), request, lang)
        except Problem as problem:
            return _refused(problem, lang)

    async def _read_and_made(self, operation: Operation, request: Request, lang: Lang) -> Response:
        read = partial(self._read, operation, request, lang)
        wanted = await _in_turn(_reading, read, lang)
        if isinstance(wanted, Response):
            return wanted
        # What is kept waits behind nothing that has to be made.
        turns = _reading if wanted.key in _kept else _turns[operation.heavy]
        return await _in_turn(turns, partial(wanted.response, request), lang)

    def _asked(self, request: Request, lang: Lang) -> Operation:
        """Return what is asked for, where it can be asked now."""
        if request.method not in METHODS:
            raise Problem("method", t("api.method", lang), allowed=list(METHODS))
        if self._operation is None:
            told = t("api.nothing", lang, path=printable(request.url.path))
            raise Problem("not-found", told, instead=[f"{self._root}/openapi.json"])
        return self._operation

    def _read(self, operation: Operation, request: Request, lang: Lang) -> Response | Wanted:
        """Read what is asked; answer at once where the asker has it."""
        if is_closed():
            raise Problem("closed", t("access.closed", lang))
        given = _given(request, lang)
        as_of = "" if operation.of_now else _as_of(given, lang)
        store = published(as_of)
        in_path = {name: str(text) for name, text in request.path_params.items()}
        if twice := next((name for name in in_path if name in given), None):
            raise refused(
                twice, given[twice], [], lang, reason=t("refused.twice", lang, param=twice)
            )
        whole = {**in_path, **given}
        if operation.read:
            found = operation.read(whole, store, lang)
        else:
            found = read_all(operation.parameters, whole, store, lang, operation.in_path)
        path = request.url.path
        beside = [operation.beside()] if operation.beside and not as_of else []
        key = mark(store, lang, path, *(f"{n}={v}" for n, v in sorted(given.items())), *beside)
        headers = {**OPEN, "ETag": key, "Cache-Control": FRESH, "Vary": "Accept-Encoding"}
        if key in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        asked = Asked(
            store=store,
            lang=lang,
            found=found,
            given=given,
            root=self._root,
            path=path.removeprefix(self._prefix),
            as_of=as_of,
        )
        return Wanted(key, headers, partial(operation.answer, asked))


@dataclass(frozen=True, slots=True)
class Wanted:
    """An answer that is asked for: its mark, what goes with it, and how it is made."""

    key: str
    headers: dict[str, str]
    make: Callable[[], Answer]

    def response(self, request: Request) -> Response:
        """Return the answer, made where it is not kept."""
        return _packed(_kept.get(self.key, self.make), self.key, self.headers, request)


async def _in_turn(turns: Turns, work: Callable[[], T], lang: Lang) -> T:
    """Do some work in a thread, when it is its turn.

    Raises
    ------
    Problem
        If too many wait, it takes too long to come to a turn, or the work fails.
    """
    if turns.is_full():
        raise Problem("busy", t("api.busy", lang))
    one = object()
    try:
        with fail_after(LONGEST_WAIT_S):
            await turns.limiter.acquire_on_behalf_of(one)
    except TimeoutError as late:
        raise Problem("busy", t("api.busy", lang)) from late
    try:
        return await to_thread.run_sync(_worded, work, lang)
    finally:
        turns.limiter.release_on_behalf_of(one)


def _worded(work: Callable[[], T], lang: Lang) -> T:
    """Do some work; what goes wrong is a problem in words."""
    try:
        return work()
    except Problem:
        raise
    except UnreachableError as error:
        ERRORS.add("unreachable")
        raise Problem("store", t("database.away", lang)) from error
    except StoreError as error:
        ERRORS.add("store")
        _log.error("the figures could not be opened: %s", error)
        raise Problem("store", t("error.store", lang)) from error
    except Unsaid as refusal:
        raise Problem("parameter", refusal.say(lang)) from refusal
    except Exception as error:
        ERRORS.add("api")
        _log.exception("no answer could be made")
        raise Problem("internal", t("api.internal", lang)) from error


def _packed(answer: Answer, key: str, headers: dict[str, str], request: Request) -> Response:
    if answer.links:
        listed = (f'<{quote(to, safe=_SAFE)}>; rel="{rel}"' for rel, to in answer.links.items())
        headers["Link"] = ", ".join(listed)
    if answer.name:
        headers["Content-Disposition"] = f'inline; filename="{answer.name}"'
    body = answer.body
    pack = any(kind in answer.media for kind in PACKED) and len(body) >= FEWEST_PACKED
    if pack and "gzip" in request.headers.get("accept-encoding", ""):
        packed = _kept.get(f"{key} gzip", lambda: Answer(gzip.compress(body, 5, mtime=0)))
        body, headers["Content-Encoding"] = packed.body, "gzip"
    return Response(body, headers=headers, media_type=answer.media)


# What may stand in an address as it is.
_SAFE: Final = "/:?&=%+,.-_~!*'()"


def _refused(problem: Problem, lang: Lang) -> Response:
    headers = {**OPEN, "Cache-Control": "no-store", "Content-Language": lang}
    if problem.kind == "busy":
        headers["Retry-After"] = "10"
    if problem.kind == "method":
        headers["Allow"] = ", ".join(METHODS)
    body = json.dumps(problem.document(lang), ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, problem.status, headers, MEDIA)


def _given(request: Request, lang: Lang) -> dict[str, str]:
    if (length := len(request.url.query)) > LONGEST_QUERY:
        told = {"n": number(length, lang), "most": number(LONGEST_QUERY, lang)}
        raise Problem("parameter", t("refused.long", lang, **told))
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            shown = printable(name)
            raise refused(shown, value, [], lang, reason=t("refused.twice", lang, param=shown))
        given[name] = value
    return given


def _as_of(given: Mapping[str, str], lang: Lang) -> str:
    try:
        return asked_as_of(given, lang)
    except Told as told:
        raise refused(
            AS_OF.name, given[AS_OF.name], [AS_OF.rule(lang)], lang, reason=str(told)
        ) from told


def _lang(request: Request) -> Lang:
    given: Mapping[str, str] = request.query_params
    return next((lang for lang in LANGS if lang == given.get("lang")), DEFAULT_LANG)
