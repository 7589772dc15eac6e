"""Published figures beside a ledger: of the same definition first, the others apart from it."""

from __future__ import annotations

from html import escape

from base.words import Lang, t
from geo.coverage.ledger import Ledger
from geo.editions import COUNTRY_CODE
from metrics.briefs import KINDS, GapFigure, gap_figures, national, provincial
from metrics.store import Store
from ui.gaps.known import clash_html, figure_html, link_html, period_html, source_html
from ui.gaps.pick import lowest_name


def published_html(store: Store, ledger: Ledger, place: str, lang: Lang) -> str:
    """Write what was published of the place of a ledger.

    Returns
    -------
    str
        HTML; everything that comes from data is escaped.
    """
    figures = gap_figures(store)
    if place == COUNTRY_CODE:
        mine = national(figures)
    else:
        here = (ledger.edition, place)
        mine = [f for f in provincial(figures) if (f.row["edition"], f.row["area"]) == here]
    order = [ledger.definition, *(kind for kind in KINDS if kind != ledger.definition)]
    blocks = [_block(store, mine, kind, lang, own=kind == ledger.definition) for kind in order]
    name = t("gaps.country", lang)
    if place != COUNTRY_CODE:
        name = lowest_name(ledger.edition, place, lang)
    title, lead = t("gaps.beside", lang, name=name), t("gaps.beside.lead", lang)
    body = "".join(blocks) or f"<p>{escape(t('gaps.beside.none', lang, name=name))}</p>"
    head = f"<h2>{escape(title)}</h2><p>{escape(lead)}</p>"
    return f'<div class="atlas-gaps atlas-beside">{head}{body}</div>'


def _block(store: Store, figures: list[GapFigure], kind: str, lang: Lang, *, own: bool) -> str:
    rows = [figure for figure in figures if figure.kind == kind]
    if not rows:
        return ""
    head = t(f"gaps.kind.{kind}", lang)
    if own:
        head = t("gaps.beside.same", lang, kind=head)
    items = "".join(
        f"<li>{figure_html(f, lang)} <span>{period_html(f, lang)}</span> {link_html(f, lang)} "
        f"<small>{source_html(store, f, lang)}</small>{clash_html(f, lang)}</li>"
        for f in rows
    )
    return f"<h3>{escape(head)}</h3><ul>{items}</ul>"
