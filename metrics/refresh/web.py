"""Ask over the network: slowly, within bounds, and never under another name."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from types import TracebackType
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import httpx

from base.reading import replacing_file
from metrics.refresh.adapter import Ask
from metrics.refresh.brought import Brought
from metrics.refresh.manners import AGENT, Manners, NotAsked, agent
from metrics.refresh.robots import Robots, robots

FORBIDS: Final = frozenset({401, 403, 407, 451})
AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
MOVED: Final = frozenset({301, 302, 303, 307, 308})
MOST_MOVES: Final = 5
CONNECT_S: Final = 15.0
ROBOTS_BYTES: Final = 512 << 10
LATEST: Final = timedelta(days=31)
_GZIP: Final = zlib.MAX_WBITS | 16
# A name and a password in an address.
_SECRET: Final = re.compile(r"//[^/?#]*@")


class Web:
    """The way to the network for one run; a context, so that what it opened is closed.

    Parameters
    ----------
    address
        Of the source: no other host is asked.
    reached_at
        See `manners.contact`.
    """

    def __init__(self, address: str, reached_at: str, manners: Manners) -> None:
        self._host = _host(address)
        self._manners = manners
        self._ends = time.monotonic() + manners.run_s
        self._last = -manners.pause_s
        self._pause = manners.pause_s
        self._robots: dict[str, Robots] = {}
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(
            headers={"User-Agent": agent(reached_at), "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(manners.request_s, connect=CONNECT_S),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            limits=httpx.Limits(max_connections=1),
        )

    def __enter__(self) -> Web:
        """Open it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close it."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    def bring(self, ask: Ask, path: Path) -> Brought:
        """Ask, and write the body of the reply; complete or not at all.

        Raises
        ------
        NotAsked
            If the source forbids it, does not answer, answers something else than asked, or more
            than the bounds allow.
        OSError
            If the body cannot be written.
        """
        try:
            return self._runner.run(self._bring(ask, path))
        except (httpx.InvalidURL, UnicodeError) as error:
            raise _no_address(ask.address, error) from error

    async def _bring(self, ask: Ask, path: Path) -> Brought:
        wait = self._manners.pause_s
        for left in reversed(range(self._manners.tries)):
            try:
                return await self._followed(ask, path)
            except _Again as again:
                if again.after is not None and again.after > self._manners.longest_wait_s:
                    until = datetime.now(UTC) + min(timedelta(seconds=again.after), LATEST)
                    told = until.isoformat(sep=" ", timespec="minutes")
                    raise NotAsked("later", until=until, **self._named(ask), time=told) from again
                if not left:
                    raise NotAsked("away", **self._named(ask), why=again.why) from again
                wait = max(2 * wait, again.after or 0)
            await self._sleep(wait, ask)
        raise AssertionError

    async def _followed(self, ask: Ask, path: Path) -> Brought:
        address = ask.address
        for _ in range(MOST_MOVES):
            self._check_host(address)
            await self._check_robots(address, ask)
            moved = await self._asked(ask, address, path)
            if isinstance(moved, Brought):
                return moved
            address = _joined(address, moved)
        raise NotAsked("moves", **self._named(ask))

    async def _asked(self, ask: Ask, address: str, path: Path) -> Brought | str:
        """Ask once; return what came, or where it has moved to."""
        body = None if ask.body is None else json.dumps(ask.body, ensure_ascii=False).encode()
        headers = {"Accept": ask.accept}
        if body is not None:
            headers["Content-Type"] = "application/json"
        async with self._answer(ask, ask.method, address, headers, body) as answer:
            status = answer.status_code
            if status in FORBIDS and status not in ask.too_much:
                raise NotAsked("forbidden", forbids=True, **self._named(ask), status=status)
            if status in AGAIN:
                raise _Again(f"HTTP {status}", _after(answer.headers.get("Retry-After")))
            if status in MOVED and "Location" in answer.headers and body is None:
                return str(answer.headers["Location"])
            if status not in (200, 203, *ask.too_much):
                raise NotAsked("status", **self._named(ask), status=status)
            said = answer.headers.get("Content-Length", "")
            if said.isdecimal() and int(said) > self._manners.reply_bytes:
                raise NotAsked("too_big", **self._named(ask), most=self._manners.reply_bytes >> 20)
            sha256, size = hashlib.sha256(), 0
            with replacing_file(path) as temporary, temporary.open("wb") as into:
                async for piece in self._pieces(ask, answer, self._manners.reply_bytes):
                    sha256.update(piece)
                    size += len(piece)
                    into.write(piece)
            media = answer.headers.get("Content-Type", "")[:200]
            return Brought(datetime.now(UTC), status, media, sha256.hexdigest(), size)

    @asynccontextmanager
    async def _answer(
        self, ask: Ask, method: str, address: str, headers: dict[str, str], body: bytes | None
    ) -> AsyncIterator[httpx.Response]:
        await self._sleep(self._last + self._pause - time.monotonic(), ask)
        left = min(self._manners.request_s, self._ends - time.monotonic())
        try:
            async with (
                asyncio.timeout(left),
                self._client.stream(method, address, headers=headers, content=body) as answer,
            ):
                yield answer
        except TimeoutError as error:
            raise _Again("timeout") from error
        except httpx.HTTPError as error:
            why = " ".join(str(error).split())[:200] or type(error).__name__
            raise _Again(why) from error
        finally:
            self._last = time.monotonic()

    async def _pieces(self, ask: Ask, answer: httpx.Response, most: int) -> AsyncIterator[bytes]:
        """Give the body as it comes, unpacked; never more than the bound."""
        packed = answer.headers.get("Content-Encoding", "identity").strip().lower()
        if packed not in ("identity", "gzip", "x-gzip"):
            raise NotAsked("packed", **self._named(ask), packed=packed[:40])
        unpacking = None if packed == "identity" else zlib.decompressobj(_GZIP)
        left = most
        async for raw in answer.aiter_raw():
            rest = raw
            while rest:
                if unpacking is not None and unpacking.eof:
                    unpacking = zlib.decompressobj(_GZIP)  # one archive after the other
                try:
                    piece = rest if unpacking is None else unpacking.decompress(rest, left + 1)
                except zlib.error as error:
                    raise _Again(str(error)) from error
                rest = b"" if unpacking is None else unpacking.unused_data
                left -= len(piece)
                if left < 0:
                    raise NotAsked("too_big", **self._named(ask), most=most >> 20)
                yield piece
        if unpacking is not None and not unpacking.eof:
            raise _Again("gzip: unexpected end")

    async def _check_robots(self, address: str, ask: Ask) -> None:
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = await self._read_robots(f"{root}/robots.txt", ask)
            self._pause = max(self._pause, self._robots[root].pause_s)
        if not self._robots[root].allows(address):
            raise NotAsked("robots", forbids=True, **self._named(ask))

    async def _read_robots(self, address: str, ask: Ask) -> Robots:
        for _ in range(MOST_MOVES):
            self._check_host(address)
            async with self._answer(ask, "GET", address, {"Accept": "text/plain"}, None) as answer:
                status = answer.status_code
                if status in MOVED and "Location" in answer.headers:
                    address = _joined(address, str(answer.headers["Location"]))
                    continue
                if status in FORBIDS:
                    raise NotAsked("robots", forbids=True, **self._named(ask))
                if status in AGAIN or status >= 500:
                    raise _Again(
                        f"robots.txt: HTTP {status}", _after(answer.headers.get("Retry-After"))
                    )
                text = b""
                if status == 200:
                    async for piece in self._pieces(ask, answer, ROBOTS_BYTES):
                        text += piece
            return robots(text.decode("utf-8", errors="replace"), AGENT)
        raise NotAsked("moves", **self._named(ask))

    def _check_host(self, address: str) -> None:
        host = _host(address)
        is_safer = host == (self._host[0], 443) and self._host[1] == 80
        if host != self._host and not is_safer:
            asked = urlsplit(address).netloc[:100]
            raise NotAsked("other_host", host=self._host[0], other=asked)

    async def _sleep(self, seconds: float, ask: Ask) -> None:
        if time.monotonic() + max(0.0, seconds) > self._ends:
            raise NotAsked("long", **self._named(ask), hours=round(self._manners.run_s / 3600, 1))
        if seconds > 0:
            await asyncio.sleep(seconds)

    def _named(self, ask: Ask) -> dict[str, Any]:
        return {"name": ask.name[:80], "host": self._host[0]}


class _Again(Exception):
    """A request that may be made again, after some seconds where the source said so."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.after = after


def _host(address: str) -> tuple[str, int]:
    """Return host and port of an address of the web."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise _no_address(address, error) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise _no_address(address, "http, https")
    return parts.hostname.lower(), port or (443 if parts.scheme == "https" else 80)


def _joined(address: str, moved: str) -> str:
    try:
        return urljoin(address, moved)
    except ValueError as error:
        raise _no_address(moved, error) from error


def _no_address(address: str, error: object) -> NotAsked:
    """Make the error for an address: on one line, and without a password that stands in it."""
    shown = _SECRET.sub("//…@", address)
    plain = "".join(sign if sign.isprintable() else "�" for sign in shown[:200])
    return NotAsked("address", address=plain, error=error)


def _after(text: str | None) -> float | None:
    """Read a Retry-After: seconds, or a date; None where there is none that can be read."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text.strip()[:9])
    try:
        then = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())
