"""The drawing of a time series: lines in a picture, points and words at percentages of the width.

Streamlit lets no SVG into a page but as a picture, which stretches to any width; type does not.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import pandas as pd

from base.words import Lang, day, decimals_of, number, pick, t
from metrics.relate import Series
from ui.charts.axes import Axes, axes_of, spread
from ui.scene import period_text, state_text

HEIGHT = 230  # px of the plot
LABEL_GAP = 16  # px between the names at the right edge


def chart(found: Series, rows: list[dict[str, Any]], lang: Lang) -> str:
    """Draw a series.

    Returns
    -------
    str
        HTML, everything in it escaped.
    """
    axes = axes_of(rows, found.indicator.kind == "rank", HEIGHT, found.seam)
    grid = "".join(_grid(axes, lang))
    ticks = "".join(
        f'<span class="tick{" dense" * dense}" style="left:{x:.2f}%">{escape(text)}</span>'
        for x, text, dense in axes.dates(rows, lang)
    )
    points = "".join(_mark(row, axes, lang) for row in rows)
    names = "".join(_names(rows, axes))
    alt = escape(_alt(found, rows, lang), quote=True)
    seam = ""
    if found.seam is not None:
        text = escape(t("series.seam", lang, day=day(found.seam, lang)))
        left = axes.across(pd.Timestamp(found.seam))
        seam = f'<span class="seam" style="left:{left:.2f}%"><span>{text}</span></span>'
    cut = ""
    if axes.low > 0 and not axes.falling:
        foot = number(axes.low, lang, decimals_of(axes.low))
        cut = f'<p class="cut">{escape(t("series.cut", lang, low=foot))}</p>'
    return (
        f'<div class="plot" role="img" aria-label="{alt}" style="height:{HEIGHT}px">'
        f"{grid}{seam}{_lines(rows, axes)}{points}{names}{ticks}</div>{cut}"
    )


def _grid(axes: Axes, lang: Lang) -> Iterable[str]:
    for value, text in axes.ticks(lang):
        top = f"top:{axes.down(value):.1f}px"
        yield f'<span class="grid" style="{top}"></span>'
        yield f'<span class="value" style="{top}">{escape(text)}</span>'


def _lines(rows: list[dict[str, Any]], axes: Axes) -> str:
    last: dict[str, dict[str, Any]] = {}
    lines = []
    for row in rows:
        if not row["run"]:
            continue
        before = last.get(row["run"])
        last[row["run"]] = row
        if before is None:
            continue
        (x1, y1), (x2, y2) = axes.at(before), axes.at(row)
        dashes = ' stroke-dasharray="5 4"' if row["is_carried"] else ""
        lines.append(
            f'<line x1="{x1:.2f}" y1="{y1:.1f}" x2="{x2:.2f}" y2="{y2:.1f}" '
            f'stroke="{row["colour"]}" stroke-width="2" vector-effect="non-scaling-stroke"'
            f"{dashes}/>"
        )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 {HEIGHT}" '
        f'preserveAspectRatio="none">{"".join(lines)}</svg>'
    )
    data = b64encode(svg.encode()).decode()
    return f'<img class="lines" alt="" src="data:image/svg+xml;base64,{data}">' if lines else ""


def _mark(row: Mapping[str, Any], axes: Axes, lang: Lang) -> str:
    x, y = axes.at(row)
    kinds = ["point"]
    if row["is_carried"] or row["state"] == "recomputed":
        kinds.append("hollow")
    if row["conflicting"]:
        kinds.append("split")
    if x < 22:
        kinds.append("at-left")
    elif x > 72:
        kinds.append("at-right")
    if y < HEIGHT / 2:
        kinds.append("at-top")
    told = [
        f"<b>{escape(str(row['name']))}</b>",
        f"<span>{escape(str(row['told']))}</span>",
        f"<small>{escape(period_text(row, lang))}</small>",
    ]
    if len(kinds) > 1 and row["state"] == "recomputed":
        told.append(f"<small>{escape(state_text('recomputed', lang))}</small>")
    if row["conflicting"]:
        told.append(f"<small>{escape(t('series.conflict.one', lang))}</small>")
    if row["sources"]:
        told.append(f"<small>{escape(str(row['sources']))}</small>")
    return (
        f'<span class="{" ".join(kinds)}" '
        f'style="left:{x:.2f}%;top:{y:.1f}px;color:{row["colour"]}">'
        f'<span class="tip">{"".join(told)}</span></span>'
    )


def _names(rows: list[dict[str, Any]], axes: Axes) -> Iterable[str]:
    """Write the name of each area beside its newest figure, moved apart where they would meet."""
    newest = {row["code"]: row for row in rows}
    wanted = [(axes.at(row)[1], code) for code, row in newest.items()]
    for (_, code), y in zip(
        sorted(wanted), spread([y for y, _ in sorted(wanted)], LABEL_GAP, HEIGHT), strict=True
    ):
        row = newest[code]
        name = escape(str(row["name"]))
        yield f'<span class="name" style="top:{y:.1f}px;color:{row["colour"]}"><b>{name}</b></span>'


def _alt(found: Series, rows: list[dict[str, Any]], lang: Lang) -> str:
    """Describe the chart by the first and the last figure of each area."""
    first: dict[str, dict[str, Any]] = {}
    last: dict[str, dict[str, Any]] = {}
    for row in rows:
        first.setdefault(row["code"], row)
        last[row["code"]] = row
    parts = [t("series.alt", lang, what=pick(found.indicator.title, lang))]
    for code, row in last.items():
        ends = {"name": row["name"], "last": row["told"], "last_when": period_text(row, lang)}
        start = first[code]
        if start is row:
            parts.append(t("series.alt.one", lang, **ends))
        else:
            ends |= {"first": start["told"], "first_when": period_text(start, lang)}
            parts.append(t("series.alt.two", lang, **ends))
    return " ".join([*parts, t("series.alt.table", lang)])
