"""Build the folder: every part of it, in as many processes as there are cores."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from metrics.people import VISITOR, seen_by
from metrics.store import Store, ensure_store
from ui.address import AS_OF, as_known
from ui.publish import api, assets, feeds, found, front, maps, places, texts, themes
from ui.publish.folder import put, replacing_folder
from ui.publish.planned import planned
from ui.publish.site import Site

Told = Callable[[int, int], None]
# What is published, part by part. A part is a module with `jobs`, which yields what can be written
# by itself, and `write`, which yields the files of one job.
PARTS: Final[Mapping[str, Any]] = {
    "map": maps,
    "place": places,
    "theme": themes,
    "front": front,
    "text": texts,
    "api": api,
    "feed": feeds,
    "asset": assets,
    "found": found,
}
MOST_JOBS: Final = 8
# Jobs that a process is handed at a time.
AT_ONCE: Final = 4
# Of Linux: which signal a process gets when its parent has ended.
PR_SET_PDEATHSIG: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be published.

    Attributes
    ----------
    out
        The folder.
    only
        See `ui.publish.planned.planned`.
    base, live
        See `ui.publish.site.Site`.
    frozen
        The day to be told; None for that of the figures.
    as_of
        When the atlas knew it so, in the words of an address; "" for now.
    processes
        How many work at once.
    """

    out: Path
    only: Collection[str] = ()
    base: str = ""
    live: str = ""
    frozen: date | None = None
    as_of: str = ""
    processes: int = 1


@dataclass(frozen=True, slots=True)
class Published:
    """What a build came to: pages, files and bytes."""

    pages: int
    files: int
    size: int


def publish(wanted: Wanted, told: Told | None = None, store: Store | None = None) -> Published:
    """Build the folder.

    Parameters
    ----------
    told
        Told (jobs done, jobs in all) as it goes on.
    store
        The figures, for one process, as they are asked for; None for those of the app that a
        visitor sees.

    Raises
    ------
    Refusal
        If there is nothing of a name, or something else stands in the place of the folder.
    OSError
        If it cannot be written; what stood there before still does.
    """
    given, store = store, store or published_store(wanted.as_of)
    site = planned(
        store,
        wanted.only,
        base=wanted.base,
        live=wanted.live,
        frozen=wanted.frozen,
        as_of=wanted.as_of,
    )
    jobs = [(part, job) for part, module in PARTS.items() for job in module.jobs(site)]
    mark: dict[str, object] = {"atlas": "Atlas 06", "frozen": site.frozen.isoformat()}
    mark |= {AS_OF: site.as_of} if site.as_of else {}
    with replacing_folder(wanted.out, mark) as folder:
        pages = files = size = 0
        work = _work(site, store, jobs, folder, 1 if given else wanted.processes)
        for done, (html, n, written) in enumerate(work, 1):
            pages, files, size = pages + html, files + n, size + written
            if told:
                told(done, len(jobs))
    return Published(pages, files, size)


def published_store(as_of: str = "") -> Store:
    """Return the figures as a visitor sees them; see `ui.address.as_known`."""
    return seen_by(as_known(ensure_store("real"), as_of), VISITOR)


Job = tuple[str, tuple[Any, ...]]
Counts = tuple[int, int, int]


def _work(
    site: Site, store: Store, jobs: list[Job], folder: Path, processes: int
) -> Iterator[Counts]:
    if processes <= 1:
        yield from (_write(site, store, job, folder) for job in jobs)
        return
    # Spawned, not forked: threads of the store and of NumPy do not survive a fork.
    context = multiprocessing.get_context("spawn")
    arguments = (site, folder)
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=_begin, initargs=arguments
    ) as pool:
        try:
            yield from pool.map(_one, jobs, chunksize=AT_ONCE)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


_own: dict[str, Any] = {}


def _end_with_parent() -> None:
    """Have this process ended where the one that it works for is; where the system can do that."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _begin(site: Site, folder: Path) -> None:
    _end_with_parent()
    _own.update(site=site, store=published_store(site.as_of), folder=folder)


def _one(job: Job) -> Counts:
    return _write(_own["site"], _own["store"], job, _own["folder"])


def _write(site: Site, store: Store, job: Job, folder: Path) -> Counts:
    part, asked = job
    pages = files = size = 0
    for path, content in PARTS[part].write(site, store, *asked):
        put(folder, path, content)
        pages += path.endswith(".html")
        files += 1
        size += len(content)
    return pages, files, size


def cores() -> int:
    """Return how many processes can work at once."""
    return min(len(os.sched_getaffinity(0)), MOST_JOBS)
