"""Two tables about the atlas itself: what is known, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from base.html import Markup, details, el, link, row, table, terms
from base.words import Lang, date_range, number, partial_day, pick, t, tn
from metrics.briefs import Coverage, Taken
from metrics.catalog import Origin
from metrics.store import Store
from ui.address import View, mapped_editions
from ui.scene import FIGURES, between_text, headline, level_name, licence_text, source_name
from ui.shell import unbroken


def summary(store: Store, found: list[Coverage], lang: Lang) -> str:
    """Say in one sentence how much there is, and how little of it is complete."""
    complete = {c.indicator.id for c in found if c.of > 1 and c.n == c.of}
    single = {c.indicator.id for c in found} - {c.indicator.id for c in found if c.n > 1}
    rows = store.observations()
    told = rows[(rows["role"] == "result") & rows["state"].isin(FIGURES)]
    return t(
        "known.summary",
        lang,
        indicators=number(len({c.indicator.id for c in found}), lang),
        observations=number(len(told), lang),
        origins=number(len({o for c in found for o in c.origins}), lang),
        complete=number(len(complete), lang),
        single=number(len(single), lang),
    )


def coverage_html(store: Store, found: Iterable[Coverage], lang: Lang) -> Markup:
    """Write the table of what is known about one domain; families stand together.

    Parameters
    ----------
    found
        Rows of one domain, in order.
    """
    heads = (t(f"known.head.{head}", lang) for head in ("indicator", "reach", "dates", "origins"))
    body = []
    for _, family in groupby(found, key=lambda c: c.indicator.family or c.indicator.id):
        first = True
        for _, rows in groupby(family, key=lambda c: c.indicator.id):
            levels = list(rows)
            top = _cells(store, levels[0], lang)
            body.append(row(_name(levels, lang), *top, tag="tr.top" if first else "tr"))
            body += [row("", *_cells(store, c, lang)) for c in levels[1:]]
            first = False
    return table(heads, body, "table.atlas-table.atlas-covered")


def _name(levels: list[Coverage], lang: Lang) -> Markup:
    """Write the name of an indicator, with a link where any of its levels can be drawn."""
    drawn = ("", *mapped_editions())
    shown = next((c for c in levels if c.edition in drawn), None)
    href = explore_href(shown, lang) if shown else ""
    return link(href, pick(levels[0].indicator.short, lang))


def _cells(store: Store, c: Coverage, lang: Lang) -> tuple[object, ...]:
    sources = dict.fromkeys(source_name(store.catalog.origin(origin), lang) for origin in c.origins)
    full = c.of > 1 and c.n == c.of
    reached = el("td.full" if full else "td", reach(c, lang))
    return reached, between_text(c.ends, lang), "; ".join(sources)


def reach(c: Coverage, lang: Lang) -> str:
    """Say how many areas of how many have a figure."""
    if not c.edition:
        return t("known.country", lang)
    n, of = number(c.n, lang), number(c.of, lang)
    return t("known.reach", lang, n=n, of=of, areas=level_name(c.level, lang, c.of))


def explore_href(c: Coverage, lang: Lang) -> str:
    """Return the address of Explore that shows where an indicator reaches."""
    view = View(lang=lang, indicator=c.indicator.id)
    if c.edition:
        view = view.to(edition=c.edition, level=c.level, indicator=c.indicator.id)
    else:
        view = view.to(source=view.place)
    return view.href()


def origin_html(item: Taken, lang: Lang) -> Markup:
    """Write one source: what it is, what was taken, how its date is known, its licence."""
    origin = item.origin
    return el(
        "section",
        el("h3", unbroken(headline(origin, lang))),
        el("p", f"{pick(origin.producer, lang)}. {_taken(item, lang)}"),
        details(
            t("source.more", lang),
            terms((t(f"source.{key}", lang), text) for key, text in _facts(origin, lang)),
        ),
        id=origin.id,
    )


def _taken(item: Taken, lang: Lang) -> str:
    if not item.observations:
        return t("sources.no_figures", lang)
    counts = {
        "figures": item.observations,
        "indicators": item.indicators,
        "places": item.places,
    }
    told = [tn(f"sources.{what}", n, lang, n=number(n, lang)) for what, n in counts.items() if n]
    dates = date_range(item.first, item.last, lang)
    return t("sources.taken", lang, counts=", ".join(told), dates=dates)


def _facts(origin: Origin, lang: Lang) -> list[tuple[str, str]]:
    published = t("source.unknown", lang)
    if origin.date_published:
        kind = t(f"date_kind.{origin.date_published_kind}", lang)
        published = f"{partial_day(origin.date_published, lang)} ({kind})"
    return [
        ("published", published),
        ("accessed", partial_day(origin.date_accessed or "", lang)),
        ("republished", origin.republished_in or ""),
        ("document", origin.document or ""),
        ("address", origin.url or ""),
        ("licence", licence_text(origin, lang)),
        ("origin_notes", pick(origin.notes, lang) if origin.notes else ""),
        ("sha256", origin.sha256 or ""),
    ]
