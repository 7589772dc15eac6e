"""Match the names of a table: `python -m geo match`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

from base.reading import (
    Table,
    TableError,
    Unreadable,
    check_named,
    neutralise,
    read_any_table,
    write_table,
)
from base.words import Lang, add_lang, number, t
from geo.editions import Level, edition, editions
from geo.names.bulk import RESULT_COLUMNS, resolve_many
from geo.names.methods import MATCHED, Method

LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
MAX_SHOWN = 10
MAX_NOTE = 160


def add_parser(commands: Any) -> None:
    """Add the command to the parser of `python -m geo`."""
    parser = commands.add_parser(
        "match",
        help="match the place names of a table to area codes",
        description="Write the rows of FILE again with area_code, match_method and match_note.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV file or workbook")
    parser.add_argument("--sheet", help="sheet of a workbook, where several have the column")
    parser.add_argument("--name", required=True, metavar="COLUMN", help="column of names or codes")
    parser.add_argument("--parent", metavar="COLUMN", help="column of what they lie in")
    parser.add_argument("--edition", required=True, choices=[e.id for e in editions()])
    parser.add_argument("--level", required=True, choices=[str(level) for level in LEVELS])
    parser.add_argument("--out", required=True, type=Path, metavar="OUT", help="CSV file to write")
    add_lang(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Match a file.

    Returns
    -------
    int
        0, or 2 where the file or an option cannot be used.
    """
    lang: Lang = options.lang
    try:
        table, names, found = _match(options)
    except Unreadable as error:
        print(error.say(lang), file=sys.stderr)
        return 2
    _summarise(table, names, found, lang)
    return 0


def _match(options: argparse.Namespace) -> tuple[Table, list[str], pd.DataFrame]:
    check_named(options.out, ".csv")
    level = Level(options.level)
    levels = edition(options.edition).levels
    if level not in levels:
        have = ", ".join(str(one) for one in levels if one in LEVELS)
        raise TableError("level", edition=options.edition, level=level, levels=have)
    named = [column for column in (options.name, options.parent) if column]
    table = read_any_table(options.file, named, sheet=options.sheet)
    names = table.column(options.name)
    parents = table.column(options.parent) if options.parent else None
    for column in RESULT_COLUMNS:
        if column in table.names():
            raise TableError("column_taken", column=column)
    found = resolve_many(names, parents, edition=options.edition, level=level, lang=options.lang)
    write_table(options.out, _with_results(table, found))
    return table, names, found


def _with_results(table: Table, found: pd.DataFrame) -> Table:
    added = zip(*(found[column].tolist() for column in RESULT_COLUMNS), strict=True)
    rows = [
        [*map(neutralise, row), code or "", method, note]
        if table.foreign
        else [*row, code or "", method, note]
        for row, (code, method, note) in zip(table.rows, added, strict=True)
    ]
    header = [neutralise(name) if table.foreign else name for name in table.header]
    return Table([*header, *RESULT_COLUMNS], rows, table.delimiter, table.bom, table.line_end)


def _summarise(table: Table, names: list[str], found: pd.DataFrame, lang: Lang) -> None:
    methods = Counter(found["match_method"])
    matched = sum(count for method, count in methods.items() if Method(method) in MATCHED)
    lines = [t(f"csv.note.{key}", lang, **told) for key, told in table.notes]
    lines += [
        t("names.match.summary", lang, matched=number(matched, lang), rows=number(len(names), lang))
    ]
    lines += [f"  {method}: {number(count, lang)}" for method, count in methods.most_common()]
    left = [i for i, method in enumerate(found["match_method"]) if Method(method) not in MATCHED]
    if left:
        lines.append(t("names.match.left", lang, left=number(len(left), lang)))
    notes = found["match_note"].tolist()
    for i in left[:MAX_SHOWN]:
        note = notes[i] if len(notes[i]) <= MAX_NOTE else notes[i][: MAX_NOTE - 1] + "…"
        # Row 1 is the header, as spreadsheets count.
        row = table.in_file(i + 2)
        lines.append(t("names.match.row", lang, row=row, name=names[i], note=note))
    if len(left) > MAX_SHOWN:
        lines.append(t("names.match.more", lang, left=number(len(left) - MAX_SHOWN, lang)))
    print("\n".join(lines), file=sys.stderr)
