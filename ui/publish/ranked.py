"""The ranking table of a map as it stands in a page: what static/ui/ranking.js shows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from base.html import Markup, el, join
from ui.publish.links import ROW


def ranking_html(data: Mapping[str, Any], href: Callable[[str], str]) -> Markup:
    """Write the table.

    Parameters
    ----------
    data
        As `ui.scene.ranking_data` makes it.
    href
        Where the page of an area is, by its code; "" for none.
    """
    shown = [name for name in data["heads"] if name not in data["once"]]
    bars = data["shares"] is not None
    heads = [_head(data, name) for name in shown]
    if bars:
        heads.insert(shown.index("value"), el("td.bar", aria_hidden="true"))
    rows = [_row(data, at, shown, href) for at in range(len(data["rows"]))]
    if whole := data["whole"]:
        rows.insert(whole["at"], _whole(whole, shown, bars=bars))
    said = el("p.said", data["said"]) if data["said"] else ""
    kind = "table.ranked.wordy" if data["wordy"] else "table.ranked"
    body = el(kind, el("caption", data["caption"]), el("thead", el("tr", heads)), el("tbody", rows))
    return join(said, body)


def _head(data: Mapping[str, Any], name: str) -> Markup:
    sort = "ascending" if data["sort"] == name else None
    return el(f"th.{name}", data["heads"][name], scope="col", aria_sort=sort)


def _row(data: Mapping[str, Any], at: int, shown: list[str], href: Callable[[str], str]) -> Markup:
    code, rank, name, value, mark, date, source, group = data["rows"][at][:8]
    color = data["colors"][group] if group >= 0 else ""
    cells = {
        "rank": el("td.rank", "" if rank is None else str(rank)),
        "name": el("th.name", _name(name, href(code)), scope="row"),
        "value": el("td.value", _value(data, code, value, mark, color)),
        "date": el("td.date", data["dates"][date]),
        "source": el("td.source", data["sources"][source]),
    }
    told = [cells[name] for name in shown]
    if data["shares"] is not None:
        told.insert(shown.index("value"), _bar(data["shares"][at], color))
    return el("tr", told, id=f"{ROW}{code}", data_code=code)


def _name(name: str, href: str) -> Markup | str:
    return el("a", name, href=href) if href else name


def _value(data: Mapping[str, Any], code: str, value: str, mark: str, color: str) -> list[Markup]:
    if value == "":
        return [el("span.state", data["whys"].get(code) or data["marks"].get(mark, ""))]
    key = el("i", style=f"background:{color}") if color and data["shares"] is None else ""
    told = [el("span", key, value)]
    if data["marks"].get(mark) and "mark" not in data["once"]:
        told.append(el("small", data["marks"][mark]))
    return told


def _bar(share: int, color: str) -> Markup:
    if share < 0:
        return el("td.bar", aria_hidden="true")
    style = f"width:{share / 10:g}%" + (f";background:{color}" if color else "")
    return el("td.bar", el("i.stripe", style=style), aria_hidden="true")


def _whole(whole: Mapping[str, Any], shown: list[str], *, bars: bool) -> Markup:
    """Write the line of the whole among those of its parts."""
    cells = {
        "name": el("th.name", whole["name"], scope="row"),
        "value": el("td.value", whole["value"]),
    }
    told = [cells.get(name, el("td")) for name in shown]
    if bars:
        told.insert(shown.index("value"), _bar(whole["share"], "currentColor"))
    return el("tr.whole", told)
