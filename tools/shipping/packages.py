"""The packages that an installation of the app holds, and their licences."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

ROOT: Final = Path(__file__).resolve().parents[2]
# How packages that have no expression of SPDX call their licence, and what that is there.
SPDX: Final = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD 3-Clause": "BSD-3-Clause",
    "BSD-3": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "The MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
}
# What their metadata leave open, read in their files of licence.
READ: Final = {
    "altair": "BSD-3-Clause",
    "click-plugins": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "kiwisolver": "BSD-3-Clause",
    # Its own, made after that of Python.
    "matplotlib": "LicenseRef-matplotlib",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    # Its wheel says nothing; its repository has the text.
    "streamlit-folium": "MIT",
}
PREFIX: Final = "License :: OSI Approved :: "


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """A package that is shipped.

    Attributes
    ----------
    name, version
        As its registry has them; the name of a Python package normalised.
    licence
        In the words of SPDX where it could be told, else in the package's own; "" where unknown.
    registry
        ``pypi`` or ``npm``.
    """

    name: str
    version: str
    licence: str
    registry: str

    @property
    def purl(self) -> str:
        """Its address as a package URL."""
        return f"pkg:{self.registry}/{self.name.replace('@', '%40')}@{self.version}"


def normal(name: str) -> str:
    """Return the name of a Python package as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def python_packages() -> list[Package]:
    """Return what requirements.txt brings along, as it is installed here."""
    found: dict[str, Package] = {}
    asked = [Requirement(line) for line in lines_of(ROOT / "requirements.txt")]
    while asked:
        one = asked.pop()
        name = normal(one.name)
        # Extras of a package that was met already may ask for more.
        key = f"{name}[{','.join(sorted(one.extras))}]"
        if key in found:
            continue
        held = distribution(name)
        found[key] = Package(name, held.version, licence_of(held), "pypi")
        asked += _needed(held, one.extras)
    return sorted(set(found.values()))


def npm_packages() -> list[Package]:
    """Return what of package-lock.json goes to the browser."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    vendored = (ROOT / "tools" / "vendor.sh").read_text(encoding="utf-8")
    return sorted(
        Package(path.removeprefix("node_modules/"), one["version"], one["license"], "npm")
        for path, one in lock["packages"].items()
        if path and f"cp {path}/" in vendored.replace('"', "")
    )


def lines_of(path: Path) -> list[str]:
    """Return the requirements of a file, without comments and references to other files."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def licence_of(held: Distribution) -> str:
    """Return the licence of an installed package."""
    told = held.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    if read := READ.get(normal(held.name)):
        return read
    kinds = told.get_all("Classifier") or []
    named = [kind.removeprefix(PREFIX) for kind in kinds if kind.startswith(PREFIX)]
    free = str(told.get("License") or "").strip().split("\n")[0].strip('"')
    # Many have only a family of licences in their classifiers, and its member in the text.
    words = [free] if 0 < len(free) < 60 else named
    return " AND ".join(dict.fromkeys(SPDX.get(word, word) for word in words)) or (
        " AND ".join(SPDX.get(word, word) for word in named)
    )


def _needed(held: Distribution, extras: set[str]) -> list[Requirement]:
    found = []
    for text in held.requires or []:
        one = Requirement(text)
        if one.marker is None or any(
            one.marker.evaluate({"extra": extra}) for extra in (*extras, "")
        ):
            found.append(one)
    return found
