"""What lets the browser paint a choice before the page has run."""

from __future__ import annotations

import streamlit as st

from metrics.people import VISITOR, seen_by
from metrics.store import current_store
from ui.address import VIEW, as_known
from ui.scene import Scene
from ui.shell import early_views, is_dark, natives

RUNS = "atlas_runs"


def early(scene: Scene) -> None:
    """Let the browser ask for the views of choices over HTTP and paint them at once.

    Not for readers who see more than what is published: over HTTP it would be missing.
    """
    if scene.store is not seen_by(as_known(current_store(), scene.view.as_of), VISITOR):
        return
    st.session_state[RUNS] = st.session_state.get(RUNS, 0) + 1
    early_views(
        "early",
        {
            "params": scene.view.params(),
            "names": list(VIEW.names),
            "theme": "dark" if is_dark() else "light",
            "choices": natives(),
            "run": st.session_state[RUNS],
        },
    )
