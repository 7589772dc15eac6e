"""A real PostgreSQL for tests: in a temporary folder, heard on loopback only, gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from metrics.store.postgres import LINKS, SCHEMA, SIMULATED_SCHEMA

USER, PASSWORD = "atlas", "s3cr3t/p@ss"
# Nothing here has to outlive the power: without waiting for the disk, tests are quick.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "autovacuum": "off",
}


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, the newest version of Debian's first."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.fail("PostgreSQL is not installed. `make test` installs it (package postgresql).")
    return found[-1].parent if found else Path(on_path or "").parent


class Server:
    """A PostgreSQL that can be stopped and started."""

    def __init__(self) -> None:
        self.programs = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="atlas-postgres-"))
        # It refuses to run as root.
        self.as_user = (
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            if os.geteuid() == 0
            else []
        )
        if self.as_user:
            shutil.chown(self.folder, "postgres", "postgres")
        self.port = _free_port()
        password = self.folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        self._run(
            "initdb", "-D", self.data, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8", "-U", USER,
            "-A", "scram-sha-256", "--pwfile", password, "--no-instructions",
        )  # fmt: skip
        self.start()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        self._run(
            "pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log",
            "-o", f"-p {self.port} {options}", "start",
        )  # fmt: skip

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def url(self, database: str = "postgres") -> str:
        password = PASSWORD.replace("/", "%2F").replace("@", "%40")
        return f"postgresql://{USER}:{password}@127.0.0.1:{self.port}/{database}"

    def new_address(self) -> str:
        """Return an address of the database that no other test has: what is kept goes by it."""
        return f"{self.url()}?application_name=t{secrets.token_hex(6)}"

    def empty(self, url: str) -> None:
        """Take the stores out of the database, and give up what this process reads them with."""
        if link := LINKS.pop(url, None):
            link.close()
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute("SET client_min_messages = error")
            for schema in (SCHEMA, SIMULATED_SCHEMA):
                connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *words: object) -> None:
        command = [*self.as_user, self.programs / program, *words]
        done = subprocess.run(
            [str(word) for word in command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
        )
        assert done.returncode == 0, f"{program}: {done.stdout}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
