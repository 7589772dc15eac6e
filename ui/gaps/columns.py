"""What the columns of a reader's file are taken for, to be checked and put right."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from base.html import Markup, el, table
from base.words import Lang, Refusal, t
from geo.coverage.input import FIELDS, Limits, Peek, peek
from ui.gaps.options import Chosen, encoding_name
from ui.shell import alert, show, show_html

PEEKS = "atlas_gaps_peeks"
# What labels of controls would take for a form of writing.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:&])")
MOST_KEPT = 12
SHOWN_COLUMNS = 12


def in_label(name: str) -> str:
    """Write the name of a file into the label of a control as it is, without markup."""
    return _MARKUP.sub(r"\\\1", name)


def look(upload: Any, kind: str, chosen: Chosen, limits: Limits) -> Peek | Refusal:
    """Look into an upload, once for each way to read it."""
    kept: dict[tuple[str, ...], Peek | Refusal]
    kept = st.session_state.setdefault(PEEKS, {})
    asked = (str(upload.file_id), kind, chosen.encoding, chosen.crs)
    if asked not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        name = Path(str(upload.name)).name[:80]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            path.write_bytes(upload.getbuffer())
            try:
                kept[asked] = peek(
                    path, kind, name=name, crs=chosen.crs, encoding=chosen.encoding, limits=limits
                )
            except Refusal as error:
                kept[asked] = error
    return kept[asked]


def columns_form(
    upload: Any, kind: str, chosen: Chosen, limits: Limits, lang: Lang
) -> dict[str, str]:
    """Show what a file seems to hold; return what its reader says otherwise.

    Returns
    -------
    dict
        From keys of `FIELDS` to columns, as of `geo.coverage.Files.columns`.
    """
    seen = look(upload, kind, chosen, limits)
    if isinstance(seen, Refusal):
        alert(seen.say(lang))
        return {}
    name = Path(str(upload.name)).name[:80]
    show("p.atlas-seen", el("b", name), " ", _said(seen, kind, lang))
    fields = [field for field in FIELDS[kind] if not (seen.shapes and field in _PLACED)]
    chosen_columns: dict[str, str] = {}
    label = t("gaps.columns", lang, name=in_label(Path(str(upload.name)).name[:40]))
    with st.expander(label, expanded=bool(seen.missing)):
        show_html(_sample_html(seen, lang))
        for start in range(0, len(fields), 4):
            boxes = st.columns(4, gap="small")
            for box, field in zip(boxes, fields[start : start + 4], strict=False):
                with box:
                    chosen_columns[field] = _choose(upload, seen, field, lang)
    # Only what is said otherwise than it was taken for.
    return {
        field: column
        for field, column in chosen_columns.items()
        if column != seen.found.get(field, "")
    }


_PLACED = ("lon", "lat", "point")


def _choose(upload: Any, seen: Peek, field: str, lang: Lang) -> str:
    options = ["", *dict.fromkeys(seen.columns)]
    at = seen.found.get(field, "")
    return str(
        st.selectbox(
            t(f"gaps.field.{field}", lang),
            options,
            index=options.index(at) if at in options else 0,
            format_func=lambda column: column or t("gaps.field.none", lang),
            key=f"gaps_col_{upload.file_id}_{field}",
        )
    )


def _said(seen: Peek, kind: str, lang: Lang) -> str:
    """Say what was recognised, what is lacking and how the text was read."""
    known = [t(f"gaps.field.{field}", lang) for field in FIELDS[kind] if field in seen.found]
    if seen.shapes:
        known.insert(0, t("gaps.seen.shapes", lang))
    parts = [t("gaps.seen", lang, fields=", ".join(known))] if known else []
    parts += [t(f"gaps.seen.no_{lack}", lang) for lack in seen.missing]
    if seen.encoding:
        parts.append(t("gaps.seen.encoding", lang, encoding=encoding_name(seen.encoding, lang)))
    return " ".join(parts)


def _sample_html(seen: Peek, lang: Lang) -> Markup:
    """Write the first rows as they were read, so that wrong letters are seen at once."""
    heads, rows = seen.columns[:SHOWN_COLUMNS], (row[:SHOWN_COLUMNS] for row in seen.sample)
    listed = table(heads, rows, "table.atlas-table.atlas-sample")
    label = t("gaps.sample", lang)
    return el("div.atlas-gaps-scroll", listed, tabindex=0, role="region", aria_label=label)
