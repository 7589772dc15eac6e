"""What every page has: its style, and a word about an address that could not be followed."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from metrics.messages import Lang, t
from ui.view import Refusal


@cache
def _style() -> str:
    css = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    return f"<style>{css}</style>"


def style() -> None:
    """Put the style sheet of the app on the page."""
    st.html(_style())


def refusals(refused: list[Refusal], lang: Lang) -> None:
    """Say which parts of the address were not followed, and that the nearest view is shown."""
    if not refused:
        return
    listed = "; ".join(
        t("refused.one", lang, param=refusal.param, given=refusal.given) for refusal in refused[:4]
    )
    text = f"{t('refused', lang)} {listed}."
    st.html(f'<p class="atlas-note" role="alert">{escape(text)}</p>')
