"""Measure how long a publication figure takes beside the usual way: `python -m benchmarks.figures`.

The usual way is a plain `GeoDataFrame.plot` and `savefig` of the same 63 provinces at the same size
and resolution, with the same classes; it has no names, legend, insets or sources.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from geo.boundaries import load
from geo.editions import EDITION_2024, Level
from geo.figure import PRESETS, render
from metrics.store import ensure_store
from metrics.store.store import HOME_VARIABLE
from ui.__main__ import main as ui_main
from ui.address import View
from ui.figure import Choices, figure_spec
from ui.scene import Scene, make_scene

DPI = 200
BUDGET_S = 1.5
BATCH = 34
INDICATOR = "census-urban-rate"
PRESET = "square"


def usual(scene: Scene) -> bytes:
    """Draw the map as most would."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    page = PRESETS[PRESET]
    figure = Figure(figsize=(page.width / 72, page.height / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    frame = load(EDITION_2024, Level.PROVINCE)
    colors = dict(zip(scene.panel.frame["code"], scene.classes.index, strict=True))
    fills = [scene.palette[colors[code]] for code in frame["code"]]
    frame.plot(ax=axes, color=fills, edgecolor="white", linewidth=0.4)
    axes.set_xlim(102, 110)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=DPI)
    return stream.getvalue()


def seconds(work: Callable[[], object], times: int) -> float:
    """Return the median time of some work, once warm."""
    work()
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return statistics.median(found)


def main() -> None:
    """Print seconds of one figure both ways, and of 34 figures from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--one", action="store_true", help="two numbers: seconds of each way")
    args = parser.parse_args()
    times = args.times
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        store = ensure_store()
        scene, _ = make_scene(store, View("vi", EDITION_2024, indicator=INDICATOR))

        def ours() -> bytes:
            return render(figure_spec(scene, Choices(preset=PRESET)), "png", DPI)

        own, plain = seconds(ours, times), seconds(lambda: usual(scene), times)
        if args.one:
            print(own, plain)
            return
        print(
            f"figure of 63 provinces, PNG at {DPI} dpi, with everything on it: {own:.2f} s "
            f"(budget {BUDGET_S} s); plain geopandas plot and savefig: {plain:.2f} s; "
            f"ratio {own / plain:.2f}"
        )
        counts = store.availability()
        here = (counts["edition"] == EDITION_2024) & (counts["level"] == str(Level.PROVINCE))
        wanted = [f"--indicator={name}" for name in sorted(set(counts.loc[here, "indicator"]))]
        for jobs in ("1", "2"):
            out = f"--out={Path(home) / jobs}"
            started = time.perf_counter()
            ui_main(["figure", f"--edition={EDITION_2024}", f"--jobs={jobs}", out, *wanted[:BATCH]])
            print(f"{BATCH} figures, {jobs} processes: {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
