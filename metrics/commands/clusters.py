"""Find clusters from the command line: ``python -m metrics clusters``."""

from __future__ import annotations

import argparse
import csv
import sys
from datetime import date
from pathlib import Path
from typing import Any

from base.reading import replacing
from geo.boundaries import NoBoundariesError
from geo.classify import (
    ALPHAS,
    DEFAULT_PERMUTATIONS,
    DEFAULT_SEED,
    LARGEST_SEED,
    NoClusters,
)
from geo.editions import Level, UnknownArea, editions
from metrics.commands.options import check_indicators, opened
from metrics.relate import (
    CLUSTER_COLUMNS,
    MOST_PERMUTATIONS,
    NotComparable,
    cluster_rows,
    clusters_of,
)


def add_parser(commands: Any) -> None:
    """Add the command to the parser of `python -m metrics`."""
    command = commands.add_parser(
        "clusters", help="find clusters among the figures of an indicator, as CSV"
    )
    command.add_argument("--indicator", required=True, metavar="ID", help="id of the indicator")
    command.add_argument("--per", default="", metavar="ID", help="divide a count by this one")
    command.add_argument("--edition", required=True, choices=[e.id for e in editions()])
    command.add_argument("--level", required=True, choices=[str(level) for level in Level])
    command.add_argument("--parent", metavar="CODE", help="only areas in this one")
    command.add_argument("--at", type=date.fromisoformat, metavar="DATE", help="figures up to it")
    command.add_argument("--alpha", type=float, default=ALPHAS[0], help="significance (0.05)")
    command.add_argument("--permutations", type=int, default=DEFAULT_PERMUTATIONS)
    command.add_argument("--seed", type=int, default=DEFAULT_SEED)
    command.add_argument(
        "--uncorrected", action="store_true", help="do not correct for the many tests"
    )
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")
    command.set_defaults(run=_run, mode="real")


def _run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if not 0 < options.alpha < 1:
        parser.error(f"--alpha is {options.alpha}; it lies between 0 and 1")
    if not 1 <= options.permutations <= MOST_PERMUTATIONS:
        parser.error(f"--permutations is {options.permutations}; 1 to {MOST_PERMUTATIONS}")
    if not 0 <= options.seed <= LARGEST_SEED:
        parser.error(f"--seed is {options.seed}; 0 to {LARGEST_SEED}")
    store = opened(options.mode)
    asked = [options.indicator, *([options.per] if options.per else [])]
    check_indicators(parser, asked, store.catalog.indicators)
    try:
        measured, found = clusters_of(
            store,
            options.indicator,
            options.edition,
            Level(options.level),
            options.parent,
            options.at,
            options.per,
            options.alpha,
            options.permutations,
            options.seed,
            not options.uncorrected,
        )
    except (NoClusters, NotComparable, NoBoundariesError, UnknownArea, LookupError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    with replacing(options.out) as stream:
        writer = csv.DictWriter(stream, CLUSTER_COLUMNS, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(cluster_rows(store, measured, found))
    counts = ", ".join(f"{kind} {n}" for kind, n in found.counts().items())
    print(f"Moran's I {found.moran:.3f}, p {found.p:.4f}, n {found.n}: {counts}", file=sys.stderr)
    return 0
