"""Words for when: what a source's own words add to a period, and when the atlas knew something."""

from __future__ import annotations

from datetime import datetime

from base.words import OF_DOCUMENT, UNDATED, Lang, day, t
from metrics.store.as_of import VIET_NAM, read_as_of
from metrics.store.tables import SHIPPED_ID


def period_words(grain: str, said: str, dataset: str) -> str:
    """Return the words to write a period with; of one without any the date is the document's.

    Only where no day is known do they count: figures of one period are then of one span.
    """
    if dataset == SHIPPED_ID and not said and grain not in UNDATED:
        return OF_DOCUMENT
    return said if grain in UNDATED else ""


def when_words(as_of: str, lang: Lang) -> str:
    """Write the day, or the time, of an `as_of` by the clocks of Viet Nam."""
    when = datetime.fromisoformat(read_as_of(as_of)).astimezone(VIET_NAM)
    told = day(when.date(), lang)
    if "T" not in as_of:
        return t("as_of.day", lang, day=told)
    return t("as_of.time", lang, day=told, time=f"{when:%H:%M}")


def known_words(as_of: str, lang: Lang) -> str:
    """Say when the atlas knew what is shown, in the words of an address; "" for now."""
    return t("as_of.known", lang, when=when_words(as_of, lang)) if as_of else ""
