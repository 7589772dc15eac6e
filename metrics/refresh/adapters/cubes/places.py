"""The areas that codes and labels of a cube stand for; what is none is told, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.editions import COUNTRY_CODE, Level, area, has_area
from geo.names import Method, resolve_many
from metrics.importing import ACCEPTED, NO_AREA
from metrics.refresh.adapters.cubes.faults import fault
from metrics.refresh.adapters.cubes.options import CubeOptions

# Tables set parts in by dots, dashes and blanks: "  ..Hà Nội".
_INSET: Final = re.compile(r"^[\s.·•*+–—-]+(?=\w)")


@dataclass(frozen=True, slots=True)
class Places:
    """What was found.

    Attributes
    ----------
    codes
        Value to edition and code; those that are no area are not in it.
    sums, strangers
        Labels of what is no area by right, and of what no area of the map is called.
    """

    codes: Mapping[str, tuple[str, str]]
    sums: Sequence[str] = ()
    strangers: Sequence[str] = ()


def places_of(labels: Mapping[str, str], options: CubeOptions, file: str) -> Places:
    """Match the values of a dimension, each by its code and its label.

    Raises
    ------
    ShapeError
        If a code contradicts its name.
    """
    found: dict[str, tuple[str, str]] = {}
    sums, strangers = [], []
    asked = {v: _INSET.sub("", label).strip() for v, label in labels.items()}
    read = _read(asked, options)
    for value, label in asked.items():
        code, method = read[value]
        by_hand = next((options.places[k] for k in (value, label) if k in options.places), False)
        if by_hand is None:
            sums.append(label)
            continue
        if by_hand:
            code = str(by_hand)
        elif options.area_by == "code":
            named_so, code = code, _own(value, options)
            if code and named_so and named_so != code:
                raise fault(
                    file, value, label, "agreeing", name=area(options.edition, code).name_vi
                )
        if code:
            found[value] = ("" if code == COUNTRY_CODE else options.edition, code)
        elif method in NO_AREA:
            sums.append(label)
        else:
            strangers.append(label)
    return Places(found, sums, strangers)


def _read(asked: Mapping[str, str], options: CubeOptions) -> dict[str, tuple[str, Method]]:
    above = [options.within] * len(asked) if options.within else None
    matched = resolve_many(
        list(asked.values()), above, edition=options.edition, level=options.level
    )
    methods = [Method(m) for m in matched["match_method"]]
    codes = [_accepted(c, m, options) for c, m in zip(matched["area_code"], methods, strict=True)]
    return dict(zip(asked, zip(codes, methods, strict=True), strict=True))


def _accepted(code: object, method: Method, options: CubeOptions) -> str:
    """Return the code of what was matched by name; the whole country only beside its provinces."""
    if method is Method.COUNTRY:
        return COUNTRY_CODE if options.level is Level.PROVINCE and not options.within else ""
    # A number among the names may count rows.
    return str(code) if method in ACCEPTED and method is not Method.CODE else ""


def _own(value: str, options: CubeOptions) -> str:
    """Return a value that is a code of the level, or of the whole country."""
    if value == COUNTRY_CODE:
        return value
    fits = has_area(options.edition, value)
    return value if fits and area(options.edition, value).level is options.level else ""
