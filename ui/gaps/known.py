"""What has been published on coverage gaps: the national series, and who is known and unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from base.html import Markup, el, join, link, table
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
from ui.shell import show, show_html

EDITIONS = (EDITION_2025, EDITION_2024)


def show_known(store: Store, lang: Lang) -> None:
    """Show what was published: the national series, the maps of provinces, their figures."""
    figures = gap_figures(store)
    show_html(national_html(store, lang))
    heading = el("h2", t("gaps.provinces", lang))
    show("div.atlas-text", heading, el("p", t("gaps.provinces.lead", lang)))
    for column, edition_id in zip(st.columns(2, gap="medium"), EDITIONS, strict=True):
        with column:
            show_html(map_heading_html(edition_id, lang))
            view, legend = known_map(figures, edition_id, lang)
            show_map(view, lang, key=f"map_known_{edition_id}", chosen=lambda _: None)
            show_html(legend)
    show_html(provinces_html(store, lang))


def national_html(store: Store, lang: Lang) -> Markup:
    """Write what was published of the country, definitions apart, contradictions side by side."""
    figures = gap_figures(store)
    return el(
        "div.atlas-text.atlas-gaps",
        el("h2", t("gaps.national", lang)),
        el("p", t("gaps.national.lead", lang)),
        (_series(store, figures, kind, lang) for kind in KINDS),
        _promise(store, figures, lang),
    )


def provinces_html(store: Store, lang: Lang) -> Markup:
    """Write what was published of provinces."""
    figures = provincial(gap_figures(store))
    listed = _table(("place", "figure", "what", "when", "source"), store, figures, lang)
    return el("div.atlas-text.atlas-gaps", listed)


def _series(store: Store, figures: list[GapFigure], kind: str, lang: Lang) -> Markup:
    rows = [figure for figure in national(figures) if figure.kind == kind]
    if not rows:
        return Markup()
    listed = _table(("when", "figure", "what", "source"), store, rows, lang)
    return el("h3", t(f"gaps.kind.{kind}", lang)) + listed


def _promise(store: Store, figures: list[GapFigure], lang: Lang) -> Markup:
    rows = store.observations()
    promised = rows[rows["indicator"].isin(PROMISES) & (rows["role"] == "target")]
    if promised.empty:
        return Markup()
    origin = store.catalog.origin(str(promised.iloc[0]["origin"]))
    after = after_promise(figures, DUE)
    counts = "; ".join(
        f"{value_text(f.row, f.indicator, lang)} ({period_text(f.row, lang)})" for f in after
    )
    said = t("gaps.promise.text", lang, due=day(DUE, lang), source=source_name(origin, lang))
    if counts:
        said += " " + t("gaps.promise.after", lang, counts=counts)
    return el("h3", t("gaps.promise", lang)) + el("p", said)


def _table(heads: Sequence[str], store: Store, figures: Iterable[GapFigure], lang: Lang) -> Markup:
    def cells(figure: GapFigure) -> dict[str, object]:
        return {
            "place": _place(figure, lang) if "place" in heads else "",
            "when": period_text(figure.row, lang),
            "figure": figure_html(figure, lang),
            "what": link_html(figure, lang),
            "source": (source_of(store, figure, lang), clash_html(figure, lang)),
        }

    told = [t(f"gaps.head.{name}", lang) for name in heads]
    rows = ([found[name] for name in heads] for found in map(cells, figures))
    return table(told, rows, "table.atlas-table")


def figure_html(figure: GapFigure, lang: Lang) -> Markup:
    """Write a figure with its unit, and of how many it is."""
    text = beside(value_text(figure.row, figure.indicator, lang), unit_text(figure.indicator, lang))
    return el("b", text)


def link_html(figure: GapFigure, lang: Lang) -> Markup:
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
    return link(view.href(), pick(figure.indicator.title, lang))


def source_of(store: Store, figure: GapFigure, lang: Lang) -> str:
    """Say who published a figure."""
    return source_name(store.catalog.origin(str(figure.row["origin"])), lang)


def clash_html(figure: GapFigure, lang: Lang) -> Markup:
    """Say that sources disagree; "" where they do not."""
    return join(" ", el("em", t("gaps.conflict", lang))) if figure.conflict else Markup()


def _place(figure: GapFigure, lang: Lang) -> str:
    place = province(figure)
    name = place.short_vi if lang == "vi" else place.short_en
    # Readers know an edition by the number of its provinces.
    n = len(areas(str(figure.row["edition"]), Level.PROVINCE))
    return t("gaps.place", lang, name=name, n=number(n, lang))
