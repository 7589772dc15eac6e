"""The file that a reader brings, and which of its tables is meant; each is worked out once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from base.reading import EDITOR
from base.words import Lang, Refusal, day, number, t
from metrics.datasets import spellings
from metrics.importing import (
    EACH,
    Block,
    Evidence,
    Mapping,
    Preview,
    Report,
    evidence,
    examine,
    preview,
    propose,
    remembered,
    settled,
)
from metrics.store import Store
from ui.load.edits import Edits
from ui.shell import alert, show, upload_words

MAX_UPLOAD_MB = 200
PASTED = "bang-dan.tsv"
SHOWN_ROWS = 10


@dataclass(frozen=True, slots=True)
class Given:
    """A file with what was read of it, and the table in it that is meant.

    Attributes
    ----------
    data, seen
        The file.
    at
        Position of the table among those found.
    """

    data: bytes
    seen: Preview
    at: int = 0

    @property
    def block(self) -> Block:
        """The table."""
        return self.seen.blocks[self.at]

    @property
    def table(self) -> str:
        """What is kept of this table, whatever is said of it, is kept under."""
        return f"{self.seen.book.sha256[:16]} {self.at}"

    @property
    def key(self) -> str:
        """What the state of the controls about this table is kept under, as long as said so."""
        return f"{self.table} {json.dumps(self.said, sort_keys=True)}" if self.said else self.table

    @property
    def said(self) -> dict[str, Any]:
        """What the reader has answered, as fields of a mapping."""
        found: dict[str, Any] = st.session_state.get(f"said {self.table}", {})
        return found

    def say(self, more: dict[str, Any]) -> None:
        """Keep an answer beside those before."""
        before = self.said
        lists = {"settled": sorted({*before.get("settled", ()), *more.get("settled", ())})}
        each = {
            name: {**before.get(name, {}), **more.get(name, {})}
            for name in EACH
            if name in before or name in more
        }
        st.session_state[f"said {self.table}"] = {**before, **more, **lists, **each}

    def forget(self) -> None:
        """Forget all answers; what was changed in the form stays."""
        st.session_state.pop(f"said {self.table}", None)
        st.session_state[f"began {self.key}"] = self._edits

    def keep(self, start: Mapping, found: Mapping) -> None:
        """Keep what the reader changed in the form, for when an answer changes the proposal."""
        st.session_state[f"edits {self.table}"] = self._edits.after(start, found)

    @property
    def _edits(self) -> Edits:
        found: Edits = st.session_state.get(f"edits {self.table}", Edits())
        return found

    @property
    def edits(self) -> Edits:
        """What had been changed when the form was last drawn anew: it begins with that."""
        found: Edits = st.session_state.setdefault(f"began {self.key}", self._edits)
        return found


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
    key = file.file_id if file else hashlib.sha256(data).hexdigest()
    try:
        with st.spinner(t("import.reading", lang)):
            seen = _read(key, name, data)
    except Refusal as refused:
        alert(refused.say(lang))
        return None
    _how(seen, lang)
    return Given(data, seen, _chosen(seen, lang))


# Each session goes through its file many times while the mapping is corrected: the file is read
# once, and each choice is worked out once.
@st.cache_resource(max_entries=2, show_spinner=False, scope="session")
def _read(key: str, name: str, _data: bytes) -> Preview:  # noqa: ARG001 - the key of the cache
    return preview(name, _data, EDITOR)


def proposed(file: Given, store: Store, team: str) -> Mapping:
    """Return the mapping to begin with: the one of the table before, else what it seems to be."""
    said = file.said
    start = _proposed(file.table, store.generation, team, file.block, store)
    if start.export:
        return start
    if said:
        start = settled(file.block, store.catalog, said, file.seen.book.name, start)
    return file.edits.over(start, said)


@st.cache_resource(max_entries=8, show_spinner=False, scope="session")
def _proposed(
    key: str,  # noqa: ARG001 - the key of the cache, as is the generation
    generation: str,  # noqa: ARG001
    team: str,
    _block: Block,
    _store: Store,
) -> Mapping:
    return remembered(_block, _store.catalog, team) or propose(_block, _store.catalog)


def reported(
    file: Given, mapping: Mapping, store: Store, lang: Lang, *, team: str, leave_out: bool
) -> Report:
    """Report on a table, with the spellings that the team has accepted before.

    Raises
    ------
    ImportRefused
        See `metrics.importing.examined.examine`.
    """
    choices = (file.key, store.generation, mapping.model_dump_json(), lang, team, leave_out)
    return _reported(choices, file, mapping, store)


@st.cache_resource(max_entries=4, show_spinner=False, scope="session")
def _reported(
    choices: tuple[str, str, str, Lang, str, bool], _file: Given, _mapping: Mapping, _store: Store
) -> Report:
    *_, lang, team, leave_out = choices
    known = spellings(_store, _mapping.edition, _mapping.level, team)
    return examine(
        _file.seen, _file.block, _mapping, _store, lang=lang, leave_out=leave_out, aliases=known
    )


def evidenced(file: Given, report: Report, store: Store) -> tuple[Evidence, ...]:
    """Return what the reading of a table rests on."""
    key = (file.key, store.generation, report.mapping.model_dump_json())
    return _evidenced(key, file, report, store)


@st.cache_resource(max_entries=4, show_spinner=False, scope="session")
def _evidenced(
    key: tuple[str, str, str],  # noqa: ARG001 - the key of the cache
    _file: Given,
    _report: Report,
    _store: Store,
) -> tuple[Evidence, ...]:
    return tuple(evidence(_file.block, _report, _store.catalog))


def _how(seen: Preview, lang: Lang) -> None:
    book = seen.book
    font = t(f"import.font.{book.font}", lang) if book.font else ""
    how = ", ".join(filter(None, (book.format.upper(), book.encoding, font)))
    show("p.atlas-text", t("import.read", lang, file=book.name, how=how, n=len(seen.blocks)))


def _written(cell: object, lang: Lang) -> str:
    """Write a cell as its reader writes numbers and days."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return number(cell, lang, 10)
    return day(cell, lang) if isinstance(cell, date) else str(cell)


def _chosen(seen: Preview, lang: Lang) -> int:
    """Ask which table is meant, where there are several, and show its first rows."""
    blocks = seen.blocks

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
        rows = [[_written(c, lang) for c in row] for row in block.rows[:SHOWN_ROWS]]
        frame = pd.DataFrame(
            rows, columns=list(block.columns), index=list(block.numbers[:SHOWN_ROWS])
        )
        st.dataframe(frame, width="stretch")
    return at
