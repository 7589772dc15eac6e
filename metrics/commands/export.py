"""``python -m metrics export``: figures as files, one or one each of many."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from base.words import number, spoken, t, written_in
from geo.editions import Level, areas
from metrics.commands.export_options import KIT, add_export, check, selection
from metrics.commands.options import check_indicators, hand_over, made_of, opened, tell, why
from metrics.exporting import (
    FORMATS,
    RESULT,
    AsShown,
    Progress,
    Selection,
    export,
    name_of,
    permalink,
    view_href,
)
from metrics.store import Store

# Makes the numbers of a view from its figures, and writes one file: what a command that draws does
# its own way.
Make = Callable[[Store, AsShown, argparse.Namespace], AsShown]
Write = Callable[[Store, Selection, Path, argparse.Namespace, Progress | None], tuple[Path, int]]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of ``python -m metrics``."""
    add_export(commands).set_defaults(run=run)


def run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Write what was asked for; what is made of a view the commands that draw do."""
    check(options, parser)
    if options.format == KIT or made_of(options):
        return hand_over(options.words)
    return write_asked(options, parser, lambda _store, what, _options: what, write_file)


def write_asked(
    options: argparse.Namespace, parser: argparse.ArgumentParser, make: Make, write: Write
) -> int:
    """Write the files that were asked for; 1 where any of them could not be written."""
    lang = spoken(options)
    store = opened(options.mode, lang, private=options.private, as_of=options.as_of)
    check_indicators(parser, options.indicator or (), store.catalog.indicators, lang)
    try:
        what = selection(options)
        # Each indicator is still to be put in.
        if not (options.as_shown and options.each == "indicator"):
            what.check(store)
    except (LookupError, ValueError) as error:
        parser.error(why(error, lang))
    if options.each:
        return _each(store, what, options, make, write)
    try:
        if isinstance(what, AsShown):
            what = make(store, what, options)
        with tqdm(unit=" rows", disable=None, leave=False) as bar:
            path, rows = write(store, what, options.out, options, _progress(bar))
    except (LookupError, ValueError) as error:
        tell(t("commands.error", lang, why=why(error, lang)))
        return 1
    tell(t("commands.export.written", lang, n=number(rows, lang), path=path))
    return 0


def write_file(
    store: Store, what: Selection, out: Path, options: argparse.Namespace, progress: Progress | None
) -> tuple[Path, int]:
    """Write one file of data; return it and the number of its rows."""
    written = export(
        store,
        what,
        out,
        options.format,
        lang=written_in(options),
        link=permalink(view_href(what, written_in(options))) if isinstance(what, AsShown) else "",
        bom=options.bom,
        progress=progress,
    )
    return written.path, written.tally.rows


def _each(
    store: Store, what: Selection, options: argparse.Namespace, make: Make, write: Write
) -> int:
    """Write one file for each; what fails is listed at the end and does not stop the rest."""
    options.out.mkdir(parents=True, exist_ok=True)
    suffix = ".zip" if options.format == KIT else FORMATS[options.format].suffix
    failed: list[str] = []
    lang = spoken(options)
    written = rows = 0
    for plain in tqdm(list(_split(store, what, options.each)), unit=" files", disable=None):
        name, one = name_of(store, plain) + suffix, plain
        try:
            if isinstance(plain, AsShown):
                one = make(store, plain, options)
                name = name_of(store, one) + suffix
            rows += write(store, one, options.out / name, options, None)[1]
            written += 1
        except (LookupError, ValueError, OSError) as error:
            failed.append(f"{name}: {why(error, lang)}")
    counts = {"files": number(written, lang), "n": number(rows, lang)}
    tell(t("commands.export.each", lang, out=options.out, **counts))
    for line in failed:
        tell(t("commands.failed", lang, what=line))
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
