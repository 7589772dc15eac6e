"""One run of a source on the disk: the replies as they were, and a manifest of them.

A body is on the disk under its name before the manifest has its line, and the manifest takes its
last name when all is there. So a run that was killed at any moment is known to be unfinished, and
what it has is whole.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from base.reading import force_to_disk, replacing_file, write_atomically
from base.words import Refusal
from metrics.refresh.adapter import Ask, Reply

MANIFEST: Final = "manifest.json"
LINES: Final = "manifest.jsonl"
WAY: Final = "way"
# How long a run that was broken off is gone on with.
GOES_ON: Final = timedelta(days=1)
KEPT: Final = 3
_FORM: Final = "%Y%m%dT%H%M%S"
_NAME: Final = re.compile(r"\d{8}T\d{6}Z(-\d{1,3})?")
_FILE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")
_OLD: Final = (1980, 1, 1, 0, 0, 0)  # the first day that an archive can have


class RunError(Refusal):
    """What an adapter asks for, or what lies in a run, cannot be kept."""

    prefix = "refresh.run."


@dataclass(frozen=True, slots=True)
class Run:
    """A folder of replies.

    Attributes
    ----------
    folder
        Its name is when the run began.
    """

    folder: Path

    @property
    def name(self) -> str:
        """When it began, as a name."""
        return self.folder.name

    @property
    def began(self) -> datetime:
        """When it began, in UTC."""
        return datetime.strptime(self.name.partition("Z")[0], _FORM).replace(tzinfo=UTC)

    @property
    def finished(self) -> bool:
        """Whether all that was asked is there."""
        return (self.folder / MANIFEST).exists()

    @property
    def way(self) -> str:
        """Where its replies come from; "" where that cannot be read."""
        for line in _lines(self.folder)[:1]:
            if isinstance(line, dict) and isinstance(line.get(WAY), str):
                return str(line[WAY])
        return ""

    def replies(self) -> list[Reply]:
        """Return the replies that are there and whole, in the order that they came."""
        found = []
        for line in _lines(self.folder):
            reply = _reply(line, self.folder)
            if reply is not None and _sha256(reply.path) == reply.sha256:
                found.append(reply)
        return found

    def path(self, ask: Ask) -> Path:
        """Return where the body of a reply goes.

        Raises
        ------
        RunError
            If its name is none that a file of a run may have.
        """
        if not _FILE.fullmatch(ask.name) or ask.name.startswith("manifest."):
            raise RunError("name", name=ask.name[:80])
        return self.folder / ask.name

    def keep(self, ask: Ask, time: datetime, status: int, media: str, sha256: str) -> Reply:
        """Put a reply, whose body lies under its name, into the manifest."""
        reply = Reply(ask, time, status, media, self.path(ask), sha256)
        with (self.folder / LINES).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(_line(reply), ensure_ascii=False) + "\n")
        force_to_disk(self.folder / LINES)
        force_to_disk(self.folder)
        return reply

    def finish(self, source: str, replies: Iterable[Reply], now: datetime) -> None:
        """Write the manifest: from then on the run is finished."""
        said = {
            "source": source,
            "began": self.began.isoformat(),
            "ended": now.isoformat(timespec="seconds"),
            "replies": [{WAY: self.way}, *(_line(reply) for reply in replies)],
        }
        text = json.dumps(said, ensure_ascii=False, indent=1)
        write_atomically(self.folder / MANIFEST, text + "\n")
        (self.folder / LINES).unlink(missing_ok=True)

    def packed(self, path: Path) -> str:
        """Write manifest and replies into one archive, the same for the same bytes; its sha256."""
        names = [MANIFEST, *sorted({reply.ask.name for reply in self.replies()})]
        with (
            replacing_file(path) as temporary,
            zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for name in names:
                info = zipfile.ZipInfo(name, _OLD)
                info.compress_type = zipfile.ZIP_DEFLATED
                body = (self.folder / name).open("rb")
                with body, archive.open(info, "w", force_zip64=True) as into:
                    shutil.copyfileobj(body, into)
        return _sha256(path)

    def remove(self) -> None:
        """Remove it, the manifest first: what is half removed is not taken for a whole run."""
        (self.folder / MANIFEST).unlink(missing_ok=True)
        (self.folder / LINES).unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def runs(folder: Path) -> list[Run]:
    """List the runs of a source, oldest first."""
    if not folder.is_dir():
        return []
    return [Run(path) for path in sorted(folder.iterdir()) if _NAME.fullmatch(path.name)]


def begin(folder: Path, now: datetime, way: str) -> Run:
    """Make the folder of a new run; call it while nobody else runs the source.

    Parameters
    ----------
    way
        Where its replies come from: only what comes from there goes on with it.
    """
    start = f"{now.astimezone(UTC).strftime(_FORM)}Z"
    newest = max((run.name for run in runs(folder)), default="")
    name, n = start, 1
    while (folder / name).exists():
        n += 1
        name = f"{start}-{n:03}"
    if name < newest:  # the clock went back: names are in the order of the runs all the same
        stem, _, count = newest.partition("-")
        name = f"{stem}-{int(count or 1) + 1:03}"
    made = folder / name
    made.mkdir(parents=True)
    write_atomically(made / LINES, json.dumps({WAY: way}) + "\n")
    return Run(made)


def broken_off(folder: Path, now: datetime, way: str, done: str) -> Run | None:
    """Return the run that was broken off and is gone on with; None where there is none.

    Parameters
    ----------
    way
        See `begin`.
    done
        Name of the run that was dealt with last.
    """
    newest = next(reversed(runs(folder)), None)
    if newest is None or newest.name <= done or abs(now - newest.began) >= GOES_ON:
        return None
    return newest if newest.way == way else None


def prune(folder: Path, needed: Iterable[str]) -> None:
    """Remove all runs but the newest few and those that are needed."""
    kept = {*needed, *(run.name for run in runs(folder)[-KEPT:])}
    for run in runs(folder):
        if run.name not in kept:
            run.remove()


def _lines(folder: Path) -> list[Mapping[str, Any]]:
    try:
        return list(json.loads((folder / MANIFEST).read_bytes())["replies"])
    except FileNotFoundError:
        pass
    except (ValueError, KeyError, TypeError):
        return []
    found = []
    try:
        text = (folder / LINES).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    for line in text.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue  # half written when the process was killed
    return found


def _line(reply: Reply) -> dict[str, Any]:
    ask = reply.ask
    return {
        "name": ask.name,
        "time": reply.time.isoformat(),
        "method": ask.method,
        "address": ask.address,
        "body": ask.body,
        "accept": ask.accept,
        "status": reply.status,
        "media": reply.media,
        "sha256": reply.sha256,
    }


def _reply(line: Mapping[str, Any], folder: Path) -> Reply | None:
    try:
        ask = Ask(line["name"], line["address"], line["method"], line["body"], line["accept"])
        if not _FILE.fullmatch(ask.name):
            return None
        time = datetime.fromisoformat(line["time"])
        path = folder / ask.name
        return Reply(ask, time, int(line["status"]), line["media"], path, line["sha256"])
    except (KeyError, TypeError, ValueError):
        return None


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
