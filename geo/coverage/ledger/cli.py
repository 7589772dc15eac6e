"""Keep the ledger of coverage gaps from the command line: `python -m geo ledger`."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

from base.reading import AUTO, ENCODINGS
from base.words import Lang, Refusal, add_lang, number, t
from geo.coverage.ground import MAX_RANGE_M, CoverageError
from geo.coverage.input import Problems
from geo.coverage.ledger.doubts import tell_doubts
from geo.coverage.ledger.records import DEFINITIONS, DUE, SAME_PLACE_M, Rules
from geo.coverage.output import left_out, marked_name, with_mark, write_table
from geo.editions import EDITION_2025, editions

DONE, INCOMPLETE, REFUSED = 0, 1, 2
_TABLES: Final = ("gaps", "events", "balance", "commitment", "times", "problems")


def add_parser(commands: Any) -> None:
    """Add the command to the parser of `python -m geo`."""
    parser = commands.add_parser(
        "ledger",
        help="follow coverage gaps through lists of several dates",
        description="Write which gaps closed, stayed, are new or came back, the balance by quarter "
        "and whether the commitment was kept. Exit status: 0 done, 1 rows left out, 2 nothing "
        "written.",
    )
    parser.add_argument("lists", nargs="+", metavar="DATE=FILE", help="2024-03-31=gaps.csv")
    parser.add_argument("--definition", choices=DEFINITIONS, default=DEFINITIONS[0])
    parser.add_argument(
        "--whole-country", action="store_true", help="the lists name all gaps of the country"
    )
    parser.add_argument(
        "--province",
        nargs="+",
        default=[],
        metavar="CODE",
        help="the lists name all gaps of these provinces (default: of those that each names)",
    )
    parser.add_argument("--edition", choices=[e.id for e in editions()], default=EDITION_2025)
    parser.add_argument("--crs", default="", help="of layers that do not say it, and of metres")
    parser.add_argument("--encoding", default=AUTO, help=f"of CSV files: {', '.join(ENCODINGS)}")
    parser.add_argument("--same-place", type=float, default=SAME_PLACE_M, metavar="METRES")
    parser.add_argument("--due", default=DUE.isoformat(), metavar="DATE")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    add_lang(parser)
    parser.set_defaults(run=run)


def dated(text: str) -> tuple[date, Path]:
    """Read ``2024-03-31=gaps.csv``.

    Raises
    ------
    CoverageError
        Where it is written otherwise.
    """
    day, _, path = text.partition("=")
    try:
        return date.fromisoformat(day), Path(path)
    except ValueError as error:
        raise CoverageError(
            "option", option="DATE=FILE", value=text, allowed="2024-03-31=gaps.csv"
        ) from error


def near(metres: float) -> float:
    """Read how near two points are one place.

    Raises
    ------
    CoverageError
        Where it is no distance.
    """
    if not 0 <= metres <= MAX_RANGE_M:
        allowed = f"0–{MAX_RANGE_M:.0f}"
        raise CoverageError("option", option="--same-place", value=f"{metres:g}", allowed=allowed)
    return metres


def run(options: argparse.Namespace) -> int:
    """Keep a ledger.

    Returns
    -------
    int
        0 where every row was used, 1 where rows were left out, 2 where nothing was written.
    """
    from geo.coverage.ledger import keep as books  # noqa: PLC0415

    lang: Lang = options.lang
    problems = Problems()
    try:
        rules = Rules(options.edition, near(options.same_place))
        snapshots = [
            books.read_snapshot(
                path,
                at,
                definition=options.definition,
                whole_country=options.whole_country,
                provinces=options.province,
                rules=rules,
                problems=problems,
                crs=options.crs,
                encoding=options.encoding,
            )
            for at, path in map(dated, options.lists)
        ]
        kept = books.keep_ledger(snapshots, rules)
        tell_doubts(kept, problems)
        due, _ = dated(f"{options.due}=")
        frames = (
            kept.tracks,
            kept.events,
            books.balance(kept),
            books.commitment(kept, due),
            kept.spells,
            problems.frame(),
        )
        options.out.mkdir(parents=True, exist_ok=True)
        for name, frame in zip(_TABLES, frames, strict=True):
            layer = marked_name(f"ledger-{name}", kept.simulated)
            write_table(with_mark(frame, kept.simulated), options.out / f"{layer}.csv", "csv")
    except Refusal as error:
        print(error.say(lang), file=sys.stderr)
        return REFUSED
    lines = [t("coverage.report.simulated", lang)] if kept.simulated else []
    lines += [
        t(
            "coverage.report.ledger_line",
            lang,
            date=row["date"],
            open=number(row["open"], lang),
            new=number(row["new"], lang),
        )
        for row in frames[3].to_dict("records")
    ]
    lines += left_out(frames[-1], lang)
    print("\n".join(lines), file=sys.stderr)
    return INCOMPLETE if (~frames[-1]["kept"]).any() else DONE
