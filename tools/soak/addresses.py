"""Hostile addresses, by HTTP and as pages: an answer, no traceback, and the server goes on."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from base.folders import ROOT
from benchmarks.sessions import Address, run_once

PROTOCOLS: Final = [Subprotocol("streamlit")]
SLOWEST_S: Final = 60.0
AT_ONCE: Final = 25
WORST_STATUS: Final = 500
PAGES: Final = ("", *(path.stem for path in sorted((ROOT / "pages").glob("*.py"))))
HOSTILE: Final = (
    *(
        "",
        "0",
        "-1",
        "9" * 400,
        "NaN",
        "1e309",
        "2025",
        "01",
        "VN",
        "all",
        "null",
        "../../etc/passwd",
    ),
    *(
        "<script>alert(1)</script>",
        "'\";--",
        "{{7*7}}",
        "%00",
        "\x00",
        "\ud7ff\uffff",
        "\u202e",
        "ế" * 300,
    ),
    *(
        "a" * 9000,
        "province",
        "newest",
        "dti-score",
        "2025:01,2025:04",
        "2024:01",
        "en",
        "vi",
        "%s%n",
        "\r\nX: y",
    ),
)


def attack(dice: Random, url: str) -> list[str]:
    """Ask a server that runs for some addresses, then whether it is well."""
    found = [fault for _ in range(AT_ONCE) for fault in _asked(dice, url)]
    found += asyncio.run(_opened(dice, url))
    status, body = _get(f"{url}/healthz")
    if status != 200:
        found.append(f"/healthz answers {status}: {body[:200]}")
    return found


def _asked(dice: Random, url: str) -> Iterator[str]:
    page = dice.choice(PAGES)
    paths = (
        f"/{page}",
        f"/{page}.{dice.choice(('json', 'csv', 'png', 'svg', 'exe'))}",
        "/view",
        "/oembed",
    )
    path = dice.choice((*paths, *_operations(url)))
    path = re.sub(r"\{.*?\}", lambda _: quote(dice.choice(HOSTILE)[:200]), path)
    address = f"{path}?{_query(dice)}"[:20_000]
    status, body = _get(url + address)
    if status >= WORST_STATUS or status < 0:
        yield f"{address[:300]}: {status} {body[:300]}"
    if "Traceback (most" in body:
        yield f"{address[:300]}: a traceback"


@cache
def _operations(url: str) -> tuple[str, ...]:
    _, body = _get(f"{url}/api/v1/openapi.json")
    return tuple(f"/api/v1{path}" for path in json.loads(body)["paths"])


@cache
def _names() -> tuple[str, ...]:
    said = (ROOT / "docs" / "address.md").read_text(encoding="utf-8")
    return tuple(
        sorted(set(re.findall(r"`([a-z_]{1,20})=", said) + re.findall(r"\| `([a-z_]+)`", said)))
    )


def _query(dice: Random) -> str:
    names = [
        dice.choice((*_names(), "do", "format", "limit", "url", "q"))
        for _ in range(dice.randrange(8))
    ]
    said = urlencode([(name, dice.choice(HOSTILE)) for name in names], errors="replace")
    return said if dice.random() < 0.9 else said + "&%ff%fe=%c0%80&&==&a"


def _get(url: str) -> tuple[int, str]:
    try:
        with urlopen(Request(url, headers={"Accept": "*/*"}), timeout=SLOWEST_S) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")
    except (URLError, OSError, ValueError) as error:
        return -1, repr(error)


async def _opened(dice: Random, url: str) -> list[str]:
    page, query = dice.choice(PAGES), _query(dice)
    stream = url.replace("http", "ws", 1) + "/_stcore/stream"
    what = f"page {page or '/'}?{query[:300]}"
    try:
        async with connect(stream, subprotocols=PROTOCOLS, max_size=None, proxy=None) as session:
            sent = await asyncio.wait_for(run_once(session, Address(page, query)), SLOWEST_S)
    except (OSError, TimeoutError, ConnectionError) as error:
        return [f"{what}: {error!r}"]
    return [f"{what}: {fault}" for fault in map(_fault, sent) if fault]


def _fault(data: bytes) -> str:
    said: Any = ForwardMsg()
    said.ParseFromString(data)
    element = said.delta.new_element
    if element.WhichOneof("type") == "exception":
        return f"{element.exception.type}: {element.exception.message[:300]}"
    return ""
