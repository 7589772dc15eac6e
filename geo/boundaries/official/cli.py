"""Replace boundaries by official ones: `python -m geo boundaries`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from getpass import getuser
from pathlib import Path
from typing import Any

from base.words import Lang, add_lang, number, t
from geo.boundaries import KIND_APPROXIMATE, KIND_OFFICIAL
from geo.boundaries.official.records import FINEST, Finding, Refused
from geo.boundaries.replaced import in_force, trouble
from geo.editions import Level

DONE, PARTLY, REFUSED = 0, 1, 2
KIND_WORDS = {KIND_APPROXIMATE: "approximate", KIND_OFFICIAL: "official"}


def add_parser(commands: Any) -> None:
    """Add the command to the parser of `python -m geo`."""
    parser = commands.add_parser("boundaries", help="replace boundaries by official ones")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    status = actions.add_parser("status", help="say what is in force, layer by layer")
    status.set_defaults(run=_status)
    _add_fetch(actions.add_parser("fetch", help="take the public sets of official boundaries"))
    _add_import(actions.add_parser("import", help="take the boundaries of a file"))
    undo = actions.add_parser("undo", help="put in force what was before")
    undo.add_argument("--all", action="store_true", help="go back to the bundled boundaries")
    undo.set_defaults(run=_undo)
    for action in actions.choices.values():
        add_lang(action)


def _add_fetch(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Take official boundaries from two public sets, every file verified by its git blob id. "
        "Files that came are kept: run it again to go on. Exit status: 0 replaced, 1 one edition "
        "replaced and the other refused, 2 nothing replaced."
    )
    parser.add_argument(
        "--mirror",
        metavar="PATH",
        help="folder, URL or archive that stands in for the network; see docs/boundaries.md",
    )
    parser.add_argument(
        "--edition",
        action="append",
        choices=tuple(FINEST),
        help="only this one; can be given again (default: all)",
    )
    parser.add_argument(
        "--partial", action="store_true", help="keep bundled ones where files are missing"
    )
    parser.add_argument(
        "--single-files", action="store_true", help="fetch file by file, not the archive"
    )
    parser.add_argument("--check", action="store_true", help="report only, replace nothing")
    parser.set_defaults(run=_fetch)


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Take boundaries from GeoJSON, TopoJSON, GeoPackage, FlatGeobuf, KML, GeoParquet or a "
        "zipped Shapefile. Exit status: 0 replaced, 2 nothing replaced."
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--edition", required=True, choices=tuple(FINEST))
    levels = [str(level) for level in (Level.PROVINCE, *FINEST.values())]
    parser.add_argument("--level", required=True, choices=levels)
    parser.add_argument("--code-field", metavar="COLUMN", help="column of codes")
    parser.add_argument("--name-field", metavar="COLUMN", help="column of names")
    parser.add_argument("--parent-field", metavar="COLUMN", help="column of provinces")
    parser.add_argument("--layer", metavar="NAME", help="layer of a GeoPackage")
    parser.add_argument(
        "--crs", metavar="EPSG:N", help="where the file does not say, or says wrong"
    )
    parser.add_argument(
        "--encoding", metavar="NAME", help="of the texts of a Shapefile that does not say it"
    )
    parser.add_argument("--title", metavar="TEXT", help="who drew them; shown with every map")
    parser.add_argument("--date", metavar="TEXT", default="", help="of the boundaries")
    parser.add_argument("--partial", action="store_true", help="keep bundled ones where units lack")
    parser.add_argument("--check", action="store_true", help="report only, replace nothing")
    parser.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    from geo.boundaries.official.importing import FileOptions, from_file  # noqa: PLC0415
    from geo.boundaries.official.install import install  # noqa: PLC0415

    wanted = FileOptions(
        edition=options.edition,
        level=Level(options.level),
        code_field=options.code_field,
        name_field=options.name_field,
        parent_field=options.parent_field,
        layer=options.layer,
        crs=options.crs,
        encoding=options.encoding,
        title=options.title or options.file.name,
        date=options.date,
        partial=options.partial,
    )
    try:
        prepared = from_file(options.file, wanted, step=lambda key: _say(key, options.lang))
        _tell(prepared.findings, options.lang)
        if options.check:
            _say("checked", options.lang)
            return DONE
        _say("write", options.lang)
        install([prepared], actor=getuser())
    except Refused as refused:
        return _refuse(refused, options.lang)
    _say("replaced", options.lang)
    return _status(options)


def _fetch(options: argparse.Namespace) -> int:
    from geo.boundaries.official.fetching import fetched  # noqa: PLC0415
    from geo.boundaries.official.install import install_each  # noqa: PLC0415

    lang: Lang = options.lang
    try:
        with _Bar() as bar:
            came = fetched(
                options.edition or list(FINEST),
                mirror=options.mirror,
                partial=options.partial,
                single_files=options.single_files,
                progress=bar.show,
                step=lambda key: _say(key, lang),
            )
        _tell(came.findings, lang)
        refused_editions = list(came.refused)
        if not options.check:
            _say("write", lang)
            refused_editions += install_each(came.ready, actor=getuser())
    except Refused as refused:
        return _refuse(refused, lang)
    except KeyboardInterrupt:
        _say("stopped", lang)
        return REFUSED
    for one in refused_editions:
        print(t("boundaries.cli.edition_refused", lang, edition=one.edition), file=sys.stderr)
    ends = PARTLY if refused_editions else DONE
    if options.check:
        _say("checked", lang)
        return ends
    _say("replaced", lang)
    _status(options)
    return ends


class _Bar:
    """A progress bar for each set in turn."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, done: int, of: int, what: str) -> None:
        from tqdm import tqdm  # noqa: PLC0415

        if self._bar is None or done == 0:
            self.__exit__()
            self._bar = tqdm(total=of, desc=what, unit="file", file=sys.stderr)
        self._bar.update(done - self._bar.n)
        if done == of:
            self.__exit__()


def _undo(options: argparse.Namespace) -> int:
    from geo.boundaries.official.install import undo  # noqa: PLC0415

    try:
        name = undo(everything=options.all)
    except Refused as refused:
        return _refuse(refused, options.lang)
    _say("nothing_to_undo" if name is None else "undone", options.lang)
    return _status(options)


def _status(options: argparse.Namespace) -> int:
    from geo.boundaries.official.install import status  # noqa: PLC0415

    lang: Lang = options.lang
    states = status()
    for at, state in enumerate(states):
        layer = state.layer
        counts = {"n": number(layer.n_official, lang), "of": number(layer.n, lang)}
        kind = t(f"boundaries.cli.{KIND_WORDS.get(layer.kind, 'partly')}", lang, **counts)
        origin = layer.origin_name or layer.origin_id
        parts = [f"{layer.edition} {layer.level}", kind, origin, layer.origin_date, state.made]
        print("  ".join(part for part in parts if part))
        # The layers of an edition are replaced together: what was found is told once, below both.
        if at + 1 == len(states) or states[at + 1].layer.edition != layer.edition:
            for finding in state.findings:
                print(f"    {finding.text(lang)}")
    generation = in_force()
    name = generation.name if generation else "bundled"
    print(t("boundaries.cli.in_force", lang, name=name))
    if problem := trouble():
        print(problem.say(lang), file=sys.stderr)
    return DONE


def _refuse(refused: Refused, lang: Lang) -> int:
    _tell(refused.findings, lang)
    _say("refused", lang)
    return REFUSED


def _tell(findings: Iterable[Finding], lang: Lang) -> None:
    for finding in findings:
        mark = t(f"boundaries.cli.mark_{finding.weight}", lang)
        print(f"{mark}: {finding.text(lang)}", file=sys.stderr)


def _say(key: str, lang: Lang) -> None:
    print(t(f"boundaries.cli.{key}", lang), file=sys.stderr)
