"""The sources there are: shipped ones, and those of the operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ValidationError

from base.folders import DATA
from base.words import Refusal
from metrics.refresh.adapter import Adapter
from metrics.refresh.adapters import ADAPTERS, NoAdapter, adapter_of
from metrics.refresh.source import Source
from metrics.store import home_of

FOLDER: Final = "sources"
SHIPPED: Final = DATA / FOLDER
MOST_BYTES: Final = 1 << 20
MOST_VALUES: Final = 50_000


class SourceError(Refusal):
    """The description of a source is not as the schema wants it, or there is none of this id."""

    prefix = "refresh.source."


@dataclass(frozen=True, slots=True)
class Found:
    """A source with what reads it.

    Attributes
    ----------
    options
        Checked by the adapter's own model.
    path
        The file that describes it.
    instead
        The shipped file of the same id that it is in place of; None where there is none.
    """

    source: Source
    adapter: Adapter
    options: BaseModel
    path: Path
    instead: Path | None = None


def folders(home: Path | None = None, shipped: Path = SHIPPED) -> tuple[Path, Path]:
    """Return where sources are described: the shipped ones, and those of the operator."""
    return shipped, home_of(home) / FOLDER


def sources(
    home: Path | None = None,
    shipped: Path = SHIPPED,
    adapters: Mapping[str, str] = ADAPTERS,
) -> dict[str, Found]:
    """Read the sources that there are, by id; one of the operator wins over a shipped one.

    Raises
    ------
    SourceError
        Naming the file, the key, what arrived and what is allowed.
    """
    found: dict[str, Found] = {}
    for folder in folders(home, shipped):
        of_folder: dict[str, Found] = {}
        for path in sorted(folder.glob("*.yaml")):
            instead = None
            one = _read(path, adapters)
            if (twin := of_folder.get(one.source.id)) is not None:
                raise SourceError("twice", id=one.source.id, path=path, other=twin.path)
            if (older := found.get(one.source.id)) is not None:
                instead = older.path
            of_folder[one.source.id] = Found(
                one.source, one.adapter, one.options, one.path, instead
            )
        found |= of_folder
    return dict(sorted(found.items()))


def chosen(found: Mapping[str, Found], ids: Sequence[str]) -> list[Found]:
    """Return the sources of some ids, each once and in their order; all where none is named.

    Raises
    ------
    SourceError
        If there is none of an id.
    """
    for id_ in ids:
        if id_ not in found:
            raise SourceError("unknown", id=id_[:80], known=", ".join(found) or "–")
    return [found[id_] for id_ in dict.fromkeys(ids)] or list(found.values())


def _read(path: Path, adapters: Mapping[str, str]) -> Found:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError("too_big", path=path, most=MOST_BYTES)
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError, RecursionError) as error:
        why = " ".join(str(error).split())[:300]
        raise SourceError("unreadable", path=path, error=why) from error
    if not _is_small(record):
        raise SourceError("unreadable", path=path, error=f"more than {MOST_VALUES} values")
    if not isinstance(record, dict):
        raise SourceError("no_mapping", path=path, kind=type(record).__name__)
    source = _checked(path, "", Source, record)
    try:
        adapter = adapter_of(source.adapter, adapters)
    except NoAdapter as error:
        raise SourceError("key", path=path, lines=f"adapter: {error}") from error
    return Found(source, adapter, _checked(path, "options.", adapter.Options, source.options), path)


def _is_small(record: Any) -> bool:
    """Tell whether it has few values, those counted again that stand in it by reference."""
    n, left = 0, [record]
    while left and n <= MOST_VALUES:
        n += 1
        one = left.pop()
        left += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    return not left


def _checked(path: Path, start: str, model: type[Any], record: Mapping[str, Any]) -> Any:
    try:
        return model.model_validate(record)
    except ValidationError as error:
        lines = [
            f"{start}{'.'.join(str(part) for part in one['loc'])}: {one['msg']}, "
            f"received {one['input']!r}"[:300]
            for one in error.errors(include_url=False)
        ]
        raise SourceError("key", path=path, lines="; ".join(lines)[:2000]) from error
