"""A field for a period, as tables and people write them."""

from __future__ import annotations

import streamlit as st

from metrics.formats import period
from metrics.importing import Time, read_period
from metrics.messages import Lang, t
from ui.notes import alert


def asked_period(label: str, start: Time | None, lang: Lang, key: str) -> tuple[Time | None, bool]:
    """Ask for a period; False where what was typed is none, which is said."""
    known = period(start.start, start.end, start.grain, lang) if start else ""
    text = st.text_input(label, known, help=t("import.period.help", lang), key=key)
    if not text.strip():
        return None, True
    if start and text == known:
        return start, True
    read = read_period(text)
    if read is None:
        told = t("import.period.bad", lang, value=text[:60])
        alert(told)
        return None, False
    return Time.of(read), True
