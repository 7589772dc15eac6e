"""A theme as a short article that writes itself: figure, map, change, targets, silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from base.html import Markup, el, items, join, link, paragraphs
from base.words import Lang, number, pick, t
from metrics.briefs import DOMAIN as GAPS_DOMAIN
from metrics.briefs import Coverage, Theme, theme
from metrics.store import Store, kept_in_store
from ui.about import explore_href
from ui.address import View
from ui.scene import FEWEST_FOR_COLOUR, Drawn, Manner, draw
from ui.theme.aims import silence_block, targets_block
from ui.theme.blocks import (
    block,
    country_block,
    country_charts,
    onward,
    page_href,
    places_block,
    status_block,
)
from ui.theme.local import Local, local_figure, local_of, local_text
from ui.theme.words import (
    Figure,
    age_text,
    change_text,
    conflict_text,
    figure_of,
    how_text,
    reach_text,
    spread_text,
    whole_figure,
)

MOST_BESIDE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Headline:
    """The figure that a theme opens with.

    Attributes
    ----------
    figures
        The figure, and others of the same day beside it; empty where nothing is known.
    how
        How it came about; "" where it was published as such.
    meaning
        One sentence or two about it.
    """

    figures: tuple[Figure, ...]
    how: str
    meaning: str


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """A theme worked out to the last word. Shared between sessions: never to be changed.

    Attributes
    ----------
    title
        Name of the theme.
    headline
        What it opens with.
    lead
        HTML above the map.
    drawn
        The map of the best-covered indicator; None where there is none.
    mapped
        Whether the article shows it: one of a few places would be an empty map.
    caption
        HTML above the map, its title and reach; and below it, the way into Explore.
    below
        HTML below the map.
    """

    title: str
    headline: Headline
    lead: Markup
    drawn: Drawn | None
    mapped: bool
    caption: tuple[Markup, Markup]
    below: Markup


@kept_in_store(16, drawn=True)
def story(store: Store, domain: str, lang: Lang, dark: bool = False) -> Story:
    """Compose the article of a theme, its map on light or dark paper."""
    facts = theme(store, domain)
    whole = draw(store, best_view(facts.best, lang), dark=dark) if facts.best else None
    local = None if whole and leads(whole) else local_of(store, facts)
    drawn = draw(store, local.view(lang), dark=dark) if local else whole
    found = headline(store, facts, drawn, lang, local)
    # A map of few places leads nobody: where the country has a series, it comes first.
    few = drawn is not None and not leads(drawn)
    charts = country_charts(store, facts, lang) if few else []
    blocks = (
        country_block(store, facts, lang, drawn=not charts),
        status_block(store, facts, lang),
        places_block(store, facts, lang, drawn=local.coverage if local else facts.best),
        targets_block(store, facts, lang),
        silence_block(facts, lang),
        _elsewhere(domain, lang),
    )
    title = pick(facts.domain.title, lang)
    return Story(
        title,
        found,
        join(_lead(title, found), el("div.atlas-story", charts) if charts else ""),
        drawn,
        drawn is not None and not (local is None and _is_thin(facts.best)),
        _caption(facts, drawn, lang, local),
        join(blocks),
    )


def _elsewhere(domain: str, lang: Lang) -> Markup:
    """Write the way to the page about single gaps, from the theme that they belong to."""
    if domain != GAPS_DOMAIN:
        return Markup()
    return el("div.atlas-story", onward(page_href("gaps", lang), t("gaps.title", lang)))


def best_view(best: Coverage, lang: Lang) -> View:
    """Return the view of the best-covered indicator at the level that it reaches best."""
    view = View(lang=lang, indicator=best.indicator.id)
    return view.to(edition=best.edition, level=best.level, indicator=best.indicator.id)


def leads(drawn: Drawn) -> bool:
    """Tell whether a map shows enough to lead a theme: numbers of at least some areas."""
    return drawn.scene.manner in (Manner.CLASSES, Manner.CIRCLES)


def headline(
    store: Store, facts: Theme, drawn: Drawn | None, lang: Lang, local: Local | None = None
) -> Headline:
    """Choose what the theme opens with.

    The figure of the whole map of the best-covered indicator, if there is one; else, where the
    parts of one province all report a rate that is newer than the country's figures, theirs; else
    the country's newest figures; else how many areas the best-covered indicator reaches; else
    nothing.
    """
    newest = max((row["period_end"].date() for _, row in facts.newest), default=date.min)
    if local is not None and local.coverage.last >= newest:
        spread = local_text(store, local, lang)
        return Headline((local_figure(store, local, lang),), "", spread)
    if drawn is not None:
        panel = drawn.scene.panel
        whole = whole_figure(store, panel, lang)
        if whole is not None and facts.best is not None:
            whole = Figure(
                whole.value,
                whole.what,
                whole.when,
                whole.source,
                whole.href or explore_href(facts.best, lang),
            )
            return Headline((whole,), how_text(panel, lang), spread_text(panel, lang))
    if facts.newest:
        return _national(store, facts, lang)
    if facts.best is not None:
        n, of = number(facts.best.n, lang), number(facts.best.of, lang)
        title = pick(facts.best.indicator.title, lang)
        reached = Figure(f"{n}/{of}", title, "", "", explore_href(facts.best, lang))
        return Headline((reached,), t("theme.how.reach", lang), t("theme.no_country", lang))
    return Headline((), "", t("theme.nothing", lang))


def _national(store: Store, facts: Theme, lang: Lang) -> Headline:
    figures = tuple(figure_of(store, i, row, lang) for i, row in facts.newest[: MOST_BESIDE + 1])
    indicator, row = facts.newest[0]
    said = [
        change_text(change, lang, named=False)
        for change in facts.changes
        if change.indicator.id == indicator.id and not change.last["edition"]
    ]
    said = said or [t("theme.first", lang)]
    parts = [*said, age_text(store, row, lang)]
    contradicted = [
        conflict_text(store, rows, lang)
        for rows in facts.conflicts
        if rows[0]["indicator"] == indicator.id and not rows[0]["edition"]
    ]
    return Headline(figures, "", " ".join(p for p in (*parts, *contradicted) if p))


def _lead(title: str, found: Headline) -> Markup:
    return el(
        "div.atlas-story",
        el("h1", title),
        (figure_html(figure, found.how) for figure in found.figures[:1]),
        items((_beside(figure) for figure in found.figures[1:]), "ul.beside"),
        el("p.deck", found.meaning) if found.meaning else "",
    )


def figure_html(figure: Figure, how: str = "") -> Markup:
    """Write a large figure: the number with a link to its source, what it is, when, who says so."""
    return join(
        el("p.big", link(figure.href, figure.value)),
        el("p.what", figure.what),
        el("p.facts", join(figure.when, figure.source, how, by=" · ")),
    )


def _beside(figure: Figure) -> Markup:
    return join(link(figure.href, el("b", figure.value)), " ", el("span", figure.what))


def map_heading(drawn: Drawn, best: Coverage, lang: Lang, key: str = "theme.best") -> Markup:
    """Write the heading of a map and how far its indicator reaches."""
    return block(drawn.scene.words.title, paragraphs([reach_text(best, lang, key)]))


def _is_thin(best: Coverage | None) -> bool:
    return best is not None and best.n < FEWEST_FOR_COLOUR


def _caption(
    facts: Theme, drawn: Drawn | None, lang: Lang, local: Local | None
) -> tuple[Markup, Markup]:
    if drawn is None or facts.best is None:
        return Markup(), Markup()
    if local is not None:
        above = block(drawn.scene.words.title, paragraphs([t("theme.local.best", lang)]))
        way = onward(local.view(lang).href(), t("theme.open.map", lang))
        return above, el("div.atlas-story", way)
    if _is_thin(facts.best):
        what, where = drawn.scene.words.title, t("theme.places", lang)
        said = [reach_text(facts.best, lang), t("theme.few", lang, where=where)]
        return block(what, paragraphs(said)), Markup()
    above = map_heading(drawn, facts.best, lang)
    href = explore_href(facts.best, lang)
    return above, el("div.atlas-story", onward(href, t("theme.open.map", lang)))
