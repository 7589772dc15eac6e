"""Parameters that a page has besides those of a view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from geo.editions import has_area
from ui.address.params import LONGEST
from ui.address.view import Refusal, View

Reader = Callable[[str], Any]


def asked(
    given: Mapping[str, str], readers: Mapping[str, Reader]
) -> tuple[dict[str, Any], list[Refusal]]:
    """Read the parameters that a page has besides those of a view.

    Parameters
    ----------
    readers
        Parameter to a function from its text; raises ValueError or LookupError for what cannot be
        followed.

    Returns
    -------
    found
        What could be read; what is left out or empty is not in it.
    refusals
        What could not.
    """
    found, refused = {}, []
    for name, read in readers.items():
        text = given.get(name) or ""
        if not text:
            continue
        try:
            found[name] = read(text[: LONGEST + 1])
        except (ValueError, LookupError):
            refused.append(Refusal(name, text[:LONGEST]))
    return found, refused


def read_area(text: str) -> tuple[str, str]:
    """Read the area that the reader singled out: edition and code, as `area_text` writes them.

    Raises
    ------
    ValueError
        If there is no such area.
    """
    edition, _, code = text.partition(":")
    if not has_area(edition, code):
        raise ValueError(text)
    return edition, code


def area_text(view: View, code: str) -> str:
    """Write an area of a view; the edition keeps it from being taken for another place."""
    return f"{view.edition}:{code}" if code else ""
