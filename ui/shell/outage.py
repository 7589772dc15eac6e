"""A database that does not answer: said on the page, with what can still be done."""

from __future__ import annotations

from datetime import UTC

from base.html import el
from base.words import Lang, t
from metrics.people import NotAllowed
from metrics.store import Refused, StoreError, UnreachableError, outage
from ui.shell.blocks import show


def why_not(error: StoreError, lang: Lang) -> str:
    """Put into the reader's words why the store could not be read or changed."""
    if isinstance(error, UnreachableError):
        return t("database.away.change", lang)
    if isinstance(error, (Refused, NotAllowed)):
        return error.say(lang)
    return error.told(lang)


def away(lang: Lang) -> None:
    """Say, in place of a page, that the figures cannot be had now; where they are is in the log."""
    again = el("a", t("database.again", lang), href="", target="_self")
    show(
        "div.atlas-note",
        el("p", el("b", t("database.away", lang))),
        el("p", t("database.away.calm", lang), " ", again),
        role="alert",
    )


def outage_notice(lang: Lang) -> None:
    """Say at the foot of a page that what is shown was read before the database went away."""
    lost = outage()
    if lost is not None:
        # The hour of the server, as its readers live by it.
        since = lost.since.replace(tzinfo=lost.since.tzinfo or UTC).astimezone()
        said = t("database.held", lang, time=f"{since:%H:%M}")
        show("p.atlas-outage", said, role="status")
