"""Tables that become lists on a phone."""

from __future__ import annotations

from collections.abc import Iterable

from base.html import Markup, el, row, table


def rows_html(heads: Iterable[object], rows: Iterable[Iterable[object]], caption: str) -> Markup:
    """Write a table; on a phone each cell stands after the head of its column."""
    named = list(heads)
    body = (
        row(*(el("td", cell, data_label=head) for head, cell in zip(named, cells, strict=True)))
        for cells in rows
    )
    return el("div.atlas-rows", table(named, body, caption=caption))
