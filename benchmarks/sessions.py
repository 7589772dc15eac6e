"""Sessions without a browser: what each costs the server, and what the map's message weighs."""

from __future__ import annotations

import asyncio
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import linear_regression, median

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.servers import Server

WARM, FEW = 5, 1
EARLY = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
REPEATS = 3
# Give freed memory back at once, so that what sessions hold can be told from what runs leave over.
TIDY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "MALLOC_MMAP_THRESHOLD_": "65536",
}


@dataclass(frozen=True, slots=True)
class Message:
    """The message that carries the map, in one run of a page.

    Attributes
    ----------
    map_bytes, map_deflated
        The map component's own, as serialised, and deflated by itself.
    page_bytes
        All messages of the run, as serialised.
    """

    map_bytes: int
    map_deflated: int
    page_bytes: int


@dataclass(frozen=True, slots=True)
class Sessions:
    """What sessions cost.

    Attributes
    ----------
    memory_kb
        Growth of the server's resident memory, per session that stays open: the slope of the
        straight line through what was read after each.
    opened
        How many were opened for that.
    server_kb
        Resident memory of the server with all of them open.
    together
        For each number of sessions that run at once: CPU per run and time until the last has its
        page, both in milliseconds.
    message
        The map's message.
    """

    memory_kb: float
    opened: int
    server_kb: int
    together: dict[int, tuple[float, float]]
    message: Message


@dataclass(frozen=True, slots=True)
class Address:
    """A page of an app, "" for its only one, and what follows the question mark."""

    page: str
    query: str


def stream_of(server: Server) -> connect:
    """Open a session, to be closed by ``async with`` or by hand."""
    stream = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    # As patient as a browser, where many come at once.
    return connect(stream, subprotocols=["streamlit"], max_size=None, open_timeout=30)  # type: ignore[list-item]


async def run_once(session: ClientConnection, address: Address) -> list[bytes]:
    """Run the page once, as a browser without a message in its cache asks for it."""
    ask = BackMsg()
    ask.rerun_script.query_string = address.query
    ask.rerun_script.page_name = address.page
    await session.send(ask.SerializeToString())
    got: list[bytes] = []
    async for data in session:
        if isinstance(data, str):
            continue  # Streamlit sends its messages as bytes
        got.append(data)
        said = _parsed(data)
        # The first run of a server ends early, to run again with the menu.
        if said.WhichOneof("type") == "script_finished" and said.script_finished != EARLY:
            return got
    raise ConnectionError("the server closed the session")


def _parsed(data: bytes) -> ForwardMsg:
    message = ForwardMsg()
    message.ParseFromString(data)
    return message


def _weigh(messages: list[bytes]) -> Message:
    def is_map(data: bytes) -> bool:
        element = _parsed(data).delta.new_element
        return bool(element.WhichOneof("type") == "component_instance")

    largest = max((data for data in messages if is_map(data)), key=len)
    squeeze = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    deflated = len(squeeze.compress(largest) + squeeze.flush())
    return Message(len(largest), deflated, sum(map(len, messages)))


async def _measure(
    server: Server, address: Address, count: int, crowds: tuple[int, ...], quick: bool
) -> Sessions:
    async def opened() -> ClientConnection:
        session = await stream_of(server)
        first.append(await run_once(session, address))
        return session

    first: list[list[bytes]] = []
    held = [await opened() for _ in range(FEW if quick else WARM)]
    memory = [server.memory_kb()]
    for _ in range(count):
        held.append(await opened())
        memory.append(server.memory_kb())
    growth = linear_regression(range(count + 1), memory).slope
    together = {}
    for crowd in crowds:
        together[crowd] = await _together(server, address, held[:crowd], FEW if quick else REPEATS)
    for session in held:
        await session.close()
    return Sessions(growth, count, memory[-1], together, _weigh(first[0]))


async def _together(
    server: Server, address: Address, sessions: list[ClientConnection], repeats: int
) -> tuple[float, float]:
    cpu, wall = [], []
    for _ in range(repeats):
        used, start = server.cpu_ms(), time.perf_counter()
        await asyncio.gather(*(run_once(session, address) for session in sessions))
        wall.append((time.perf_counter() - start) * 1000)
        await asyncio.sleep(0.2)
        cpu.append((server.cpu_ms() - used) / len(sessions))
    return median(cpu), median(wall)


def measure_sessions(
    server: Server, address: Address, count: int, crowds: tuple[int, ...], quick: bool
) -> Sessions:
    """Open sessions one after another and keep them; then let several run at once.

    Parameters
    ----------
    server
        A server that nobody has visited yet, started with `TIDY`: memory that it has left over
        from other work would hide what sessions take.
    address
        The view.
    count
        Sessions that the growth of memory is taken over, after `WARM` others.
    crowds
        Numbers of sessions that run at once.
    quick
        Whether to do with few repetitions.
    """
    # The loop of an open browser runs in this thread.
    with ThreadPoolExecutor(1) as apart:
        measuring = _measure(server, address, count, crowds, quick)
        return apart.submit(asyncio.run, measuring).result()
