"""Replaced boundaries: complete generations in a folder, one of which is in force.

A generation holds the layers that replace bundled ones: GeoParquet, boxes, the browser's files and
a manifest. The browser's files are served from static/official, under names that hold a hash of
their content: those of earlier generations stay as long as these do, so that no running session
asks for a file that is gone.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from base.folders import ROOT, STATIC
from base.generations import Generations
from base.words import Message, Refusal, system_reason

log = logging.getLogger(__name__)

SERVED: Final = "official"  # below static/
HOME_VARIABLE: Final = "ATLAS_HOME"
BUNDLED: Final = "bundled"
MANIFEST: Final = "manifest.json"
WEB: Final = "web"


class BoundaryStoreError(Refusal):
    """The folder of replaced boundaries cannot be written, or another process is writing it."""

    prefix = "boundaries.finding."


_PINNED: ContextVar[tuple[Generation | None] | None] = ContextVar("boundaries", default=None)


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete set of replaced layers: its folder, and its manifest as JSON text."""

    folder: Path
    text: str

    @property
    def name(self) -> str:
        """The name that the pointer holds."""
        return self.folder.name

    @property
    def manifest(self) -> dict[str, Any]:
        """What the generation holds; parsed anew on each call."""
        return dict(json.loads(self.text))


def folder() -> Path:
    """Return the folder of generations: in ``ATLAS_HOME``, else in ``var`` beside the code."""
    return Path(os.environ.get(HOME_VARIABLE) or ROOT / "var") / "boundaries"


def served_dir() -> Path:
    """Return the folder that the browser's files of replaced layers are served from."""
    return STATIC / SERVED


def in_force() -> Generation | None:
    """Return the generation in force; None where the bundled layers are, or it cannot be used.

    Inside `pinned` it is the one pinned.
    """
    held = _PINNED.get()
    return current() if held is None else held[0]


def current() -> Generation | None:
    """Return the generation in force at this moment, whatever is pinned."""
    return _state()[0]


@contextmanager
def pinned(generation: Generation | None) -> Iterator[None]:
    """Let everything inside read one generation, even if another comes into force meanwhile."""
    held = _PINNED.set((generation,))
    try:
        yield
    finally:
        _PINNED.reset(held)


def trouble() -> Message | None:
    """Tell why the generation that should be in force is not used; None if nothing is wrong."""
    return _state()[1]


def _state() -> tuple[Generation | None, Message | None]:
    sets = _Sets(folder())
    signature = sets.signature()
    return (None, None) if signature is None else _opened(sets, signature)


@lru_cache(maxsize=8)
def _opened(sets: _Sets, _signature: object) -> tuple[Generation | None, Message | None]:
    """Open what the pointer names. What cannot be used is told and never stops the atlas."""
    try:
        name = sets.pointer.read_text(encoding="utf-8").strip()
        if name == BUNDLED:
            return None, None
        if not sets.is_name(name):
            values = {"pointer": sets.pointer, "text": name[:40]}
            return None, Message("boundaries.unused.pointer", values)
        generation = opened(sets.folder / name)
        serve(generation)
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = Message("boundaries.unused.broken", {"error": error})
        log.exception(problem.say("en"))
        return None, problem
    return generation, None


def opened(path: Path) -> Generation:
    """Open a generation.

    Raises
    ------
    Refusal
        If one of its files is missing or is not what it was.
    """
    generation = Generation(path, (path / MANIFEST).read_text(encoding="utf-8"))
    for record in generation.manifest["layers"]:
        content = (path / WEB / Path(record["url"]).name).read_bytes()
        if sha256(content).hexdigest() != record["sha256"]:
            name = f"{path.name}/{WEB}/{Path(record['url']).name}"
            raise Refusal("boundaries.unused.altered", file=name)
    for file, size in generation.manifest["files"].items():
        if (path / file).stat().st_size != size:
            raise Refusal("boundaries.unused.altered", file=f"{path.name}/{file}")
    return generation


def serve(generation: Generation) -> None:
    """Put the browser's files of a generation where they are served, if they are not there."""
    target = served_dir()
    for record in generation.manifest["layers"]:
        name = Path(record["url"]).name
        file = target / name
        if file.is_file() and file.stat().st_size == record["bytes"]:
            continue
        target.mkdir(exist_ok=True)
        beside = target / f".{name}.{os.getpid()}.tmp"
        shutil.copyfile(generation.folder / WEB / name, beside)
        beside.replace(file)


@dataclass(frozen=True, slots=True)
class _Sets(Generations):
    """The generations of boundaries; those that go take their served files along."""

    def prune(self) -> None:
        """Remove all but the newest few, and the served files that were theirs alone."""
        gone = self.superseded()
        kept = {name for _, path in self.numbered()[len(gone) :] for name in _served_by(path)}
        for name in {name for path in gone for name in _served_by(path)} - kept:
            (served_dir() / name).unlink(missing_ok=True)
        Generations.prune(self)


@contextmanager
def writing() -> Iterator[Path]:
    """Hold the only right to change boundaries; gives the folder of generations.

    Raises
    ------
    BoundaryStoreError
        If the folder cannot be written, or another process is at it.
    """
    home = folder()
    with ExitStack() as held:
        try:
            held.enter_context(_Sets(home).writing())
        except BlockingIOError:
            raise BoundaryStoreError("store_writing", folder=home) from None
        except OSError as error:
            values = {"folder": home, "error": system_reason(error), "variable": HOME_VARIABLE}
            raise BoundaryStoreError("store_folder", **values) from error
        yield home


def publish(home: Path, build: Callable[[Path], None]) -> Generation:
    """Make the next generation and put it in force. Call it inside `writing`.

    Parameters
    ----------
    home
        The folder of generations.
    build
        Writes everything, the manifest included, into the folder that it is given.

    Raises
    ------
    BoundaryStoreError
        If the browser's files cannot be served. Whatever is raised, nothing was changed.
    """

    def making(path: Path) -> None:
        path.mkdir()
        build(path)

    def servable(path: Path) -> None:
        made = opened(path)
        try:
            serve(made)
        except OSError as error:
            values = {"folder": served_dir(), "error": system_reason(error)}
            raise BoundaryStoreError("store_served", **values) from error

    return opened(_Sets(home).publish(making, servable))


def point_at(home: Path, name: str) -> None:
    """Put a generation, or the bundled layers, in force."""
    _Sets(home).point_at(name)


def before(home: Path, generation: Generation) -> str:
    """Name what was in force before a generation, as far as it is still there."""
    name = str(generation.manifest.get("before", BUNDLED))
    usable = _Sets(home).is_name(name) and (home / name / MANIFEST).is_file()
    return name if usable else BUNDLED


def _served_by(path: Path) -> set[str]:
    return {file.name for file in (path / WEB).glob("*.json")}
