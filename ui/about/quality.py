"""The findings of the audit on screen: counted, grouped, each with its rows and its sums."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from base.words import Lang, number, period, pick, t, tn
from metrics.audit import (
    MOST_NAMES,
    MOST_OF_A_RULE,
    Finding,
    Severity,
    Witness,
    arithmetic,
    counted,
    names,
    say,
    title,
    tolerance,
    when,
    where,
)
from metrics.store import SHIPPED_ID, Store
from ui.address import View, mapped_editions
from ui.scene import (
    Row,
    map_name,
    role_text,
    source_name,
    trace_href,
    value_text,
    where_name,
    with_unit,
)

# Of each kind so many findings are written out; those who ask for the kind alone see more.
FEW, MANY = 20, 200
MOST_ROWS = 12


def summary_text(store: Store, found: Sequence[Finding], lang: Lang) -> str:
    """Say how many figures were held against one another, and what came of it."""
    counts = {str(s): number(n, lang) for s, n in counted(found).items()}
    n = int(store.read(lambda rows: rows.aggregate(n=rows.count()), ordered=False)["n"].iloc[0])
    return t("quality.summary", lang, figures=number(n, lang), **counts)


def tally_html(found: Sequence[Finding], lang: Lang) -> str:
    """Write how many findings there are of each gravity, as a bar with its key."""
    counts = {severity: n for severity, n in counted(found).items() if n}
    bar = "".join(f'<i class="{severity}" style="flex:{n}"></i>' for severity, n in counts.items())
    keys = "".join(
        f"<li>{mark_html(severity, lang)} <b>{escape(number(n, lang))}</b></li>"
        for severity, n in counted(found).items()
    )
    return f'<div class="atlas-tally"><div aria-hidden="true">{bar}</div><ul>{keys}</ul></div>'


def mark_html(severity: Severity, lang: Lang) -> str:
    """Write a gravity with its mark."""
    name = escape(t(f"audit.severity.{severity}", lang))
    return f'<span class="atlas-state {severity}"><i></i>{name}</span>'


def groups_html(store: Store, found: Sequence[Finding], lang: Lang, *, most: int = FEW) -> str:
    """Write findings grouped by kind.

    Parameters
    ----------
    found
        Findings in the order of their kinds.
    most
        Findings of a kind that are written out.

    Returns
    -------
    str
        HTML; everything that comes from data is escaped.
    """
    parts = []
    for rule, group in groupby(found, key=lambda finding: finding.rule):
        mine = list(group)
        heading = escape(t(f"audit.rule.{rule}", lang))
        n = t("quality.least", lang, n=number(len(mine), lang))
        count = number(len(mine), lang) if len(mine) < MOST_OF_A_RULE else n
        told = "".join(_finding(store, finding, lang) for finding in mine[:most])
        rest = len(mine) - most
        more = tn("quality.more", rest, lang, n=number(rest, lang)) if rest > 0 else ""
        if more and most == FEW:
            href = f"quality?lang={lang}&rule={rule}"
            more = f'<a href="{escape(href)}" target="_self">{escape(more)}</a>'
        parts.append(
            f"<section><h2>{heading} <span>{escape(count)}</span></h2>"
            f"<p class='rule'>{escape(t(f'quality.rule.{rule}', lang))}</p>{told}"
            f"{f'<p class=rest>{more}</p>' if more else ''}</section>"
        )
    return f'<div class="atlas-quality">{"".join(parts)}</div>'


def _finding(store: Store, finding: Finding, lang: Lang) -> str:
    catalog = store.catalog
    heading = escape(title(finding, catalog, lang))
    href = _map_href(finding, lang)
    if href:
        heading = f'<a href="{escape(href)}" target="_self">{heading}</a>'
    at = ", ".join(part for part in (_where(finding, lang), when(finding, lang)) if part)
    sums = arithmetic(finding, catalog, lang)
    allowed = tolerance(finding, lang)
    shown = f'<p class="sum">{escape(sums)} <small>{escape(allowed)}</small></p>' if sums else ""
    return (
        f'<article id="{finding.id}"><p class="mark">{mark_html(finding.severity, lang)}</p>'
        f'<div><h3>{heading}</h3><p class="at">{escape(at[:1].upper() + at[1:])}</p>'
        f"<p>{escape(say(finding, catalog, lang))}</p>{shown}{_behind(store, finding, lang)}"
        "</div></article>"
    )


def _where(finding: Finding, lang: Lang) -> str:
    edition = finding.edition or str(finding.told.get("map", ""))
    on = map_name(edition, lang)
    if finding.area:
        name = where_name(finding.edition, finding.area, lang)
        return f"{name} ({on})" if on else name
    name = where(finding, lang)
    return f"{name} ({on})" if on and name else name


def _map_href(finding: Finding, lang: Lang) -> str:
    """Return the address of Explore that shows what a finding is about; "" where no map does."""
    if not finding.indicator:
        return ""
    if finding.area:
        return trace_href(lang, finding.indicator, finding.edition, finding.area)
    edition = finding.edition or (finding.places[0][0] if finding.places else "")
    if edition not in mapped_editions():
        return ""
    return View(lang=lang).to(edition=edition, indicator=finding.indicator).href()


def _behind(store: Store, finding: Finding, lang: Lang) -> str:
    """Write the observations behind a finding, or the places it is about, to be opened."""
    if finding.witnesses:
        rows = "".join(_row(store, w, lang) for w in finding.witnesses[:MOST_ROWS])
        n = len(finding.witnesses)
        heads = ("what", "where", "figure", "source")
        told = "".join(
            f'<th scope="col">{escape(t(f"quality.head.{head}", lang))}</th>' for head in heads
        )
        rest = max(finding.n, n) - MOST_ROWS if n > MOST_ROWS else 0
        more = tn("audit.more.observations", rest, lang, n=number(rest, lang)) if rest > 0 else ""
        label = tn("quality.rows", n, lang, n=number(n, lang))
        body = (
            f'<table class="atlas-table"><thead><tr>{told}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
            f"{f'<p class=rest>{escape(more)}</p>' if more else ''}"
        )
    elif len(finding.places) > MOST_NAMES:
        label = tn("quality.places", len(finding.places), lang, n=number(len(finding.places), lang))
        body = f"<p>{escape(names(finding, lang, len(finding.places)))}</p>"
    else:
        return ""
    return f"<details><summary>{escape(label)}</summary>{body}</details>"


def _row(store: Store, witness: Witness, lang: Lang) -> str:
    catalog = store.catalog
    indicator = catalog.indicator(witness.indicator)
    figure = witness_text(store, witness, lang)
    href = trace_href(lang, witness.indicator, witness.edition, witness.area)
    linked = escape(figure)
    if href:
        linked = f'<a href="{escape(href)}" target="_self">{linked}</a>'
    source = source_name(catalog.origin(witness.origin), lang)
    dataset = "" if witness.dataset == SHIPPED_ID else f" · {witness.dataset}"
    place = where_name(witness.edition, witness.area, lang)
    at = period(witness.period_start, witness.period_end, witness.grain, lang)
    return (
        f"<tr><td>{escape(pick(indicator.short, lang))}</td>"
        f"<td>{escape(place[:1].upper() + place[1:])}<small>{escape(at)}</small></td>"
        f"<td>{linked}</td>"
        f"<td>{escape(source + dataset)}"
        f'<small lang="vi">{escape(witness.locator)}</small></td></tr>'
    )


def witness_text(store: Store, witness: Witness, lang: Lang) -> str:
    """Write the figure of an observation with its unit, and what it is a part of."""
    indicator = store.catalog.indicator(witness.indicator)
    row: Row = {
        "state": witness.state,
        "value": witness.value,
        "category": witness.category,
        "qualifier": witness.qualifier,
    }
    text = with_unit(value_text(row, indicator, lang), indicator, lang)
    if not text:
        return t(f"state.{witness.state}", lang)
    if witness.numerator is not None and witness.denominator is not None:
        parts = (number(part, lang, 2) for part in (witness.numerator, witness.denominator))
        text = f"{text} ({' / '.join(parts)})"
    return role_text(witness.role, lang) + text
