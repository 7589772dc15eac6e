"""What a map draws: the figure of each area itself, or a number made from it.

A scene draws one measure. Classes, palette, legend, texts of the map, the ranking table's column of
values, title and alt text read it, and nothing else assumes what number stands behind a colour.

To add a kind (say, the change since another period):

1. Write a function ``(found) -> Measure`` in a module of its own. It computes one number per row of
   ``found.panel.frame`` (NaN where it cannot, with the reason in the reader's language at the same
   place of `Measure.reasons`), names the unit that the number is written with (two percentages
   differ by percentage points, see `difference_unit`), the centre that colours diverge from, and
   the phrase that completes "what, where, when". Where it makes no sense at all it raises
   `Unmeasurable` with a sentence; the plain figures are then shown, with that sentence.
2. Add it to `WAYS` of ui/scene/making.py: the parameter of the address asking for it, the value
   that does not, and the function. Add the parameter to `DRAWN_FROM` of ui/address/view.py too, so
   that a reader's own breaks do not stay where other numbers are drawn.

Nothing else needs to know the kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from base.words import Lang, number, t
from metrics.catalog import Indicator
from metrics.panel import Panel
from ui.scene.figures import (
    SIGNS,
    aside_text,
    decimals,
    records,
    unit_text,
    value_texts,
    with_unit,
)
from ui.scene.found import Found

VALUE = "value"
NOT_COMPUTED = "not_computed"  # the state of an area with a figure but without a class
# Kinds whose figures are drawn as circles, because a raw count says more of size than of success.
RAW_KINDS = ("count", "amount")


class Unmeasurable(ValueError):
    """A measure that makes no sense for a panel; the message is a sentence for the reader."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measure:
    """One number per area, and how it is written.

    Attributes
    ----------
    kind
        `VALUE` for the figures themselves, else the name of what is made of them.
    numbers
        Aligned with the rows of the panel's frame, in `unit`; NaN where none.
    texts
        The same as written for the reader without unit; "" where none.
    reasons
        Why an area that has a figure has no number; "" elsewhere.
    unit
        As written beside a number; "" for none.
    centre
        The number that a diverging scale is centred on; None for a scale that only rises.
    signed
        Whether numbers carry a sign.
    phrase
        What was made of the figure, for title and legend: "difference from the whole country"; ""
        for the figures themselves.
    note
        What the legend adds to that in its foot, such as the figure that was subtracted.
    name
        Short name of what is drawn where that of the indicator with the phrase would not do; "".
    head
        Head of the column of the ranking table; "" for the usual one.
    circles
        Whether it is a raw count, which is drawn as circles and fills no areas.
    digits
        Decimals that every number has at least, in the table as in the legend.
    details
        A remark on single areas for the map, by code: the figures that a number was made from.
    """

    kind: str
    numbers: NDArray[np.float64]
    texts: tuple[str, ...]
    reasons: tuple[str, ...]
    unit: str
    centre: float | None = None
    signed: bool = False
    phrase: str = ""
    note: str = ""
    name: str = ""
    head: str = ""
    circles: bool = False
    digits: int = 0
    details: Mapping[str, str] | None = None

    @property
    def n(self) -> int:
        """How many areas have a number."""
        return int(np.isfinite(self.numbers).sum())

    def write(self, value: float, lang: Lang, decimals: int) -> str:
        """Write a number of this measure that is no area's: the bound of a class, a mean."""
        text = number(value, lang, decimals, fixed=True)
        return signed_text(text, value) if self.signed else text


def plain(found: Found) -> Measure:
    """Return the measure that draws the figures themselves."""
    indicator, frame, lang = found.indicator, found.panel.frame, found.lang
    texts = value_texts(frame, indicator, lang)
    if indicator.kind == "rank":
        texts = tuple(with_unit(text, indicator, lang) for text in texts)
    return Measure(
        kind=VALUE,
        numbers=found.panel.compared().to_numpy(),
        texts=texts,
        reasons=asides(found),
        unit="" if indicator.kind == "rank" else unit_text(indicator, lang),
        circles=indicator.kind in RAW_KINDS,
        digits=indicator.decimals,
    )


def asides(found: Found) -> tuple[str, ...]:
    """Say of each figure why it is not compared with the others; "" where it is."""
    frame = found.panel.frame
    if not frame["aside"].any():
        return ("",) * len(frame)
    level = str(found.panel.level)
    return tuple(aside_text(row, found.indicator, level, found.lang) for row in records(frame))


def computed(found: Found, kind: str, numbers: NDArray[np.float64], **more: Any) -> Measure:
    """Return a measure of numbers made from the figures, written with decimals that fit them.

    Parameters
    ----------
    numbers
        Aligned with the frame of the figures; NaN where none.
    **more
        The other fields of a `Measure`; by default no reasons and the unit of a difference.
        ``digits``: most decimals written; those of the indicator if left out.
    """
    lang, digits = found.lang, more.pop("digits", None)
    if digits is None:
        digits = digits_of(found.panel)
    signed = bool(more.get("signed", False))
    # Two figures with decimals differ by a number with a tail of noise; and no zero is negative.
    numbers = np.round(numbers, digits) + 0.0

    texts = tuple(_written(value, lang, digits, signed) for value in numbers.tolist())

    defaults = {
        "reasons": ("",) * len(numbers),
        "unit": difference_unit(found.indicator, lang),
    }
    return Measure(
        kind=kind,
        numbers=numbers,
        texts=texts,
        **{**defaults, **more},
    )


def digits_of(panel: Panel) -> int:
    """Return the most decimals that a figure of a panel is written with."""
    values = panel.frame["value"].dropna().unique()
    return max((decimals(panel.indicator, float(value)) for value in values), default=0)


def _written(value: float, lang: Lang, digits: int, signed: bool) -> str:
    if not np.isfinite(value):
        return ""
    text = number(value, lang, digits, fixed=True)
    return signed_text(text, value) if signed else text


def signed_text(text: str, value: float) -> str:
    """Give a written number its sign: + above zero, none at zero."""
    return f"+{text}" if value > 0 else text


def difference_unit(indicator: Indicator, lang: Lang) -> str:
    """Return the unit of a difference: percentage points between percentages."""
    unit = unit_text(indicator, lang)
    name = {"%": "percent", "‰": "permille"}.get(unit[:1])
    return t(f"unit.points.{name}", lang) if name else unit


def with_sign(text: str, indicator: Indicator, lang: Lang) -> str:
    """Write a figure with its unit where that is a sign: "40%", but "7" villages."""
    return (
        with_unit(text, indicator, lang) if unit_text(indicator, lang).startswith(SIGNS) else text
    )
