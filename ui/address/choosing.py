"""What a choice of the reader makes of a view: decided here for the page and for the map's message.

A choice can travel as text, ``place:44``: the parameter of the address and its new value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from geo.editions import has_area
from metrics.catalog import Indicator
from ui.address.choices import MOST_PINS
from ui.address.engine import LONGEST, Reading, Refusal, Told
from ui.address.params import PARAMS
from ui.address.view import View

# Not a parameter: pins an area, or takes its pin away.
PIN: Final = "pin"
MOST_CHOICES: Final = 4


def chosen(view: View, known: Mapping[str, Indicator], **changes: Any) -> View:
    """Return the view after a choice; another indicator comes in the classes it is declared with.

    Parameters
    ----------
    known
        The indicators that exist.
    """
    indicator = known.get(str(changes.get("indicator", "")))
    if indicator is not None and indicator.classes is not None:
        changes = {"method": indicator.classes.method, "k": indicator.classes.k} | changes
    return view.to(**changes)


def pins_after(view: View, code: str) -> tuple[str, ...]:
    """Return the pins after an area is pinned, or unpinned; nothing beyond the most pins."""
    if code in view.pins:
        return tuple(pin for pin in view.pins if pin != code)
    if has_area(view.edition, code) and len(view.pins) < MOST_PINS:
        return (*view.pins, code)
    return view.pins


def read_choices(
    texts: Sequence[str], view: View, known: Mapping[str, Indicator]
) -> tuple[View, list[Refusal]]:
    """Follow choices that arrived as texts; anything may be in them.

    Returns
    -------
    view
        The view after those that can be followed.
    refusals
        Those that cannot.
    """
    params = {param.name: param for param in PARAMS}
    found = {name: getattr(view, param.into) for name, param in params.items()}
    changes: dict[str, Any] = {}
    refused = [Refusal("do", text[:LONGEST]) for text in texts[MOST_CHOICES:]]
    for text in texts[:MOST_CHOICES]:
        name, colon, given = text.partition(":")
        try:
            if name == PIN:
                changes["pins"] = pins_after(view, given)
                continue
            param = params[name if colon else ""]
            so_far = Reading(found | changes, known)
            changes[name] = param.take(given, so_far) if given else getattr(View(), param.into)
        except (ValueError, LookupError) as error:
            reason = str(error) if isinstance(error, Told) else ""
            refused.append(Refusal("do", text[:LONGEST], reason))
    return chosen(view, known, **changes) if changes else view, refused
