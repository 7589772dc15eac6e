"""Lists in pages, each with links to those around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from ui.serving.api.operations import Answer, Asked, Schema, as_json
from ui.serving.api.parameters import paging

T = TypeVar("T")
MOST: Final = 1000
PAGING: Final = paging(MOST, 100)


def page(
    asked: Asked, found: Sequence[T], told: Callable[[T], Any], more: dict[str, Any] | None = None
) -> Answer:
    """Answer with a page of what was found.

    Parameters
    ----------
    told
        Writes one of them as JSON.
    more
        Other members of the document.
    """
    first = asked["offset"]
    shown = [told(one) for one in found[first : first + asked["limit"]]]
    links = links_of(asked, len(found))
    document = {"total": len(found), **(more or {}), "items": shown, "links": links}
    return as_json(document, links)


def links_of(asked: Asked, total: int) -> dict[str, str]:
    """Return the addresses of a page of a list and of those around it."""
    first, size = asked["offset"], asked["limit"]
    found = {"self": first}
    if first + size < total:
        found["next"] = first + size
    if first > 0:
        found["prev"] = max(0, first - size)
    return {name: _at(asked, at) for name, at in found.items()}


def _at(asked: Asked, offset: int) -> str:
    given = {**asked.given, "offset": str(offset), "limit": str(asked["limit"])}
    return f"{asked.root}{asked.path}?{urlencode(given)}"


def list_schema(item: Schema, **more: Schema) -> Schema:
    """Return the schema of such a document."""
    links = {"type": "object", "additionalProperties": {"type": "string"}}
    return {
        "type": "object",
        "required": ["total", "items", "links"],
        "properties": {
            "total": {"type": "integer", "minimum": 0},
            **more,
            "items": {"type": "array", "items": item},
            "links": links,
        },
    }
