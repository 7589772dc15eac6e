"""The file that a reader brings, and which of its tables is meant."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from metrics.importing import Block, ImportRefused, Preview, preview
from metrics.messages import Lang, t
from ui.files import upload_words

MAX_UPLOAD_MB = 200
PASTED = "bang-dan.tsv"
SHOWN_ROWS = 10


@dataclass(frozen=True, slots=True)
class Given:
    """A file with what was read of it."""

    data: bytes
    seen: Preview


def given(lang: Lang) -> Given | None:
    """Ask for a file or a pasted table and read it; say why where it cannot be read."""
    upload_words(t("import.upload", lang))
    file = st.file_uploader(
        t("import.file", lang), help=t("import.file.help", lang), max_upload_size=MAX_UPLOAD_MB
    )
    text = "" if file else st.text_area(t("import.paste", lang), height=90)
    if file is None and not text.strip():
        return None
    name, data = (file.name, file.getvalue()) if file else (PASTED, text.encode())
    try:
        seen = _read(name, data)
    except ImportRefused as refused:
        st.html(f'<p class="atlas-note" role="alert">{escape(refused.say(lang))}</p>')
        return None
    _how(seen, lang)
    return Given(data, seen)


# Each session goes through its file many times while the mapping is corrected.
@st.cache_resource(max_entries=4, show_spinner=False, scope="session")
def _read(name: str, data: bytes) -> Preview:
    return preview(name, data)


def _how(seen: Preview, lang: Lang) -> None:
    book = seen.book
    font = t(f"import.font.{book.font}", lang) if book.font else ""
    how = ", ".join(filter(None, (book.format.upper(), book.encoding, font)))
    told = t("import.read", lang, file=book.name, how=how, n=len(seen.blocks))
    st.html(f'<p class="atlas-text">{escape(told)}</p>')


def chosen_table(file: Given, lang: Lang) -> Block:
    """Ask which table is meant, where there are several, and show its first rows."""
    blocks = file.seen.blocks

    def name(at: int) -> str:
        block = blocks[at]
        return t(
            "import.table.one",
            lang,
            sheet=block.sheet,
            n=at + 1,
            rows=len(block.rows),
            columns=len(block.columns),
        ).strip()

    at = 0
    if len(blocks) > 1:
        at = st.selectbox(t("import.table", lang), range(len(blocks)), format_func=name)
    block = blocks[at]
    with st.expander(t("import.preview", lang)):
        rows = [["" if c is None else str(c) for c in row] for row in block.rows[:SHOWN_ROWS]]
        frame = pd.DataFrame(rows, columns=list(block.columns), index=block.numbers[:SHOWN_ROWS])
        st.dataframe(frame, width="stretch")
    return block
