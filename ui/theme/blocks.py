"""The blocks of a theme's article below its map, in HTML."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from base.html import Markup, el, items, join, link, paragraphs, row, table
from base.words import Lang, number, pick, t, tn
from geo.editions import COUNTRY_CODE
from metrics.briefs import UNDATED_GRAINS, Coverage, Row, Theme
from metrics.catalog import Indicator
from metrics.panel import panel
from metrics.store import Store
from ui.about import explore_href
from ui.address import mapped_editions
from ui.charts import series_html
from ui.scene import (
    FEWEST_FOR_COLOUR,
    FIGURES,
    between_text,
    category_title,
    level_name,
    map_name,
    records,
    source_name,
    trace_href,
    where_name,
)
from ui.theme.words import (
    Figure,
    change_text,
    conflict_text,
    figure_of,
    names_of,
)

MOST_CHANGES = 5
MOST_CHARTS = 2
FEWEST_DRAWN = 3  # dates of a series: two are told in a sentence
MOST_ROWS = 40
MOST_NAMED = 100


def block(heading: str, *content: object, anchor: str | None = None) -> Markup:
    """Write a section of the article; nothing where there is nothing in it."""
    inner = join(content)
    return el("section.atlas-story", el("h2", heading), inner, id=anchor) if inner else inner


def onward(href: str, text: str) -> Markup:
    """Write the way on from a block."""
    return el("p.on", link(href, f"{text} →"))


def page_href(page: str, lang: Lang, **more: str) -> str:
    """Return the address of a page in a language."""
    return f"{page}?{urlencode({'lang': lang, **more})}"


def country_block(store: Store, facts: Theme, lang: Lang, *, drawn: bool = True) -> Markup:
    """Tell what changed: the country over time, definitions apart, contradictions shown."""
    linked = [_seen(conflict_text(store, rows, lang), rows[0], lang) for rows in facts.conflicts]
    linked += [_seen(change_text(c, lang), c.last, lang) for c in facts.changes[:MOST_CHANGES]]
    said = [left_out(len(facts.changes) - MOST_CHANGES, lang)]
    if not facts.changes and facts.reach:
        said.append(t("theme.no_change", lang))
    if len(facts.country) > 1:
        n = number(len(facts.country), lang)
        said.append(t("theme.definitions", lang, n=n))
    rows = [_country_row(store, i, found, lang) for i, found in facts.country]
    heads = _heads(("what", "figures"), lang)
    known = table(heads, rows, "table.atlas-table.pairs") if rows else ""
    charts = country_charts(store, facts, lang) if drawn else []
    return block(t("theme.changed", lang), linked, paragraphs(said), charts, known)


def left_out(n: int, lang: Lang) -> str:
    """Say how many more there are than are told; "" where all are."""
    return tn("theme.more", n, lang, n=number(n, lang)) if n > 0 else ""


def _seen(text: str, row: Row, lang: Lang) -> Markup:
    """Write a sentence about a figure, with the way to it in Explore where there is one."""
    area = str(row["area"])
    href = trace_href(lang, str(row["indicator"]), str(row["edition"]), area, source=False)
    return el("p", text, " ", see(href, lang))


def see(href: str, lang: Lang) -> Markup:
    """Write the way to what a sentence is about; nothing where there is none."""
    return link(href, t("theme.see", lang), class_="see") if href else Markup()


def country_charts(store: Store, facts: Theme, lang: Lang) -> list[Markup]:
    """Draw the country's longest series, each on its own scale."""
    dated = [
        (len({row["period_end"] for row in rows if row["grain"] not in UNDATED_GRAINS}), indicator)
        for indicator, rows in facts.country
        if any(change.indicator.id == indicator.id for change in facts.changes)
    ]
    longest = sorted((pair for pair in dated if pair[0] >= FEWEST_DRAWN), key=lambda pair: -pair[0])
    edition = mapped_editions()[0]
    return [
        Markup(series_html(store, indicator.id, edition, (COUNTRY_CODE,), lang))
        for _, indicator in longest[:MOST_CHARTS]
    ]


def _heads(names: Sequence[str], lang: Lang) -> list[str]:
    return [t(f"theme.head.{name}", lang) for name in names]


def _country_row(store: Store, indicator: Indicator, rows: Sequence[Row], lang: Lang) -> Markup:
    figures = items(_figure(figure_of(store, indicator, r, lang)) for r in rows)
    return row(pick(indicator.title, lang), figures, tag="tr.top")


def _figure(figure: Figure) -> Markup:
    value = link(figure.href, el("b", figure.value))
    return join(value, " ", el("small", join(figure.when, figure.source, by=" · ")))


def status_block(store: Store, facts: Theme, lang: Lang) -> Markup:
    """Statuses by place: who is in which, and of how many nothing is said."""
    found = [
        c for c in facts.reach if c.indicator.kind == "status" and c.edition in mapped_editions()
    ]
    named = any(c.indicator.list == "named_only" for c in found)
    said = paragraphs([t("theme.rest.named", lang)] if named else [])
    return block(t("theme.statuses", lang), [_status(store, c, lang) for c in found], said)


def _status(store: Store, c: Coverage, lang: Lang) -> Markup:
    frame = panel(store, c.indicator.id, c.edition, c.level).frame
    shown = records(frame[frame["state"].isin(FIGURES)])
    order = [category.id for category in c.indicator.categories]
    listed = []
    for category in order:
        rows = [row for row in shown if row["category"] == category]
        if rows:
            title = el("b", category_title(c.indicator, category, lang))
            listed.append((title, f" ({len(rows)}): ", _links(c, rows, lang)))
    rest = c.of - len(shown)
    told = rest and c.indicator.list != "named_only"
    areas = level_name(c.level, lang, rest)
    left = (
        tn("theme.rest.exhaustive", rest, lang, n=number(rest, lang), areas=areas) if told else ""
    )
    when = between_text(c.ends, lang)
    sources = "; ".join(
        dict.fromkeys(source_name(store.catalog.origin(o), lang) for o in c.origins)
    )
    return join(
        el("h3", link(explore_href(c, lang), pick(c.indicator.title, lang))),
        el("p.facts", " · ".join((when, map_name(c.edition, lang), sources))),
        items(listed),
        el("p.facts", left),
    )


def _links(c: Coverage, rows: Sequence[Row], lang: Lang) -> Markup:
    names = []
    for code in (str(found["code"]) for found in rows[:MOST_NAMED]):
        href = trace_href(lang, c.indicator.id, c.edition, code)
        names.append(link(href, names_of(c.edition, [code], lang)[0]))
    more = left_out(len(rows) - MOST_NAMED, lang)
    return join(*names, by=", ") + (f". {more}" if more else "")


def places_block(
    store: Store, facts: Theme, lang: Lang, *, drawn: Coverage | None = None
) -> Markup:
    """Figures of single places: those of indicators that too few areas report for a map.

    Parameters
    ----------
    drawn
        What the map of the theme shows; it is not among the other maps.
    """
    few = [
        c
        for c in facts.reach
        if c.edition and c.indicator.kind != "status" and c.n < FEWEST_FOR_COLOUR
    ]
    wide = [
        c
        for c in facts.reach
        if c.edition in mapped_editions()
        and c.indicator.kind not in ("status", "date")
        and c.n >= FEWEST_FOR_COLOUR
        and c != drawn
    ]
    rows = [found for c in few for found in _newest(store, c)]
    content: list[object] = []
    if wide:
        content += [el("p", t("theme.wide", lang)), items(_wide(c, lang) for c in wide)]
    if rows:
        heads = _heads(("what", "place", "figure"), lang)
        shown = (_place_row(store, found, lang) for found in rows[:MOST_ROWS])
        content += [
            el("p", t("theme.single", lang, n=number(len(rows), lang))),
            table(heads, shown, "table.atlas-table"),
            paragraphs([left_out(len(rows) - MOST_ROWS, lang)]),
        ]
    return block(t("theme.places", lang), content)


def _wide(c: Coverage, lang: Lang) -> Markup:
    reach = f"{number(c.n, lang)}/{number(c.of, lang)} {level_name(c.level, lang, c.of)}"
    told = el("small", f"{reach} · {between_text(c.ends, lang)}")
    return join(link(explore_href(c, lang), pick(c.indicator.title, lang)), " ", told)


def _newest(store: Store, c: Coverage) -> list[Row]:
    """Return the newest figure of each area, all of them where sources disagree."""
    rows = store.observations(c.indicator.id)
    rows = rows[
        (rows["edition"] == c.edition)
        & (rows["level"] == str(c.level))
        & (rows["role"] == "result")
        & rows["state"].isin(FIGURES)
    ]
    last = rows.groupby("area")["period_end"].transform("max")
    return list(records(rows[rows["period_end"] == last].drop_duplicates(["area", "value"])))


def _place_row(store: Store, found: Row, lang: Lang) -> Markup:
    indicator = store.catalog.indicator(str(found["indicator"]))
    figure, on = figure_of(store, indicator, found, lang), str(found["edition"])
    place = where_name(on, str(found["area"]), lang)
    cells = (figure.what, (place, el("br"), el("small", map_name(on, lang))), _figure(figure))
    return row(*cells, tag="tr.top")
