"""Start the servers that are measured, and read what they use of the machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from base.folders import ROOT

START_TIMEOUT_S = 600.0


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Server:
    """A Streamlit server that was started here.

    Attributes
    ----------
    process, port
        The process and where it listens, on 127.0.0.1.
    log
        File with what it said.
    """

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def cpu_ms(self) -> float:
        """Return the CPU time of the process so far, all threads, ended ones too, in ms."""
        # The kernel's clock of another process: finer than the 10 ms ticks of /proc/<pid>/stat.
        return time.clock_gettime(((~self.process.pid) << 3) | 2) * 1000

    def memory_kb(self) -> int:
        """Return the resident memory of the process in KiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        line = next(text for text in status.splitlines() if text.startswith("VmRSS:"))
        return int(line.split()[1])

    def close(self) -> None:
        """End the process."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def start_streamlit(
    script: str,
    home: Path,
    env: dict[str, str] | None = None,
    port: int | None = None,
    **settings: str,
) -> Server:
    """Start a Streamlit page of this repository with the app's own settings.

    Parameters
    ----------
    script
        Path below the root of the repository.
    home
        Temporary folder: the store (ATLAS_HOME) and the log.
    env
        Further variables of the environment.
    port
        Where it listens; by default where nothing does.
    settings
        Streamlit's settings that differ from the app's, with ``_`` for the dot.

    Raises
    ------
    RuntimeError
        When it does not answer; the message holds the end of its log.
    """
    port = port or free_port()
    log = home / f"{Path(script).stem}-{port}.log"
    variables = {
        **os.environ,
        "ATLAS_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        **(env or {}),
    }
    options = {"server.port": port, "server.address": "127.0.0.1"}
    options |= {name.replace("_", "."): value for name, value in settings.items()}
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += [f"--{name}={value}" for name, value in options.items()]
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=out, stderr=subprocess.STDOUT
        )
    server = Server(process, port, log)
    try:
        _wait(server)
    except BaseException:
        server.close()
        raise
    return server


def _wait(server: Server) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{server.port}/_stcore/health", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    said = server.log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"the server on port {server.port} did not start:\n{said}")
