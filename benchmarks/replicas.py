"""Three servers behind nginx over one PostgreSQL, restarted one after another under work.

    python -m benchmarks.replicas [--readers 50] [--importers 2]

Readers choose and read, and send files; importers store tables in processes of their own. One of
the servers is ended by SIGKILL, the others by SIGTERM. Told are: imports that were acknowledged and
are not there, reads that failed and that a reload did not mend, files that did not reach their
session, and how long after an import the last server showed it. Needs nginx and PostgreSQL.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

from base.folders import ROOT
from benchmarks.behind_nginx import Nginx
from benchmarks.replica_readers import Told, reader
from benchmarks.servers import Server, free_port, start_streamlit
from metrics.store import current_store, ensure_store

NAMES: Final = ("8501", "8502", "8503")
# Each server is away after so many seconds of quiet, and is back before the next one goes.
QUIET_S: Final = 10.0
SLOWEST_AGREED_S: Final = 2.0


class Replicas:
    """The three servers.

    Parameters
    ----------
    home, url
        Their common folder and database.
    """

    def __init__(self, home: Path, url: str) -> None:
        self._home, self._env = home, {"ATLAS_DATABASE_URL": url, "ATLAS_LOG": "json"}
        self.ports = tuple(free_port() for _ in NAMES)
        # At once: most of a start is waiting for others of this machine.
        with ThreadPoolExecutor() as pool:
            self.servers: list[Server | None] = [*pool.map(self._start, range(len(NAMES)))]

    def _start(self, at: int) -> Server:
        env = self._env | {"ATLAS_REPLICA": NAMES[at]}
        return start_streamlit("serve.py", self._home, env, port=self.ports[at])

    def restart(self, at: int, how: signal.Signals) -> float:
        """End one server, start it again, and return how long it was away."""
        began, server = time.monotonic(), self.servers[at]
        assert server is not None
        self.servers[at] = None
        server.process.send_signal(how)
        try:
            server.process.wait(20)
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait()
        self.servers[at] = self._start(at)
        return time.monotonic() - began

    def tags(self) -> set[str]:
        """Return what the servers that are there call their first view: one name if they agree."""
        found = set()
        for server in list(self.servers):
            if server is not None and server.process.poll() is None:
                with urlopen(f"http://127.0.0.1:{server.port}/view?lang=vi", timeout=30) as answer:
                    found.add(answer.headers["ETag"])
        return found

    def close(self) -> None:
        """End all."""
        for server in self.servers:
            if server is not None:
                server.close()


def _importer(at: int, home: Path, url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.replica_importer", str(at)]
    env = os.environ | {"ATLAS_DATABASE_URL": url, "ATLAS_HOME": str(home)}
    return subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE)


async def _acknowledged(importer: subprocess.Popen[str], servers: Replicas, told: Told) -> None:
    """Note each import that its importer calls stored, and how long servers take to agree."""
    assert importer.stdout is not None
    while line := await asyncio.to_thread(importer.stdout.readline):
        stored = json.loads(line)
        told.imports.append(stored["id"])
        before, began = stored["before"], time.monotonic()
        while time.monotonic() - began < 60:
            try:
                tags = await asyncio.to_thread(servers.tags)
            except OSError:  # one of them goes at this moment
                break
            if len(tags) == 1 and tags != {before}:
                told.agreed.append(time.time() - stored["at"])
                break


async def _work(
    servers: Replicas, nginx: Nginx, readers: int, importers: list[subprocess.Popen[str]]
) -> dict[str, Any]:
    told, away = Told(), []
    stop = asyncio.Event()
    work = [asyncio.create_task(reader(nginx.url, seed, stop, told)) for seed in range(readers)]
    heard = [asyncio.create_task(_acknowledged(one, servers, told)) for one in importers]
    for at in range(len(NAMES)):
        await asyncio.sleep(QUIET_S)
        how = signal.SIGKILL if at == 1 else signal.SIGTERM
        away.append(round(await asyncio.to_thread(servers.restart, at, how), 1))
        print(f"{NAMES[at]} ended by {how.name}, back after {away[-1]} s", flush=True)
    await asyncio.sleep(QUIET_S)
    stop.set()
    for one in importers:
        one.terminate()
    done = await asyncio.gather(*work, *heard, return_exceptions=True)
    broken = [repr(one) for one in done if isinstance(one, BaseException)]
    return told.summary() | {"away_s": away, "tasks_that_broke": broken}


def measure(readers: int, importers: int) -> dict[str, Any]:
    """Let it all run once, and return what was told."""
    from tests.postgres import Server as Postgres  # noqa: PLC0415 - needs pytest

    postgres = Postgres()
    with ExitStack() as held:
        held.callback(postgres.remove)
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="atlas-replicas-")))
        folder.chmod(0o755)
        url, home = postgres.url(), folder / "home"
        home.mkdir()
        os.environ |= {"ATLAS_DATABASE_URL": url, "ATLAS_HOME": str(home)}
        ensure_store()
        servers = Replicas(home, url)
        held.callback(servers.close)
        nginx = held.enter_context(Nginx(folder / "nginx", free_port(), servers.ports))
        at_work = [_importer(at, home, url) for at in range(importers)]
        for one in at_work:
            held.callback(one.kill)
        found = asyncio.run(_work(servers, nginx, readers, at_work))
        known = set(current_store().datasets()["id"])
        found["lost_imports"] = sorted(set(found.pop("imports")) - known)
        found["memory_kb"] = [server.memory_kb() for server in servers.servers if server]
        return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replicas", description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--importers", type=int, default=2)
    args = parser.parse_args()
    # Ended, it takes along what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    found = measure(args.readers, args.importers)
    for name, value in found.items():
        print(f"{name}: {value}")
    bad = found["lost_imports"] or found["not_mended"] or found["tasks_that_broke"]
    slow = max(found["agreed_s"], default=0.0) > SLOWEST_AGREED_S
    sys.exit(1 if bad or slow else 0)


if __name__ == "__main__":
    main()
