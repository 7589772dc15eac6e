"""Atom feeds (RFC 4287) of what imports have changed, an entry an import."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, UUID, uuid5

from feedgenerator import Atom1Feed

from base.html import Markup
from base.words import Lang, t
from metrics.people import VISITOR, seen_by
from metrics.store import KEPT_FOR, Store
from metrics.updates import Scope, updates
from ui.updates.entry import entry_html
from ui.updates.words import counts_text, scope_text, update_title

FEED_MEDIA: Final = "application/atom+xml"
FEED: Final = "api/v1/updates.atom"
PAGE: Final = "updates"
NAME: Final = "Atlas 06"
# A feed has so many imports, the newest.
MOST_ENTRIES: Final = 30
# What no document of XML 1.0 may hold.
_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_href(scope: Scope, lang: Lang) -> str:
    """Return the address of a feed, relative to the app."""
    return f"{FEED}?{urlencode({'lang': lang, **scope.params})}"


def page_href(scope: Scope, lang: Lang) -> str:
    """Return the address of the page of the same, relative to the app."""
    return f"{PAGE}?{urlencode({'lang': lang, **scope.params})}"


def feed_name(store: Store, scope: Scope, lang: Lang) -> str:
    """Name a feed."""
    what = scope_text(store, scope, lang)
    name = t("updates.feed.of", lang, what=what) if what else t("updates.feed", lang)
    return f"{NAME}: {name}"


def feed_bytes(
    store: Store,
    scope: Scope,
    lang: Lang,
    *,
    at: Callable[[str], str],
    self_href: str = "",
    most: int = MOST_ENTRIES,
) -> bytes:
    """Write a feed.

    Parameters
    ----------
    at
        Makes an address of the app whole: ``explore?…``, ``updates?…``; "" where it leads nowhere.
    self_href
        The whole address of the feed where it is not that of the app.
    most
        At most so many entries.

    Returns
    -------
    bytes
        The same for the same log: ids and times are those of the imports, and what is a feed of is
        named by its address.
    """
    store = seen_by(store, VISITOR)
    found = updates(store, scope, most)
    here, page = self_href or at(feed_href(scope, lang)), at(page_href(scope, lang))
    feed = _Feed(
        title=fit(feed_name(store, scope, lang)),
        link=page or here,
        description=None,
        subtitle=fit(t("updates.feed.about", lang, limit=KEPT_FOR.days)),
        language=lang,
        author_name=NAME,
        feed_url=here,
        feed_guid=uuid5(NAMESPACE_URL, here).urn,
    )
    feed.changed = max((one.time for one in found), default=_loaded(store))
    for one in found:
        feed.add_item(
            title=fit(update_title(one, lang)),
            link=f"{page or here}#u-{one.id}",
            description=fit(counts_text(one.counts, lang)),
            content=fit(entry_html(store, one, lang, at)),
            unique_id=uuid5(UUID(one.id), f"{scope.key} {lang}").urn,
            pubdate=one.time,
            updateddate=one.time,
            categories=[fit(name) for name in dict.fromkeys(g.indicator.id for g in one.groups)],
        )
    out = io.BytesIO()
    feed.write(out, "utf-8")
    return out.getvalue()


class _Feed(Atom1Feed):
    """A feed that changed when the newest of its entries did."""

    changed: datetime

    def latest_post_date(self) -> datetime:
        """Return when it changed last; of an empty one, when the figures were loaded."""
        return self.changed


def _loaded(store: Store) -> datetime:
    """Return when the newest published dataset was loaded."""
    times = store.datasets()["time"]
    return datetime.fromisoformat(max(times)) if len(times) else datetime.fromtimestamp(0, UTC)


def fit(text: str | Markup) -> str:
    """Leave out what XML cannot hold."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", str(text))
