"""The numbers of this server in the text format of Prometheus."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from streamlit import runtime

from base.counting import STEPS, Counted, Timed, everything
from metrics.store import damage, home_of
from ui.scene import views_kept
from ui.serving.program import PROGRAM
from ui.serving.refreshed import refresh_numbers

READY: Final = "atlas_ready"
PAGE_SIZE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def text(ready: Mapping[str, bool]) -> str:
    """Write everything counted and timed, and how the process stands.

    Parameters
    ----------
    ready
        Which parts of what the server needs are there.
    """
    lines: list[str] = []
    for one in everything():
        lines += _counted(one) if isinstance(one, Counted) else _timed(one)
    lines += _family(READY, "Whether a part is there.", "gauge", _parts(ready))
    for name, told, kind, value in _standing():
        lines += _family(name, told, kind, [({}, value)])
    for name, told, samples in refresh_numbers():
        lines += _family(name, told, "gauge", samples)
    lines += _family("atlas_program", "Which program runs.", "gauge", [({"name": PROGRAM}, 1)])
    return "\n".join(lines) + "\n"


def _counted(one: Counted) -> Iterator[str]:
    samples = [(dict(zip(one.labels, key, strict=True)), n) for key, n in one.counts().items()]
    # What never happened is 0 where that can be said without labels.
    return _family(one.name, one.told, "counter", samples or ([] if one.labels else [({}, 0)]))


def _timed(one: Timed) -> Iterator[str]:
    yield from _head(one.name, one.told, "histogram")
    for key, times in one.times().items():
        labels = dict(zip(one.labels, key, strict=True))
        steps = (*zip(map(str, STEPS), times.within, strict=True), ("+Inf", times.count))
        for step, n in steps:
            yield _sample(f"{one.name}_bucket", labels | {"le": step}, n)
        yield _sample(f"{one.name}_sum", labels, round(times.seconds, 6))
        yield _sample(f"{one.name}_count", labels, times.count)


def _parts(ready: Mapping[str, bool]) -> list[tuple[dict[str, str], float]]:
    return [({"part": part}, int(whole)) for part, whole in ready.items()]


def _standing() -> Iterator[tuple[str, str, str, float]]:
    """Say how the process stands now: name, sentence, kind, value."""
    hits, misses, kept = views_kept()
    yield "atlas_views_kept", "Views kept.", "gauge", kept
    yield "atlas_views_found_total", "Views that were kept when asked for.", "counter", hits
    yield "atlas_views_made_total", "Views that were worked out.", "counter", misses
    with suppress(Exception):  # Streamlit's own; it may change
        ask = runtime.get_instance().stats_mgr.get_stats
        stats: Any = ask(["active_sessions", "session_events"])
        yield "atlas_sessions", "Sessions open now.", "gauge", stats["active_sessions"][0].value
        opened = sum(
            one.value for one in stats["session_events"] if one.labels["type"] == "connect"
        )
        yield "atlas_sessions_opened_total", "Sessions opened.", "counter", opened
    yield "atlas_store_damaged", "Damage was noted.", "gauge", int(damage() is not None)
    with suppress(OSError):
        free = shutil.disk_usage(_standing_folder(home_of())).free
        yield "atlas_home_free_bytes", "Free where the app writes.", "gauge", free
    spent = resource.getrusage(resource.RUSAGE_SELF)
    cpu = spent.ru_utime + spent.ru_stime
    yield "process_cpu_seconds_total", "CPU time spent.", "counter", round(cpu, 3)
    yield "process_resident_memory_bytes", "Memory held.", "gauge", _resident()
    yield "atlas_threads", "Threads.", "gauge", threading.active_count()


def _standing_folder(path: Path) -> Path:
    """Return the nearest folder that is there."""
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _resident() -> int:
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_SIZE
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _family(
    name: str, told: str, kind: str, samples: Iterable[tuple[dict[str, str], float]]
) -> Iterator[str]:
    yield from _head(name, told, kind)
    for labels, value in samples:
        yield _sample(name, labels, value)


def _head(name: str, told: str, kind: str) -> Iterator[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} {kind}"


def _sample(name: str, labels: Mapping[str, str], value: float) -> str:
    told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{told}}} {value}" if told else f"{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
