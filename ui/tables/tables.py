"""Observations as a table, and as a table of two dimensions: words, links, no codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from base.html import Markup, el, link, row, table
from base.words import Lang, number, numbers, period, pick, t, tn
from geo.editions import COUNTRY_CODE, Level, edition
from metrics.briefs import Pivot, split_key
from metrics.catalog import Indicator
from metrics.store import SHIPPED_ID, Store
from ui.scene import (
    FIGURES,
    Row,
    as_uploaded,
    level_name,
    period_text,
    records,
    role_text,
    source_name,
    state_text,
    trace_href,
    value_text,
    where_name,
    with_unit,
)
from ui.tables.asked import Asked

LONGEST_NOTE: Final = 160
Cell = Callable[[Store, Row, Lang], str]


def rows_html(store: Store, rows: pd.DataFrame, asked: Asked, lang: Lang) -> Markup:
    """Write a page of observations.

    Parameters
    ----------
    rows
        Of `metrics.briefs.browse.page`.
    asked
        The columns wanted.
    """
    names = {name: column_name(name, lang) for name in asked.columns}
    heads = (el(f"th.{name}", head, scope="col") for name, head in names.items())
    body = (
        row(
            *(
                el(f"td.{name}", CELLS[name](store, found, lang), data_label=head)
                for name, head in names.items()
            )
        )
        for found in records(rows)
    )
    return el("div.atlas-rows", table(heads, body, caption=t("tables.title", lang)))


def column_name(name: str, lang: Lang) -> str:
    """Name a column."""
    return t(f"tables.column.{name}", lang)


def figure_text(store: Store, row: Row, lang: Lang) -> str:
    """Write a figure with its unit and what kind of statement it is; its state without one."""
    indicator = store.catalog.indicator(str(row["indicator"]))
    text = with_unit(value_text(row, indicator, lang), indicator, lang)
    if row["state"] not in FIGURES or not text:
        return state_text(str(row["state"]), lang) or t("tables.state.reported", lang)
    return role_text(str(row["role"]), lang) + text


def edition_name(edition_id: str, lang: Lang) -> str:
    """Name an edition of the map; the country's series belongs to all."""
    if edition_id in ("", COUNTRY_CODE):
        return t("audit.country", lang)
    found = edition(edition_id)
    return found.name_vi if lang == "vi" else found.name_en


def dataset_name(id_: str, lang: Lang) -> str:
    """Name a dataset: the shipped one in words, those of users by their id, and that they are."""
    return t("dataset.shipped", lang) if id_ == SHIPPED_ID else as_uploaded(id_, id_, lang)


def _indicator(store: Store, row: Row, lang: Lang) -> str:
    return pick(store.catalog.indicator(str(row["indicator"])).title, lang)


def _theme(store: Store, row: Row, lang: Lang) -> str:
    domain = store.catalog.indicator(str(row["indicator"])).domain
    return pick(store.catalog.domains[domain].title, lang)


def _place(_: Store, row: Row, lang: Lang) -> Markup:
    code, on = str(row["area"]), str(row["edition"])
    name = where_name(on, code, lang)
    href = trace_href(lang, str(row["indicator"]), on, code, source=False)
    return link(href, name[:1].upper() + name[1:])


def _figure(store: Store, row: Row, lang: Lang) -> Markup:
    href = trace_href(lang, str(row["indicator"]), str(row["edition"]), str(row["area"]))
    text = figure_text(store, row, lang)
    return link(href, text[:1].upper() + text[1:])


def _parts(_: Store, row: Row, lang: Lang) -> str:
    parts = [row["numerator"], row["denominator"]]
    if any(pd.isna(part) for part in parts):
        return ""
    over, under = numbers(parts, lang)
    return f"{over} / {under}"


def _source(store: Store, row: Row, lang: Lang) -> str:
    name = source_name(store.catalog.origin(str(row["origin"])), lang)
    return as_uploaded(name, row["dataset"], lang)


def _quoted(name: str) -> Cell:
    def written(_: Store, row: Row, __: Lang) -> Markup:
        text = str(row[name])
        short = text if len(text) <= LONGEST_NOTE else text[: LONGEST_NOTE - 1] + "…"
        # What sources say stays in their language.
        return el("span", short, lang="vi", title=text) if text else Markup()

    return written


CELLS: Final[Mapping[str, Cell]] = {
    "indicator": _indicator,
    "theme": _theme,
    "place": _place,
    "map": lambda _, row, lang: edition_name(str(row["edition"]), lang),
    "level": lambda _, row, lang: level_name(Level(str(row["level"])), lang, 1),
    "period": lambda _, row, lang: period_text(row, lang),
    "figure": _figure,
    "parts": _parts,
    "role": lambda _, row, lang: t(f"tables.role.{row['role']}", lang),
    "state": lambda _, row, lang: t(f"tables.state.{row['state']}", lang),
    "qualifier": lambda _, row, lang: t(f"tables.qualifier.{row['qualifier']}", lang),
    "source": _source,
    "locator": _quoted("locator"),
    "note": _quoted("note"),
    "dataset": lambda _, row, lang: dataset_name(str(row["dataset"]), lang),
}


# ---- Pivot -----------------------------------------------------------------------------------


def pivot_html(store: Store, found: Pivot, asked: Asked, lang: Lang) -> Markup:
    """Write a table of two dimensions; see `rows_html`."""
    corner = t(f"tables.dimension.{asked.by}", lang)
    heads = [key_name(store, asked.across, key, lang) for key in found.columns]

    def cell(by: str, across: str, head: str) -> Markup:
        held = found.cells.get((by, across))
        told = _cell(store, held, (by, across), asked, lang)
        # On a phone a cell stands in a line of its own, with its head; those without a figure go.
        return el("td", told, data_label=head, class_=None if held else "none")

    body = [
        row(
            el("th", key_name(store, asked.by, by, lang), scope="row"),
            *(cell(by, *at) for at in zip(found.columns, heads, strict=True)),
        )
        for by in found.rows
    ]
    told = table((corner, *heads), body, caption=t("tables.title", lang))
    return el("div.atlas-pivot", told, tabindex=0)


def key_name(store: Store, dimension: str, key: str, lang: Lang) -> str:
    """Name a row or a column of a pivot in the reader's words."""
    if dimension == "indicator":
        return pick(store.catalog.indicator(key).short, lang)
    if dimension == "place":
        on, code = split_key(key)
        name = where_name(on, code, lang)
        return name[:1].upper() + name[1:]
    if dimension == "period":
        end, start, grain = split_key(key)
        begins = date.fromisoformat(start[:10]) if start else None
        return period(begins, date.fromisoformat(end[:10]), grain, lang)
    if dimension == "origin":
        return source_name(store.catalog.origin(key), lang)
    if dimension == "dataset":
        return dataset_name(key, lang)
    if dimension == "state":
        return t(f"tables.state.{key}", lang)
    return tn(f"level.{key}", 1, lang) if dimension == "level" else key


def filters_of(dimension: str, key: str) -> dict[str, Any]:
    """Return the filters that keep what a row or a column of a pivot holds."""
    if dimension == "indicator":
        return {"indicators": (key,)}
    if dimension == "place":
        on, code = split_key(key)
        return {"map": on, "place": code} if on else {"map": COUNTRY_CODE, "place": ""}
    if dimension in ("year", "period"):
        day = key if dimension == "year" else split_key(key)[0][:10]
        return {"since": day, "until": day}
    return {dimension: key}


def _cell(
    store: Store, cell: dict[str, Any] | None, key: tuple[str, str], asked: Asked, lang: Lang
) -> Markup:
    """Write one cell: its one figure, or how many observations it holds, each with a link."""
    if cell is None:
        return el("span", "–", aria_hidden="true")
    narrower = filters_of(asked.by, key[0]) | filters_of(asked.across, key[1])
    if cell["figures"] > 1:
        n = int(cell["n"])
        href = asked.href(lang, show="rows", **narrower)
        return el("small", link(href, tn("tables.several", n, lang, n=number(n, lang))))
    indicator: Indicator = store.catalog.indicator(str(cell["indicator"]))
    text = with_unit(value_text(cell, indicator, lang), indicator, lang)
    if not text:
        text = state_text(str(cell["state"]), lang)
    text = role_text(str(cell["role"]), lang) + text
    if cell["n"] > 1:
        return link(asked.href(lang, show="rows", **narrower), text)
    href = trace_href(lang, indicator.id, str(cell["edition"]), str(cell["area"]))
    # Where rows and columns do not say of what the figure is, pointing at it does.
    title = pick(indicator.title, lang)
    return link(href, text, title=title) if href else el("span", text, title=title)
