"""What has been published on coverage gaps: the national series, and who is known and unknown."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd
import streamlit as st

from base.words import Lang, day, number, pick, t
from geo.coverage.ledger import DUE
from geo.editions import EDITION_2024, EDITION_2025, Level, areas
from metrics.briefs import (
    KINDS,
    PROMISES,
    GapFigure,
    after_promise,
    gap_figures,
    national,
    province,
    provincial,
)
from metrics.store import Store
from ui.address import View
from ui.gaps.knownmap import known_map, map_heading_html
from ui.parts import show_map
from ui.scene import beside, period_text, source_name, unit_text, value_text

EDITIONS = (EDITION_2025, EDITION_2024)


def show_known(store: Store, lang: Lang) -> None:
    """Show what was published: the national series, the maps of provinces, their figures."""
    figures = gap_figures(store)
    st.html(national_html(store, lang))
    heading = f"<h2>{escape(t('gaps.provinces', lang))}</h2>"
    lead = f"<p>{escape(t('gaps.provinces.lead', lang))}</p>"
    st.html(f'<div class="atlas-text">{heading}{lead}</div>')
    for column, edition_id in zip(st.columns(2, gap="medium"), EDITIONS, strict=True):
        with column:
            st.html(map_heading_html(edition_id, lang))
            view, legend = known_map(figures, edition_id, lang)
            show_map(view, lang, key=f"map_known_{edition_id}", chosen=lambda _: None)
            st.html(legend)
    st.html(provinces_html(store, lang))


def national_html(store: Store, lang: Lang) -> str:
    """Write what was published of the country, definitions apart, contradictions side by side.

    Returns
    -------
    str
        HTML; everything that comes from data is escaped.
    """
    figures = gap_figures(store)
    parts = [
        f"<h2>{escape(t('gaps.national', lang))}</h2>",
        f"<p>{escape(t('gaps.national.lead', lang))}</p>",
        *(_series(store, figures, kind, lang) for kind in KINDS),
        _promise(store, figures, lang),
    ]
    return f'<div class="atlas-text atlas-gaps">{"".join(parts)}</div>'


def provinces_html(store: Store, lang: Lang) -> str:
    """Write what was published of provinces; parameters as of `national_html`."""
    table = _provinces(store, provincial(gap_figures(store)), lang)
    return f'<div class="atlas-text atlas-gaps">{table}</div>'


def _series(store: Store, figures: list[GapFigure], kind: str, lang: Lang) -> str:
    rows = [figure for figure in national(figures) if figure.kind == kind]
    if not rows:
        return ""
    heads = ("when", "figure", "what", "source")
    body = "".join(
        _tr(
            period_html(figure, lang),
            figure_html(figure, lang),
            link_html(figure, lang),
            source_html(store, figure, lang) + clash_html(figure, lang),
        )
        for figure in rows
    )
    return f"<h3>{escape(t(f'gaps.kind.{kind}', lang))}</h3>{_table(heads, body, lang)}"


def _promise(store: Store, figures: list[GapFigure], lang: Lang) -> str:
    rows = store.observations()
    promised = rows[rows["indicator"].isin(PROMISES) & (rows["role"] == "target")]
    if promised.empty:
        return ""
    origin = store.catalog.origin(str(promised.iloc[0]["origin"]))
    after = after_promise(figures, DUE)
    counts = "; ".join(
        f"{value_text(f.row, f.indicator, lang)} ({period_text(f.row, lang)})" for f in after
    )
    said = t("gaps.promise.text", lang, due=day(DUE, lang), source=source_name(origin, lang))
    if counts:
        said += " " + t("gaps.promise.after", lang, counts=counts)
    return f"<h3>{escape(t('gaps.promise', lang))}</h3><p>{escape(said)}</p>"


def _provinces(store: Store, figures: list[GapFigure], lang: Lang) -> str:
    heads = ("place", "figure", "what", "when", "source")
    body = "".join(
        _tr(
            escape(_place(figure, lang)),
            figure_html(figure, lang),
            link_html(figure, lang),
            period_html(figure, lang),
            source_html(store, figure, lang) + clash_html(figure, lang),
        )
        for figure in figures
    )
    return _table(heads, body, lang)


def _table(heads: Iterable[str], body: str, lang: Lang) -> str:
    head = "".join(f'<th scope="col">{escape(t(f"gaps.head.{name}", lang))}</th>' for name in heads)
    return f'<table class="atlas-table"><thead><tr>{head}</tr></thead>{body}</table>'


def _tr(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def period_html(figure: GapFigure, lang: Lang) -> str:
    """Write the period of a figure."""
    return escape(period_text(figure.row, lang))


def figure_html(figure: GapFigure, lang: Lang) -> str:
    """Write a figure with its unit, and of how many it is."""
    text = beside(value_text(figure.row, figure.indicator, lang), unit_text(figure.indicator, lang))
    of = figure.row["denominator"]
    if not pd.isna(of) and figure.indicator.kind == "count":
        text = t("gaps.of", lang, figure=text, of=number(float(of), lang))
    return f"<b>{escape(text)}</b>"


def link_html(figure: GapFigure, lang: Lang) -> str:
    """Write what a figure counts, as a link to the map of it."""
    view = View(lang=lang, indicator=figure.indicator.id)
    if figure.row["edition"]:
        view = view.to(
            edition=str(figure.row["edition"]),
            indicator=figure.indicator.id,
            source=str(figure.row["area"]),
        )
    else:
        view = view.to(source=view.place)
    name = escape(pick(figure.indicator.title, lang))
    return f'<a href="{escape(view.href())}" target="_self">{name}</a>'


def source_html(store: Store, figure: GapFigure, lang: Lang) -> str:
    """Write who published a figure."""
    return escape(source_name(store.catalog.origin(str(figure.row["origin"])), lang))


def clash_html(figure: GapFigure, lang: Lang) -> str:
    """Say that sources disagree; "" where they do not."""
    return f" <em>{escape(t('gaps.conflict', lang))}</em>" if figure.conflict else ""


def _place(figure: GapFigure, lang: Lang) -> str:
    place = province(figure)
    name = place.short_vi if lang == "vi" else place.short_en
    # Readers know an edition by the number of its provinces.
    n = len(areas(str(figure.row["edition"]), Level.PROVINCE))
    return t("gaps.place", lang, name=name, n=number(n, lang))
