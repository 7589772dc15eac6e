"""Store small tables one after another, and say which are stored: for `benchmarks.replicas`."""

from __future__ import annotations

import json
import signal
import sys
import time
from typing import Any

import numpy as np
import pandas as pd

from geo.editions import EDITION_2024, Level, areas
from metrics.datasets import Details, keep_file, load
from metrics.importing import examine, preview, propose
from metrics.people import LOCAL
from metrics.store import current_store

INDICATOR = "population-average"
PAUSE_S = 3.0


def main(at: int, pause_s: float = PAUSE_S) -> None:
    """Import until told to stop; what is being stored then is stored and told."""
    stopped = False

    def stop(*_: Any) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    before, dice = "", np.random.default_rng(at)
    while not stopped:
        seen_before = current_store().generation
        before = _imported(at, before, dice)
        told = {"id": before, "at": time.time(), "before": seen_before}
        print(json.dumps(told), flush=True)
        time.sleep(pause_s)


def _imported(at: int, before: str, dice: np.random.Generator) -> str:
    places = areas(EDITION_2024, Level.PROVINCE)
    figures = dice.normal(500, 90, len(places)).clip(1).round(1)
    rows = {"Tỉnh": [one.name_vi for one in places], "Ngày": "31/12/2024", "Giá trị": figures}
    data = pd.DataFrame(rows).to_csv(index=False, sep=";", decimal=",").encode()
    seen, store = preview(f"importer-{at}.csv", data), current_store()
    mapping = propose(seen.blocks[0], store.catalog)
    measures = tuple(m.model_copy(update={"indicator": INDICATOR}) for m in mapping.measures)
    mapping = mapping.model_copy(update={"measures": measures, "edition": EDITION_2024})
    report = examine(seen, seen.blocks[0], mapping, store)
    if report.blocked:
        raise SystemExit(f"importer {at}: {report.counts}")
    keep_file(data, LOCAL)
    return load(seen, report, Details(f"importer {at}", supersedes=before), LOCAL).id


if __name__ == "__main__":
    main(int(sys.argv[1]), *map(float, sys.argv[2:]))
