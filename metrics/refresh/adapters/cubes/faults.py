"""What is wrong with a reply: its file, where in it, what arrived, and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from pydantic import ValidationError

from base.words import Message, Refusal
from metrics.refresh import ShapeError

LONGEST: Final = 120
MOST_NAMED: Final = 12
# What pydantic misses, by the beginning of its type of error.
_WANTED: Final = {
    "missing": "there",
    "dict": "object",
    "model": "object",
    "list": "list",
    "string": "text",
    "int": "whole_number",
    "bool": "truth",
}


def fault(file: str, path: str, got: object, allowed: str, **values: object) -> ShapeError:
    """Make the error of one place in a reply.

    Parameters
    ----------
    path
        Where in it, as its own names say.
    got
        What stands there; cut short, and written as it is.
    allowed
        The wording is ``refresh.allowed.<allowed>``, with `values`.
    """
    told = Message(f"refresh.allowed.{allowed}", values)
    return ShapeError("at", file=file, path=shown(path) or "–", got=shown(got), allowed=told)


def fault_of(file: str, error: ValidationError, at: str = "") -> ShapeError:
    """Make the error of what a model of pydantic refuses first."""
    first = error.errors(include_url=False)[0]
    # A union names its members in the place of what was tried.
    where = [str(part) for part in first["loc"] if str(part).isidentifier() or part in (0,)]
    wanted = _WANTED.get(first["type"].split("_")[0], "shape")
    return fault(file, ".".join([*([at] if at else []), *where]), first["input"], wanted)


@contextmanager
def of_shape(file: str) -> Iterator[None]:
    """Make a file that cannot be read a reply of another shape."""
    try:
        yield
    except ShapeError:
        raise
    except Refusal as error:
        raise ShapeError("unread", file=file, why=error) from error


def shown(value: object) -> str:
    """Write what arrived on one line, cut to a sane length."""
    text = " ".join((value if isinstance(value, str) else repr(value)[:1000]).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def named(values: Iterable[object]) -> str:
    """List names, the first of them where there are many."""
    texts = [shown(value) for value in values]
    rest = len(texts) - MOST_NAMED
    return ", ".join(texts[:MOST_NAMED]) + (f", … (+{rest})" if rest > 0 else "")
