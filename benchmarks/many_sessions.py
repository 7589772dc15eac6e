"""Open and close sessions one after another: what memory does, and what a run costs.

    python -m benchmarks.many_sessions [--sessions 500] [--script serve.py]

Each session opens a view, runs it again, and leaves. Many different views are asked for, so that
what is kept of views is full before memory is judged.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import linear_regression, median
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks.servers import Server, start_streamlit
from benchmarks.sessions import Address, run_once, stream_of
from geo.editions import EDITION_2024, EDITION_2025, Level, areas

SESSIONS: Final = 500
# Streamlit keeps what a closed session held for a while, and that of so many at most; only what
# comes after that tells whether memory grows.
SETTLED: Final = 200
LONGEST_SLOPE_KB: Final = 20.0


def addresses() -> Iterator[Address]:
    """Go round and round many views: both editions, each province, both languages."""
    places = [
        {"lang": lang, "edition": edition, "place": place.code}
        for edition in (EDITION_2024, EDITION_2025)
        for place in areas(edition, Level.PROVINCE)
        for lang in ("vi", "en")
    ]
    return itertools.cycle(Address("explore", urlencode(place)) for place in places)


async def _visits(server: Server, count: int) -> dict[str, Any]:
    memory, again, first = [], [], []
    for address in itertools.islice(addresses(), count):
        async with stream_of(server) as session:
            for times in (first, again):
                used = server.cpu_ms()
                await run_once(session, address)
                await asyncio.sleep(0.01)
                times.append(server.cpu_ms() - used)
        memory.append(server.memory_kb())
    late = memory[SETTLED:] or memory
    return {
        "sessions": count,
        "first_cpu_ms": median(first[SETTLED:] or first),
        "again_cpu_ms": median(again[SETTLED:] or again),
        "memory_kb": memory[:: max(1, count // 20)] + memory[-1:],
        "peak_kb": max(memory),
        "slope_kb": linear_regression(range(len(late)), late).slope if len(late) > 1 else 0.0,
    }


def measure_visits(server: Server, count: int = SESSIONS) -> dict[str, Any]:
    """Open and close so many sessions.

    Returns
    -------
    dict
        CPU of the first run of a session and of its second, resident memory on the way and its
        growth per session after the first `SETTLED`.
    """
    return asyncio.run(_visits(server, count))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many_sessions", description=__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    parser.add_argument("--script", default="serve.py")
    args = parser.parse_args()
    start = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="atlas-bench-") as home,
        start_streamlit(args.script, Path(home)) as server,
    ):
        found = measure_visits(server, args.sessions)
    for name, value in found.items():
        print(f"{name}: {value}")
    print(f"{time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
