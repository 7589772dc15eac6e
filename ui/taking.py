"""The row of links below a map: where the figures are from, and ways to take them away."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from metrics.messages import t
from ui.view import View

PAGES_DIR: Final = Path(__file__).resolve().parent.parent / "pages"
# Each link: its message, the page it leads to, and the part of that page.
LINKS: Final[tuple[tuple[str, str, dict[str, str]], ...]] = (
    ("take.sources", "sources", {}),
    ("take.data", "download", {"part": "data"}),
    ("take.figure", "figure", {}),
    ("take.embed", "download", {"part": "embed"}),
)


def take_row(view: View) -> None:
    """Show the links of a view; each page opens with the same view."""
    with st.container(key="take", horizontal=True, gap="small"):
        for message, page, more in LINKS:
            if (PAGES_DIR / f"{page}.py").exists():
                params: dict[str, str] = {"lang": view.lang}
                params |= view.params() if page != "sources" else {}
                st.page_link(
                    f"pages/{page}.py", label=t(message, view.lang), query_params=params | more
                )
