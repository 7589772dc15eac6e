"""The document of the API, made of the declarations that are routed and checked: OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from base.words import Lang, t
from ui.serving.api.operations import JSON, Answer, Asked, Operation, Schema, as_json
from ui.serving.api.parameters import Parameter
from ui.serving.api.problems import MEDIA, STATUS
from ui.serving.api.schemas import COMPONENTS

VERSION: Final = "3.1.1"
# The version of the API; its paths begin with the first part.
OF_API: Final = "1.0.0"
PROBLEM: Final[Schema] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
        "given": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "string"}},
        "instead": {"type": "array", "items": {"type": "string"}},
    },
}


def document(operations: Iterable[Operation], root: str, lang: Lang) -> dict[str, Any]:
    """Write the document.

    Parameters
    ----------
    root
        Where the API is.
    """
    return {
        "openapi": VERSION,
        "info": {
            "title": t("api.title", lang),
            "version": OF_API,
            "description": t("api.lead", lang),
        },
        "servers": [{"url": root}],
        "paths": {one.path: {"get": _operation(one, lang)} for one in operations},
        "components": {
            "schemas": {**COMPONENTS, "Problem": PROBLEM},
            "responses": {"Problem": _problem(lang)},
        },
    }


def _operation(one: Operation, lang: Lang) -> dict[str, Any]:
    ok = {
        "description": t(f"api.op.{one.name}", lang),
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {media: {"schema": schema} for media, schema in one.media.items()},
    }
    problems = {
        str(status): {"$ref": "#/components/responses/Problem"} for status in STATUS.values()
    }
    return {
        "operationId": one.name,
        "summary": t(f"api.op.{one.name}", lang),
        "parameters": [_parameter(p, one, lang) for p in one.parameters],
        "responses": {
            "200": ok,
            "304": {"description": t("api.unchanged", lang)},
            **dict(sorted(problems.items())),
        },
    }


def _parameter(one: Parameter, of: Operation, lang: Lang) -> dict[str, Any]:
    in_path = one.name in of.in_path
    return {
        "name": one.name,
        "in": "path" if in_path else "query",
        "required": in_path or one.required,
        "description": one.means(lang),
        "schema": {k: v for k, v in one.schema.items() if not (in_path and k == "default")},
    }


def _problem(lang: Lang) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": t("api.problem", lang), "content": {MEDIA: {"schema": schema}}}


def itself(operations: tuple[Operation, ...]) -> Operation:
    """Make the operation that answers with the document."""

    def answer(asked: Asked) -> Answer:
        return as_json(document(operations, asked.root, asked.lang))

    return Operation(
        name="openapi",
        path="/openapi.json",
        own=(),
        media={JSON: {"type": "object"}},
        answer=answer,
        example="/openapi.json",
        of_now=True,
    )
