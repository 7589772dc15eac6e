"""Measure the page of tables, and the audit, against pandas that reads everything first.

    python -m benchmarks.tables [--rows 1000000]

The observations are made up: communes by month, two indicators, in a store that is thrown away.
Plain pandas reads all rows into one frame (told apart), then filters, sorts and pivots that. Each
way has a process of its own; each step is done some times over; medians and their ratio are told.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd

from benchmarks.exports import ALL, INDICATORS, ROOT, fill
from geo.editions import EDITION_2025
from metrics.audit import audit_sheet, read_sheet
from metrics.briefs import Narrowed, count, page, pivot
from metrics.store import Store, ensure_store
from metrics.store.store import HOME_VARIABLE

TIMES = 5
PROVINCE = "01"
LEAST = 70.0
RESULTS = ROOT / "bench-results" / "tables.json"
Steps = dict[str, Callable[[], Any]]


def atlas_steps(store: Store) -> Steps:
    """Return what the page does for each thing that its reader may do."""
    all_rows, one = Narrowed(), INDICATORS[ALL]
    place = Narrowed(edition=EDITION_2025, place=PROVINCE)
    high = Narrowed(indicators=(one,), least=LEAST)
    text = Narrowed(text="row 99999")
    n = count(store, all_rows)
    return {
        "first page": lambda: (count(store, all_rows), page(store, all_rows)),
        "page in the middle": lambda: page(store, all_rows, number=n // 100),
        "a province and all in it": lambda: (count(store, place), page(store, place)),
        "values from 70": lambda: (count(store, high), page(store, high)),
        "text": lambda: (count(store, text), page(store, text)),
        "largest first": lambda: page(store, all_rows, "largest"),
        "pivot place by year": lambda: pivot(store, all_rows, ("place", "year")),
    }


def pandas_steps(rows: pd.DataFrame, codes: list[str]) -> Steps:
    """Return the same in plain pandas, on a frame of all rows."""
    searched = ("note", "locator", "period_text", "area", "indicator", "dataset", "origin")

    def within() -> pd.DataFrame:
        return rows[(rows["edition"] == EDITION_2025) & rows["area"].isin(codes)]

    def holding() -> pd.DataFrame:
        found = [rows[c].str.lower().str.contains("row 99999", regex=False) for c in searched]
        return rows[pd.concat(found, axis=1).any(axis=1)]

    def pivoted() -> pd.DataFrame:
        year = rows["period_end"].dt.year
        return rows.groupby([rows["edition"], rows["area"], year])["value"].agg(
            ["size", "nunique", "min"]
        )

    return {
        "first page": lambda: (len(rows), rows.head(50)),
        "page in the middle": lambda: rows.iloc[len(rows) // 2 : len(rows) // 2 + 50],
        "a province and all in it": lambda: within().head(50),
        "values from 70": lambda: rows[
            (rows["indicator"] == INDICATORS[ALL]) & (rows["value"] >= LEAST)
        ].head(50),
        "text": lambda: holding().head(50),
        "largest first": lambda: rows.sort_values("value", ascending=False).head(50),
        "pivot place by year": lambda: pivoted().unstack(),
    }


def seconds(step: Callable[[], Any], times: int = TIMES) -> float:
    """Return the median of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        step()
        found.append(time.perf_counter() - start)
    return median(found)


def peak_mb() -> int:
    """Return the most memory that this process has held, in megabytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


def run(part: str) -> dict[str, Any]:
    """Measure one part in this process."""
    store = ensure_store()
    if part == "atlas":
        times = {name: seconds(step) for name, step in atlas_steps(store).items()}
        return {"seconds": times, "peak_mb": peak_mb()}
    if part == "audit":
        start = time.perf_counter()
        found = audit_sheet(read_sheet(store))
        return {"seconds": time.perf_counter() - start, "found": len(found), "peak_mb": peak_mb()}
    start = time.perf_counter()
    rows = store.read(lambda table: table)
    reading = time.perf_counter() - start
    place = Narrowed(edition=EDITION_2025, place=PROVINCE)
    codes = list(page(store, place, size=10_000)["area"].unique())
    times = {name: seconds(step, 3) for name, step in pandas_steps(rows, codes).items()}
    return {"seconds": times, "reading": reading, "peak_mb": peak_mb()}


def measured(home: Path, part: str) -> dict[str, Any]:
    """Measure one part in a process of its own, so that each has its own peak of memory."""
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.tables", "--part", part],
        cwd=ROOT,
        env=os.environ | {HOME_VARIABLE: str(home)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return dict(json.loads(told.stdout.splitlines()[-1]))


def told(results: dict[str, Any], rows: int) -> str:
    """Write the results as a table."""
    atlas, usual, audit = results["atlas"], results["pandas"], results["audit"]
    reading = usual["reading"]
    lines = [f"{rows:,} observations; pandas reads them in {reading:.1f} s before the first answer"]
    for name, mine in atlas["seconds"].items():
        theirs = usual["seconds"][name]
        lines.append(
            f"{name:26} {mine * 1000:8.0f} ms   pandas {theirs * 1000:8.0f} ms, with reading "
            f"{(theirs + reading) / mine:6.1f} times as long"
        )
    lines.append(f"memory at most: {atlas['peak_mb']} MB, pandas {usual['peak_mb']} MB")
    lines.append(
        f"audit: {audit['seconds']:.1f} s, {audit['found']} findings, {audit['peak_mb']} MB at most"
    )
    return "\n".join(lines)


def main() -> None:
    """Fill a store and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--part", choices=("atlas", "pandas", "audit"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(run(options.part)))
        return
    with tempfile.TemporaryDirectory(prefix="atlas-bench-") as folder:
        home = Path(folder)
        fill(home, options.rows - options.rows // 10, options.rows // 10)
        results = {part: measured(home, part) for part in ("atlas", "pandas", "audit")}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results | {"rows": options.rows}, indent=1), encoding="utf-8")
    print(told(results, options.rows))


if __name__ == "__main__":
    main()
