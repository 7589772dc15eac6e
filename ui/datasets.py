"""The datasets that users have loaded, with what can be done to them."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from metrics import datasets
from metrics.formats import number
from metrics.generations import StoreError
from metrics.messages import Lang, t
from metrics.queries import Store
from metrics.tables import SHIPPED_ID, Dataset
from ui.actor import current_actor
from ui.outage import why_not

MOST_LINES = 200


def dataset_list(store: Store, lang: Lang) -> None:
    """List the datasets of users, newest first, each with its state and the button to change it."""
    ids = [id_ for id_ in store.datasets()["id"] if id_ != SHIPPED_ID]
    found = sorted((datasets.find(store, id_) for id_ in ids), key=lambda d: d.time, reverse=True)
    if not found:
        told = escape(t("import.datasets.none", lang))
        st.html(f'<p class="atlas-note" role="status">{told}</p>')
    in_force = set(store.in_force())
    for dataset in found:
        text, button = st.columns([6, 1], vertical_alignment="center")
        with text:
            st.html(_described(store, dataset, dataset.id in in_force, lang))
        with button:
            action = "restore" if dataset.withdrawn else "withdraw"
            words = t(f"import.datasets.{action}", lang)
            st.button(words, key=f"{action} {dataset.id}", on_click=_act, args=(action, dataset.id))
    if refused := st.session_state.pop("dataset_refused", None):
        st.html(f'<p class="atlas-note" role="alert">{escape(why_not(refused, lang))}</p>')


def _act(action: str, id_: str) -> None:
    act = datasets.restore if action == "restore" else datasets.withdraw
    try:
        act(id_, current_actor())
    except StoreError as error:
        st.session_state["dataset_refused"] = error


def _described(store: Store, dataset: Dataset, counts: bool, lang: Lang) -> str:
    state = "in_force" if counts else "withdrawn" if dataset.withdrawn else "superseded"
    about = t(
        "import.datasets.rows",
        lang,
        rows=number(dataset.rows, lang),
        file=dataset.file,
        time=dataset.time.replace("T", " ")[:16],
        owner=dataset.owner,
    )
    lines = [
        f"<b>{escape(dataset.title)}</b> <small>{escape(dataset.id)} · "
        f"{escape(t(f'import.datasets.{state}', lang))}</small>",
        f"<small>{escape(about)}</small>",
    ]
    if dataset.supersedes:
        changes = datasets.diff(store, dataset.supersedes, dataset.id)["change"].value_counts()
        kinds = {kind: number(int(changes.get(kind, 0)), lang) for kind in _KINDS}
        lines.append(f"<small>{escape(t('import.datasets.diff', lang, **kinds))}</small>")
    return f'<div class="atlas-text">{"<br>".join(lines)}</div>'


_KINDS = ("added", "removed", "changed")


def audit_trail(store: Store, lang: Lang) -> None:
    """Show who changed what, and when; the newest first."""
    lines = store.audit().head(MOST_LINES)
    if lines.empty:
        return
    with st.expander(t("import.datasets.audit", lang)):
        shown = pd.DataFrame(
            {
                "": lines["time"].str.replace("T", " ").str.slice(0, 19),
                " ": lines["actor"],
                "  ": [t(f"import.audit.{action}", lang) for action in lines["action"]],
                "   ": lines["dataset"],
                "    ": lines["detail"],
            }
        )
        st.dataframe(shown, hide_index=True, width="stretch")
