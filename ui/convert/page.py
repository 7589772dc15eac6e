"""A reader's table, converted to the units of another edition."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import streamlit as st

from base.html import items
from base.reading import write_table
from base.words import Lang, Refusal, t
from geo.convert import ConvertError, Result, convert, located, output, placed, report, rules_of
from metrics.store import Store
from ui.convert.file import Upload, ask_file, read_upload
from ui.convert.form import Choices, readable
from ui.shell import alert, show, status

SHOWN = 500


def uploaded(store: Store, lang: Lang) -> Upload | None:
    """Ask for a file and read it; say why where it cannot be read."""
    file = ask_file(store, lang)
    if file is None:
        return None
    try:
        return read_upload(*file, store)
    except Refusal as error:
        alert(error.say(lang))
    return None


def converted(upload: Upload, chosen: Choices, lang: Lang) -> Result | None:
    """Convert a table; say why where it cannot be."""
    table = upload.table
    if not (chosen.sums or chosen.ratios or chosen.means or chosen.statuses):
        status(t("convert.no_rules", lang))
        return None
    from_edition, level_from, to_edition, level_to = chosen.way
    names = table.names()
    try:
        result = convert(
            pd.DataFrame(table.rows, columns=names, dtype="str"),
            rules_of(
                names,
                chosen.sums,
                chosen.ratios,
                [f"{name}:{chosen.weight}" for name in chosen.means],
                chosen.statuses,
            ),
            from_edition=from_edition,
            to_edition=to_edition,
            level_from=level_from,
            level_to=level_to,
            code=chosen.place if chosen.by_code else None,
            name=None if chosen.by_code else chosen.place,
            parent=None if chosen.by_code else chosen.parent,
            by=chosen.by,
            decimal="comma" if chosen.comma else "point",
            lang=lang,
        )
    except ConvertError as error:
        alert(located(error, upload.in_file).say(lang))
        return None
    return placed(result, upload.in_file)


def show_result(upload: Upload, result: Result, lang: Lang) -> None:
    """Show what came out, what did not, and offer the table."""
    file, table = upload.name, upload.table
    show("div.atlas-text", items(report(len(table.rows), result, lang)))
    st.dataframe(readable(result.frame.head(SHOWN), lang), hide_index=True, width="stretch")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "converted.csv"
        write_table(path, output(table, result))
        data = path.read_bytes()
    stem = "".join(c if c.isalnum() or c in "-_" else "_" for c in Path(file).stem)[:60]
    st.download_button(t("convert.download", lang), data, f"{stem}-converted.csv", "text/csv")
