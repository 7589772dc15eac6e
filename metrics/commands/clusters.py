"""Find clusters from the command line: ``python -m metrics clusters``."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

from base.reading import replacing
from base.words import Refusal, add_lang, number, spoken, t
from geo.classify import (
    ALPHAS,
    DEFAULT_PERMUTATIONS,
    DEFAULT_SEED,
    LARGEST_SEED,
)
from geo.editions import Level, editions
from metrics.commands.options import (
    add_as_of,
    check_indicators,
    check_out,
    day,
    opened,
    tell,
    why,
)
from metrics.relate import (
    CLUSTER_COLUMNS,
    MOST_PERMUTATIONS,
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
    command.add_argument("--at", type=day, metavar="DATE", help="figures up to it")
    add_as_of(command)
    command.add_argument("--alpha", type=float, default=ALPHAS[0], help="significance (0.05)")
    command.add_argument("--permutations", type=int, default=DEFAULT_PERMUTATIONS)
    command.add_argument("--seed", type=int, default=DEFAULT_SEED)
    command.add_argument(
        "--uncorrected", action="store_true", help="do not correct for the many tests"
    )
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")
    add_lang(command, "en")
    command.set_defaults(run=_run, mode="real")


def _run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    lang = spoken(options)
    if not 0 < options.alpha < 1:
        parser.error(t("commands.clusters.alpha", lang, given=options.alpha))
    if not 1 <= options.permutations <= MOST_PERMUTATIONS:
        told = {"given": options.permutations, "most": MOST_PERMUTATIONS}
        parser.error(t("commands.clusters.permutations", lang, **told))
    if not 0 <= options.seed <= LARGEST_SEED:
        parser.error(t("commands.clusters.seed", lang, given=options.seed, most=LARGEST_SEED))
    check_out(parser, options.out, lang, ".csv")
    store = opened(options.mode, lang, as_of=options.as_of)
    asked = [options.indicator, *([options.per] if options.per else [])]
    check_indicators(parser, asked, store.catalog.indicators, lang)
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
    except (Refusal, LookupError) as error:
        tell(t("commands.error", lang, why=why(error, lang)))
        return 1
    with replacing(options.out) as stream:
        writer = csv.DictWriter(stream, CLUSTER_COLUMNS, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(cluster_rows(store, measured, found))
    counts = ", ".join(f"{kind} {n}" for kind, n in found.counts().items())
    told = {
        "moran": number(found.moran, lang, 3, fixed=True),
        "p": number(found.p, lang, 4, fixed=True),
        "n": number(found.n, lang),
    }
    tell(t("commands.clusters.found", lang, counts=counts, **told))
    return 0
