"""A bill of materials of an installation: CycloneDX 1.6, in JSON."""

from __future__ import annotations

import json
import tomllib
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tools.shipping.lock import APP_FILE
from tools.shipping.packages import ROOT, Package, npm_packages, python_packages

OPERATORS: Final = (" AND ", " OR ", " WITH ")


def bill() -> dict[str, Any]:
    """Make the bill of what is installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    hashes = _hashes()
    packages = [*python_packages(), *npm_packages()]
    app = {"type": "application", "name": project["name"], "version": project["version"]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": app | {"bom-ref": project["name"], "licenses": _licences("MIT")},
        },
        "components": [_component(one, hashes) for one in packages],
        "dependencies": [{"ref": project["name"], "dependsOn": [one.purl for one in packages]}],
    }


def write(file: Path) -> None:
    """Write it to a file."""
    file.write_text(json.dumps(bill(), indent=1) + "\n", encoding="utf-8")


def _component(one: Package, hashes: dict[str, list[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": one.purl,
        "name": one.name,
        "version": one.version,
        "purl": one.purl,
        "licenses": _licences(one.licence),
    }
    if one.registry == "pypi":
        # One file of a package is installed, of several that there are for different machines.
        files = hashes.get(f"{one.name}=={one.version}", [])
        found["externalReferences"] = [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{one.name}/{one.version}/",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in files],
            }
        ]
    return found


def _licences(licence: str) -> list[dict[str, Any]]:
    if any(word in licence for word in OPERATORS):
        return [{"expression": licence}]
    kind = "name" if " " in licence or licence.startswith("LicenseRef") else "id"
    return [{"license": {kind: licence}}]


def _hashes() -> dict[str, list[str]]:
    """Return the hashes of deploy/locked.txt by name and version."""
    found: dict[str, list[str]] = {}
    pinned = ""
    for line in APP_FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("    --hash=sha256:"):
            found[pinned].append(line.removeprefix("    --hash=sha256:").removesuffix(" \\"))
        elif not line.startswith("#"):
            pinned = line.removesuffix(" \\")
            found[pinned] = []
    return found
