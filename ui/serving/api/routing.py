"""What the API answers, and where."""

from __future__ import annotations

from typing import Final

from starlette.routing import Route

from ui.serving.api import (
    alike,
    beside,
    beside_lists,
    catalogue,
    data,
    fresh,
    history,
    news,
    pictures,
    places,
    shapes,
    start,
    told,
)
from ui.serving.api.endpoint import Endpoint
from ui.serving.api.openapi import itself
from ui.serving.api.operations import ROOT, Operation
from ui.serving.base import base_path

_OWN: Final[tuple[Operation, ...]] = (
    *catalogue.OPERATIONS,
    *fresh.OPERATIONS,
    *places.OPERATIONS,
    *data.OPERATIONS,
    *shapes.OPERATIONS,
    *pictures.OPERATIONS,
    *told.OPERATIONS,
    *alike.OPERATIONS,
    *news.OPERATIONS,
    *history.OPERATIONS,
    *start.OPERATIONS,
)
_BESIDE: Final = (*beside.OPERATIONS, *beside_lists.OPERATIONS)
_LISTED: Final = (start.start(_OWN), *_OWN)
OPERATIONS: Final = (*_LISTED, itself(_LISTED))


def api_routes() -> list[Route]:
    """Return the routes of the API, below the path that the app runs under."""
    base = base_path()
    root = f"{base}{ROOT}"
    found = [Route(f"{root}{one.path}", Endpoint(one, root)) for one in OPERATIONS]
    beside_ = [Route(f"{base}{one.path}", Endpoint(one, root, base)) for one in _BESIDE]
    found.append(Route(root, Endpoint(_LISTED[0], root)))
    return [*found, *beside_, Route(f"{root}/{{rest:path}}", Endpoint(None, root))]
