"""What goes on in a store while it is read: imports, refreshes and backups, by the commands."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks.servers import ROOT
from geo.editions import EDITION_2025, Level, areas
from metrics.store.store import HOME_VARIABLE

PAUSE_S: Final = 60.0
SOURCE: Final = f"""\
id: tried
adapter: table
title: {{vi: Nguồn thử, en: Made up}}
address: https://stats.example/rates.csv
every: month
options:
  edition: "{EDITION_2025}"
  level: province
  origin:
    producer: {{vi: Nơi công bố thử, en: Made up}}
  period: "2026-10"
  mapping:
    place: Tỉnh
    measures: [{{column: Tỷ lệ (%), indicator: dvcqg-digitised-dossier-rate}}]
    made_for: [Tỉnh, Tỷ lệ (%)]
"""


@contextmanager
def working(home: Path) -> Iterator[dict[str, Any]]:
    """Import, refresh and back up a store once a minute each, until this is left.

    Yields
    ------
    dict
        When it has been left: how often each was done, and what was told where it failed.
    """
    environment = {**os.environ, HOME_VARIABLE: str(home)}
    found: dict[str, Any] = {}
    stop = threading.Event()
    importer = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.replica_importer", "0", str(PAUSE_S)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    thread = threading.Thread(target=_commands, args=(home, environment, stop, found))
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        importer.send_signal(signal.SIGTERM)
        told, _ = importer.communicate(timeout=PAUSE_S + 60)
        thread.join()
        found["imports"] = len(told.splitlines())
        if importer.returncode:
            found["importer failed with"] = importer.returncode


def _commands(
    home: Path, environment: dict[str, str], stop: threading.Event, found: dict[str, Any]
) -> None:
    """Refresh from changing replies and back up, in turn, till told to stop."""
    (home / "sources").mkdir(exist_ok=True)
    (home / "sources" / "tried.yaml").write_text(SOURCE, encoding="utf-8")
    mirror = home / "mirror" / "tried"
    mirror.mkdir(parents=True)
    places, dice = [one.name_vi for one in areas(EDITION_2025, Level.PROVINCE)], random.Random(3)
    for turn in range(10_000):
        rows = [f"{name};{dice.uniform(20, 90):.1f}".replace(".", ",") for name in places]
        (mirror / "rates.csv").write_text("\n".join(["Tỉnh;Tỷ lệ (%)", *rows]), encoding="utf-8")
        for name, words in (
            ("refreshes", ["refresh", "tried", "--mirror", str(mirror.parent), "--accept"]),
            ("backups", ["backup", str(home / f"backup-{turn}.zip")]),
        ):
            began = time.perf_counter()
            command = [sys.executable, "-m", "metrics", *words]
            done = subprocess.run(
                command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
            )
            if done.returncode:
                found.setdefault(f"{name} that failed", []).append(done.stderr[-300:])
            found.setdefault(f"{name}_s", []).append(round(time.perf_counter() - began, 1))
            if stop.wait(PAUSE_S / 2):
                return
