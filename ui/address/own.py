"""The area that the reader singled out, on pages that have one besides that of their view."""

from __future__ import annotations

from geo.editions import has_area
from ui.address.engine import Param, Reading
from ui.address.view import View


def _read(text: str, _so_far: Reading) -> tuple[str, str]:
    edition, _, code = text.partition(":")
    if not has_area(edition, code):
        raise ValueError(text)
    return edition, code


def _write(area: tuple[str, str]) -> str:
    return ":".join(area) if area[1] else ""


# Edition and code: the edition keeps it from being taken for another place.
AREA = Param("area", _read, _write)


def area_text(view: View, code: str) -> str:
    """Write an area of a view."""
    return _write((view.edition, code))


def of_view(area: tuple[str, str], view: View) -> tuple[str, str]:
    """Return an area if it is of the edition of a view."""
    return area if area[0] == view.edition else ("", "")
