"""What every page has: its style, and a word about an address that could not be followed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final
from urllib.parse import unquote, urlsplit

import streamlit as st
from streamlit import net_util
from streamlit.runtime.pages_manager import PagesManager

from base.counting import Counted, Timed
from base.folders import STYLES
from base.html import el, link
from base.words import Lang, t
from metrics.store import DamagedError, StoreError, UnreachableError
from ui.address import LONGEST, Refusal
from ui.shell.blocks import alert, show
from ui.shell.outage import away

DARK = (
    "--atlas-paper: #14181b; --atlas-ink: #e6e9ea; --atlas-off: #4c5154; --atlas-accent: #6cb8d6; "
    "--atlas-wrong: #f0907c;"
)

_log = logging.getLogger(__name__)


@cache
def _style() -> str:
    css = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    return f"<style>{css}</style>"


def is_dark() -> bool:
    """Tell whether the reader's theme is dark."""
    return st.context.theme.type == "dark"


def _through_the_entry() -> None:
    """Run again from app.py where Streamlit has run the file of a page by itself.

    Because of the folder's name, pages/, Streamlit does so for the first visitor of a new server
    who opens another page than the first; st.navigation has not been called yet then.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def stay_offline() -> None:
    """Keep Streamlit from asking the internet for this machine's address.

    It would do so when a page of another origin tries to connect, to decide whether to let it.
    """
    net_util.get_external_ip = lambda: None


def style() -> None:
    """Start a page: it runs from app.py, which has put the style sheet on it."""
    _through_the_entry()


def dress() -> None:
    """Put the style sheet of the app on the page."""
    st.html(_style())
    if is_dark():
        st.html(f"<style>:root {{ {DARK} }}</style>")


def refusals(refused: list[Refusal], lang: Lang) -> None:
    """Say which parts of the address were not followed, and that the nearest view is shown."""
    told = [_sentence(refusal.reason) for refusal in refused if refusal.reason]
    unread = [refusal for refusal in refused if not refusal.reason]
    if unread:
        listed = "; ".join(
            t("refused.one", lang, param=refusal.param, given=refusal.given)
            for refusal in unread[:4]
        )
        told.append(f"{t('refused', lang)} {listed}.")
    if told:
        alert(" ".join(told))


def _sentence(reason: str) -> str:
    ended = reason if reason.endswith((".", "?", "!")) else f"{reason}."
    return ended[:1].upper() + ended[1:]


def lost(known: set[str], lang: Lang) -> None:
    """Say, where the address names no page, that there is none; in place of Streamlit's dialog."""
    asked = unquote(urlsplit(st.context.url or "").path).rstrip("/")
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    name = asked.strip("/").removeprefix(base).strip("/")
    if name and name not in known:
        st.html('<style>[data-testid="stDialog"], [role="dialog"] { display: none; }</style>')
        alert(t("page.unknown", lang, page=name[:LONGEST]))


AGAIN: Final = "atlas_read_again"
RUNS: Final = Timed("atlas_run_seconds", "Runs of pages.", "page")
ERRORS: Final = Counted(
    "atlas_errors_total",
    "Errors that ended a page or a view.",
    "what",
    known=("damaged", "unreachable", "store", "page", "view", "api"),
)


@contextmanager
def last_resort(lang: Lang, page: str) -> Iterator[None]:
    """Turn an error that nothing else caught into a sentence with a way out; it is logged.

    The run of the page is timed, and errors are counted.
    """
    try:
        with RUNS.timing(page):
            yield
        st.session_state.pop(AGAIN, None)
    except DamagedError as error:
        ERRORS.add("damaged")
        _log.error("%s", error)
        # The newest whole generation is looked for when the store is next asked for: once.
        if not st.session_state.pop(AGAIN, False):
            st.session_state[AGAIN] = True
            st.rerun()
        _tell(t("error.store", lang), error.told(lang))
    except UnreachableError as error:
        ERRORS.add("unreachable")
        _log.error("%s", error)
        away(lang)
    except StoreError as error:
        ERRORS.add("store")
        _log.exception("the figures could not be opened")
        _tell(t("error.store", lang), error.told(lang))
    except Exception:
        ERRORS.add("page")
        _log.exception("a page failed")
        _tell(t("error.page", lang), link(f"?lang={lang}", t("error.home", lang)))


def _tell(text: str, more: str) -> None:
    show("div.atlas-note", el("p", text), el("p", more), role="alert")
