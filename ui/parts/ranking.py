"""The ranking table beside the map: the same rows, ranked, with the missing ones at the end."""

from __future__ import annotations

from typing import Any

from ui.parts.pinned import toggle_pin
from ui.shell import Chosen, go, open_area, ranking_table


def ranking(data: dict[str, Any], **triggers: Chosen) -> None:
    """Show the ranking table; `data` as `ranking_data` makes it.

    Parameters
    ----------
    data
        See static/ui/ranking.js.
    **triggers
        What a page does otherwise than going to the area of a row (``open``), tracing its figure
        (``source``) and sorting (``sort``), or with its further figures (``more``: place:code).
    """
    usual: dict[str, Chosen] = {
        "open": open_area,
        "source": lambda code: go(source=code),
        "sort": lambda column: go(sort=column),
        "pin": toggle_pin,
    }
    ranking_table("ranking", data, **usual | triggers)
