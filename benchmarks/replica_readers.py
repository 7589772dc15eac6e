"""Readers who go through the proxy, lose their server now and then, and reload."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final
from urllib.parse import urlencode

import httpx
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from benchmarks.readers import START, _choice
from benchmarks.sessions import Address, run_once

PAUSE_S: Final = 5.0
SLOWEST_S: Final = 180.0
RELOADS: Final = 5
FAILURES: Final = (OSError, WebSocketException, httpx.HTTPError, ValueError, TimeoutError)


@dataclass(slots=True)
class Told:
    """What happened to all."""

    changes: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    mended: int = 0
    not_mended: list[str] = field(default_factory=list)
    sent: int = 0
    astray: list[str] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)
    agreed: list[float] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """Return it as numbers."""
        return {
            "changes": len(self.changes),
            "change_median_ms": round(median(self.changes)) if self.changes else None,
            "reads_that_failed": len(self.broken),
            "kinds_of_failure": sorted({one[:90] for one in self.broken}),
            "mended_by_a_reload": self.mended,
            "not_mended": self.not_mended,
            "files_sent": self.sent,
            "files_astray": self.astray,
            "imports_acknowledged": len(self.imports),
            "imports": self.imports,
            "agreed_s": [round(one, 2) for one in self.agreed],
        }


class Tab:
    """A page that is open: its line to the app, its cookies, its address."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._trust = ssl.create_default_context()
        self._trust.check_hostname, self._trust.verify_mode = False, ssl.CERT_NONE
        self._http = httpx.AsyncClient(verify=self._trust, timeout=60, trust_env=False)
        self._stream: ClientConnection | None = None
        self._session = ""
        self.address: dict[str, str] = dict(START)

    async def load(self) -> None:
        """Load the page at the address, as a reload does: document, line, a run."""
        await self.close()
        (await self._http.get(f"{self._url}/explore?{urlencode(self.address)}")).raise_for_status()
        (await self._http.get(f"{self._url}/_stcore/health")).raise_for_status()
        cookies = "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())
        self._stream = await connect(
            self._url.replace("https", "wss") + "/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            ssl=self._trust,
            max_size=None,
            proxy=None,
            additional_headers={"Cookie": cookies, "Origin": self._url},
        )
        assert self._stream.response is not None
        for cookie in self._stream.response.headers.get_all("Set-Cookie"):
            name, _, value = cookie.split(";")[0].partition("=")
            # One browser has one cookie of a name.
            self._http.cookies.delete(name) if name in self._http.cookies else None
            self._http.cookies.set(name, value, domain="localhost.local")
        await self._run()

    async def change(self, choice: str) -> None:
        """Choose something: the view over HTTP, then the run that confirms it."""
        query = urlencode({**self.address, "do": choice})
        answer = await self._http.get(f"{self._url}/view?{query}")
        answer.raise_for_status()
        self.address = answer.json()["address"]
        await self._run()

    async def send_file(self) -> int:
        """Send a file to the session; the server that does not hold it refuses."""
        token = self._http.cookies.get("_streamlit_xsrf") or ""
        answer = await self._http.put(
            f"{self._url}/_stcore/upload_file/{self._session}/a-file",
            files={"file": ("a.csv", b"a;b\n1;2\n")},
            headers={"X-Xsrftoken": token, "Origin": self._url},
        )
        return answer.status_code

    async def close(self) -> None:
        """Close the line."""
        if self._stream is not None:
            with suppress(*FAILURES):
                await self._stream.close()
        self._stream = None

    async def _run(self) -> None:
        assert self._stream is not None
        asked = Address("explore", urlencode(self.address))
        for data in await asyncio.wait_for(run_once(self._stream, asked), SLOWEST_S):
            message = ForwardMsg()
            message.ParseFromString(data)
            if message.WhichOneof("type") == "new_session":
                self._session = message.new_session.initialize.session_id


async def reader(url: str, seed: int, stop: asyncio.Event, told: Told) -> None:
    """Read until told to stop; what fails is read again after a reload."""
    dice, tab = random.Random(seed), Tab(url)
    await asyncio.sleep(dice.random() * PAUSE_S)
    is_open = False
    while not stop.is_set():
        began = time.perf_counter()
        try:
            if not is_open:
                await tab.load()
                is_open = True
            await tab.change(_choice(dice))
            told.changes.append((time.perf_counter() - began) * 1000)
            if dice.random() < 0.3:
                told.sent += 1
                status = await tab.send_file()
                if status >= 300:
                    told.astray.append(str(status))
        except FAILURES as error:
            told.broken.append(repr(error))
            is_open = await _reloaded(tab, told)
        await asyncio.sleep(PAUSE_S)
    await tab.close()


async def _reloaded(tab: Tab, told: Told) -> bool:
    """Reload as a person does, a few times at most."""
    error: BaseException | None = None
    for _ in range(RELOADS):
        await asyncio.sleep(1)
        try:
            await tab.load()
        except FAILURES as failed:
            error = failed
            continue
        told.mended += 1
        return True
    told.not_mended.append(repr(error))
    return False
