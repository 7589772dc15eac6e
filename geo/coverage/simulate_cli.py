"""Write a simulated country to try the search with: `python -m geo simulate`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from base.reading import replacing_file
from base.words import add_lang, system_reason, t
from geo.coverage.ground import CoverageError
from geo.coverage.output import marked_name, write_table
from geo.coverage.simulate import DEFAULT_SEED, PER_COMMUNE, simulate
from geo.coverage.simulate_evidence import simulate_evidence
from geo.coverage.simulate_ground import write_ground

DONE, REFUSED = 0, 2


def add_parser(commands: Any) -> None:
    """Add the command to the parser of `python -m geo`."""
    parser = commands.add_parser(
        "simulate",
        help="write a simulated country (settlements, sites, lists of gaps), marked as such",
        description="SIMULATED DATA: nothing in the files is an estimate of anything.",
    )
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--per-commune", type=int, default=PER_COMMUNE, choices=range(2, 61))
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    add_lang(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the files of a simulated country.

    Returns
    -------
    int
        0 where all were written, 2 where one could not be.
    """
    made = simulate(abs(options.seed), options.per_commune)
    tables = {"settlements": made.settlements, "sites": made.sites}
    tables |= {f"gaps-{at.isoformat()}": frame for at, frame in made.lists.items()}
    evidence = simulate_evidence(abs(options.seed), options.per_commune)
    tables |= {"claims": evidence.claims, "measurements": evidence.measurements}
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        for name, frame in tables.items():
            path = options.out / marked_name(f"{name}.csv", True)
            write_table(frame, path, "csv")
            print(t("coverage.report.written", options.lang, file=path), file=sys.stderr)
        path = options.out / marked_name("ground.tif", True)
        with replacing_file(path) as part:
            write_ground(part, abs(options.seed))
        print(t("coverage.report.written", options.lang, file=path), file=sys.stderr)
    except OSError as error:
        values = {"file": options.out, "error": system_reason(error)}
        print(CoverageError("unwritable", **values).say(options.lang), file=sys.stderr)
        return REFUSED
    except CoverageError as error:
        print(error.say(options.lang), file=sys.stderr)
        return REFUSED
    return DONE
