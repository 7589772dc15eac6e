"""The blocks of a theme's article below its map, in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

from base.words import Lang, date_range, number, pick, t, tn
from geo.editions import COUNTRY_CODE, Level
from metrics.briefs import UNDATED_GRAINS, Coverage, Row, Silence, Theme, best_covered
from metrics.catalog import Indicator
from metrics.panel import panel
from metrics.store import Store
from ui.about import explore_href
from ui.address import mapped_editions
from ui.charts import series_html
from ui.scene import (
    FEWEST_FOR_COLOUR,
    FIGURES,
    category_title,
    level_name,
    map_name,
    records,
    source_name,
    trace_href,
    where_name,
)
from ui.targets import (
    aim_text,
    deadline_text,
    figure_text,
    gap_text,
    parts_text,
    state_html,
    summary_text,
)
from ui.theme.words import (
    Figure,
    change_text,
    conflict_text,
    figure_of,
    names_of,
    silence_text,
    thin_text,
)

MOST_CHANGES = 5
MOST_CHARTS = 2
MOST_ROWS = 40
MOST_NAMES = 12
MOST_NAMED = 100
# Where the page of a theme tells what nobody reports.
SILENT = "silent"


def block(heading: str, inner: str, anchor: str = "") -> str:
    """Write a section of the article; "" where there is nothing in it."""
    if not inner:
        return ""
    id_ = f' id="{escape(anchor)}"' if anchor else ""
    return f'<section class="atlas-story"{id_}><h2>{escape(heading)}</h2>{inner}</section>'


def link(href: str, text: str) -> str:
    """Write the way on from a block."""
    return f'<p class="on"><a href="{escape(href)}" target="_self">{escape(text)} →</a></p>'


def page_href(page: str, lang: Lang, **more: str) -> str:
    """Return the address of a page in a language."""
    return f"{page}?{urlencode({'lang': lang, **more})}"


def paragraphs(texts: Iterable[str]) -> str:
    """Write sentences, each a paragraph."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text)


def country_block(store: Store, facts: Theme, lang: Lang) -> str:
    """Tell what changed: the country over time, definitions apart, contradictions shown."""
    linked = [_seen(conflict_text(store, rows, lang), rows[0], lang) for rows in facts.conflicts]
    linked += [_seen(change_text(c, lang), c.last, lang) for c in facts.changes[:MOST_CHANGES]]
    said = [_left_out(len(facts.changes) - MOST_CHANGES, lang)]
    if not facts.changes and facts.reach:
        said.append(t("theme.no_change", lang))
    if len(facts.country) > 1:
        n = number(len(facts.country), lang)
        said.append(t("theme.definitions", lang, n=n))
    rows = "".join(_country_row(store, i, found, lang) for i, found in facts.country)
    table = ""
    if rows:
        heads = _heads(("what", "figures"), lang)
        table = f'<table class="atlas-table pairs"><thead>{heads}</thead>{rows}</table>'
    told = "".join(linked) + paragraphs(said)
    return block(t("theme.changed", lang), told + _charts(store, facts, lang) + table)


def _left_out(n: int, lang: Lang) -> str:
    """Say how many more there are than are told; "" where all are."""
    return tn("theme.more", n, lang, n=number(n, lang)) if n > 0 else ""


def _seen(text: str, row: Row, lang: Lang) -> str:
    """Write a sentence about a figure, with the way to it in Explore where there is one."""
    area = str(row["area"])
    href = trace_href(lang, str(row["indicator"]), str(row["edition"]), area, source=False)
    return f"<p>{escape(text)} {_see(href, lang)}</p>"


def _see(href: str, lang: Lang) -> str:
    text = escape(t("theme.see", lang))
    return f'<a class="see" href="{escape(href)}" target="_self">{text}</a>' if href else ""


def _charts(store: Store, facts: Theme, lang: Lang) -> str:
    """Draw the country's longest series, each on its own scale."""
    dated = [
        (len({row["period_end"] for row in rows if row["grain"] not in UNDATED_GRAINS}), indicator)
        for indicator, rows in facts.country
        if any(change.indicator.id == indicator.id for change in facts.changes)
    ]
    longest = sorted((pair for pair in dated if pair[0] > 1), key=lambda pair: -pair[0])
    edition = mapped_editions()[0]
    return "".join(
        series_html(store, indicator.id, edition, (COUNTRY_CODE,), lang)
        for _, indicator in longest[:MOST_CHARTS]
    )


def _heads(names: Sequence[str], lang: Lang) -> str:
    cells = "".join(
        f'<th scope="col">{escape(t(f"theme.head.{name}", lang))}</th>' for name in names
    )
    return f"<tr>{cells}</tr>"


def _country_row(store: Store, indicator: Indicator, rows: Sequence[Row], lang: Lang) -> str:
    figures = "".join(f"<li>{_figure(figure_of(store, indicator, r, lang))}</li>" for r in rows)
    name = escape(pick(indicator.title, lang))
    return f'<tr class="top"><td>{name}</td><td><ul>{figures}</ul></td></tr>'


def _figure(figure: Figure) -> str:
    value = f"<b>{escape(figure.value)}</b>"
    if figure.href:
        value = f'<a href="{escape(figure.href)}" target="_self">{value}</a>'
    facts = " · ".join(text for text in (figure.when, figure.source) if text)
    return f"{value} <small>{escape(facts)}</small>"


def status_block(store: Store, facts: Theme, lang: Lang) -> str:
    """Statuses by place: who is in which, and of how many nothing is said."""
    found = [
        c for c in facts.reach if c.indicator.kind == "status" and c.edition in mapped_editions()
    ]
    return block(t("theme.statuses", lang), "".join(_status(store, c, lang) for c in found))


def _status(store: Store, c: Coverage, lang: Lang) -> str:
    frame = panel(store, c.indicator.id, c.edition, c.level).frame
    shown = records(frame[frame["state"].isin(FIGURES)])
    order = [category.id for category in c.indicator.categories]
    items = []
    for category in order:
        rows = [row for row in shown if row["category"] == category]
        if rows:
            title = category_title(c.indicator, category, lang)
            items.append(f"<li><b>{escape(title)}</b> ({len(rows)}): {_links(c, rows, lang)}</li>")
    rest = c.of - len(shown)
    key = "named_only" if c.indicator.list == "named_only" else "exhaustive"
    areas = level_name(c.level, lang, rest)
    left = tn(f"theme.rest.{key}", rest, lang, n=number(rest, lang), areas=areas) if rest else ""
    when = date_range(c.first, c.last, lang)
    sources = "; ".join(
        dict.fromkeys(source_name(store.catalog.origin(o), lang) for o in c.origins)
    )
    head = (
        f'<h3><a href="{escape(explore_href(c, lang))}" target="_self">'
        f"{escape(pick(c.indicator.title, lang))}</a></h3>"
        f'<p class="facts">{escape(" · ".join((when, map_name(c.edition, lang), sources)))}</p>'
    )
    return f"{head}<ul>{''.join(items)}</ul><p class='facts'>{escape(left)}</p>"


def _links(c: Coverage, rows: Sequence[Row], lang: Lang) -> str:
    names = []
    for row in rows[:MOST_NAMED]:
        code = str(row["code"])
        href = trace_href(lang, c.indicator.id, c.edition, code)
        name = escape(names_of(c.edition, [code], lang)[0])
        names.append(f'<a href="{escape(href)}" target="_self">{name}</a>')
    more = _left_out(len(rows) - MOST_NAMED, lang)
    return ", ".join(names) + (f". {escape(more)}" if more else "")


def places_block(store: Store, facts: Theme, lang: Lang) -> str:
    """Figures of single places: those of indicators that too few areas report for a map."""
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
        and c is not facts.best
    ]
    rows = [row for c in few for row in _newest(store, c)]
    shown = "".join(_place_row(store, row, lang) for row in rows[:MOST_ROWS])
    table = ""
    if shown:
        heads = _heads(("what", "place", "figure"), lang)
        lead = paragraphs([t("theme.single", lang, n=number(len(rows), lang))])
        table = f'{lead}<table class="atlas-table"><thead>{heads}</thead>{shown}</table>'
        table += paragraphs([_left_out(len(rows) - MOST_ROWS, lang)])
    others = "".join(f"<li>{_wide(c, lang)}</li>" for c in wide)
    listed = f"{paragraphs([t('theme.wide', lang)])}<ul>{others}</ul>" if others else ""
    return block(t("theme.places", lang), listed + table)


def _wide(c: Coverage, lang: Lang) -> str:
    name = escape(pick(c.indicator.title, lang))
    reach = f"{number(c.n, lang)}/{number(c.of, lang)} {level_name(c.level, lang, c.of)}"
    told = escape(f"{reach} · {date_range(c.first, c.last, lang)}")
    href = escape(explore_href(c, lang))
    return f'<a href="{href}" target="_self">{name}</a> <small>{told}</small>'


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


def _place_row(store: Store, row: Row, lang: Lang) -> str:
    indicator = store.catalog.indicator(str(row["indicator"]))
    figure = figure_of(store, indicator, row, lang)
    place = where_name(str(row["edition"]), str(row["area"]), lang)
    return (
        f'<tr class="top"><td>{escape(figure.what)}</td><td>{escape(place)}'
        f"<br><small>{escape(map_name(str(row['edition']), lang))}</small></td>"
        f"<td>{_figure(figure)}</td></tr>"
    )


def targets_block(store: Store, facts: Theme, lang: Lang) -> str:
    """Targets and deadlines: who is behind, who cannot be judged."""
    if not facts.targets:
        return block(t("theme.targets", lang), paragraphs([t("theme.no_targets", lang)]))
    items = []
    for item in facts.targets[:MOST_ROWS]:
        goal = item.goal
        place = where_name(goal.edition, goal.area, lang)
        href = trace_href(lang, goal.indicator.id, goal.edition, goal.area)
        name = escape(pick(goal.indicator.title, lang))
        linked = f'<a href="{escape(href)}" target="_self">{name}</a>' if href else name
        facts_ = (place, t("theme.due", lang, when=deadline_text(goal, lang)))
        last = figure_text(item, lang)
        told = [t(f"targets.reason.{item.reason}", lang)]
        if last:
            told.append(t("theme.last", lang, figure=last))
        told += [gap_text(item, lang), parts_text(store, goal, lang)]
        items.append(
            f"<li>{linked}: <b>{escape(aim_text(goal, lang))}</b>"
            f"<br><small>{escape(' · '.join(facts_))}</small>"
            f"<br>{state_html(item.state, lang)} "
            f"<small>{escape(' '.join(text for text in told if text))}</small></li>"
        )
    inner = paragraphs([summary_text(store, facts.targets, lang)])
    address = page_href("targets", lang, theme=facts.domain.id)
    inner += f'<ul class="goals">{"".join(items)}</ul>'
    inner += paragraphs([_left_out(len(facts.targets) - MOST_ROWS, lang)])
    inner += link(address, t("theme.open.targets", lang))
    return block(t("theme.targets", lang), inner)


def silence_block(facts: Theme, lang: Lang) -> str:
    """Tell what nobody reports: how many areas say nothing, plainly, and which."""
    parts = []
    for silence in facts.silence:
        told = escape(silence_text(silence, lang))
        parts.append(f"<p>{told} {_see(_widest_href(facts, silence, lang), lang)}</p>")
        if silence.level is Level.PROVINCE and silence.heard and silence.silent:
            parts.append(_silent(silence, lang))
    thin = paragraphs([thin_text(facts, lang)])
    address = page_href("known", lang)
    inner = f"{thin}{''.join(parts)}{link(address, t('theme.open.known', lang))}"
    return block(t("theme.silent", lang), inner, SILENT)


def _widest_href(facts: Theme, silence: Silence, lang: Lang) -> str:
    """Return the address of the best-covered indicator of these areas; "" where none has any."""
    at = (silence.edition, silence.level)
    best = best_covered([c for c in facts.reach if (c.edition, c.level) == at])
    return explore_href(best, lang) if best else ""


def _silent(silence: Silence, lang: Lang) -> str:
    n = number(len(silence.silent), lang)
    heading = t("theme.silent.names", lang, n=n)
    names = ", ".join(names_of(silence.edition, silence.silent, lang))
    opened = " open" if len(silence.silent) <= MOST_NAMES else ""
    return f"<details{opened}><summary>{escape(heading)}</summary><p>{escape(names)}</p></details>"
