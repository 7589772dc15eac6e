"""The day that the atlas is shown as it was known on: in addresses, and from link to link."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from base.html import Markup
from base.words import Lang, Refusal, t
from metrics.store import VIET_NAM, Store, read_as_of
from ui.address.engine import LONGEST, Param, Reading, Told

# What an address calls it; "" or left out: as it is known now.
AS_OF: Final = "as_of"
_TYPED: Final = re.compile(
    r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?:\s+([0-9]{2}:[0-9]{2}))?", re.ASCII
)
# A link of ours to a page, relative to the app: its page and what it asks.
_LINK: Final = re.compile(r'(?<=\shref=")([a-z_]*)(?:\?([^"#]*))?(?=["#])')


def _read(given: str, so_far: Reading) -> str:
    try:
        read_as_of(given)
    except Refusal as refusal:
        raise Told(refusal.say(so_far.found["lang"])) from refusal
    return given.strip()


KNOWN: Final = Param(AS_OF, _read, start=lambda _: "")


def asked_as_of(params: Mapping[str, str], lang: Lang) -> str:
    """Return the day that the parameters of an address ask for; "" for now.

    Raises
    ------
    Told
        If it cannot be followed.
    """
    given = str(params.get(AS_OF) or "")[:LONGEST]
    return str(_read(given, Reading({"lang": lang}, None))) if given else ""


def typed_as_of(text: str, lang: Lang) -> str:
    """Return a day as an address has it, from one typed as 01/10/2026 or as in an address.

    A time may follow it, as 09:30.

    Raises
    ------
    Told
        If it is no day that can be followed.
    """
    bare = text.strip()
    if found := _TYPED.fullmatch(bare):
        day, month, year, hour = found.groups()
        bare = f"{year}-{int(month):02}-{int(day):02}{f'T{hour}' if hour else ''}"
    try:
        return asked_as_of({AS_OF: bare}, lang)
    except Told as told:
        raise Told(t("as_of.typed", lang, given=text.strip()[:LONGEST])) from told


def typed_text(as_of: str) -> str:
    """Write a day, or a time, of an address as a reader types it."""
    if not as_of:
        return ""
    when = datetime.fromisoformat(read_as_of(as_of)).astimezone(VIET_NAM)
    return f"{when:%d/%m/%Y}" if "T" not in as_of else f"{when:%d/%m/%Y %H:%M}"


def as_known(store: Store, as_of: str) -> Store:
    """Return a store as it was known on a day, in the words of an address; "" for now.

    Raises
    ------
    metrics.store.Refused
        If the day cannot be followed; see `metrics.store.read_as_of`.
    """
    return store.at(read_as_of(as_of)) if as_of else store


def carry(params: Mapping[str, str], as_of: str) -> dict[str, str]:
    """Have an address ask for the same day, unless it says one itself."""
    return {**params, **({AS_OF: as_of} if as_of and AS_OF not in params else {})}


def carry_href(href: str, as_of: str) -> str:
    """Have an address of the app, as it stands in a link, ask for the same day."""
    if not as_of or f"{AS_OF}=" in href:
        return href
    address, mark, place = href.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{AS_OF}={quote(as_of)}{mark}{place}"


def carry_html(html: str, as_of: str, pages: Collection[str]) -> str:
    """Have the links of a piece of HTML that lead to pages ask for the same day.

    What is worked out once for many readers has no day in its links: they get it where it is shown.
    """
    if not as_of:
        return html

    def carried(found: re.Match[str]) -> str:
        href = found.group()
        leads = found[1] in pages or (not found[1] and found[2] is not None)
        return str(Markup.escape(carry_href(Markup(href).unescape(), as_of))) if leads else href

    return _LINK.sub(carried, html)


def carry_data(data: Any, as_of: str, pages: Collection[str]) -> Any:
    """Have the links in what a component is handed ask for the same day."""
    if isinstance(data, dict):
        return {
            name: carry_href(value, as_of)
            if name == "href" and str(value).partition("?")[0] in pages
            else carry_data(value, as_of, pages)
            for name, value in data.items()
        }
    return [carry_data(one, as_of, pages) for one in data] if isinstance(data, list) else data
