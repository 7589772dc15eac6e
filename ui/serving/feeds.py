"""The feeds that a page is told of by, in its head: of all changes, and of what it shows."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import parse_qsl

from base.html import Markup, el
from base.words import DEFAULT_LANG, LANGS, Lang
from metrics.store import Store
from metrics.updates import Scope
from ui.address import PROFILE, VIEW, parse
from ui.serving.base import whole
from ui.serving.published import LONGEST_QUERY, is_closed, published
from ui.shell import FIRST
from ui.updates import FEED_MEDIA, UPDATES, feed_href, feed_name

NEWS: Final = "updates"
_log = logging.getLogger(__name__)


def feeds_html(page: str, query: str) -> list[Markup]:
    """Write the links to the feeds of a page; none where one must sign in to read.

    Parameters
    ----------
    query
        What follows the question mark, as it arrived.
    """
    pairs = dict(parse_qsl(query)) if len(query) <= LONGEST_QUERY else {}
    lang: Lang = next((one for one in LANGS if one == pairs.get("lang")), DEFAULT_LANG)
    try:
        if is_closed():
            return []
        store = published()
        scopes = dict.fromkeys((Scope(), *_scopes(page, pairs, store)))
        return [_link(store, scope, lang) for scope in scopes]
    except Exception as error:  # the page itself says what is wrong
        _log.debug("no feeds of %s: %s", page, error)
        return []


def _link(store: Store, scope: Scope, lang: Lang) -> Markup:
    href, name = whole(feed_href(scope, lang)), feed_name(store, scope, lang)
    return el("link", rel="alternate", type=FEED_MEDIA, title=name, href=href)


def _scopes(page: str, pairs: Mapping[str, str], store: Store) -> Iterator[Scope]:
    if page == NEWS:
        yield UPDATES.read(dict(pairs), store.catalog)[0]
    elif page in store.catalog.domains:
        yield Scope(domain=page)
    elif page in (FIRST, PROFILE):
        given = {name: text for name, text in pairs.items() if name in VIEW.names}
        view, _ = parse(given, store.catalog.indicators)
        if page == PROFILE:
            yield Scope(edition=view.edition, place=view.place)
        elif view.indicator:
            yield Scope(indicator=view.indicator)
