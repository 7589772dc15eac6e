"""Published figures beside a ledger: of the same definition first, the others apart from it."""

from __future__ import annotations

from base.html import Markup, el, items, join
from base.words import Lang, t
from geo.coverage.ledger import Ledger
from geo.editions import COUNTRY_CODE
from metrics.briefs import KINDS, GapFigure, gap_figures, national, provincial
from metrics.store import Store
from ui.gaps.known import clash_html, figure_html, link_html, source_of
from ui.gaps.pick import lowest_name
from ui.scene import period_text


def published_html(store: Store, ledger: Ledger, place: str, lang: Lang) -> Markup:
    """Write what was published of the place of a ledger."""
    figures = gap_figures(store)
    if place == COUNTRY_CODE:
        mine = national(figures)
    else:
        here = (ledger.edition, place)
        mine = [f for f in provincial(figures) if (f.row["edition"], f.row["area"]) == here]
    order = [ledger.definition, *(kind for kind in KINDS if kind != ledger.definition)]
    blocks = join(_block(store, mine, kind, lang, own=kind == ledger.definition) for kind in order)
    name = t("gaps.country", lang)
    if place != COUNTRY_CODE:
        name = lowest_name(ledger.edition, place, lang)
    return el(
        "div.atlas-gaps.atlas-beside",
        el("h2", t("gaps.beside", lang, name=name)),
        el("p", t("gaps.beside.lead", lang)),
        blocks or el("p", t("gaps.beside.none", lang, name=name)),
    )


def _block(store: Store, figures: list[GapFigure], kind: str, lang: Lang, *, own: bool) -> Markup:
    rows = [figure for figure in figures if figure.kind == kind]
    if not rows:
        return Markup()
    head = t(f"gaps.kind.{kind}", lang)
    if own:
        head = t("gaps.beside.same", lang, kind=head)
    listed = (
        (
            (figure_html(f, lang), " ", el("span", period_text(f.row, lang)), " "),
            (link_html(f, lang), " ", el("small", source_of(store, f, lang))),
            clash_html(f, lang),
        )
        for f in rows
    )
    return el("h3", head) + items(listed)
