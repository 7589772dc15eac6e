"""A store that is damaged or does not answer: said on the page, with what can still be done."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from base.html import el
from base.words import Lang, t
from metrics.people import NotAllowed, Role
from metrics.store import (
    Refused,
    StoreError,
    UnreachableError,
    current_store,
    damage,
    damage_note,
    outage,
)
from ui.shell.actor import current_actor
from ui.shell.blocks import alert, show


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


def damage_notice(lang: Lang) -> None:
    """Say that the store was found damaged, and of when the figures shown are."""
    with suppress(StoreError):  # said by the page, where it needs the store
        current_store()  # damage is found in opening it
    found = damage()
    if found is None:
        return
    files = (*found.kept, *found.lost)
    kind = "part" if found.recovered else "all" if files else "unknown"
    times = {"time": _local(found.time), "written": _local(found.written)}
    told = t(f"damage.{kind}", lang, **times)
    if found.kept:
        told += " " + t("damage.kept", lang)
    if current_actor().role is Role.ADMIN:
        kept = ", ".join(files) or "–"
        told += " " + t("damage.admin", lang, kept=kept, note=damage_note())
    alert(told)


def _local(time: str) -> str:
    # The hour of the server, as its readers live by it.
    return f"{datetime.fromisoformat(time).astimezone():%H:%M %d/%m/%Y}" if time else ""
