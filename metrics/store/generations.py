"""The store as files: generations of one DuckDB file each, and what can be wrong with them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from base.generations import Generations as Base
from base.reading import write_atomically
from base.words import Lang, Message, Refusal, number, system_reason, t
from metrics.store import seals

log = logging.getLogger(__name__)

SHOWN: Final = 20  # problems of an error
# Long enough for the largest import we foresee, short enough that a stuck writer is noticed.
LOCK_TIMEOUT_S: Final = 120.0


class StoreError(Refusal):
    """The store cannot be read or written; says why and what to do.

    Parameters
    ----------
    key
        The message is ``store.<key>``.
    problems
        What was found wrong in the data, one record each; empty where it is not about data.
    **values
        As of `Refusal`.
    """

    prefix = "store."

    def __init__(self, key: str, problems: Iterable[object] = (), **values: object) -> None:
        super().__init__(key, **values)
        self.problems: Final = tuple(problems)

    def told(self, lang: Lang) -> str:
        """Say it with the first of the problems, a line each."""
        shown = [p.say(lang) if isinstance(p, Message) else str(p) for p in self.problems[:SHOWN]]
        lines = [self.say(lang), *(f"- {problem}" for problem in shown)]
        if rest := len(self.problems) - len(shown):
            lines.append(t("store.more_problems", lang, n=number(rest, lang)))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.told("en")


class BrokenPointerError(StoreError):
    """The pointer file does not lead to a generation, though there should be one."""


class DamagedError(StoreError):
    """A file that should be a generation cannot be read as one."""


class UnreachableError(StoreError):
    """The database that the store lives in does not answer; it may do so again later."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What was found damaged and set aside when the store was last repaired.

    Attributes
    ----------
    time
        When, in ISO form.
    kept
        Names of the damaged files, which are kept.
    recovered
        The generation that is in force instead; "" where none was whole and all began anew.
    written
        When that one was written, in ISO form; "" where there is none.
    lost
        Names of files that were in force and are not there any more.
    """

    time: str
    kept: tuple[str, ...]
    recovered: str
    written: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Generations(Base):
    """A folder of store files with the pointer to the one in force: ``gen-1.duckdb``."""

    suffix: str = ".duckdb"

    @property
    def pointer(self) -> Path:
        """The file whose only line is the name of the generation in force."""
        return self.folder / f"{self.prefix}.current"

    @property
    def lock(self) -> Path:
        """The file that whoever writes holds locked."""
        return self.folder / f"{self.prefix}.lock"

    def current(self) -> Path | None:
        """Return the generation in force, or None where none was ever made.

        Raises
        ------
        BrokenPointerError
            If the pointer is missing beside generations, holds something else than the name of a
            generation, or names one that is not there.
        """
        seen = None
        while True:
            text = self.pointed()
            if text is None:
                if not self.numbered():
                    return None
                raise BrokenPointerError("pointer_missing", pointer=self.pointer)
            if not self.is_name(text):
                raise BrokenPointerError(
                    "pointer_broken", pointer=self.pointer, text=text[:80], prefix=self.prefix
                )
            path = self.folder / text
            if path.exists():
                return path
            # Between our two looks a writer may have moved on and pruned: only then look again.
            if text == seen:
                raise BrokenPointerError("pointer_lost", pointer=self.pointer, text=text)
            seen = text

    def in_force(self) -> str | None:
        """Return the name of the generation in force; None where none was ever made."""
        path = self.current()
        return None if path is None else path.stem

    @contextmanager
    def writing(self, timeout_s: float = LOCK_TIMEOUT_S) -> Iterator[None]:
        """Hold the only right to write; the system gives it back if the holder dies.

        Parameters
        ----------
        timeout_s
            Seconds to wait for another writer.

        Raises
        ------
        StoreError
            If the folder cannot be written to or another writer holds on for too long.
        """
        with ExitStack() as held:
            try:
                held.enter_context(Base.writing(self, timeout_s))
            except BlockingIOError:
                lock = Message("store.busy_lock", {"lock": self.lock})
                raise StoreError("busy", seconds=timeout_s, lock=lock) from None
            except OSError as error:
                raise StoreError(
                    "folder", folder=self.folder, error=system_reason(error)
                ) from error
            yield

    def repair(self, usable: Callable[[Path], bool], reason: str) -> Path | None:
        """Put the newest usable generation in force. Call it inside `writing`.

        Parameters
        ----------
        usable
            Tells whether a file can be read as a store. One that cannot is set aside as
            ``*.broken``, never deleted.
        reason
            Why the repair was needed, for the log.

        Returns
        -------
        Path or None
            The generation now in force; None where none is usable.
        """
        kept: list[str] = []
        newest = max((number for number, _ in self.numbered()), default=0)
        pointed = self.pointed() or ""
        lost = (pointed,) if (self._number(pointed) or 0) > newest else ()
        for _, path in reversed(self.numbered()):
            if usable(path):
                self.point_at(path.name)
                self._note(kept, path, lost)
                log.warning("%s Recovered: %s is in force.", reason, path.name)
                return path
            aside = path.with_name(f"{path.name}.broken")
            path.replace(aside)
            kept.append(aside.name)
            log.error("%s cannot be read as a store; set aside as %s.", path, aside.name)
        self.pointer.unlink(missing_ok=True)
        self._note(kept, None, lost)
        log.warning("%s No usable generation is left: starting anew.", reason)
        return None

    @property
    def damage_note(self) -> Path:
        """The file that says what was found damaged, until somebody removes it."""
        return self.folder / f"{self.prefix}.damaged.json"

    def damage(self) -> Damage | None:
        """Tell what was found damaged last; None where nothing was, or it has been looked at."""
        try:
            said = json.loads(self.damage_note.read_bytes())
            return Damage(
                **{**said, **{name: tuple(said.get(name, ())) for name in ("kept", "lost")}}
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError):
            return Damage("", (), "", "")

    def _note(self, kept: Iterable[str], recovered: Path | None, lost: tuple[str, ...]) -> None:
        names = tuple(kept)
        if names or lost:
            before, name, written = self.damage(), "", ""
            # What was lost before and not looked at since is still lost.
            if recovered is not None and (before is None or before.recovered):
                name, written = recovered.stem, _iso(recovered.stat().st_mtime)
            names = (*(before.kept if before else ()), *names)
            lost = (*(before.lost if before else ()), *lost)
            found = Damage(_iso(datetime.now(UTC).timestamp()), names, name, written, lost)
            write_atomically(self.damage_note, json.dumps(asdict(found)))

    def publish(
        self, build: Callable[[Path], None], check: Callable[[Path], None] | None = None
    ) -> Path:
        """Make the next generation, with its checksum, and put it in force; see `Base.publish`."""

        def checked(path: Path) -> None:
            if check is not None:
                check(path)
            seals.seal(path)

        return Base.publish(self, build, checked)

    def prune(self) -> None:
        """Remove all but the newest few, and the checksums that were theirs."""
        Base.prune(self)
        seals.remove_stray(self.folder)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
