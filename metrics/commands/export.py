"""``python -m metrics export``: figures as files, one or one each of many."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tqdm import tqdm

from base.words import DEFAULT_LANG, LANGS
from geo.editions import Level, areas, editions
from geo.figure import DEFAULT_PRESET, PRESETS
from geo.figure import FORMATS as PICTURES
from metrics.commands.options import add_mode, add_private, check_indicators, day, opened
from metrics.exporting import (
    FORMATS,
    RESULT,
    AsShown,
    Filtered,
    Kit,
    Progress,
    Selection,
    export,
    name_of,
    permalink,
    title_of,
    write_kit,
)
from metrics.panel import NONE, read_filters
from metrics.store import Store
from ui.commands import MADE, add_made, address_of, as_made, made_of, params_of, scene_of

KIT: Final = "kit"
EACH: Final = ("province", "indicator", "period")
HELP: Final = "write figures to files: CSV, XLSX, GeoJSON, GeoPackage, GeoParquet, press kits"


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``python -m metrics``."""
    command = commands.add_parser("export", help=HELP, description=HELP)
    add_mode(command)
    add_private(command)
    _add_filters(command)
    shown = command.add_argument_group("the rows of a view, one for each area")
    shown.add_argument(
        "--as-shown", action="store_true", help="what the map shows, not all there is"
    )
    shown.add_argument("--at", type=day, metavar="DAY", help="newest figures up to this date")
    shown.add_argument("--basis", metavar="EDITION", help="carried from the areas of this edition")
    add_made(shown)
    kit = command.add_argument_group("what a press kit (--format kit) holds besides its data")
    kit.add_argument("--preset", action="append", choices=tuple(PRESETS), help="figures of a size")
    kit.add_argument("--picture", action="append", choices=PICTURES, help="their formats (png)")
    kit.add_argument("--embed", action="store_true", help="the map as one HTML file")
    command.add_argument(
        "--format",
        choices=[*FORMATS, KIT],
        default="csv",
        help="file format (csv); kit: a ZIP of data, citation, sources and licence of a view",
    )
    command.add_argument("--lang", choices=LANGS, default=DEFAULT_LANG, help="of names and notes")
    command.add_argument("--each", choices=EACH, help="one file for each; --out is then a folder")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")
    command.add_argument("--bom", action="store_true", help="CSV with a byte order mark, for Excel")
    command.set_defaults(run=run)


def _add_filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--all", action="store_true", help="all observations")
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
    command.add_argument(
        "--since", type=day, metavar="DAY", help="only as-of dates from this day on"
    )
    command.add_argument("--until", type=day, metavar="DAY", help="only as-of dates up to this day")


def run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Write what was asked for; 1 where any of it could not be written."""
    _check(options, parser)
    store = opened(options.mode, private=options.private)
    check_indicators(parser, options.indicator or (), store.catalog.indicators)
    try:
        what = selection(options)
        # Each indicator is still to be put in.
        if not (options.as_shown and options.each == "indicator"):
            what.check(store)
    except (LookupError, ValueError) as error:
        parser.error(str(error))
    if options.each:
        return _each(store, what, options)
    try:
        if isinstance(what, AsShown):
            what = as_made(store, what, made_of(options), options.lang)
        with tqdm(unit=" rows", disable=None, leave=False) as bar:
            path, rows = _one(store, what, options.out, options, _progress(bar))
    except (LookupError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{rows} observations written to {path}", file=sys.stderr)
    return 0


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
        )
    return Filtered(indicators, options.edition, level, options.place, options.since, options.until)


def _check(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    filters = (options.indicator, options.edition, options.level, options.since, options.until)
    if options.all and options.indicator:
        parser.error("--all and --indicator exclude each other: leave one out")
    if not options.as_shown and made_of(options):
        parser.error(f"--{', --'.join(MADE)} are of a view: use them with --as-shown")
    if options.format != KIT and (options.preset or options.picture or options.embed):
        parser.error("--preset, --picture and --embed are of press kits: use --format kit")
    if options.as_shown:
        wanted = len(options.indicator or ()) == 1 or options.each == "indicator"
        if not wanted or not options.edition:
            parser.error("--as-shown needs one --indicator (or --each indicator) and an --edition")
        if options.until or (options.since and not options.change):
            parser.error(
                "--since and --until are of all observations; with --as-shown use --at, and "
                "--since only with --change"
            )
    elif options.format == KIT:
        parser.error("--format kit is of a view: use it with --as-shown")
    elif options.at or options.basis:
        parser.error("--at and --basis say what a view shows: use them with --as-shown")
    elif not options.all and not any(filters):
        parser.error("say what to export: --all, or any of --indicator, --edition, --level")
    if options.place and not options.edition:
        parser.error("--place needs --edition, because a code can be another place there")
    if options.each == "province" and not options.edition:
        parser.error("--each province needs --edition: which provinces?")


def _one(
    store: Store, what: Selection, out: Path, options: argparse.Namespace, progress: Progress | None
) -> tuple[Path, int]:
    """Write one file; return it and the number of its rows."""
    lang = options.lang
    link = permalink(address_of(what, lang)) if isinstance(what, AsShown) else ""
    if options.format == KIT and isinstance(what, AsShown):
        return write_kit(store, _kit(store, what, link, options), out), what.count(store)
    written = export(
        store,
        what,
        out,
        options.format,
        lang=lang,
        link=link,
        bom=options.bom,
        progress=progress,
    )
    return written.path, written.tally.rows


def _kit(store: Store, what: AsShown, link: str, options: argparse.Namespace) -> Kit:
    """Put a press kit together: with figures and an embed where they are asked for."""
    lang = options.lang
    plain = Kit(what, title_of(store, what, lang), "", link, lang)
    if not (options.preset or options.picture or options.embed):
        return plain
    from ui.download import kit_of  # noqa: PLC0415

    scene = scene_of(store, params_of(what, lang) | made_of(options))
    sizes = dict.fromkeys(options.preset or ([DEFAULT_PRESET] if options.picture else []))
    formats = dict.fromkeys(options.picture or PICTURES[:1])
    kit = kit_of(store, scene.view, tuple(sizes), tuple(formats), embed=options.embed)
    return replace(kit, what=what)


def _each(store: Store, what: Selection, options: argparse.Namespace) -> int:
    """Write one file for each; what fails is listed at the end and does not stop the rest."""
    options.out.mkdir(parents=True, exist_ok=True)
    suffix = ".zip" if options.format == KIT else FORMATS[options.format].suffix
    failed: list[str] = []
    written = rows = 0
    for plain in tqdm(list(_split(store, what, options.each)), unit=" files", disable=None):
        name, one = name_of(store, plain) + suffix, plain
        try:
            if isinstance(plain, AsShown):
                one = as_made(store, plain, made_of(options), options.lang)
                name = name_of(store, one) + suffix
            rows += _one(store, one, options.out / name, options, None)[1]
            written += 1
        except (LookupError, ValueError, OSError) as error:
            failed.append(f"{name}: {error}")
    print(f"{written} files with {rows} observations in {options.out}", file=sys.stderr)
    for line in failed:
        print(f"failed: {line}", file=sys.stderr)
    return 1 if failed else 0


def _split(store: Store, what: Selection, each: str) -> Iterator[Selection]:
    if each == "province":
        for place in areas(str(what.edition), Level.PROVINCE):
            if isinstance(what, AsShown):
                yield replace(what, parent=place.code)
            else:
                yield replace(what, place=place.code)
    elif each == "indicator":
        for id_ in _having_figures(store, what):
            if isinstance(what, AsShown):
                yield replace(what, indicator=id_)
            else:
                yield replace(what, indicators=(id_,))
    else:
        yield from _periods(store, what)


def _having_figures(store: Store, what: Selection) -> list[str]:
    if isinstance(what, AsShown):
        counts = store.availability()
        here = counts["edition"].isin([what.basis or what.edition])
        here &= counts["level"] == str(what.level)
        return sorted(set(counts.loc[here, "indicator"]))
    known = what.indicators or store.indicators()
    return [id_ for id_ in known if replace(what, indicators=(id_,)).count(store)]


def _periods(store: Store, what: Selection) -> Iterator[Selection]:
    if isinstance(what, AsShown):
        found = store.observations(what.indicator)
        found = found[(found["role"] == RESULT) & (found["level"] == str(what.level))]
        found = found[found["edition"] == (what.basis or what.edition)]
        for end in sorted(set(found["period_end"].dropna())):
            yield replace(what, at=end.date())
        return
    ends = store.read(
        lambda rows: (
            rows.filter(rows.period_end.notnull(), *what.conditions(rows))
            .select("period_end")
            .distinct()
        ),
        ordered=False,
    )
    for end in sorted(ends["period_end"]):
        yield replace(what, since=end.date(), until=end.date())


def _progress(bar: tqdm[Any]) -> Progress:
    def told(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return told
