"""A database that does not answer: said on the page, with what can still be done."""

from __future__ import annotations

from datetime import UTC
from html import escape

import streamlit as st

from base.words import Lang, t
from metrics.people import NotAllowed
from metrics.store import Refused, StoreError, UnreachableError, outage


def why_not(error: StoreError, lang: Lang) -> str:
    """Put into the reader's words why the store could not be read or changed."""
    if isinstance(error, UnreachableError):
        return t("database.away.change", lang)
    if isinstance(error, (Refused, NotAllowed)):
        return error.say(lang)
    return str(error)


def away(lang: Lang) -> None:
    """Say, in place of a page, that the figures cannot be had now; where they are is in the log."""
    again = f'<a href="" target="_self">{escape(t("database.again", lang))}</a>'
    st.html(
        f'<div class="atlas-note" role="alert"><p><b>{escape(t("database.away", lang))}</b></p>'
        f"<p>{escape(t('database.away.calm', lang))} {again}</p></div>"
    )


def outage_notice(lang: Lang) -> None:
    """Say at the foot of a page that what is shown was read before the database went away."""
    lost = outage()
    if lost is not None:
        # The hour of the server, as its readers live by it.
        since = lost.since.replace(tzinfo=lost.since.tzinfo or UTC).astimezone()
        said = t("database.held", lang, time=f"{since:%H:%M}")
        st.html(f'<p class="atlas-outage" role="status">{escape(said)}</p>')
