"""Schemas of what is answered, made of the records themselves."""

from __future__ import annotations

from typing import Any, Final

from pydantic import TypeAdapter

from metrics.exporting import FLAG_COLUMNS, FLOAT_COLUMNS, RANK_COLUMNS
from metrics.store import DATE_COLUMNS
from ui.serving.api.operations import Schema

# What schemas refer to by name: the components of the document.
COMPONENTS: Final[dict[str, Schema]] = {}
TEMPLATE: Final = "#/components/schemas/{model}"
STRING: Final[Schema] = {"type": "string"}
MAYBE_STRING: Final[Schema] = {"type": ["string", "null"]}
MAYBE_NUMBER: Final[Schema] = {"type": ["number", "null"]}
MAYBE_DATE: Final[Schema] = {"type": ["string", "null"], "format": "date"}


def schema_of(record: type, *, without: tuple[str, ...] = ()) -> Schema:
    """Return a reference to the schema of a record, which becomes a component."""
    made: dict[str, Any] = TypeAdapter(record).json_schema(
        mode="serialization", ref_template=TEMPLATE
    )
    COMPONENTS.update(made.pop("$defs", {}))
    for name in without:
        made["properties"].pop(name)
    if "required" in made:
        made["required"] = [name for name in made["required"] if name not in without]
    COMPONENTS[record.__name__] = made
    return {"$ref": TEMPLATE.format(model=record.__name__)}


def rows_schema(columns: tuple[str, ...]) -> Schema:
    """Return the schema of a row of an export."""
    return {"type": "object", "properties": {name: _column(name) for name in columns}}


def _column(name: str) -> Schema:
    if name in (*FLOAT_COLUMNS, *RANK_COLUMNS):
        return MAYBE_NUMBER
    if name in DATE_COLUMNS:
        return MAYBE_DATE
    return {"type": "boolean"} if name in FLAG_COLUMNS else MAYBE_STRING


def listed(item: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": item}


def members(required: dict[str, Schema], **optional: Schema) -> Schema:
    """Return the schema of a document with these members."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
    }
