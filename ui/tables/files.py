"""What is filtered on the page of tables, as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import streamlit as st

from base.words import Lang, number, t
from metrics.exporting import FORMATS, permalink, title_of
from metrics.store import Store
from ui.address import carry_href
from ui.download import MOST_ROWS, file_bytes, file_name
from ui.scene import source_name
from ui.shell import as_of, status
from ui.tables.asked import Asked

OFFERED: Final = (("csv", "csv", False), ("csv_excel", "csv", True), ("xlsx", "xlsx", True))


def files(store: Store, asked: Asked, n: int, lang: Lang) -> None:
    """Offer what is filtered as CSV and XLSX, in full; say how where it is too much for a page."""
    if n > MOST_ROWS:
        limit = number(MOST_ROWS, lang)
        told = t("tables.too_many", lang, most=limit)
        status(told)
        st.code("python -m metrics export --all --out atlas06.csv", None)
        return
    with st.container(key="tables_files", horizontal=True, gap="small"):
        for label, form, mark in OFFERED:
            st.download_button(
                t(f"tables.file.{label}", lang),
                _made(store, asked, form, lang, mark=mark),
                file_name(store, asked.narrowed(store, as_of()), form),
                FORMATS[form].mime,
                key=f"file_{label}",
                on_click="ignore",
            )


def _made(store: Store, asked: Asked, form: str, lang: Lang, *, mark: bool) -> Callable[[], bytes]:
    what, link = asked.narrowed(store, as_of()), permalink(carry_href(asked.href(lang), as_of()))
    title = title_of_rows(store, asked, lang)
    return lambda: file_bytes(store, what, form, lang, title=title, link=link, bom=mark)[0]


def title_of_rows(store: Store, asked: Asked, lang: Lang) -> str:
    """Say what is filtered."""
    return "; ".join((title_of(store, asked.narrowed(store), lang), *_more(store, asked, lang)))


def _more(store: Store, asked: Asked, lang: Lang) -> Iterator[str]:
    """Say the filters that the title of an export does not know."""
    for name in ("role", "state", "qualifier", "origin", "dataset", "least", "most", "text"):
        value = str(getattr(asked, name))
        if value:
            if name == "origin":
                value = source_name(store.catalog.origin(value), lang)
            elif name in ("role", "state", "qualifier"):
                value = t(f"tables.{name}.{value}", lang)
            yield f"{t(f'tables.pick.{name}', lang)}: {value}"
