"""What every record of the portal has in common: strict types, and a sentence for each misfit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from base.words import Message, Refusal
from metrics.refresh import ShapeError

MOST_BYTES: Final = 32_000_000
_LONGEST: Final = 80
_MISFIT: Final = "portal_misfit"
# What pydantic calls a misfit, and the sentence that says what is allowed there.
_ALLOWED: Final[Mapping[str, str]] = {
    "missing": "refresh.portal_allowed.key",
    "extra_forbidden": "refresh.portal_allowed.no_key",
    "float_type": "refresh.portal_allowed.number",
    "finite_number": "refresh.portal_allowed.number",
    "int_type": "refresh.portal_allowed.whole",
    "int_from_float": "refresh.portal_allowed.whole",
    "string_type": "refresh.portal_allowed.text",
    "string_too_short": "refresh.portal_allowed.text",
    "list_type": "refresh.portal_allowed.list",
    "tuple_type": "refresh.portal_allowed.list",
    "model_type": "refresh.portal_allowed.record",
    "dict_type": "refresh.portal_allowed.record",
    "less_than_equal": "refresh.portal_allowed.at_most",
    "greater_than_equal": "refresh.portal_allowed.at_least",
    "literal_error": "refresh.portal_allowed.one_of",
    "timezone_aware": "refresh.portal_allowed.time",
    "datetime_from_date_parsing": "refresh.portal_allowed.time",
    "datetime_type": "refresh.portal_allowed.time",
    "json_invalid": "refresh.portal_allowed.json",
}


class Shape(BaseModel):
    """A record of the portal. Keys that it does not know are kept, to be told."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="allow",
        allow_inf_nan=False,
        alias_generator=to_camel,
    )
    # Keys that the portal has and that nothing is made of.
    idle: ClassVar[frozenset[str]] = frozenset()


S = TypeVar("S", bound=Shape)


def misfit(key: str, **values: object) -> PydanticCustomError:
    """Make the error of a record that breaks a rule: `key` says what is allowed."""
    return PydanticCustomError(_MISFIT, "{key}", {"key": key, "values": values})


def ratio_fits(ratio: float, part: float, whole: float, slack: float = 0.0) -> bool:
    """Tell whether a percentage is that of its parts, in two decimals.

    Parameters
    ----------
    slack
        How far the part itself may be off, since it is rounded.
    """
    return abs(ratio - 100 * part / whole) <= 0.0051 + 100 * slack / whole


def refused(name: str, path: str, arrived: object, allowed: Message | Refusal) -> ShapeError:
    """Make the error of a reply: its file, the place in it, what arrived, what is allowed."""
    return ShapeError(
        "portal_shape",
        name=name,
        path=path or "–",
        arrived=arrived if isinstance(arrived, Message) else _short(arrived),
        allowed=allowed,
    )


def read(path: Path, name: str, shape: type[S], context: Mapping[str, Any] | None = None) -> S:
    """Read a file as a record.

    Parameters
    ----------
    name
        What the reply is called in sentences.
    context
        What the rules of `shape` need to know.

    Raises
    ------
    ShapeError
        If it is too large, no JSON, or of another shape.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        allowed = Message("refresh.portal_allowed.bytes", {"most": MOST_BYTES})
        raise refused(name, "", size, allowed)
    try:
        return shape.model_validate_json(path.read_bytes(), context=context)
    except ValidationError as error:
        raise _told(name, error) from None


def extras(record: BaseModel, path: str = "") -> Iterator[str]:
    """Give the paths of keys that no record knows; those of lists are not told apart."""
    if isinstance(record, Shape):
        for key in sorted((record.model_extra or {}).keys() - record.idle):
            yield f"{path}{key}"
    for key, field in type(record).model_fields.items():
        value = getattr(record, key)
        at = f"{path}{field.alias or key}"
        if isinstance(value, BaseModel):
            yield from extras(value, f"{at}.")
        elif isinstance(value, tuple):
            for one in value:
                if isinstance(one, BaseModel):
                    yield from extras(one, f"{at}[].")


def _told(name: str, error: ValidationError) -> ShapeError:
    """Put the first misfit into words; where a key is lacking, the unknown ones beside it too."""
    first = error.errors(include_url=False)[0]
    kind, given, context = first["type"], first["input"], first.get("ctx", {})
    path = "".join(f"[{at}]" if isinstance(at, int) else f".{at}" for at in first["loc"])
    arrived: object = given
    if kind == "missing":
        arrived = Message("refresh.portal_lacking", {"keys": ", ".join(list(given)[:20]) or "–"})
    if kind == "json_invalid":
        arrived = str(context.get("error", ""))
    if kind == _MISFIT:
        allowed = Message(context["key"], context["values"])
    elif kind in _ALLOWED:
        limit = context.get("le", context.get("ge", context.get("expected", "")))
        allowed = Message(_ALLOWED[kind], {"limit": limit})
    else:
        allowed = Message("refresh.portal_allowed.other", {"rule": kind})
    return refused(name, path.removeprefix("."), arrived, allowed)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
