"""Changes in words: what a figure was and is, what an import has changed, what a feed is of."""

from __future__ import annotations

from collections import Counter

from base.words import Lang, number, pick, t, tn
from metrics.store import Store
from metrics.updates import Changed, Row, Scope, Update
from ui.scene import (
    as_uploaded,
    period_text,
    role_text,
    source_name,
    value_text,
    where_name,
    with_unit,
)

# Of an import, so many indicators are named in its title.
MOST_NAMED = 2


def counts_text(counts: Counter[str], lang: Lang) -> str:
    """Say how many figures there are of each kind."""
    told = (
        tn(f"updates.count.{kind}", n, lang, n=number(n, lang)) for kind, n in counts.items() if n
    )
    return ", ".join(told)


def update_title(update: Update, lang: Lang) -> str:
    """Say what an import has changed in a line."""
    names = list(dict.fromkeys(pick(one.indicator.short, lang) for one in update.groups))
    if update.counts.total() == 1 and update.changes:
        one = update.changes[0]
        return t("updates.title.one", lang, what=names[0], told=change_text(one, lang))
    told = counts_text(update.counts, lang)
    rest = len(names) - MOST_NAMED
    what = "; ".join(names[:MOST_NAMED])
    what += tn("updates.more_indicators", rest, lang, n=number(rest, lang)) if rest > 0 else ""
    return t("updates.title.many", lang, what=what, told=told)


def change_text(one: Changed, lang: Lang) -> str:
    """Say of which place and period a figure is, what it was, and what it is."""
    if one.n > 1 or not one.area:
        return tn(f"updates.count.{one.kind}", one.n, lang, n=number(one.n, lang))
    row = one.row
    told = {
        "where": where_name(one.edition, one.area, lang),
        "when": period_text(row, lang),
        "before": _value(one, one.before, lang),
        "after": _value(one, one.after, lang),
    }
    # What was said before is not always told: of several, none is.
    key = one.kind if one.before is not None or one.after is None else "new"
    return role_text(row["role"], lang) + t(f"updates.change.{key}", lang, **told)


def _value(one: Changed, row: Row | None, lang: Lang) -> str:
    if row is None:
        return ""
    told = value_text(row | {"denominator": None}, one.indicator, lang)
    return with_unit(told, one.indicator, lang) if told else t("updates.no_figure", lang)


def sources_text(store: Store, one: Changed, lang: Lang) -> str:
    """Name the sources of both sides; once where they are the same."""
    names = []
    for row in (one.before, one.after):
        origin = store.catalog.origins.get(row["origin"]) if row else None
        if row and origin:
            names.append(as_uploaded(source_name(origin, lang), row["dataset"], lang))
    return " → ".join(dict.fromkeys(names))


def scope_text(store: Store, scope: Scope, lang: Lang) -> str:
    """Say what of all changes is asked for; "" for all."""
    told = []
    if scope.indicator:
        told.append(pick(store.catalog.indicators[scope.indicator].short, lang))
    elif scope.domain:
        told.append(pick(store.catalog.domains[scope.domain].title, lang))
    if scope.place:
        told.append(where_name(scope.series, scope.place, lang))
    for key in ("below", "above"):
        bound = getattr(scope, key)
        if bound is not None:
            told.append(t(f"updates.{key}", lang, value=number(bound, lang, 6)))
    return " · ".join(told)
