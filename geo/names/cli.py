"""Match the names of a CSV file: `python -m geo match`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

from base.reading import Table, TableError, read_table, write_table
from base.words import Lang
from geo.editions import Level, edition, editions
from geo.names.bulk import RESULT_COLUMNS, resolve_many
from geo.names.notes import MATCHED, Method

LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
MAX_SHOWN = 10
MAX_NOTE = 160

_MESSAGES = {
    "column_missing": (
        "Không có cột {column!r}; tệp có các cột: {columns}.",
        "There is no column {column!r}; the file has: {columns}.",
    ),
    "column_twice": (
        "Có hai cột cùng tên {column!r}; hãy đổi tên một cột. Các cột: {columns}.",
        "Two columns are called {column!r}; rename one. Columns: {columns}.",
    ),
    "column_taken": (
        "Tệp đã có cột {column}; hãy đổi tên hoặc bỏ cột đó rồi chạy lại.",
        "The file already has the column {column}; rename or drop it and run again.",
    ),
    "too_big": (
        "{path} nặng {size} MB; giới hạn là {limit} MB. Hãy chia nhỏ tệp.",
        "{path} has {size} MB; the limit is {limit} MB. Split the file.",
    ),
    "unreadable": ("Không đọc được {path}: {error}.", "Cannot read {path}: {error}."),
    "unwritable": ("Không ghi được {path}: {error}.", "Cannot write {path}: {error}."),
    "workbook": (
        "{path} là sổ tính Excel; hãy lưu thành CSV UTF-8 (Save As).",
        "{path} is an Excel workbook; save it as CSV UTF-8.",
    ),
    "encoding": (
        "{path} không phải văn bản UTF-8 (byte thứ {byte}); hãy lưu lại thành CSV UTF-8.",
        "{path} is not UTF-8 text (at byte {byte}); save it as CSV UTF-8.",
    ),
    "csv": (
        "{path}, dòng {row}: không phải CSV ({error}).",
        "{path}, line {row}: not CSV ({error}).",
    ),
    "no_header": (
        "{path} không có dòng nào; dòng đầu phải là tên cột.",
        "{path} has no lines; the first must name the columns.",
    ),
    "long_row": (
        "{path}, hàng {row}: có {cells} ô, nhưng chỉ có {columns} cột. Ô có dấu phân cách phải để "
        "trong ngoặc kép.",
        "{path}, row {row}: {cells} cells for {columns} columns. Quote cells with a delimiter.",
    ),
    "level": (
        "Bản đồ {edition} không có cấp {level}; có: {levels}.",
        "Edition {edition} has no {level}; it has: {levels}.",
    ),
    "summary": ("{matched} trên {rows} hàng có mã.", "{matched} of {rows} rows have a code."),
    "left": ("{left} hàng không có mã:", "{left} rows have no code:"),
    "row": ("  hàng {row}: {name!r}: {note}", "  row {row}: {name!r}: {note}"),
    "more": ("  … và {left} hàng nữa.", "  … and {left} more rows."),
}


def add_parser(commands: Any) -> None:
    """Add the command to the parser of `python -m geo`."""
    parser = commands.add_parser(
        "match",
        help="match the place names of a CSV file to area codes",
        description="Write the rows of FILE again with area_code, match_method and match_note.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV file in UTF-8")
    parser.add_argument("--name", required=True, metavar="COLUMN", help="column of names or codes")
    parser.add_argument("--parent", metavar="COLUMN", help="column of what they lie in")
    parser.add_argument("--edition", required=True, choices=[e.id for e in editions()])
    parser.add_argument("--level", required=True, choices=[str(level) for level in LEVELS])
    parser.add_argument("--out", required=True, type=Path, metavar="OUT", help="CSV file to write")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the notes")
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
        names, found = _match(options)
    except TableError as error:
        print(_say(error.key, lang, **error.values), file=sys.stderr)
        return 2
    _summarise(names, found, lang)
    return 0


def _match(options: argparse.Namespace) -> tuple[list[str], pd.DataFrame]:
    level = Level(options.level)
    levels = edition(options.edition).levels
    if level not in levels:
        have = ", ".join(str(one) for one in levels if one in LEVELS)
        raise TableError("level", edition=options.edition, level=level, levels=have)
    table = read_table(options.file, options.name)
    names = table.column(options.name)
    parents = table.column(options.parent) if options.parent else None
    for column in RESULT_COLUMNS:
        if column in table.names():
            raise TableError("column_taken", column=column)
    found = resolve_many(names, parents, edition=options.edition, level=level, lang=options.lang)
    write_table(options.out, _with_results(table, found))
    return names, found


def _with_results(table: Table, found: pd.DataFrame) -> Table:
    added = zip(*(found[column].tolist() for column in RESULT_COLUMNS), strict=True)
    rows = [
        [*row, code or "", method, note]
        for row, (code, method, note) in zip(table.rows, added, strict=True)
    ]
    return Table([*table.header, *RESULT_COLUMNS], rows, table.delimiter, table.bom, table.line_end)


def _summarise(names: list[str], found: pd.DataFrame, lang: Lang) -> None:
    methods = Counter(found["match_method"])
    matched = sum(count for method, count in methods.items() if Method(method) in MATCHED)
    lines = [_say("summary", lang, matched=matched, rows=len(names))]
    lines += [f"  {method}: {count}" for method, count in methods.most_common()]
    left = [i for i, method in enumerate(found["match_method"]) if Method(method) not in MATCHED]
    if left:
        lines.append(_say("left", lang, left=len(left)))
    notes = found["match_note"].tolist()
    for i in left[:MAX_SHOWN]:
        note = notes[i] if len(notes[i]) <= MAX_NOTE else notes[i][: MAX_NOTE - 1] + "…"
        # Row 1 is the header, as spreadsheets count.
        lines.append(_say("row", lang, row=i + 2, name=names[i], note=note))
    if len(left) > MAX_SHOWN:
        lines.append(_say("more", lang, left=len(left) - MAX_SHOWN))
    print("\n".join(lines), file=sys.stderr)


def _say(key: str, lang: Lang, **values: object) -> str:
    return _MESSAGES[key][lang == "en"].format(**values)
