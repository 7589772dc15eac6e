"""Find coverage gaps from the command line: `python -m geo coverage`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any, Final

from base.reading import AUTO, ENCODINGS
from base.words import Lang, Refusal, add_lang, number, t
from geo.boundaries import has_layer
from geo.coverage.ground import DBM, MAX_RANGE_M, CoverageError, Options
from geo.coverage.input import FIELDS, Limits
from geo.coverage.output import FORMATS, left_out, report
from geo.coverage.terrain_cli import add_options, radio_of, relief_of
from geo.editions import EDITION_2025, editions

DONE, INCOMPLETE, REFUSED = 0, 1, 2
_DEFAULTS: Final = Options()


def add_parser(commands: Any) -> None:
    """Add the command to the parser of `python -m geo`."""
    parser = commands.add_parser(
        "coverage",
        help="find coverage gaps: settlements out of reach of every radio site",
        description="Write which settlements no site or polygon covers, and sums by area. Exit "
        "status: 0 every row was used, 1 rows were left out, 2 nothing was written. Columns, "
        "formats and limits: docs/coverage.md.",
    )
    parser.add_argument("--settlements", required=True, type=Path, metavar="FILE")
    parser.add_argument("--sites", type=Path, metavar="FILE", help="OpenCelliD or plain columns")
    parser.add_argument("--polygons", type=Path, nargs="+", default=[], metavar="FILE")
    parser.add_argument("--grid", type=Path, metavar="FILE", help="people: GeoTIFF, Parquet, CSV")
    parser.add_argument("--measurements", type=Path, metavar="FILE", help="points with dbm")
    known = [edition.id for edition in editions() if has_layer(edition.id, edition.levels[-1])]
    parser.add_argument("--edition", choices=known, default=EDITION_2025)
    parser.add_argument(
        "--crs", default="", help="of vector files that do not say it, and of metres in tables"
    )
    parser.add_argument(
        "--encoding", default=AUTO, help=f"of CSV files: {', '.join(ENCODINGS)}, or another"
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FILE.FIELD=COLUMN",
        help="which column is which (settlements.name=Bản; nothing behind the sign for none)",
    )
    parser.add_argument("--mend-swapped", action="store_true", help="exchange lon and lat back")
    parser.add_argument(
        "--default-range",
        action="append",
        default=[],
        metavar="[TECHNOLOGY=]METRES",
        help="assume this range where the file gives none (4G=3000; without a name for all)",
    )
    for option, what in (
        ("new_site_range_m", "range of the sites that the ranking proposes"),
        ("adjacent_m", "distance of gaps that belong together"),
        ("measured_within_m", "how near a measurement counts"),
        ("known_within_m", "without a site so near, a settlement is unknown"),
    ):
        name = "--" + option.removesuffix("_m").replace("_", "-")
        default = getattr(_DEFAULTS, option)
        text = f"{what}, metres (default {default:g})"
        parser.add_argument(name, type=float, dest=option, default=default, help=text)
    parser.add_argument("--weak-dbm", type=float, default=_DEFAULTS.weak_dbm)
    parser.add_argument("--new-sites", type=int, default=_DEFAULTS.new_sites)
    add_options(parser)
    parser.add_argument("--scheduler", default="", help="local, or tcp://… of a Dask scheduler")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="threads")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--format", choices=tuple(FORMATS), default="csv")
    add_lang(parser)
    parser.set_defaults(run=run)


def options_of(options: argparse.Namespace) -> Options:
    """Read how to search from the command line.

    Raises
    ------
    CoverageError
        Where an option makes no sense.
    """
    distances = ("new_site_range_m", "adjacent_m", "measured_within_m", "known_within_m")
    for name in distances:
        value = getattr(options, name)
        if not 0 < value <= MAX_RANGE_M * 10:
            allowed = f"0–{MAX_RANGE_M * 10:.0f}"
            raise CoverageError("option", option=f"--{name}", value=f"{value:g}", allowed=allowed)
    weakest, strongest = DBM
    if not weakest <= options.weak_dbm < strongest:
        value, allowed = f"{options.weak_dbm:g}", f"{weakest:.0f}–{strongest:.0f}"
        raise CoverageError("option", option="--weak-dbm", value=value, allowed=allowed)
    return Options(
        edition=options.edition,
        default_range_m=default_ranges(options.default_range),
        mend_swapped=options.mend_swapped,
        weak_dbm=options.weak_dbm,
        new_sites=max(0, min(options.new_sites, 1_000)),
        **{name: getattr(options, name) for name in distances},
    )


def named_columns(given: list[str]) -> dict[str, dict[str, str]]:
    """Read which column is which.

    Examples
    --------
    >>> named_columns(["settlements.name=Bản", "sites.range="])
    {'settlements': {'name': 'Bản'}, 'sites': {'range': ''}}
    """
    found: dict[str, dict[str, str]] = {}
    for text in given:
        where, _, column = text.partition("=")
        file, _, name = where.partition(".")
        if file not in FIELDS or name not in FIELDS[file] or "=" not in text:
            allowed = "settlements.name=COLUMN, sites.range=COLUMN …"
            raise CoverageError("option", option="--column", value=text, allowed=allowed)
        found.setdefault(file, {})[name] = column
    return found


def default_ranges(given: list[str]) -> dict[str, float]:
    """Read ranges by technology.

    Examples
    --------
    >>> default_ranges(["4G=3000", "5000"])
    {'4G': 3000.0, '': 5000.0}
    """
    found = {}
    for text in given:
        technology, _, metres = text.rpartition("=")
        try:
            value = float(metres)
        except ValueError:
            value = -1.0
        if not 0 < value <= MAX_RANGE_M:
            raise CoverageError(
                "option", option="--default-range", value=text, allowed="4G=3000, 5000"
            )
        found[technology.strip().upper()] = value
    return found


def run(options: argparse.Namespace) -> int:
    """Find the gaps in files.

    Returns
    -------
    int
        0 where every row was used, 1 where rows were left out, 2 where a file or an option cannot
        be used; then nothing was written.
    """
    from geo.coverage.files import Files  # noqa: PLC0415
    from geo.coverage.find import find_gaps  # noqa: PLC0415
    from geo.coverage.output import write_result  # noqa: PLC0415

    lang: Lang = options.lang
    bars = _Bars()
    try:
        files = Files(
            options.settlements,
            options.sites,
            tuple(options.polygons),
            options.measurements,
            options.grid,
            crs=options.crs,
            encoding=options.encoding,
            columns=named_columns(options.column),
            candidates=options.candidates,
        )
        result = find_gaps(
            files,
            options_of(options),
            relief=relief_of(options),
            radio=radio_of(options),
            limits=Limits(),
            scheduler=options.scheduler,
            workers=max(1, options.workers),
            progress=bars,
        )
        written = write_result(result, options.out, options.format)
    except Refusal as error:
        print(error.say(lang), file=sys.stderr)
        return REFUSED
    finally:
        bars.close()
    lines = [
        t("coverage.report.read", lang, file=file, n=number(n, lang))
        for file, n in result.read.items()
    ]
    lines += [*report(result, lang), *left_out(result.problems, lang)]
    lines += [t("coverage.report.written", lang, file=path) for path in written]
    print("\n".join(lines), file=sys.stderr)
    return INCOMPLETE if (~result.problems["kept"]).any() else DONE


class _Bars:
    """Progress bars on the standard error, one a step; none where it is no terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._what = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        from tqdm import tqdm  # noqa: PLC0415

        if what != self._what:
            self.close()
            self._bar, self._what = tqdm(total=total, desc=what, disable=None), what
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar, self._what = None, ""
