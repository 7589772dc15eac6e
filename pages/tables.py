"""Tables: all observations, filtered, sorted, put into two dimensions, and taken away."""

import streamlit as st

from base.html import el, link
from base.words import number, t, tn
from metrics.briefs import PAGE_ROWS, PIVOT_ROWS, count, page, pages, pivot
from ui.shell import read_address, refusals, show, show_html, store, text_page
from ui.tables import (
    FRESH,
    PIVOT,
    TABLES,
    files,
    filters,
    fresh_table,
    indicator_filter,
    more_filters,
    pager,
    pivot_html,
    rows_html,
    show_control,
)

lang = text_page("tables.title", "tables.lead", extra=TABLES.names)
figures = store()
asked, refused = read_address(TABLES, figures)
refusals(refused, lang)
with st.container(key="tables"):
    show_control(asked, lang)
    if asked.show == FRESH:
        indicator_filter(figures, asked, lang)
        last = fresh_table(figures, asked, lang)
        pager(min(asked.page, last), last, lang)
    else:
        filters(figures, asked, lang)
        with st.expander(t("tables.more", lang)):
            more_filters(figures, asked, lang)

if asked.show != FRESH:
    what = asked.narrowed(figures)
    n = count(figures, what)
    told = tn("tables.found", n, lang, n=number(n, lang))
    clear = link(f"tables?lang={lang}", t("tables.clear", lang))
    show("p.atlas-found", el("b", told), " ", clear, role="status")
    if n and asked.show == PIVOT:
        found = pivot(figures, what, (asked.by, asked.across), asked.page)
        last = pages(found.n_rows, PIVOT_ROWS)
        show_html(pivot_html(figures, found, asked, lang))
        hidden = found.n_columns - len(found.columns)
        if hidden > 0:
            show("p.atlas-small", tn("tables.hidden", hidden, lang, n=number(hidden, lang)))
        pager(min(asked.page, last), last, lang)
    elif n:
        last = pages(n, PAGE_ROWS)
        at = min(asked.page, last)
        show_html(rows_html(figures, page(figures, what, asked.sort, at), asked, lang))
        pager(at, last, lang)
    if n:
        files(figures, asked, n, lang)
    else:
        show("p.atlas-text", t("tables.none", lang))
