"""JSON-stat files: datasets of versions 1 and 2, alone, in a bundle or in a collection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urljoin

from metrics.catalog import Catalog
from metrics.refresh import Ask, Gathered, Reply, Source, is_web
from metrics.refresh.adapters.cubes import (
    CubeOptions,
    cells_by,
    cube_of,
    datasets_in,
    fault,
    gathered,
    named,
    read_json,
)
from metrics.refresh.adapters.files import Glob, file_asks, once_each

_POINTED: str = "dataset.json"


class JsonStatOptions(CubeOptions):
    """Options of a JSON-stat file.

    Attributes
    ----------
    glob
        Which files of a folder are read.
    dataset
        Which one is meant where there are several, by name or label.
    """

    glob: Glob = "*.json"
    dataset: str = ""


class JsonStat:
    """Reads JSON-stat at an address or in a folder."""

    Options: ClassVar = JsonStatOptions

    def asks(
        self, source: Source, options: JsonStatOptions, replies: Sequence[Reply]
    ) -> Sequence[Ask]:
        """Return what to ask next: the files, and the dataset that a collection points to."""
        if not replies:
            return file_asks(source, options.glob, replies, accept="application/json")
        if len(replies) > 1 or not is_web(source.address):
            return ()
        found = _dataset(replies[0], options)
        if "dimension" in found or not isinstance(found.get("href"), str):
            return ()
        return (Ask(_POINTED, urljoin(source.address, found["href"])),)

    def read(
        self, source: Source, options: JsonStatOptions, replies: Sequence[Reply], catalog: Catalog
    ) -> Gathered:
        """Make observations of the datasets of all files."""
        pointed = [reply for reply in replies if reply.ask.name == _POINTED]
        found, _ = once_each(pointed or replies)
        cells = [
            cells_by(cube_of(_dataset(reply, options), reply.ask.name), options) for reply in found
        ]
        return gathered(cells, source, options, catalog)


def _dataset(reply: Reply, options: JsonStatOptions) -> dict[str, Any]:
    file = reply.ask.name
    found = datasets_in(read_json(reply), file)
    if options.dataset and len(found) > 1:
        found = {name: one for name, one in found.items() if name == options.dataset} or found
    if len(found) != 1:
        raise fault(file, "dataset", options.dataset or len(found), "one_of", known=named(found))
    return next(iter(found.values()))
