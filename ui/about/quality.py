"""The findings of the audit on screen: counted, grouped, each with its rows and its sums."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from base.html import Markup, details, el, link, table
from base.words import Lang, number, pick, t, tn
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
from ui import shell
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


def tally_html(found: Sequence[Finding], lang: Lang) -> Markup:
    """Write how many findings there are of each gravity."""
    return shell.tally_html(
        (severity, _gravity(severity, lang), n, number(n, lang))
        for severity, n in counted(found).items()
    )


def _gravity(severity: Severity, lang: Lang) -> str:
    return t(f"audit.severity.{severity}", lang)


def groups_html(store: Store, found: Sequence[Finding], lang: Lang, *, most: int = FEW) -> Markup:
    """Write findings grouped by kind.

    Parameters
    ----------
    found
        Findings in the order of their kinds.
    most
        Findings of a kind that are written out. Of few, only the first kind is unfolded.
    """
    parts: list[Markup] = []
    for rule, group in groupby(found, key=lambda finding: finding.rule):
        mine = list(group)
        n = t("quality.least", lang, n=number(len(mine), lang))
        count = number(len(mine), lang) if len(mine) < MOST_OF_A_RULE else n
        rest = len(mine) - most
        more = tn("quality.more", rest, lang, n=number(rest, lang)) if rest > 0 else ""
        href = f"quality?lang={lang}&rule={rule}" if most == FEW else ""
        parts.append(
            details(
                el("h2", t(f"audit.rule.{rule}", lang), " ", el("span", count)),
                el("p.rule", t(f"quality.rule.{rule}", lang)),
                (_finding(store, finding, lang) for finding in mine[:most]),
                el("p.rest", link(href, more)) if more else "",
                open_=most != FEW or not parts,
            )
        )
    return el("div.atlas-quality", parts)


def _finding(store: Store, finding: Finding, lang: Lang) -> Markup:
    catalog = store.catalog
    heading = link(_map_href(finding, lang), title(finding, catalog, lang))
    at = ", ".join(part for part in (_where(finding, lang), when(finding, lang)) if part)
    sums = arithmetic(finding, catalog, lang)
    allowed = el("small", tolerance(finding, lang))
    mark = shell.mark_html(finding.severity, _gravity(finding.severity, lang))
    told = el(
        "div",
        el("h3", heading),
        el("p.at", at[:1].upper() + at[1:]),
        el("p", say(finding, catalog, lang)),
        el("p.sum", sums, " ", allowed) if sums else "",
        _behind(store, finding, lang),
    )
    return el("article", el("p.mark", mark), told, id=finding.id)


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


def _behind(store: Store, finding: Finding, lang: Lang) -> Markup:
    """Write the observations behind a finding, or the places it is about, to be opened."""
    if finding.witnesses:
        heads = (t(f"quality.head.{head}", lang) for head in ("what", "where", "figure", "source"))
        rows = (_cells(store, w, lang) for w in finding.witnesses[:MOST_ROWS])
        n = finding.total
        rest = n - MOST_ROWS
        more = tn("audit.more.observations", rest, lang, n=number(rest, lang)) if rest > 0 else ""
        label = tn("quality.rows", n, lang, n=number(n, lang))
        body = table(heads, rows, "table.atlas-table")
        return details(label, body, el("p.rest", more) if more else "")
    n = len(finding.places)
    if n <= MOST_NAMES:
        return Markup()
    label = tn("quality.places", n, lang, n=number(n, lang))
    return details(label, el("p", names(finding, lang, n)))


def _cells(store: Store, witness: Witness, lang: Lang) -> tuple[object, ...]:
    catalog = store.catalog
    indicator = catalog.indicator(witness.indicator)
    figure = witness_text(store, witness, lang)
    href = trace_href(lang, witness.indicator, witness.edition, witness.area)
    source = source_name(catalog.origin(witness.origin), lang)
    dataset = "" if witness.dataset == SHIPPED_ID else f" · {witness.dataset}"
    place = where_name(witness.edition, witness.area, lang)
    at = witness.span.text(lang)
    return (
        pick(indicator.short, lang),
        (place[:1].upper() + place[1:], el("small", at)),
        link(href, figure),
        (source + dataset, el("small", witness.locator, lang="vi")),
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
