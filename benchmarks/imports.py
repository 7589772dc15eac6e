"""Measure imports against plain pandas: time and peak memory, each in a process of its own.

    python -m benchmarks.imports [--rows 1000000] [--sheet-rows 100000]

The tables are made up, as is the store, which is thrown away. The atlas finds the table, matches
every place, checks every figure and stores the dataset; plain pandas only reads the file into a
frame. Times of a process include its start and its imports.
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
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.editions import EDITION_2024, Level, areas
from metrics.datasets import datasets
from metrics.importing import examine, preview, propose
from metrics.people import LOCAL
from metrics.store import current_store, ensure_store
from metrics.store.store import HOME_VARIABLE

ROOT = Path(__file__).resolve().parents[1]
INDICATOR = "population-average"
WAYS = ("atlas preview", "atlas import", "pandas read")
CSV, XLSX = "table.csv", "table.xlsx"
# What is to be reached: seconds of each way, and megabytes at most.
AIMS = {
    ("atlas preview", XLSX): 5,
    ("atlas import", XLSX): 15,
    ("atlas preview", CSV): 3,
    ("atlas import", CSV): 12,
}
MOST_MB = 1024


def made_up(rows: int) -> pd.DataFrame:
    """Make a table as an office would: names of districts and provinces, a day, a figure."""
    places = areas(EDITION_2024, Level.DISTRICT)
    homes = {place.code: place.name_vi for place in areas(EDITION_2024, Level.PROVINCE)}
    at = np.arange(rows)
    days = pd.date_range(end="2024-12-31", periods=rows // len(places) + 1)
    names = np.array([place.name_vi for place in places], dtype=object)
    above = np.array([homes[str(place.parent)] for place in places], dtype=object)
    words = np.array([f"{day:%d/%m/%Y}" for day in days], dtype=object)
    return pd.DataFrame(
        {
            "STT": at + 1,
            "Tỉnh": above[at % len(places)],
            "Huyện": names[at % len(places)],
            "Kỳ số liệu": words[at // len(places)],
            "Giá trị": np.round(np.random.default_rng(6).normal(500, 90, rows).clip(1), 1),
        }
    )


def run_way(way: str, path: Path) -> None:
    """Read, or import, one file; for a process of its own."""
    if way == "pandas read":
        pd.read_csv(path, sep=";", decimal=",") if path.suffix == ".csv" else pd.read_excel(path)
    else:
        _import(path, store_it=way == "atlas import")
    # Of this process since it was started: what the kernel counts for a child has its parent's in.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    spent = os.times()
    cpu = spent.user + spent.system + spent.children_user + spent.children_system
    print(peak[1] if peak else 0, round(cpu, 1))


def _import(path: Path, *, store_it: bool) -> None:
    data = path.read_bytes()
    seen = preview(path.name, data)
    store = current_store()
    mapping = propose(seen.blocks[0], store.catalog)
    measures = tuple(m.model_copy(update={"indicator": INDICATOR}) for m in mapping.measures)
    mapping = mapping.model_copy(update={"measures": measures})
    if not store_it:
        return
    report = examine(seen, seen.blocks[0], mapping, store)
    if report.blocked:
        raise SystemExit(f"{path.name}: {report.counts}")
    datasets.keep_file(data, LOCAL)
    seen = seen.without_rows()
    del data
    datasets.load(seen, report, datasets.Details(path.stem), LOCAL)


def measure(home: Path, way: str, name: str) -> dict[str, float]:
    """Return the seconds of one way, those of CPU, and the megabytes of memory at most."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.imports", "--way", way]
    start = time.perf_counter()
    told = subprocess.run(
        [*command, "--file", str(home / name)],
        cwd=ROOT,
        env=os.environ | {HOME_VARIABLE: str(home)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    seconds = time.perf_counter() - start
    peak, cpu = told.stdout.split()
    return {
        "seconds": round(seconds, 1),
        "cpu_s": float(cpu),
        "peak_mb": round(int(peak) / 1024),
    }


def compare(rows: int, sheet_rows: int) -> dict[str, Any]:
    """Measure all ways on both files."""
    with tempfile.TemporaryDirectory(prefix="atlas-bench-imports-") as folder:
        home = Path(folder)
        ensure_store(home=home)
        made_up(rows).to_csv(home / CSV, index=False, sep=";", decimal=",")
        made_up(sheet_rows).to_excel(home / XLSX, index=False, engine="xlsxwriter")
        found: dict[str, Any] = {"rows": {CSV: rows, XLSX: sheet_rows}}
        for name in (XLSX, CSV):
            for way in WAYS:
                found[f"{way} {name}"] = measure(home, way, name)
                print(way, name, json.dumps(found[f"{way} {name}"]), flush=True)
        return found


def table(found: dict[str, Any]) -> str:
    """Write the measurements with their ratios and aims."""
    lines = [
        "| | atlas | plain pandas reads it | atlas ÷ pandas | aim |",
        "|---|---|---|---|---|",
    ]
    for name, rows in found["rows"].items():
        plain = found[f"pandas read {name}"]
        for way in WAYS[:2]:
            own = found[f"{way} {name}"]
            aim = AIMS.get((way, name))
            told = f"{'met' if own['seconds'] <= aim else 'missed'} (≤ {aim})" if aim else ""
            ratio = own["seconds"] / plain["seconds"]
            lines.append(
                f"| {way.split()[1]} of {rows:,} rows, {name.split('.')[1].upper()}: s "
                f"| {own['seconds']} | {plain['seconds']} | {ratio:.1f}× | {told} |"
            )
            ratio = own["cpu_s"] / plain["cpu_s"]
            lines.append(
                f"| the same: s of CPU | {own['cpu_s']} | {plain['cpu_s']} | {ratio:.1f}× | |"
            )
        own = found[f"atlas import {name}"]
        told = f"{'met' if own['peak_mb'] <= MOST_MB else 'missed'} (≤ {MOST_MB:,})"
        ratio = own["peak_mb"] / plain["peak_mb"]
        lines.append(
            f"| import of {rows:,} rows: MB of memory at most | {own['peak_mb']:,} "
            f"| {plain['peak_mb']:,} | {ratio:.1f}× | {told} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sheet-rows", type=int, default=100_000)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.way:
        run_way(args.way, args.file)
        return
    print(table(compare(args.rows, args.sheet_rows)))


if __name__ == "__main__":
    main()
