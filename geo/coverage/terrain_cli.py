"""Options of `python -m geo coverage` for the ground and for radio."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from geo.coverage.ground import (
    RADIO_LIMITS,
    CoverageError,
    Radio,
    Relief,
)
from geo.coverage.terrain import defaults

# Options with a value by technology: name, field of `Radio`, unit, what it is.
_BY_TECHNOLOGY: Final = (
    ("--frequency", "mhz", "MHZ", "frequency of sites whose file gives none"),
    ("--site-height", "height_m", "METRES", "antenna height over the ground"),
    ("--eirp", "eirp_dbm", "DBM", "power of the transmitter with its antenna"),
    ("--threshold", "threshold_dbm", "DBM", "level that receivers need"),
)
_ONE: Final = (
    ("--receiver-height", "receiver_m", RADIO_LIMITS["height_m"], "height of the receiver, metres"),
    ("--earth-k", "k", (0.3, 10.0), "effective earth radius over the true one"),
    ("--places", "places", (1.0, 99.0), "percent of the places that must have the level"),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the ground."""
    group = parser.add_argument_group(
        "terrain", "with --terrain every settlement also has a verdict over real ground"
    )
    group.add_argument("--terrain", type=Path, metavar="DEM", help="GeoTIFF, VRT, folder of tiles")
    group.add_argument("--terrain-crs", default="", help="of rasters that do not say it")
    group.add_argument("--terrain-unit", default="", choices=("", "m", "ft", "us-ft"))
    group.add_argument("--clutter", type=Path, metavar="RASTER", help="heights or classes")
    group.add_argument(
        "--clutter-class", action="append", default=[], metavar="CLASS=METRES", help="10=15"
    )
    group.add_argument(
        "--candidates",
        type=Path,
        metavar="FILE",
        help="places of new sites, beside summits",
    )
    for option, field, unit, what in _BY_TECHNOLOGY:
        group.add_argument(
            *(option,),
            dest=f"radio_{field}",
            action="append",
            default=[],
            metavar=f"[TECHNOLOGY=]{unit}",
            help=f"{what} ({_shipped(field)})",
        )
    for option, field, _, what in _ONE:
        group.add_argument(option, type=float, dest=f"radio_{field}", default=None, help=what)
    group.add_argument(
        "--nearest",
        type=int,
        default=Radio().nearest,
        help=f"sites looked at (default {Radio().nearest})",
    )


def _shipped(field: str) -> str:
    known = defaults()["technologies"].items()
    return ", ".join(f"{tech} {of[field]['value']:g}" for tech, of in known if field in of)


def relief_of(options: argparse.Namespace) -> Relief | None:
    """Read which rasters of the ground are meant; None where none is.

    Raises
    ------
    CoverageError
        Where an option makes no sense.
    """
    classes = _classes(options.clutter_class)
    if options.terrain is None:
        for option in ("clutter", "clutter_class", "candidates"):
            if getattr(options, option):
                name, given = "--" + option.replace("_", "-"), getattr(options, option)
                raise CoverageError("option", option=name, value=given, allowed="--terrain DEM")
        return None
    if classes and options.clutter is None:
        raise CoverageError("terrain_classes")
    return Relief(
        options.terrain,
        options.clutter,
        classes=classes or None,
        crs=options.terrain_crs,
        unit=options.terrain_unit,
    )


def radio_of(options: argparse.Namespace) -> Radio:
    """Read how sites are taken to be.

    Raises
    ------
    CoverageError
        Where a value is not of its kind.
    """
    by_technology: dict[str, Any] = {
        field: _each(option, getattr(options, f"radio_{field}"), RADIO_LIMITS[field])
        for option, field, _, _ in _BY_TECHNOLOGY
    }
    one: dict[str, Any] = {}
    for option, field, (least, most), _ in _ONE:
        value = getattr(options, f"radio_{field}")
        if value is not None and not least <= value <= most:
            raise CoverageError("option", option=option, value=value, allowed=f"{least:g}–{most:g}")
        one[field] = value
    if not 1 <= options.nearest <= 100:
        raise CoverageError("option", option="--nearest", value=options.nearest, allowed="1–100")
    return Radio(**by_technology, **one, nearest=options.nearest)


def _each(option: str, given: list[str], limits: tuple[float, float]) -> dict[str, float]:
    least, most = limits
    return _read(option, given, lambda value: least <= value <= most, f"4G={least:g}…{most:g}")


def _classes(given: list[str]) -> dict[int, float]:
    found = _read("--clutter-class", given, lambda value: 0 <= value <= 200, "10=15, 50=20")
    try:
        return {int(number): metres for number, metres in found.items()}
    except ValueError:
        values = ", ".join(given)
        raise CoverageError(
            "option", option="--clutter-class", value=values, allowed="10=15"
        ) from None


def _read(
    option: str, given: list[str], good: Callable[[float], bool], allowed: str
) -> dict[str, float]:
    found: dict[str, Any] = {}
    for text in given:
        name, _, said = text.rpartition("=")
        try:
            value = float(said)
        except ValueError:
            value = float("nan")
        if not good(value):
            raise CoverageError("option", option=option, value=text, allowed=allowed)
        found[name.strip().upper()] = value
    return found
