"""What waits of a source, and the two buttons that decide: with who and why into the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import streamlit as st

from base.html import link
from base.words import Lang, Refusal, number, system_reason, t, tn
from metrics.people import Actor
from metrics.refresh import Difference, How, Outcome, accept, counted, refuse, waiting
from metrics.store import Store, StoreError
from ui.refresh.differences import counts_text, difference_html
from ui.shell import alert, show, show_html, status, why_not

# Of so many runs that wait the figures are shown, the oldest first: they are stored in that order.
MOST_SHOWN: Final = 10
LONGEST_WHY: Final = 300
WISHED: Final = "refresh_wished"
ACTS: Final = {"accept": accept, "refuse": refuse}
KINDS: Final[tuple[tuple[str, Literal["primary", "secondary"]], ...]] = (
    ("accept", "primary"),
    ("refuse", "secondary"),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody decided about some runs that were on the page, and why."""

    name: str
    source: str
    runs: tuple[str, ...]
    why: str


def decide(source: str, store: Store, actor: Actor, lang: Lang) -> None:
    """Show what waits of a source, and let it be accepted or refused, all of it together.

    What may not be done is refused by `metrics.refresh` once more, whatever stands on the page.
    """
    try:
        _, waits = waiting(source, actor)
    except Refusal as error:
        alert(error.say(lang))
        return
    if not waits:
        show("p.atlas-text", t("refresh.waits.none", lang))
        return
    n = number(len(waits), lang)
    show("h3", tn("refresh.waits", len(waits), lang, n=n))
    for at, one in enumerate(waits[:MOST_SHOWN]):
        show_html(difference_html(one, store, lang, open_=at == 0))
    if len(waits) > MOST_SHOWN:
        rest = number(len(waits) - MOST_SHOWN, lang)
        show("p.atlas-text", t("refresh.waits.more", lang, n=rest))
    _form(source, waits, lang)


def _form(source: str, waits: Sequence[Difference], lang: Lang) -> None:
    runs = tuple(one.run for one in waits)
    # A form of its own for what is shown: what was typed about other runs is not taken for it.
    key = f"why {source} {runs[-1]}"
    with st.form(f"decide {source} {runs[-1]}", border=False):
        label, how = t("refresh.why", lang), t("refresh.why.help", lang)
        st.text_input(label, key=key, max_chars=LONGEST_WHY, help=how)
        with st.container(horizontal=True):
            for name, kind in KINDS:
                st.form_submit_button(
                    t(f"refresh.{name}", lang),
                    type=kind,
                    on_click=_wish,
                    args=(name, source, runs, key),
                )


def _wish(name: str, source: str, runs: tuple[str, ...], key: str) -> None:
    st.session_state[WISHED] = Wish(name, source, runs, str(st.session_state[key]).strip())


def decided(actor: Actor, lang: Lang) -> None:
    """Do what was decided, if anything was, and say what came of it."""
    wish: Wish | None = st.session_state.pop(WISHED, None)
    if wish is None:
        return
    if not wish.why:
        alert(t("refresh.why.needed", lang))
        return
    with st.spinner(t(f"refresh.{wish.name}.working", lang)):
        told = _done(wish, actor)
    if not isinstance(told, Outcome):
        alert(_why_not(told, lang))
        return
    counts = counts_text(counted(told.differences), lang) or t("refresh.count.none", lang)
    status(t(f"refresh.told.{told.result}", lang, counts=counts))
    if told.result == "stored":
        show("p.atlas-text", link(f"updates?lang={lang}", t("refresh.told.see", lang)))


def _done(wish: Wish, actor: Actor) -> Outcome | Refusal | OSError:
    """Do it; return what came of it, or why it could not be done."""
    try:
        # Who may decide, and what of, is looked up again at the moment that it is decided.
        found, _ = waiting(wish.source, actor)
        return ACTS[wish.name](found, How(actor), wish.why, wish.runs)
    except (Refusal, OSError) as error:
        return error


def _why_not(error: Refusal | OSError, lang: Lang) -> str:
    if isinstance(error, StoreError):
        return why_not(error, lang)
    if isinstance(error, OSError):
        return t("refresh.system", lang, error=system_reason(error))
    return error.say(lang)
