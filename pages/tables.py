"""Tables: all observations, filtered, sorted, put into two dimensions, and taken away."""

from html import escape

import streamlit as st

from base.words import number, t, tn
from metrics.briefs import PAGE_ROWS, PIVOT_ROWS, count, page, pages, pivot
from ui.shell import refusals, store, text_page
from ui.tables import (
    PARAMS,
    PIVOT,
    files,
    filters,
    more_filters,
    pager,
    pivot_html,
    read_asked,
    rows_html,
    show_control,
)

lang = text_page("tables.title", "tables.lead", extra=PARAMS)
figures = store()
asked, refused = read_asked(st.query_params.to_dict(), figures)
refusals(refused, lang)
with st.container(key="tables"):
    show_control(asked, lang)
    filters(figures, asked, lang)
    with st.expander(t("tables.more", lang)):
        more_filters(figures, asked, lang)

what = asked.narrowed(figures)
n = count(figures, what)
told = tn("tables.found", n, lang, n=number(n, lang))
clear = f'<a href="tables?lang={lang}" target="_self">{escape(t("tables.clear", lang))}</a>'
st.html(f'<p class="atlas-found" role="status"><b>{escape(told)}</b> {clear}</p>')
if n and asked.show == PIVOT:
    found = pivot(figures, what, (asked.by, asked.across), asked.page)
    last = pages(found.n_rows, PIVOT_ROWS)
    st.html(pivot_html(figures, found, asked, lang))
    hidden = found.n_columns - len(found.columns)
    if hidden > 0:
        left = tn("tables.hidden", hidden, lang, n=number(hidden, lang))
        st.html(f'<p class="atlas-small">{escape(left)}</p>')
    pager(min(asked.page, last), last, lang)
elif n:
    last = pages(n, PAGE_ROWS)
    at = min(asked.page, last)
    st.html(rows_html(figures, page(figures, what, asked.sort, at), asked, lang))
    pager(at, last, lang)
if n:
    files(figures, asked, n, lang)
else:
    st.html(f'<p class="atlas-text">{escape(t("tables.none", lang))}</p>')
