"""JSON-stat, 1.x and 2.0: a dataset of it as a cube, checked before anything is made of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from metrics.refresh.adapters.cubes.cube import (
    MOST_CELLS,
    MOST_DIMENSIONS,
    Cube,
    Dimension,
    Unit,
)
from metrics.refresh.adapters.cubes.faults import fault, fault_of, named
from metrics.refresh.adapters.cubes.statuses import is_marker

# No figure of a country is larger, and whole numbers up to it are nearly exact.
LARGEST: Final = 1e18
_POSITION: Final = re.compile(r"0|[1-9][0-9]{0,15}")
_NOTHING: Final = (None, "")


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Category(_Part):
    index: list[str] | dict[str, int] | None = None
    label: dict[str, str] | None = None
    unit: dict[str, dict[str, Any]] | None = None


class _Dimension(_Part):
    label: str | None = None
    category: _Category


class _Dataset(_Part):
    label: str | None = None
    id: list[str]
    size: list[int]
    role: dict[str, list[str]] | None = None
    dimension: dict[str, _Dimension]
    value: list[Any] | dict[str, Any]
    status: str | list[Any] | dict[str, Any] | None = None


def datasets_in(raw: Any, file: str) -> dict[str, dict[str, Any]]:
    """Return the datasets of a reply by name: those of a bundle or collection, or the only one.

    An item of a collection that is only pointed to has its address as ``href``.

    Raises
    ------
    ShapeError
        If it is no JSON-stat.
    """
    if not isinstance(raw, dict):
        raise fault(file, "", raw, "object")
    class_ = raw.get("class")
    if class_ == "collection":
        link = raw.get("link")
        items = link.get("item") if isinstance(link, dict) else None
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise fault(file, "link.item", link, "list")
        found = [item for item in items if item.get("class") == "dataset"]
        return {str(one.get("label", n)): one for n, one in enumerate(found, 1)}
    if class_ == "dataset" or (class_ is None and {"dimension", "value"} <= set(raw)):
        return {str(raw.get("label", "dataset")): raw}
    if class_ is None:
        bundle = {k: v for k, v in raw.items() if isinstance(v, dict) and "dimension" in v}
        if bundle:
            return bundle
    raise fault(file, "class", raw.get("error", class_ or named(raw)), "json_stat")


def cube_of(raw: dict[str, Any], file: str) -> Cube:
    """Make a cube of a dataset.

    Raises
    ------
    ShapeError
        If anything in it does not fit: sizes and codes, values and cells, roles and dimensions.
    """
    try:
        read = _Dataset.model_validate(_lifted(raw))
    except ValidationError as error:
        raise fault_of(file, error) from None
    cells = _cells(read, file)
    dimensions = tuple(
        _dimension(id_, size, read.dimension, file)
        for id_, size in zip(read.id, read.size, strict=True)
    )
    for role, ids in (read.role or {}).items():
        if strange := [id_ for id_ in ids if id_ not in read.id]:
            raise fault(file, f"role.{role}", named(strange), "one_of", known=named(read.id))
    status = _status(read.status, cells, file)
    values = _values(read.value, cells, file)
    return Cube(file, read.label or "", dimensions, values, status, read.role or {})


def _lifted(raw: dict[str, Any]) -> dict[str, Any]:
    """Put what version 1 has among the dimensions where version 2 has it."""
    inner = raw.get("dimension")
    if "id" in raw or not isinstance(inner, dict) or not isinstance(inner.get("id"), list):
        return raw
    apart = {name: inner[name] for name in ("id", "size", "role") if name in inner}
    rest = {name: one for name, one in inner.items() if name not in apart}
    return {**raw, **apart, "dimension": rest}


def _cells(read: _Dataset, file: str) -> int:
    """Count the cells, before anything is made for them."""
    if not 1 <= len(read.id) <= MOST_DIMENSIONS or len(set(read.id)) < len(read.id):
        raise fault(file, "id", named(read.id), "dimensions", most=MOST_DIMENSIONS)
    if len(read.size) != len(read.id) or not all(size >= 1 for size in read.size):
        raise fault(file, "size", read.size, "sizes", n=len(read.id))
    if (cells := math.prod(read.size)) > MOST_CELLS:
        raise fault(file, "size", " × ".join(map(str, read.size)), "cells", most=MOST_CELLS)
    return cells


def _dimension(id_: str, size: int, known: Mapping[str, _Dimension], file: str) -> Dimension:
    path = f"dimension.{id_}"
    if id_ not in known:
        raise fault(file, path, named(known), "there")
    category = known[id_].category
    labels = category.label or {}
    index = category.index
    if index is None and len(labels) == 1:  # of a single one the order need not be said
        index = list(labels)
    if isinstance(index, dict):
        if sorted(index.values()) != list(range(len(index))):
            raise fault(file, f"{path}.category.index", index, "positions", n=len(index))
        index = sorted(index, key=index.__getitem__)
    if index is None or len(index) != size or len(set(index)) != size:
        got = named(index) if index else index
        raise fault(file, f"{path}.category.index", got, "codes", n=size)
    if strange := set(labels) - set(index):
        raise fault(file, f"{path}.category.label", named(sorted(strange)), "codes_of_index")
    units = {code: _unit(unit) for code, unit in (category.unit or {}).items()}
    said = {code: labels.get(code, code) for code in index}
    return Dimension(id_, known[id_].label or id_, tuple(index), said, units)


def _unit(said: Mapping[str, Any]) -> Unit:
    power = said.get("multiplier")
    texts = (said.get(name) for name in ("base", "label", "symbol"))
    text = next((t for t in texts if isinstance(t, str) and t.strip()), "")
    return Unit(text.strip()[:200], power if type(power) is int and 0 <= power <= 12 else None)


def _values(value: list[Any] | dict[str, Any], cells: int, file: str) -> np.ndarray:
    """Put the values in their places; text that marks a missing one is none."""
    found = np.full(cells, np.nan)
    for at, one in _placed(value, cells, "value", file):
        if one is None:
            continue
        if isinstance(one, str):
            if not is_marker(one):
                raise fault(file, f"value[{at}]", one, "number")
        elif (
            isinstance(one, bool)
            or not isinstance(one, int | float)
            or not -LARGEST < one < LARGEST
        ):
            raise fault(file, f"value[{at}]", one, "number")
        else:
            found[at] = one
    return found


def _status(said: str | list[Any] | dict[str, Any] | None, cells: int, file: str) -> dict[int, str]:
    if said is None:
        return {}
    if isinstance(said, str):
        return dict.fromkeys(range(cells), said) if said else {}
    found = {}
    # A list of one is of all cells.
    whole = said * cells if isinstance(said, list) and len(said) == 1 else said
    for at, one in _placed(whole, cells, "status", file):
        if one not in _NOTHING:
            if not isinstance(one, str):
                raise fault(file, f"status[{at}]", one, "text")
            found[at] = one
    return found


def _placed(
    found: list[Any] | dict[str, Any], cells: int, path: str, file: str
) -> Iterator[tuple[int, Any]]:
    """Give what stands in cells with its position; a list names all, an object some of them."""
    if isinstance(found, list):
        if len(found) != cells:
            raise fault(file, path, len(found), "as_many", n=cells)
        yield from enumerate(found)
        return
    for key, one in found.items():
        if not _POSITION.fullmatch(key) or int(key) >= cells:
            raise fault(file, path, key, "position", n=cells - 1)
        yield int(key), one
