"""Weigh claims of coverage from the command line: `python -m geo evidence`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import numpy as np

from base.reading import AUTO, ENCODINGS
from base.words import Lang, Refusal, add_lang, number, t
from geo.coverage.evidence.records import VERDICTS, Claims, Facts, Thresholds
from geo.coverage.ground import CoverageError, Options
from geo.coverage.input import Limits, Problems, Raw, read_file, read_settlements
from geo.coverage.output import left_out, marked_name, one_kind, with_mark, write_table
from geo.editions import EDITION_2025, editions

DONE, INCOMPLETE, REFUSED = 0, 1, 2
_DEFAULTS: Final = Thresholds()
# Option, field, least and greatest value, unit.
_CHOSEN: Final = (
    ("--within", "within_m", (1, 50_000), "metres"),
    ("--days", "days", (0, 36_500), "days after the claim"),
    ("--count", "count", (1, 10_000), "measurements at least"),
    ("--weak-dbm", "weak_dbm", (-160, 0), "dBm"),
    ("--mbps", "mbps", (0, 10_000), "Mbps"),
    ("--confirm", "confirm", (50.1, 100), "percent that must speak for a claim"),
    ("--contradict", "contradict", (1, 100), "percent that must speak against it"),
    ("--accuracy", "accuracy_m", (0, 100_000), "metres, of positions that give none"),
    ("--resolution", "resolution", (4, 10), "of the cells of H3"),
)
_TABLES: Final = ("villages", "cells", "shares", "to-operators", "thresholds", "problems")


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
    for option, field, _, what in _CHOSEN:
        default = getattr(_DEFAULTS, field)
        parser.add_argument(
            *(option,),
            dest=field,
            type=type(default),
            default=default,
            help=f"{what} (default {default:g})",
        )
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    add_lang(parser)
    parser.set_defaults(run=run)


def thresholds_of(options: argparse.Namespace) -> Thresholds:
    """Read the thresholds.

    Raises
    ------
    CoverageError
        Where one makes no sense.
    """
    for option, field, (least, most), _ in _CHOSEN:
        value = getattr(options, field)
        if not least <= value <= most:
            raise CoverageError("option", option=option, value=value, allowed=f"{least:g}–{most:g}")
    return Thresholds(**{one.name: getattr(options, one.name) for one in fields(Thresholds)})


def _together(parts: list[Any], kind: type) -> Any:
    names = [one.name for one in fields(kind)]
    return kind(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def run(options: argparse.Namespace) -> int:
    """Weigh claims.

    Returns
    -------
    int
        0 where every row was used, 1 where rows were left out, 2 where nothing was written.
    """
    import pandas as pd  # noqa: PLC0415

    from geo.coverage.evidence.cells import weigh_cells  # noqa: PLC0415
    from geo.coverage.evidence.read import read_claims, read_facts  # noqa: PLC0415
    from geo.coverage.evidence.villages import (  # noqa: PLC0415
        shares,
        to_send_back,
        weigh_villages,
    )

    lang: Lang = options.lang
    problems = Problems()
    try:
        rules = thresholds_of(options)
        how = {"crs": options.crs, "encoding": options.encoding, "limits": Limits()}
        paths = [options.settlements, *options.claims, *options.measurements]
        raws: list[Raw] = [read_file(path, problems, **how) for path in paths]
        simulated = one_kind(raws)
        chosen = Options(edition=options.edition)
        settled = read_settlements(raws[0], problems, chosen)
        last = 1 + len(options.claims)
        claims = _together([read_claims(raw, problems) for raw in raws[1:last]], Claims)
        facts = _together([read_facts(raw, problems, chosen, rules) for raw in raws[last:]], Facts)
        villages = weigh_villages(settled, claims, facts, rules, problems)
        cells, claimed = weigh_cells(claims, facts, rules)
        said = t("coverage.evidence.thresholds", lang, **_told(rules, lang))
        told = pd.DataFrame({"thresholds": [said]})
        frames = (
            *(villages, cells, shares(villages), to_send_back(villages), told, problems.frame()),
        )
        options.out.mkdir(parents=True, exist_ok=True)
        for name, frame in zip(_TABLES, frames, strict=True):
            layer = marked_name(f"evidence-{name}", simulated)
            write_table(with_mark(frame, simulated), options.out / f"{layer}.csv", "csv")
    except Refusal as error:
        print(error.say(lang), file=sys.stderr)
        return REFUSED
    lines = [t("coverage.report.simulated", lang)] if simulated else []
    lines.append(said)
    counts = {v: number(int((villages["verdict"] == v).sum()), lang) for v in VERDICTS}
    n = number(len(villages), lang)
    lines.append(t("coverage.evidence.villages", lang, n=n, **counts))
    counts = {v: number(int((cells["verdict"] == v).sum()), lang) for v in VERDICTS[:2]}
    told_of = {"tested": number(len(cells), lang), "all": number(claimed, lang)}
    lines.append(t("coverage.evidence.cells", lang, **told_of, **counts))
    lines += left_out(frames[-1], lang)
    print("\n".join(lines), file=sys.stderr)
    return INCOMPLETE if (~frames[-1]["kept"]).any() else DONE


def _told(rules: Thresholds, lang: Lang) -> dict[str, str]:
    return {one.name: number(getattr(rules, one.name), lang) for one in fields(rules)}
