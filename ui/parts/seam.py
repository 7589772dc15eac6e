"""The series of an area across July 2025, with the change of the map shown as a seam."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from base.words import Lang, day, t
from geo.editions import EDITION_2025, Level
from metrics.relate import AFTER, seam
from ui.address import PUBLISHED
from ui.scene import Scene, basis_name, period_text, records, state_text, value_text, with_unit


def seam_html(scene: Scene, code: str) -> str:
    """Write the series of a province of today together with that of the provinces it unites.

    Returns
    -------
    str
        HTML; "" where all its figures are of one map.
    """
    view = scene.view
    if view.edition != EDITION_2025 or view.level is not Level.PROVINCE:
        return ""
    series = seam(scene.store, scene.indicator.id, code)
    rows = records(series.frame)
    if len(rows) < 2 or not any(row["is_carried"] for row in rows):
        return ""
    heads = "".join(
        f'<th scope="col">{escape(t(f"seam.{name}", view.lang))}</th>'
        for name in ("period", "value", "map")
    )
    body, before = [], True
    for row in rows:
        if before and row["side"] == AFTER:
            text = t("seam.here", view.lang, day=day(series.day, view.lang))
            body.append(f'<tr class="seam"><td colspan="3">{escape(text)}</td></tr>')
            before = False
        body.append(_row(row, scene, view.lang))
    heading = escape(t("seam.title", view.lang))
    return (
        f"<h4>{heading}</h4><table class='atlas-table'><thead><tr>{heads}</tr></thead>"
        f"{''.join(body)}</table>"
    )


def _row(row: Mapping[str, Any], scene: Scene, lang: Lang) -> str:
    value = with_unit(value_text(row, scene.indicator, lang), scene.indicator, lang)
    told = value or state_text(str(row["state"]), lang)
    basis = str(row["on_edition"]) if row["is_carried"] else PUBLISHED
    cells = (period_text(row, lang), told, basis_name(basis, scene.view.level, lang))
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
