"""Two tables about the atlas itself: what is known, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from base.words import Lang, date_range, number, pick, t, tn
from metrics.briefs import Coverage, Taken
from metrics.catalog import Origin
from metrics.store import Store
from ui.address import View, mapped_editions
from ui.scene import level_name, licence_text, source_name


def summary(store: Store, found: list[Coverage], lang: Lang) -> str:
    """Say in one sentence how much there is, and how little of it is complete."""
    complete = {c.indicator.id for c in found if c.of > 1 and c.n == c.of}
    single = {c.indicator.id for c in found} - {c.indicator.id for c in found if c.n > 1}
    return t(
        "known.summary",
        lang,
        indicators=number(len({c.indicator.id for c in found}), lang),
        observations=number(len(store.observations()), lang),
        origins=number(len({o for c in found for o in c.origins}), lang),
        complete=number(len(complete), lang),
        single=number(len(single), lang),
    )


def coverage_html(store: Store, found: Iterable[Coverage], lang: Lang) -> str:
    """Write the table of what is known about one domain; families stand together.

    Parameters
    ----------
    found
        Rows of one domain, in order.

    Returns
    -------
    str
        HTML; everything that comes from data is escaped.
    """
    heads = "".join(
        f'<th scope="col">{escape(t(f"known.head.{name}", lang))}</th>'
        for name in ("indicator", "reach", "dates", "origins")
    )
    body = []
    for _, family in groupby(found, key=lambda c: c.indicator.family or c.indicator.id):
        first = True
        for _, rows in groupby(family, key=lambda c: c.indicator.id):
            levels = list(rows)
            names = [_name(levels, lang), *[""] * (len(levels) - 1)]
            body += [
                _row(store, c, lang, name=name, top=first and name != "")
                for c, name in zip(levels, names, strict=True)
            ]
            first = False
    return f'<table class="atlas-table"><thead><tr>{heads}</tr></thead>{"".join(body)}</table>'


def _name(levels: list[Coverage], lang: Lang) -> str:
    """Write the name of an indicator, with a link where any of its levels can be drawn."""
    name = escape(pick(levels[0].indicator.short, lang))
    drawn = ("", *mapped_editions())
    shown = next((c for c in levels if c.edition in drawn), None)
    if shown is None:
        return name
    return f'<a href="{escape(explore_href(shown, lang))}" target="_self">{name}</a>'


def _row(store: Store, c: Coverage, lang: Lang, *, name: str, top: bool) -> str:
    sources = dict.fromkeys(source_name(store.catalog.origin(origin), lang) for origin in c.origins)
    full = ' class="full"' if c.of > 1 and c.n == c.of else ""
    return (
        f"<tr{' class=top' if top else ''}><td>{name}</td><td{full}>{escape(reach(c, lang))}</td>"
        f"<td>{escape(date_range(c.first, c.last, lang))}</td>"
        f"<td>{escape('; '.join(sources))}</td></tr>"
    )


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


def origin_html(item: Taken, lang: Lang) -> str:
    """Write one source: what it is, what was taken, how its date is known, its licence."""
    origin = item.origin
    facts = [(t(f"source.{key}", lang), text) for key, text in _facts(origin, lang) if text]
    told = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
    return (
        f'<section id="{escape(origin.id)}"><h3>{escape(pick(origin.title, lang))}</h3>'
        f"<p>{escape(pick(origin.producer, lang))}. {escape(_taken(item, lang))}</p>"
        f"<dl>{told}</dl></section>"
    )


def _taken(item: Taken, lang: Lang) -> str:
    if not item.observations:
        return t("sources.no_figures", lang)
    return tn(
        "sources.taken",
        item.observations,
        lang,
        n=number(item.observations, lang),
        indicators=number(item.indicators, lang),
        places=number(item.places, lang),
        dates=date_range(item.first, item.last, lang),
    )


def _facts(origin: Origin, lang: Lang) -> list[tuple[str, str]]:
    published = t("source.unknown", lang)
    if origin.date_published:
        kind = t(f"date_kind.{origin.date_published_kind}", lang)
        published = f"{origin.date_published} ({kind})"
    return [
        ("published", published),
        ("accessed", origin.date_accessed or ""),
        ("republished", origin.republished_in or ""),
        ("document", origin.document or ""),
        ("address", origin.url or ""),
        ("licence", licence_text(origin, lang)),
        ("origin_notes", pick(origin.notes, lang) if origin.notes else ""),
        ("sha256", origin.sha256 or ""),
    ]
