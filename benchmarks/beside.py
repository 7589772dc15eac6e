"""What is measured without a browser beside the sessions of each size: readers, figures, files."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks import coverage, imports
from benchmarks.cases import COMMUNES, DISTRICTS, LANG, Case, fill_store
from benchmarks.many_sessions import measure_visits
from benchmarks.readers import READERS, SECONDS, measure_readers
from benchmarks.series import median
from benchmarks.servers import ROOT, Server, start_streamlit
from benchmarks.sessions import Address, run_once, stream_of
from geo.editions import EDITION_2024
from metrics.store.store import HOME_VARIABLE
from ui.address import View
from ui.scene import draw

Found = dict[str, Any]
# Places whose profile is run again, and opened cold: a province, and the country.
PROFILES = {"a province": "01", "the country": "VN"}


def unseen(home: Path, quick: bool) -> Found:
    """Measure the CPU that a view takes which nobody has asked for."""
    indicators = fill_store(home)
    os.environ[HOME_VARIABLE] = str(home)
    from metrics.store import current_store  # noqa: PLC0415 - of the home just named

    store, found = current_store(), {}
    for case in (DISTRICTS, COMMUNES):
        times = []
        for turn in range(3 if quick else 12):
            view = _view(case, indicators[turn % len(indicators)].id, 3 + turn // len(indicators))
            start = time.process_time()
            draw(store, view)
            times.append((time.process_time() - start) * 1000)
        found[str(case.n)] = times[1:]  # the first one reads boundaries and names
    return found


def _view(case: Case, indicator: str, k: int) -> View:
    return View(LANG, case.edition, level=case.level, indicator=indicator, k=k)


def profiles(home: Path, quick: bool) -> Found:
    """Measure the CPU of a profile: for the first reader of it, and run again."""
    found: Found = {}
    for name, code in PROFILES.items():
        query = urlencode({"lang": LANG, "edition": EDITION_2024, "place": code})
        address = Address("profile", query)
        with start_streamlit("serve.py", home) as server:
            times = asyncio.run(_runs(server, address, 3 if quick else 8))
        found[name] = {"opened_ms": times[0], "again_ms": median(times[1:])}
    return found


async def _runs(server: Server, address: Address, count: int) -> list[float]:
    """Run a page again and again; the server's CPU of each in milliseconds."""
    times = []
    async with stream_of(server) as session:
        for _ in range(count):
            used = server.cpu_ms()
            await run_once(session, address)
            await asyncio.sleep(0.2)
            times.append(server.cpu_ms() - used)
    return times


def many(home: Path, quick: bool) -> Found:
    """Open and close many sessions."""
    with start_streamlit("serve.py", home) as server:
        return measure_visits(server, 20 if quick else 500)


def readers(home: Path, quick: bool) -> Found:
    """Let many readers change something every few seconds."""
    with start_streamlit("serve.py", home) as server:
        return measure_readers(server, 5 if quick else READERS, 15 if quick else SECONDS)


def drawn(_: Path, quick: bool) -> Found:
    """Draw a figure; in a process of its own, as the command does."""
    command = [sys.executable, "-m", "benchmarks.figures", "--one", f"--times={3 if quick else 9}"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    own, plain = map(float, done.stdout.split())
    return {"own_s": own, "plain_s": plain}


def files(_: Path, quick: bool) -> Found:
    """Import tables."""
    return imports.compare(*((20_000, 2_000) if quick else (1_000_000, 100_000)))


def gaps(home: Path, quick: bool) -> Found:
    """Search for gaps, and join to the nearest by geopandas."""
    scale, found = (100 if quick else 1), {}
    coverage.write_inputs(home, coverage.SETTLEMENTS // scale, coverage.SITES // scale)
    for case in ("search", "nearest"):
        coverage.run(case, home, found)
    return found


PARTS: dict[str, Callable[[Path, bool], Found]] = {
    "unseen": unseen,
    "profiles": profiles,
    "many": many,
    "readers": readers,
    "figure": drawn,
    "imports": files,
    "gaps": gaps,
}


def measure(quick: bool, say: Callable[[str], None]) -> Found:
    """Measure each part; one that fails says why in its place, and the others go on."""
    found: Found = {}
    for name, part in PARTS.items():
        say(name)
        with tempfile.TemporaryDirectory(prefix="atlas-bench-") as home:
            try:
                found[name] = part(Path(home), quick)
            except Exception as error:
                found[name] = {"failed": f"{type(error).__name__}: {error}"[:500]}
    return found
