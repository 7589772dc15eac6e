"""The site of deploy/nginx on loopback: a real nginx before three servers of the app."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from base.folders import ROOT

FILES = ROOT / "deploy" / "nginx"
INSTALLED = "/etc/nginx/atlas06"
MAIN = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    {paths}
    include {folder}/site.conf;
}}
"""
OWN_PATHS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Nginx:
    """A running nginx.

    Parameters
    ----------
    folder
        A temporary folder of its own.
    port
        Where it listens, with TLS, on 127.0.0.1.
    servers
        Ports of the servers, in the order of their names.
    """

    def __init__(self, folder: Path, port: int, servers: tuple[int, ...]) -> None:
        self.folder, self.port = folder, port
        self.written(folder, port, servers)
        self.process = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"])
        while self.process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://localhost:{self.port}"

    @staticmethod
    def written(folder: Path, port: int, servers: tuple[int, ...], kind: str = "three") -> None:
        """Write what is installed below /etc/nginx into a folder, with a certificate."""
        folder.mkdir(parents=True)
        folder.chmod(0o755)
        for path in FILES.glob("*.inc"):
            (folder / path.name).write_text(_moved(path.read_text(encoding="utf-8"), folder))
        conf = (FILES / f"{kind}.conf.template").read_text(encoding="utf-8")
        conf = _listening(_moved(conf, folder), port).replace("${ATLAS_NAME}", "localhost")
        for name, at in zip("ABC", servers, strict=True):
            conf = conf.replace(f"${{ATLAS_{name}}}", f"127.0.0.1:{at}")
        (folder / "site.conf").write_text(conf)
        paths = " ".join(f"{name}_temp_path {folder}/{name};" for name in OWN_PATHS)
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, paths=paths))
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-keyout", folder / "privkey.pem",
             "-out", folder / "fullchain.pem"],
            check=True, capture_output=True,
        )  # fmt: skip

    def __enter__(self) -> Nginx:
        return self

    def __exit__(self, *_: Any) -> None:
        self.process.terminate()
        self.process.wait()


def _moved(conf: str, folder: Path) -> str:
    """Let a configuration read and write what lies in a folder."""
    conf = conf.replace(INSTALLED, str(folder)).replace("/var/log/nginx", str(folder))
    # The port is no standard one here, and part of the name.
    return conf.replace("Host $host;", "Host $http_host;")


def _listening(conf: str, port: int) -> str:
    """Let it listen on one port of loopback; the redirect from port 80 is left out."""
    conf = re.sub(r"server \{\s*listen 80;.*?\n\}\n", "", conf, flags=re.DOTALL)
    conf = re.sub(r"listen \[::\]:443.*;", "", conf)
    return conf.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;")
