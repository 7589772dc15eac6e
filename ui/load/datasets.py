"""The datasets that users have loaded, with what can be done to them."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from base.html import Markup, el, join
from base.words import Lang, day, number, t
from metrics import datasets
from metrics.people import Actor
from metrics.store import SHIPPED_ID, Dataset, Store, StoreError
from ui.shell import alert, current_actor, show_html, status, why_not

MOST_LINES = 200
ACTIONS = {
    "withdraw": datasets.withdraw,
    "restore": datasets.restore,
    "publish": datasets.publish,
    "unpublish": datasets.unpublish,
}
REFUSED = "dataset_refused"


def dataset_list(store: Store, lang: Lang) -> None:
    """List the datasets of users, newest first, each with its state and the buttons to change it.

    Buttons stand only where the reader may press them; whoever has another way to press them is
    refused by `metrics.datasets`.
    """
    actor = current_actor()
    ids = [id_ for id_ in store.datasets()["id"] if id_ != SHIPPED_ID]
    found = sorted((datasets.find(store, id_) for id_ in ids), key=lambda d: d.time, reverse=True)
    if not found:
        status(t("import.datasets.none", lang))
    in_force = set(store.in_force())
    for dataset in found:
        text, buttons = st.columns([6, 1.4], vertical_alignment="center")
        with text:
            show_html(_described(store, dataset, dataset.id in in_force, actor, lang))
        if actor.may_write(dataset.team):
            with buttons:
                _buttons(dataset, lang)
    if refused := st.session_state.pop(REFUSED, None):
        alert(why_not(refused, lang))


def _buttons(dataset: Dataset, lang: Lang) -> None:
    actions = ["restore" if dataset.withdrawn else "withdraw"]
    # Who is alone with the app has nobody to hide anything from.
    if dataset.team or dataset.private:
        actions.append("publish" if dataset.private else "unpublish")
    for action in actions:
        words = t(f"import.datasets.{action}", lang)
        key = f"{action} {dataset.id}"
        st.button(words, key=key, on_click=_act, args=(action, dataset.id), width="stretch")


def _act(action: str, id_: str) -> None:
    try:
        ACTIONS[action](id_, current_actor())
    except StoreError as error:
        st.session_state[REFUSED] = error


def _described(store: Store, dataset: Dataset, counts: bool, actor: Actor, lang: Lang) -> Markup:
    state = "in_force" if counts else "withdrawn" if dataset.withdrawn else "superseded"
    tags = [dataset.id, t(f"import.datasets.{state}", lang)]
    if dataset.team:
        tags.append(t("access.of_team", lang, team=dataset.team))
    if dataset.private:
        tags.append(t("access.private", lang))
    lines = [
        join(el("b", dataset.title), " ", el("small", " · ".join(tags))),
        el("small", _loaded(dataset, actor, lang)),
    ]
    if dataset.supersedes:
        changes = datasets.diff(store, dataset.supersedes, dataset.id)["change"].value_counts()
        kinds = {kind: number(int(changes.get(kind, 0)), lang) for kind in _KINDS}
        lines.append(el("small", t("import.datasets.diff", lang, **kinds)))
    return el("div.atlas-text", el("br").join(lines))


_KINDS = ("added", "removed", "changed")


def _loaded(dataset: Dataset, actor: Actor, lang: Lang) -> str:
    rows, time = number(dataset.rows, lang), _minute(dataset.time, lang)
    # The addresses of colleagues are not for those who only look.
    if actor.writes:
        return t(
            "import.datasets.rows",
            lang,
            rows=rows,
            file=dataset.file,
            time=time,
            owner=dataset.owner,
        )
    return t("access.datasets.rows", lang, rows=rows, time=time)


def _minute(time: str, lang: Lang) -> str:
    # The hour of the server, as its readers live by it.
    here = datetime.fromisoformat(time).astimezone()
    return f"{day(here.date(), lang)}, {here:%H:%M}"


def audit_trail(store: Store, lang: Lang) -> None:
    """Show those who may change something who changed what, and when; the newest first."""
    lines = store.audit().head(MOST_LINES)
    if lines.empty or not current_actor().writes:
        return
    with st.expander(t("import.datasets.audit", lang)):
        shown = pd.DataFrame(
            {
                "": [_minute(time, lang) for time in lines["time"]],
                " ": lines["actor"],
                "  ": [t(f"import.audit.{action}", lang) for action in lines["action"]],
                "   ": lines["dataset"],
                "    ": lines["detail"],
            }
        )
        st.dataframe(shown, hide_index=True, width="stretch")
