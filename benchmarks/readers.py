"""Many readers at once, each of whom changes something every few seconds.

    python -m benchmarks.readers [--readers 50] [--seconds 120] [--work]

A reader asks for the view of a choice over HTTP, then lets the page run, as the page in a browser
does. "Answered" is when the view has come; "confirmed" when the run has ended.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any, Final
from urllib.parse import urlencode
from urllib.request import urlopen

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException

from benchmarks.servers import Server, start_streamlit
from benchmarks.sessions import Address, run_once, stream_of
from benchmarks.working import working
from geo.editions import EDITION_2024, Level, areas

READERS: Final = 50
SECONDS: Final = 120.0
PAUSE_S: Final = 5.0
# A run that has not ended by then is counted as one that never will.
SLOWEST_S: Final = 60.0
FAILURES: Final = (OSError, ValueError, WebSocketException)
INDICATORS: Final = ("census-urban-rate", "dti-rank", "fee-exemption")
START: Final = {"lang": "vi", "edition": EDITION_2024}


@dataclass(slots=True)
class Told:
    """What happened to all readers: milliseconds, and what went wrong."""

    answered: list[float] = field(default_factory=list)
    confirmed: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def _choice(dice: random.Random) -> str:
    """Choose as readers do: mostly a place, now and then an indicator, and back to the country."""
    kind = dice.random()
    if kind < 0.5:
        return f"place:{dice.choice(areas(EDITION_2024, Level.PROVINCE)).code}"
    if kind < 0.75:
        return f"indicator:{dice.choice(INDICATORS)}"
    return "place:VN"


def _ask(url: str) -> dict[str, Any]:
    with urlopen(url, timeout=30) as answer:
        told: dict[str, Any] = json.load(answer)
        return told


async def _reader(server: Server, seed: int, until: float, told: Told) -> None:
    """Read until the time is over; a session that fails is told of, and opened anew."""
    dice, address = random.Random(seed), dict(START)
    await asyncio.sleep(dice.random() * PAUSE_S)
    while time.monotonic() < until:
        try:
            async with stream_of(server) as session:
                await _run(session, address)
                while time.monotonic() < until:
                    began = time.perf_counter()
                    query = urlencode({**address, "do": _choice(dice)})
                    view = f"http://127.0.0.1:{server.port}/view?{query}"
                    address = (await asyncio.to_thread(_ask, view))["address"]
                    told.answered.append((time.perf_counter() - began) * 1000)
                    await _run(session, address)
                    told.confirmed.append((time.perf_counter() - began) * 1000)
                    await asyncio.sleep(max(0.0, PAUSE_S - (time.perf_counter() - began)))
        except FAILURES as error:
            told.errors.append(repr(error))
            await asyncio.sleep(1)


async def _run(session: ClientConnection, address: dict[str, str]) -> None:
    asked = Address("explore", urlencode(address))
    await asyncio.wait_for(run_once(session, asked), SLOWEST_S)


async def _all(server: Server, readers: int, seconds: float) -> Told:
    told, until = Told(), time.monotonic() + seconds
    await asyncio.gather(*(_reader(server, seed, until, told) for seed in range(readers)))
    return told


def measure_readers(
    server: Server, readers: int = READERS, seconds: float = SECONDS
) -> dict[str, Any]:
    """Let so many readers change something every `PAUSE_S` for so long.

    Returns
    -------
    dict
        Median and 95th percentile of both times in milliseconds, changes, errors, and the share of
        one core that the server took.
    """
    used, began = server.cpu_ms(), time.perf_counter()
    told = asyncio.run(_all(server, readers, seconds))
    wall = (time.perf_counter() - began) * 1000
    found: dict[str, Any] = {"readers": readers, "changes": len(told.confirmed)}
    for name in ("answered", "confirmed"):
        times = getattr(told, name)
        if len(times) < 2:  # nobody was let in before the time was over
            continue
        cut = quantiles(times, n=20)
        found |= {f"{name}_median_ms": cut[9], f"{name}_p95_ms": cut[18]}
        found[f"{name}_max_ms"] = max(times)
    return found | {
        "errors": told.errors,
        "server_core_share": (server.cpu_ms() - used) / wall,
        "server_kb": server.memory_kb(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=__doc__)
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--work", action="store_true", help="import, refresh and back up beside")
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="atlas-bench-") as home,
        start_streamlit("serve.py", Path(home)) as server,
        working(Path(home)) if args.work else nullcontext({}) as done,
    ):
        for name, value in measure_readers(server, args.readers, args.seconds).items():
            print(f"{name}: {value}")
    for name, value in done.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
