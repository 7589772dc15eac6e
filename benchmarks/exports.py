"""Measure exports against plain pandas: time and peak memory of each way, in a process of its own.

    python -m benchmarks.exports [--rows 1000000] [--sheet-rows 100000]

The figures are made up, in a store that is thrown away. Plain pandas is given the same columns: it
reads all rows into one frame, adds titles, names and sources, and writes it with `to_csv` or
`to_excel`. Times of a process include its start and its imports; its peak memory is what the kernel
counted.
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
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.editions import EDITION_2025, Level, areas
from metrics.exporting import Filtered, export
from metrics.exporting.rows import export_rows
from metrics.store import Dataset, Store, ensure_store, generations_of, put_dataset
from metrics.store.store import HOME_VARIABLE

ROOT = Path(__file__).resolve().parents[1]
ALL, FEW = "bench-all", "bench-few"
INDICATORS = {ALL: "population-average", FEW: "land-area"}
WAYS = ("atlas csv", "pandas csv", "atlas xlsx", "pandas xlsx")


def made_up(indicator: str, rows: int) -> pd.DataFrame:
    """Make observations of one indicator: communes, as many months as it takes."""
    codes = np.array([place.code for place in areas(EDITION_2025, Level.COMMUNE)])
    at = np.arange(rows)
    months = pd.period_range("1940-01", periods=rows // len(codes) + 1, freq="M")
    month = months[at // len(codes)]
    return pd.DataFrame(
        {
            "indicator": indicator,
            "role": "result",
            "edition": EDITION_2025,
            "area": codes[at % len(codes)],
            "period_start": month.start_time.strftime("%Y-%m-%d"),
            "period_end": month.end_time.strftime("%Y-%m-%d"),
            "grain": "month",
            "period_text": month.strftime("%m/%Y"),
            "value": np.round(np.random.default_rng(6).normal(50, 9, rows), 2),
            "category": "",
            "state": "reported",
            "numerator": np.nan,
            "denominator": np.nan,
            "qualifier": "exact",
            "origin": "nso-population",
            "locator": np.char.add("row ", (at + 2).astype(str)),
            "note": "",
        }
    )


def fill(home: Path, rows: int, sheet_rows: int) -> None:
    """Put two made-up datasets, one of each size, into a store of their own."""
    ensure_store(home=home)
    generations = generations_of(home=home)
    for name, count in ((ALL, rows), (FEW, sheet_rows)):
        with generations.writing():
            dataset = Dataset(name, "", "", datetime.now(UTC).isoformat(), "", count)
            put_dataset(generations, dataset, made_up(INDICATORS[name], count))


def run_way(way: str, which: str, out: Path) -> None:
    """Write the rows of one indicator in one way; for a process of its own."""
    store = ensure_store()
    what = Filtered((INDICATORS[which],), EDITION_2025, Level.COMMUNE)
    writers: dict[str, Callable[[], Any]] = {
        "atlas csv": lambda: export(store, what, out, "csv"),
        "atlas xlsx": lambda: export(store, what, out, "xlsx"),
        "pandas csv": lambda: at_once(store, what).to_csv(out, index=False),
        "pandas xlsx": lambda: at_once(store, what).to_excel(out, index=False, engine="xlsxwriter"),
    }
    writers[way]()
    # Of this process since it was started: what the kernel counts for a child has its parent's in.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print(peak[1] if peak else 0)


def at_once(store: Store, what: Filtered) -> pd.DataFrame:
    """Read all rows into one frame."""
    rows = store.read(lambda table: table.filter(*what.conditions(table)))
    return export_rows(store, rows)


def measure(home: Path, way: str, which: str) -> dict[str, float]:
    """Return seconds, megabytes of memory at most, and megabytes of the file."""
    with tempfile.TemporaryDirectory(dir=home) as folder:
        out = Path(folder) / f"out.{way.split()[1]}"
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.exports"]
        command += ["--way", way, "--which", which, "--out", str(out)]
        start = time.perf_counter()
        told = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | {HOME_VARIABLE: str(home)},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        seconds = time.perf_counter() - start
        return {
            "seconds": round(seconds, 1),
            "peak_mb": round(int(told.stdout) / 1024),
            "file_mb": round(out.stat().st_size / 1e6, 1),
        }


def compare(rows: int, sheet_rows: int) -> dict[str, Any]:
    """Measure all ways."""
    with tempfile.TemporaryDirectory(prefix="atlas-bench-exports-") as folder:
        home = Path(folder)
        fill(home, rows, sheet_rows)
        found: dict[str, Any] = {"rows": rows, "sheet_rows": sheet_rows}
        for way in WAYS:
            sizes = (ALL, FEW) if way.startswith("atlas") else (ALL if "csv" in way else FEW,)
            found[way] = {which: measure(home, way, which) for which in sizes}
            print(way, json.dumps(found[way]), flush=True)
        return found


def table(found: dict[str, Any]) -> str:
    """Write the measurements with their ratios."""
    lines = ["| | atlas | plain pandas | pandas ÷ atlas |", "|---|---|---|---|"]
    names = {"seconds": "s", "peak_mb": "MB of memory at most"}
    for kind, which, rows in (("csv", ALL, found["rows"]), ("xlsx", FEW, found["sheet_rows"])):
        own, plain = found[f"atlas {kind}"][which], found[f"pandas {kind}"][which]
        for key, unit in names.items():
            ratio = plain[key] / own[key]
            lines.append(
                f"| {rows:,} rows, {kind.upper()}: {unit} | {own[key]:,} | {plain[key]:,} "
                f"| {ratio:.1f}× |"
            )
    for kind in ("csv", "xlsx"):
        few, most = found[f"atlas {kind}"][FEW], found[f"atlas {kind}"][ALL]
        lines.append(
            f"| {kind.upper()}, {found['sheet_rows']:,} → {found['rows']:,} rows: MB of memory | "
            f"{few['peak_mb']:,} → {most['peak_mb']:,} | | |"
        )
        lines.append(f"| {kind.upper()}, {found['rows']:,} rows: s | {most['seconds']} | | |")
    return "\n".join(lines)


def embed_sizes() -> str:
    """Write how large a map in one file is, at each size of map."""
    from benchmarks.embeds import sizes  # noqa: PLC0415

    return "\n".join(
        f"| map in one file, {name}: KB | {kb:,} | | |" for name, kb in sizes().items()
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sheet-rows", type=int, default=100_000)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--which", choices=(ALL, FEW), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.way:
        run_way(args.way, args.which, args.out)
        return
    print(table(compare(args.rows, args.sheet_rows)))
    print(embed_sizes())


if __name__ == "__main__":
    main()
