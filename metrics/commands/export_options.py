"""What can be asked of an export, and how its words fit together."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from base.words import add_lang, spoken, t
from geo.editions import Level, editions
from geo.figure import FORMATS as PICTURES
from geo.figure import PRESETS
from metrics.commands.options import (
    MADE,
    add_as_of,
    add_made,
    add_mode,
    add_private,
    check_out,
    day,
    made_of,
)
from metrics.exporting import FORMATS, AsShown, Filtered, Selection
from metrics.panel import NONE, read_filters

KIT: Final = "kit"
OTHER_ENDINGS: Final = {"geojson": (".json",), "jsonstat": (".json",), "parquet": (".geoparquet",)}
EACH: Final = ("province", "indicator", "period")
HELP: Final = "write figures to files: CSV, XLSX, GeoJSON, GeoPackage, GeoParquet, press kits"


def add_export(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
) -> argparse.ArgumentParser:
    """Add a command with the options of an export."""
    command = commands.add_parser("export", help=HELP, description=HELP)
    add_mode(command)
    add_private(command)
    add_as_of(command)
    command.add_argument("--all", action="store_true", help="all observations")
    add_areas(command)
    command.add_argument(
        "--since", type=day, metavar="DAY", help="only as-of dates from this day on"
    )
    command.add_argument("--until", type=day, metavar="DAY", help="only as-of dates up to this day")
    shown = command.add_argument_group("the rows of a view, one for each area")
    shown.add_argument(
        "--as-shown", action="store_true", help="what the map shows, not all there is"
    )
    add_view(shown)
    kit = command.add_argument_group("what a press kit (--format kit) holds besides its data")
    add_kit(kit)
    command.add_argument(
        "--format",
        choices=[*FORMATS, KIT],
        default="csv",
        help="file format (csv); kit: a ZIP of data, citation, sources and licence of a view",
    )
    add_output(command)
    command.add_argument(
        "--bom",
        action="store_true",
        help="CSV and XLSX for people: headings, words and decimal mark of --lang",
    )
    return command


def add_areas(command: argparse.ArgumentParser) -> None:
    """Let a command choose indicators and areas."""
    command.add_argument(
        "--indicator", action="append", metavar="ID", help="only this indicator (repeatable)"
    )
    command.add_argument(
        "--edition",
        choices=[edition.id for edition in editions()],
        help="only figures on this edition of the map (those of the country are on none)",
    )
    command.add_argument(
        "--level", choices=[str(level) for level in Level], help="only figures of this level"
    )
    command.add_argument(
        "--place", metavar="CODE", help="only this area of --edition, and all in it"
    )


def add_view(group: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    """Let a command choose what a view shows besides indicator and areas."""
    group.add_argument("--at", type=day, metavar="DAY", help="newest figures up to this date")
    group.add_argument("--basis", metavar="EDITION", help="carried from the areas of this edition")
    add_made(group)


def add_kit(group: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    """Let a command choose what a press kit holds besides data."""
    group.add_argument(
        "--preset", action="append", choices=tuple(PRESETS), help="figures of a size"
    )
    group.add_argument("--picture", action="append", choices=PICTURES, help="their formats (png)")
    group.add_argument("--embed", action="store_true", help="the map as one HTML file")


def add_output(command: argparse.ArgumentParser) -> None:
    """Let a command choose the language and where files go."""
    add_lang(command, None)
    command.add_argument("--each", choices=EACH, help="one file for each; --out is then a folder")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")


def selection(options: argparse.Namespace) -> Selection:
    """Return what the words of the command line ask for."""
    level = Level(options.level) if options.level else None
    indicators = tuple(dict.fromkeys(options.indicator)) if options.indicator else None
    if options.as_shown:
        return AsShown(
            indicators[0] if indicators else "",
            options.edition,
            level or Level.PROVINCE,
            options.place,
            options.at,
            options.basis or "",
            filters=read_filters(options.filters, options.edition) if options.filters else NONE,
            as_of=options.as_of,
        )
    return Filtered(
        indicators,
        options.edition,
        level,
        options.place,
        options.since,
        options.until,
        options.as_of,
    )


def check(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """End the process with a hint where the words of the command line do not fit together."""

    def refuse(key: str, **values: str) -> None:
        parser.error(t(f"commands.export.{key}", spoken(options), **values))

    filters = (options.indicator, options.edition, options.level, options.since, options.until)
    if options.all and options.indicator:
        refuse("all_or_one")
    if not options.as_shown and made_of(options):
        refuse("made", options=f"--{', --'.join(MADE)}")
    if options.format != KIT and (options.preset or options.picture or options.embed):
        refuse("of_kits")
    if options.as_shown:
        wanted = len(options.indicator or ()) == 1 or options.each == "indicator"
        if not wanted or not options.edition:
            refuse("as_shown")
        if options.until or (options.since and not options.change):
            refuse("periods")
    elif options.format == KIT:
        refuse("kit")
    elif options.at or options.basis:
        refuse("view")
    elif not options.all and not any(filters):
        refuse("nothing")
    if not options.each:
        check_out(parser, options.out, spoken(options), *_endings(options.format))
    if options.place and not options.edition:
        refuse("place")
    if options.each == "province" and not options.edition:
        refuse("province")


def _endings(form: str) -> tuple[str, ...]:
    """Return how the names of files of a format may end, the usual ending first."""
    if form == KIT:
        return (".zip",)
    return (FORMATS[form].suffix, *OTHER_ENDINGS.get(form, ()))
