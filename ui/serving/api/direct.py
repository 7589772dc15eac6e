"""The API asked without HTTP, by what writes its answers to files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from base.words import DEFAULT_LANG, Lang
from metrics.store import Store
from ui.serving.api.openapi import document
from ui.serving.api.operations import Answer, Asked, Operation
from ui.serving.api.parameters import AS_OF, read_all
from ui.serving.api.routing import OPERATIONS


def operation(name: str) -> Operation:
    """Return an operation by its name."""
    return next(one for one in OPERATIONS if one.name == name)


def answered(
    name: str, given: Mapping[str, str], store: Store, lang: Lang = DEFAULT_LANG
) -> Answer:
    """Answer for an operation.

    Parameters
    ----------
    given
        What stands in its path and its query.

    Raises
    ------
    Problem
        If it cannot be answered.
    """
    one = operation(name)
    found = read_all(one.parameters, given, store, lang, one.in_path)
    as_of = str(found.get(AS_OF.name, ""))
    asked = Asked(
        store=store, lang=lang, found=found, given=given, root="", path=one.path, as_of=as_of
    )
    return one.answer(asked)


def described_as_files(paths: Mapping[str, str], server: str, lang: Lang) -> dict[str, Any]:
    """Write the document of an API that is files: what is asked stands in its paths alone.

    Parameters
    ----------
    paths
        Path of the files, parameters in braces, to the name of the operation that they answer.
    server
        Where they are.
    """
    whole = document(
        [replace(operation(name), path=path) for path, name in paths.items()], server, lang
    )
    for path, item in whole["paths"].items():
        get = item["get"]
        # One operation may be several files.
        get["operationId"] = path.strip("/").replace("/", ".").replace("{", "").replace("}", "")
        get["parameters"] = [one for one in get["parameters"] if one["in"] == "path"]
        ok = get["responses"]["200"]
        get["responses"] = {"200": {k: v for k, v in ok.items() if k != "headers"}}
    whole["components"].pop("responses")
    return whole
