"""What a source says of single figures: that they are missing, provisional or estimated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from base.reading import says_no_figure

Status = Literal[
    "normal",
    "provisional",
    "estimated",
    "forecast",
    "unreliable",
    "break",
    "differs",
    "missing",
    "not_applicable",
    "suppressed",
]
# What is said of a figure that is there, and stands in its note.
SAID: Final = ("provisional", "estimated", "forecast", "unreliable", "break", "differs")
# What takes the place of a figure, the surest first; the last is no row at all.
ABSENT: Final = ("suppressed", "not_applicable", "missing")
# Of the code list of SDMX for the status of observations, and the flags of Eurostat, where both
# mean the same. What means different things to the two is asked.
_KNOWN: Final[Mapping[str, Status]] = {
    "A": "normal", "a": "normal", "r": "normal",
    "P": "provisional", "p": "provisional",
    "E": "estimated", "e": "estimated", "I": "estimated", "i": "estimated", "s": "estimated",
    "F": "forecast", "f": "forecast",
    "U": "unreliable", "u": "unreliable",
    "B": "break", "b": "break",
    "D": "differs", "d": "differs",
    "H": "missing", "K": "missing", "L": "missing", "M": "missing", "O": "missing", "m": "missing",
    "z": "not_applicable",
    "Q": "suppressed", "c": "suppressed",
}  # fmt: skip
_COLONS: Final = re.compile(r":+")


def is_marker(text: str) -> bool:
    """Tell whether a text stands where there is no figure: "..", ".", "-", ":", "x", empty."""
    words = text.strip()
    return says_no_figure(words) or _COLONS.fullmatch(words) is not None


def statuses_of(said: str, own: Mapping[str, Status]) -> tuple[Status, ...] | None:
    """Return what a status means, each of several flags; None where it is not known.

    Parameters
    ----------
    own
        What a source's own words mean; they come first.

    Examples
    --------
    >>> statuses_of("bp", {}), statuses_of("..", {}), statuses_of("S", {})
    (('break', 'provisional'), ('missing',), None)
    """
    text = said.strip()
    if text in own:
        return (own[text],)
    if not text:
        return ()
    if text in _KNOWN:
        return (_KNOWN[text],)
    if is_marker(text):
        return ("missing",)
    flags = re.split(r"[\s,;]+", text)
    if len(flags) == 1 and len(text) <= 4 and text.isalpha() and text.islower():
        flags = list(text)
    if len(flags) > 1 and all(flag in own or flag in _KNOWN for flag in flags):
        return tuple(own.get(flag) or _KNOWN[flag] for flag in flags)
    return None
