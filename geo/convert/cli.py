"""Convert a table to the units of another edition: `python -m geo convert`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

import pandas as pd

from base.reading import Table, Unreadable, check_named, read_any_table, write_table
from base.words import Lang, add_lang, t
from geo.convert.convert import convert
from geo.convert.numbers import mark_said
from geo.convert.options import number_columns, rules_of
from geo.convert.records import ConvertError, Result
from geo.convert.report import located, output, placed, report
from geo.crosswalk import NoCrosswalkError
from geo.editions import Level, UnknownLevel, editions

LEVELS: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
DONE, INCOMPLETE, REFUSED = 0, 1, 2


def add_parser(commands: Any) -> None:
    """Add the command to the parser of `python -m geo`."""
    parser = commands.add_parser(
        "convert",
        help="convert a table to the units of another edition",
        description="Write FILE by the units of another edition, with method and coverage. Exit "
        "status: 0 complete, 1 rows left out or figures missing, 2 nothing written.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV file or workbook")
    parser.add_argument("--sheet", help="sheet of a workbook, where several have the columns")
    parser.add_argument("--code", metavar="COLUMN", help="column of codes")
    parser.add_argument("--name", metavar="COLUMN", help="column of names")
    parser.add_argument("--parent", metavar="COLUMN", help="column of what the named units lie in")
    known = [edition.id for edition in editions()]
    parser.add_argument("--from", dest="from_edition", required=True, choices=known)
    parser.add_argument("--to", dest="to_edition", required=True, choices=known)
    levels = [str(level) for level in LEVELS]
    parser.add_argument("--level", required=True, choices=levels, help="level of the rows")
    parser.add_argument("--to-level", choices=levels, help="level wanted; by default the same")
    for option, what in (
        ("--sum", "column to add up"),
        ("--ratio", "OUT=NUM/DEN[*100]: sum of NUM over sum of DEN"),
        ("--mean", "COLUMN[:WEIGHT]: mean by population, area or a column"),
        ("--status", "column of texts, kept where all parts agree"),
        ("--by", "column whose values are kept apart, such as a year"),
    ):
        parser.add_argument(option, nargs="+", action="extend", default=[], help=what)
    parser.add_argument(
        "--split-by",
        choices=("population", "area", "count"),
        default="population",
        help="what divided units are shared out by (default: population)",
    )
    parser.add_argument("--decimal", choices=("point", "comma"), help="by default as it shows")
    parser.add_argument("--out", required=True, type=Path, metavar="OUT", help="CSV file to write")
    add_lang(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Convert a file.

    Returns
    -------
    int
        0 where all of it came out, 1 where rows were left out or figures are missing, 2 where the
        file or an option cannot be used; then nothing was written.
    """
    lang: Lang = options.lang
    try:
        table, result = _convert(options)
    except ConvertError as error:
        print(f"{options.file}: {error.say(lang)}", file=sys.stderr)
        return REFUSED
    except Unreadable as error:
        print(error.say(lang), file=sys.stderr)
        return REFUSED
    except NoCrosswalkError as error:
        print(t("convert.cli.no_crosswalk", lang, error=error.say(lang)), file=sys.stderr)
        return REFUSED
    except UnknownLevel as error:
        print(t("convert.cli.level", lang, error=error.say(lang)), file=sys.stderr)
        return REFUSED
    notes = [t(f"csv.note.{key}", lang, **told) for key, told in table.notes]
    print("\n".join([*notes, *report(len(table.rows), result, lang)]), file=sys.stderr)
    return DONE if result.complete else INCOMPLETE


def _convert(options: argparse.Namespace) -> tuple[Table, Result]:
    check_named(options.out, ".csv")
    named = [options.code or options.name, options.parent, *options.sum, *options.status]
    table = read_any_table(
        options.file,
        [column for column in (*named, *options.by) if column],
        decimal=options.decimal,
        sheet=options.sheet,
    )
    try:
        result = _result(table, options)
    except ConvertError as error:
        raise located(error, table.in_file) from None
    result = placed(result, table.in_file)
    write_table(options.out, output(table, result))
    return table, result


def _result(table: Table, options: argparse.Namespace) -> Result:
    header = table.header
    rules = rules_of(header, options.sum, options.ratio, options.mean, options.status)
    if not rules:
        found = number_columns(header, table.column, options.decimal or "point")
        raise ConvertError("no_rules", columns=", ".join(found) or "–")
    needed = dict.fromkeys(column for rule in rules for column in rule.needs)
    decimal = options.decimal or mark_said({name: table.column(name) for name in needed})
    return convert(
        pd.DataFrame(table.rows, columns=header, dtype="str"),
        rules,
        from_edition=options.from_edition,
        to_edition=options.to_edition,
        level_from=Level(options.level),
        level_to=Level(options.to_level or options.level),
        code=options.code,
        name=options.name,
        parent=options.parent,
        by=options.by,
        split_by=options.split_by,
        decimal=decimal,
        lang=options.lang,
    )
