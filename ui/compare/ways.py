"""The switch between the two ways of comparing."""

from __future__ import annotations

import streamlit as st

from metrics.messages import t
from ui.compare.pair_settings import PARAMS, WAYS, Settings
from ui.state import write_view
from ui.view import View


def way_picker(view: View, settings: Settings) -> None:
    """Show the switch between two indicators and small multiples."""
    st.session_state["way"] = settings.way

    def changed() -> None:
        for name in PARAMS:
            st.query_params.pop(name, None)
        write_view(view, way=st.session_state["way"] or settings.way)

    st.segmented_control(
        t("way.label", view.lang),
        WAYS,
        key="way",
        format_func=lambda way: t(f"way.{way}", view.lang),
        on_change=changed,
    )
