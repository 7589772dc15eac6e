"""Tables of users from the command line: ``python -m metrics import | datasets``."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import IO, Any

from base.reading import neutralised, replacing_file
from base.words import Refusal, add_lang, number, t, tn
from geo.editions import area, editions
from metrics import datasets
from metrics.commands.options import check_out, tell
from metrics.datasets import find, spellings
from metrics.importing import (
    MOST_OF_A_RULE,
    Block,
    ImportRefused,
    Mapping,
    Preview,
    Report,
    Time,
    columns_of,
    examine,
    mapping_from,
    nearest,
    preview,
    propose,
    read_fields,
    read_period,
    readings,
    remember,
    remembered,
    settled,
    write_columns,
)
from metrics.people import owner
from metrics.store import Store, StoreError, current_store, original

SHOWN = 40
# What --period says where the column of periods is right, whatever stands above the table.
COLUMN = "column"
LEVELS = ("province", "district", "commune")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to those of ``python -m metrics``."""
    command = commands.add_parser("import", help="read a table, report on it, and store it")
    command.add_argument(
        "file", type=Path, metavar="FILE", help="CSV, TSV, XLSX, XLS, ODS, Parquet"
    )
    command.add_argument("--table", type=int, default=1, help="which of the tables found (1)")
    command.add_argument(
        "--mapping", type=Path, metavar="YAML", help="what the columns are; else as proposed"
    )
    command.add_argument(
        "--write-mapping", type=Path, metavar="YAML", help="write the mapping, and store nothing"
    )
    command.add_argument("--edition", choices=[e.id for e in editions()], help="map of the rows")
    command.add_argument("--level", choices=LEVELS, help="level of the rows")
    command.add_argument("--within", metavar="CODE", help="province that all rows are in")
    command.add_argument("--place", metavar="COLUMN", help="column of the places")
    command.add_argument(
        "--period", metavar="TEXT", help='one for all figures: "2026-Q3"; or "column"'
    )
    command.add_argument("--decimal", choices=("comma", "point"), help="mark before the decimals")
    command.add_argument(
        "--first-days", choices=("day", "month"), help="what dates that are all first days are"
    )
    command.add_argument(
        "--serial-days",
        choices=("1900", "1904"),
        help="what numbers of days in the column of periods are counted from",
    )
    command.add_argument(
        "--scale",
        action="append",
        default=[],
        metavar="COLUMN=N",
        help="what the numbers of a column are multiplied by: 1, 100, 1000, … (repeatable)",
    )
    command.add_argument(
        "--role",
        action="append",
        default=[],
        metavar="COLUMN=ROLE",
        help="what the figures of a column are: result, target, forecast (repeatable)",
    )
    command.add_argument(
        "--period-of",
        action="append",
        default=[],
        metavar="COLUMN=TEXT",
        help='period of one column: "2026-08" (repeatable)',
    )
    command.add_argument(
        "--suffix",
        action="append",
        default=[],
        metavar="COLUMN=HOW",
        help='what "10k" is in a column: times (10000) or empty (repeatable)',
    )
    command.add_argument(
        "--slash",
        action="append",
        default=[],
        metavar="COLUMN=HOW",
        help='what "80/100" is in a column: percent, first or empty (repeatable)',
    )
    command.add_argument("--store", action="store_true", help="store it if there is no error")
    command.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="SPELLING=CODE",
        help="take this spelling for this area, now and in later tables of the team (repeatable)",
    )
    command.add_argument(
        "--accept-nearest",
        action="store_true",
        help="take every spelling for the area it is nearest to, where one alone is",
    )
    command.add_argument("--team", default="", help="whose dataset and spellings these are")
    command.add_argument("--leave-out", action="store_true", help="leave out rows without a place")
    command.add_argument("--title", default="", help="title of the dataset (name of the file)")
    command.add_argument("--producer", default="", help="who the figures are from")
    command.add_argument(
        "--published", default="", metavar="DATE", help="YYYY, YYYY-MM, YYYY-MM-DD"
    )
    command.add_argument("--licence", default="unknown", help="terms of use (unknown)")
    command.add_argument(
        "--supersedes", default="", metavar="ID", help="dataset it takes over from"
    )
    command.add_argument("--private", action="store_true", help="shown to the team alone")
    add_lang(command)
    command.set_defaults(run=_import)
    listed = commands.add_parser("datasets", help="list, compare, withdraw or restore datasets")
    add_arguments(listed)
    listed.add_argument("--withdraw", metavar="ID", help="take it out of force; nothing is deleted")
    listed.add_argument("--restore", metavar="ID", help="put it in force again")
    listed.add_argument("--publish", metavar="ID", help="show it to everybody")
    listed.add_argument("--unpublish", metavar="ID", help="show it to its team alone")
    listed.add_argument("--diff", nargs=2, metavar=("OLDER", "NEWER"), help="compare two versions")
    listed.add_argument("--reason", default="", help="why, for the audit")
    listed.add_argument("--audit", action="store_true", help="who changed what, and when")
    add_lang(listed, "en")
    listed.set_defaults(run=_datasets)


def _import(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    try:
        return _imported(options, parser)
    except Refusal as error:
        print(error.say(options.lang), file=sys.stderr)
        return 2


def _imported(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    data = options.file.read_bytes()
    seen = preview(options.file.name, data)
    if not 1 <= options.table <= len(seen.blocks):
        told = {"table": options.table, "file": options.file.name, "n": len(seen.blocks)}
        parser.error(t("commands.import.table", options.lang, **told))
    block = seen.blocks[options.table - 1]
    store = current_store()
    mapping = _mapping(options, block)
    if options.write_mapping:
        write_columns(columns_of(mapping, block), options.write_mapping)
        tell(t("commands.import.mapping", options.lang, path=options.write_mapping))
        return 0
    report = _examined(options, seen, block, mapping, store)
    _tell(seen, block, report, options)
    if not options.store or report.blocked:
        return 2 if report.blocked else 0
    datasets.keep_file(data, owner())
    seen = seen.without_rows()
    block = seen.blocks[options.table - 1]
    del data
    details = datasets.Details(
        title=options.title or options.file.stem,
        producer=options.producer,
        date_published=options.published,
        licence=options.licence,
        supersedes=options.supersedes,
        team=options.team,
        private=options.private,
    )
    try:
        stored = datasets.load(seen, report, details, owner())
    except StoreError:
        raise
    except ValueError as error:  # a record that its schema refuses: title, date, licence
        parser.error(str(error))
    remember(mapping, block, options.team)
    n = number(stored.rows, options.lang)
    tell(t("commands.import.stored", options.lang, id=stored.id, n=n))
    return 0


def _mapping(options: argparse.Namespace, block: Block) -> Mapping:
    catalog = current_store().catalog
    said = _said(options, block)
    told, file = said, options.file.name
    if options.mapping:
        raw = read_fields(options.mapping)
        if not isinstance(raw, dict):
            return mapping_from(propose(block, catalog), raw, block, options.mapping.name)
        told, file = {**raw, **said}, options.mapping.name
    start = None if told else remembered(block, catalog, options.team)
    return settled(block, catalog, told, file, start)


def _said(options: argparse.Namespace, block: Block) -> dict[str, Any]:
    """Return the fields of a mapping that the options say; what is said is settled."""
    said = {
        name: value
        for name in ("edition", "level", "within", "place", "decimal", "first_days", "serial_days")
        if (value := getattr(options, name))
    }
    sure = [name for name in said if name not in ("first_days", "serial_days")]
    if options.period == COLUMN:
        sure.append("period")
    elif options.period:
        said |= {"period": _time(options.period), "period_column": None, "part_column": None}
        sure.append("period")
    for name, given in (
        ("scales", options.scale),
        ("roles", options.role),
        ("periods", options.period_of),
        ("suffixes", options.suffix),
        ("slashes", options.slash),
    ):
        told = dict(pair.rsplit("=", 1) for pair in given if "=" in pair)
        if unknown := sorted(set(told) - set(block.columns)):
            columns = ", ".join(block.columns)
            raise ImportRefused(
                "columns", file=options.file.name, missing=", ".join(unknown), columns=columns
            )
        if told:
            said[name] = {c: _time(v) for c, v in told.items()} if name == "periods" else told
    return said | {"settled": sure} if said or sure else {}


def _time(text: str) -> dict[str, Any]:
    """Read a period that an option says.

    Raises
    ------
    ImportRefused
        If it is none.
    """
    period = read_period(text)
    if period is None:
        raise ImportRefused("period", value=text)
    return Time.of(period).model_dump(mode="json")


def _examined(
    options: argparse.Namespace, seen: Preview, block: Block, mapping: Mapping, store: Store
) -> Report:
    """Report on a table, with the spellings that were accepted before, or are now."""
    told = dict(pair.rsplit("=", 1) for pair in options.accept if "=" in pair)
    mapping = mapping.model_copy(update={"places": mapping.places | told})
    known = spellings(store, mapping.edition, mapping.level, options.team)
    settings = {"lang": options.lang, "leave_out": options.leave_out, "aliases": known}
    report = examine(seen, block, mapping, store, **settings)
    near = nearest(report) if options.accept_nearest else {}
    if not near:
        return report
    for spelling, code in near.items():
        told = {"spelling": spelling, "code": code, "name": area(mapping.edition, code).name_vi}
        print(t("commands.import.accepted", options.lang, **told))
    mapping = mapping.model_copy(update={"places": mapping.places | near})
    return examine(seen, block, mapping, store, **settings)


def _tell(seen: Preview, block: Block, report: Report, options: argparse.Namespace) -> None:
    book, lang = seen.book, options.lang
    read = ", ".join(filter(None, (book.format, book.encoding, book.font)))
    counts = {"tables": len(seen.blocks), "rows": len(block.rows)}
    said = {name: number(n, lang) for name, n in counts.items()}
    print(t("commands.import.read", lang, file=book.name, read=read, **said))
    level = t(f"names.level.{report.mapping.level}", lang)
    print(t("commands.import.edition", lang, edition=report.mapping.edition, level=level))
    for method, n in report.methods.most_common():
        print(f"  {n:>7}  {method}")
    counts = {"n": len(report.observations), "empty": report.empty}
    said = {name: number(n, lang) for name, n in counts.items()}
    print(t("commands.import.observations", lang, **said))
    print(
        tn("commands.import.absent", len(report.absent), lang, n=number(len(report.absent), lang))
    )
    _tell_readings(seen, block, report, options)
    for finding in report.findings[:SHOWN]:
        told = {
            "where": finding.where(lang),
            "what": f"{finding.say(lang)} {finding.option(lang)}".strip(),
        }
        print(t(f"commands.import.{finding.severity}", lang, **told))
    rest = sum(report.counts.values()) - min(SHOWN, len(report.findings))
    if rest > 0:
        print(t("commands.import.more", lang, n=number(rest, lang), most=MOST_OF_A_RULE))
    if not report.blocked and not options.store:
        tell(t("commands.import.dry", lang))
    elif report.errors:
        tell(t("commands.import.blocked", lang, n=number(report.errors, lang)))


def _tell_readings(
    seen: Preview, block: Block, report: Report, options: argparse.Namespace
) -> None:
    """Say every reading that was used, and the tables that were found beside this one."""
    for line in readings(seen, block, report, current_store().catalog, options.lang):
        print(line)


def _datasets(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if options.what:
        return fetch(options, parser)
    for action in ("withdraw", "restore", "publish", "unpublish"):
        if id_ := getattr(options, action):
            getattr(datasets, action)(id_, owner(), options.reason)
    store = current_store()
    if options.diff:
        print(neutralised(datasets.diff(store, *options.diff)).to_csv(index=False), end="")
        return 0
    if options.audit:
        print(neutralised(store.audit()).to_csv(index=False), end="")
        return 0
    in_force, lang = set(store.in_force()), options.lang
    for row in store.datasets().to_dict("records"):
        key = "in_force" if row["id"] in in_force else "not_in_force"
        state = t(f"commands.datasets.{key}", lang)
        seen = t("commands.datasets.published", lang)
        if row["private"]:
            seen = t("commands.datasets.private", lang, team=row["team"])
        told = {name: row[name] for name in ("id", "time", "title")}
        told |= {"state": state, "seen": seen}
        print(t("commands.datasets.line", lang, rows=number(row["rows"], lang), **told))
    return 0


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what fetching an original takes to the command ``datasets``."""
    command.add_argument("what", nargs="?", choices=("original",), help="fetch an original file")
    command.add_argument(
        "version", nargs="?", metavar="ID/VERSION", help="of which version, as so-hoa/2"
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="where to (standard output)")


def fetch(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Write the file that a version of a dataset was read from, checked by its sha256."""
    if not options.version:
        parser.error(t("commands.original.which", options.lang))
    if options.out is None and sys.stdout.isatty():
        parser.error(t("commands.original.where", options.lang))
    dataset = find(current_store(), version_named(current_store(), options.version))
    if (ending := Path(dataset.file).suffix.casefold()) not in ("", ".txt", ".tsv"):
        check_out(parser, options.out, options.lang, ending)
    with original(dataset.sha256).open("rb") as stream:
        if options.out is None:
            _copy(stream, sys.stdout.buffer)
            return 0
        with replacing_file(options.out) as temporary, temporary.open("wb") as into:
            _copy(stream, into)
    tell(f"{options.out}: {dataset.file}, sha256 {dataset.sha256}")
    return 0


def version_named(store: Store, text: str) -> str:
    """Return the id of a version written as ID/VERSION or as the id itself.

    Raises
    ------
    StoreError
        If there is no such dataset; the message lists those that there are.
    """
    ids = set(store.datasets()["id"])
    stem, _, version = text.rpartition("/")
    named = f"{stem}-v{version.removeprefix('v')}" if stem else text
    if named in ids:
        return named
    raise StoreError("no_dataset", id=text, known=", ".join(sorted(ids)))


def _copy(stream: IO[bytes], into: IO[bytes]) -> None:
    shutil.copyfileobj(stream, into, 1 << 20)
    into.flush()
