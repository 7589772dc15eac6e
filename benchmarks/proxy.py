"""A proxy that counts the bytes on the wire: compressed, headers included, as TCP carries them."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import Any

CHUNK = 1 << 16


class CountingProxy:
    """Stand between the browser and one server on 127.0.0.1.

    Parameters
    ----------
    target
        Port of the server.

    Attributes
    ----------
    port
        Where the browser connects to.
    received, sent
        Bytes so far from the server to the browser, and the other way.
    """

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self.received = 0
        self.sent = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        listening = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = listening.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _serve(self, browser: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            server, forth = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            back.close()
            return
        with suppress(asyncio.CancelledError):
            await asyncio.gather(
                self._pump(browser, forth, "sent"), self._pump(server, back, "received")
            )

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counter: str
    ) -> None:
        try:
            with suppress(OSError):
                while data := await reader.read(CHUNK):
                    setattr(self, counter, getattr(self, counter) + len(data))
                    writer.write(data)
                    await writer.drain()
        finally:
            writer.close()

    def close(self) -> None:
        """Cut all connections and stop listening."""

        def end() -> None:
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.call_later(0.1, self._loop.stop)

        self._loop.call_soon_threadsafe(end)
        self._thread.join(5)

    def __enter__(self) -> CountingProxy:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
