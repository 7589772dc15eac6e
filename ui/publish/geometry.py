"""The boundaries that maps are drawn of, as scripts: a page on a disk may read nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from geo.maps import layer_data
from ui.scene import Drawn

# Where the script of the map looks for geometry that the page has brought.
HELD: Final = "ATLAS_GEOMETRY"
FOLDER: Final = "assets/geometry"


def geometry_of(drawn: Drawn) -> list[str]:
    """List the scripts of the boundaries that a map is drawn of."""
    return [path for path, _, _ in _layers(drawn)]


def geometry_files(drawn: Drawn) -> Iterator[tuple[str, bytes]]:
    """Write them."""
    for path, address, box in _layers(drawn):
        data = json.dumps(layer_data(address, box), ensure_ascii=False, separators=(",", ":"))
        name = json.dumps(address)
        yield path, f"(window.{HELD} = window.{HELD} || {{}})[{name}] = {data};\n".encode()


def _layers(drawn: Drawn) -> Iterator[tuple[str, str, tuple[float, ...] | None]]:
    view = json.loads(drawn.map)
    focus = view["focus"]
    for address in (view["layer"], view["names"]):
        if address:
            stem = PurePosixPath(address).name.split(".")[0]
            name = f"{stem}-{focus}" if focus else stem
            yield f"{FOLDER}/{name}.js", address, tuple(view["bounds"]) if focus else None
