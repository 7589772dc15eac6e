"""What a table of PxWeb is made of, as either version of its interface says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from metrics.refresh import Reply
from metrics.refresh.adapters.cubes import fault, fault_of, named, read_json

MOST_VALUES: Final = 200_000
TOO_MUCH: Final = (403, 413)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: the codes of its values, their labels, and its role as far as it is said."""

    code: str
    text: str
    values: tuple[str, ...]
    labels: tuple[str, ...]
    role: str = ""
    elimination: bool = False


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Variable(_Part):
    code: str
    text: str
    values: list[str]
    valueTexts: list[str]  # noqa: N815 - as the service writes it
    time: bool = False
    elimination: bool = False
    map: str | None = None


class _Table(_Part):
    title: str
    variables: list[_Variable]


class _Category(_Part):
    index: dict[str, int]
    label: dict[str, str]


class _More(_Part):
    elimination: bool = False


class _Dimension(_Part):
    label: str
    category: _Category
    extension: _More = _More()


class _Metadata(_Part):
    id: list[str]
    dimension: dict[str, _Dimension]
    role: dict[str, list[str]] = {}


def table_of(reply: Reply, version: int) -> tuple[Variable, ...]:
    """Read the variables of a table.

    Raises
    ------
    ShapeError
        If the reply is no description of a table, or its parts do not fit.
    """
    file = reply.ask.name
    raw = read_json(reply)
    try:
        found = _of_first(raw) if version == 1 else _of_second(raw, file)
    except ValidationError as error:
        raise fault_of(file, error) from None
    if not found or len({v.code for v in found}) < len(found):
        raise fault(file, "variables", named(v.code for v in found), "once")
    for one in found:
        n = len(one.values)
        if len(one.labels) != n:
            raise fault(file, f"{one.code}.valueTexts", len(one.labels), "as_many", n=n)
        if not 0 < len(set(one.values)) == n <= MOST_VALUES:
            raise fault(file, f"{one.code}.values", n, "codes", n=n)
    return tuple(found)


def _of_first(raw: Any) -> Sequence[Variable]:
    return [
        Variable(
            code=v.code,
            text=v.text,
            values=tuple(v.values),
            labels=tuple(v.valueTexts),
            role="time" if v.time else "geo" if v.map else "",
            elimination=v.elimination,
        )
        for v in _Table.model_validate(raw).variables
    ]


def _of_second(raw: Any, file: str) -> Sequence[Variable]:
    read = _Metadata.model_validate(raw)
    if missing := [id_ for id_ in read.id if id_ not in read.dimension]:
        raise fault(file, f"dimension.{missing[0]}", named(read.dimension), "there")
    roles = {id_: role for role, ids in read.role.items() for id_ in ids}
    found = []
    for id_ in read.id:
        one = read.dimension[id_]
        codes = sorted(one.category.index, key=one.category.index.__getitem__)
        found.append(
            Variable(
                code=id_,
                text=one.label,
                values=tuple(codes),
                labels=tuple(one.category.label.get(code, code) for code in codes),
                role=roles.get(id_, ""),
                elimination=one.extension.elimination,
            )
        )
    return found


def most_cells(reply: Reply) -> int:
    """Return how many cells a service gives at once, as it says itself.

    Raises
    ------
    ShapeError
        If it does not.
    """
    raw = read_json(reply)
    names = ("maxCells", "maxValues", "maxDataCells")
    said = [raw.get(name) for name in names] if isinstance(raw, dict) else []
    known = [one for one in said if type(one) is int and one > 0]
    if not known:
        raise fault(reply.ask.name, "maxCells", raw, "most_cells")
    return min(known)


def was_too_much(reply: Reply) -> bool:
    """Tell whether a service refused a question as too large.

    Raises
    ------
    ShapeError
        If it refused it for another reason: asking for less would be no better.
    """
    if reply.status not in TOO_MUCH:
        return False
    said = reply.path.read_bytes()[:10_000].decode("utf-8", "replace")
    if "too many" not in said.casefold():
        raise fault(reply.ask.name, f"HTTP {reply.status}", said, "cells_fewer")
    return True
