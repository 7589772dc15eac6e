"""The text of a reply: JSON without anything in it that JSON does not have."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from base.reading import decode
from metrics.refresh import Reply, ShapeError
from metrics.refresh.adapters.cubes.faults import fault, of_shape, shown

MOST_BYTES: Final = 64 << 20


def read_bytes(reply: Reply, most: int = MOST_BYTES) -> bytes:
    """Read the body of a reply.

    Raises
    ------
    ShapeError
        If it is empty or longer than `most` bytes.
    """
    size = reply.path.stat().st_size
    if not 0 < size <= most:
        raise fault(reply.ask.name, "", f"{size} B", "bytes", most=most)
    return reply.path.read_bytes()


def read_text(reply: Reply) -> str:
    """Read a reply as text, in any encoding that a mark or its bytes tell.

    Raises
    ------
    ShapeError
        If it is none, or too long.
    """
    data = read_bytes(reply)
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.rstrip(b"\x00")  # some servers end their answer with one
    with of_shape(reply.ask.name):
        return decode(data, reply.ask.name).text


def read_json(reply: Reply) -> Any:
    """Read a reply as JSON.

    Raises
    ------
    ShapeError
        If it is cut off, no JSON, nested without end, has a name twice in one object, NaN or
        Infinity, half a sign, or a number longer than any figure.
    """
    file = reply.ask.name
    text = read_text(reply)

    def once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        known = list(pairs)
        made = dict(known)
        if len(made) < len(known):
            twice = Counter(name for name, _ in known).most_common(1)[0][0]
            raise fault(file, shown(twice), shown(twice), "once")
        return made

    def no_number(word: str) -> Any:
        raise fault(file, "", word, "finite")

    try:
        made = json.loads(text, object_pairs_hook=once, parse_constant=no_number)
        if "\\ud" in text.lower():
            json.dumps(made, ensure_ascii=False).encode()  # half a sign is none
    except json.JSONDecodeError as error:
        where = f"{error.lineno}:{error.colno}"
        got = text[max(0, error.pos - 20) : error.pos + 20]
        raise fault(file, where, got, "json") from None
    except ShapeError:
        raise
    except (RecursionError, ValueError) as error:  # a number of thousands of digits
        raise fault(file, "", str(error), "json") from None
    return made
