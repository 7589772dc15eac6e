"""What one import has changed, as HTML: an indicator after the other, the first lines of each."""

from __future__ import annotations

from collections.abc import Callable

from base.html import Markup, el, items, join
from base.words import Lang, number, pick, t
from metrics.store import Store
from metrics.updates import Changed, Group, Update
from ui.scene import map_name, trace_href
from ui.updates.words import change_text, counts_text, sources_text

# Of an import about so many figures are written out, and of each indicator at least and at most so
# many.
MOST_LINES = 100
LEAST_OF_ONE, MOST_OF_ONE = 3, 40
# From an address of the app to what stands in the text.
At = Callable[[str], str]


def entry_html(store: Store, update: Update, lang: Lang, at: At, most: int = MOST_LINES) -> Markup:
    """Write what an import has changed.

    Parameters
    ----------
    at
        Makes an address of the app, such as ``explore?…``, one that leads there; "" for none.
    most
        About so many figures are written out, alike of each indicator and map.
    """
    each = min(MOST_OF_ONE, max(LEAST_OF_ONE, most // max(1, len(update.groups))))
    return join(_group(store, one, lang, at, each) for one in update.groups)


def _group(store: Store, group: Group, lang: Lang, at: At, most: int) -> Markup:
    shown = group.changes[:most]
    sources = {sources_text(store, one, lang) for one in group.changes}
    shared = sources.pop() if len(sources) == 1 else ""
    lines = items(_line(store, one, lang, at, alone=bool(shared)) for one in shown)
    rest = group.counts.total() - sum(one.n for one in shown)
    on, counts = map_name(group.edition, lang), counts_text(group.counts, lang)
    return join(
        el("h2", pick(group.indicator.title, lang)),
        el("p", " · ".join(part for part in (on, counts) if part)),
        lines,
        rest > 0 and el("p", t("updates.more", lang, n=number(rest, lang))),
        shared and el("p", t("updates.source", lang, name=shared)),
    )


def _line(store: Store, one: Changed, lang: Lang, at: At, *, alone: bool) -> Markup:
    told = change_text(one, lang)
    single = one.n == 1 and one.area and one.after is not None
    shown = trace_href(lang, one.indicator.id, one.edition, one.area) if single else ""
    href = at(shown) if shown else ""
    name = "" if alone else sources_text(store, one, lang)
    return join(el("a", told, href=href) if href else told, name and el("small", f" ({name})"))
