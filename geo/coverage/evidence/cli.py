"""Weigh claims of coverage from the command line: `python -m geo evidence`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from base.reading import AUTO, ENCODINGS
from base.words import Lang, Refusal, add_lang
from geo.coverage.evidence.records import CHOSEN, Thresholds
from geo.coverage.evidence.whole import Files, lines, tables, weigh
from geo.coverage.ground import CoverageError, Options
from geo.coverage.output import left_out, marked_name, write_table
from geo.editions import EDITION_2025, editions

DONE, INCOMPLETE, REFUSED = 0, 1, 2
_DEFAULTS: Final = Thresholds()


def add_parser(commands: Any) -> None:
    """Add the command to the parser of `python -m geo`."""
    parser = commands.add_parser(
        "evidence",
        help="weigh claims of coverage against measurements",
        description="Write for each village and cell whether measurements confirm or contradict "
        "what is claimed, and what to send back to operators. Exit status: 0 every row was used, 1 "
        "rows were left out, 2 nothing was written. Columns: docs/coverage.md.",
    )
    parser.add_argument("--settlements", required=True, type=Path, metavar="FILE")
    parser.add_argument("--claims", required=True, type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--measurements", required=True, type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--edition", choices=[e.id for e in editions()], default=EDITION_2025)
    parser.add_argument("--crs", default="", help="of layers that do not say it, and of metres")
    parser.add_argument("--encoding", default=AUTO, help=f"of CSV files: {', '.join(ENCODINGS)}")
    for field, (_, what) in CHOSEN.items():
        default = getattr(_DEFAULTS, field)
        parser.add_argument(
            *(_option(field),),
            dest=field,
            type=type(default),
            default=default,
            help=f"{what} (default {default:g})",
        )
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    add_lang(parser)
    parser.set_defaults(run=run)


def _option(field: str) -> str:
    return "--" + field.removesuffix("_m").replace("_", "-")


def thresholds_of(options: argparse.Namespace) -> Thresholds:
    """Read the thresholds.

    Raises
    ------
    CoverageError
        Where one makes no sense.
    """
    for field, ((least, most), _) in CHOSEN.items():
        value, option = getattr(options, field), _option(field)
        if not least <= value <= most:
            raise CoverageError("option", option=option, value=value, allowed=f"{least:g}–{most:g}")
    return Thresholds(**{one.name: getattr(options, one.name) for one in fields(Thresholds)})


def run(options: argparse.Namespace) -> int:
    """Weigh claims.

    Returns
    -------
    int
        0 where every row was used, 1 where rows were left out, 2 where nothing was written.
    """
    lang: Lang = options.lang
    try:
        rules = thresholds_of(options)
        files = Files(
            options.settlements,
            tuple(options.claims),
            tuple(options.measurements),
            crs=options.crs,
            encoding=options.encoding,
        )
        found = weigh(files, rules, Options(edition=options.edition))
        options.out.mkdir(parents=True, exist_ok=True)
        for name, frame in tables(found).items():
            layer = marked_name(f"evidence-{name}", found.simulated)
            write_table(frame, options.out / f"{layer}.csv", "csv")
    except Refusal as error:
        print(error.say(lang), file=sys.stderr)
        return REFUSED
    print("\n".join([*lines(found, lang), *left_out(found.problems, lang)]), file=sys.stderr)
    return INCOMPLETE if (~found.problems["kept"]).any() else DONE
