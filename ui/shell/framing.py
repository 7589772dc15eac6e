"""Whether the page stands in a frame of another site, and how."""

from __future__ import annotations

import streamlit as st

from ui.address import FRAME


def framed() -> bool:
    """Tell whether the page is shown in a frame (``embed=true`` in its address)."""
    return bool(st.context.is_embedded)


def frame_params() -> tuple[str, ...]:
    """Return the parameters that a page reads besides those of its view, in a frame."""
    return FRAME.names if framed() else ()
