"""The profile of a place as one page of HTML, also for paper: what is known, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pandas as pd

from base.html import Markup, el, items, join, link, row, table
from base.words import Lang, day, number, pick, t
from geo.boundaries import has_layer
from geo.crosswalk import OldCommune
from geo.editions import Area, Level
from metrics.briefs import Fact, Gap, Profile, Series, profile
from metrics.catalog import Indicator, boundary_disclaimer
from metrics.harmonise import carried_note
from metrics.panel import WITHHELD, unranked_text
from metrics.store import Store, kept_in_store
from ui.address import explore_href
from ui.charts import against_html, line_html
from ui.places.cited import Sources, cite
from ui.places.heads import DRAWN_ON, head_html
from ui.places.lede import out_of, rank_words
from ui.places.paper import OFF_PAPER, Printed, on_paper
from ui.places.peers import peers_html
from ui.places.story import Unit
from ui.scene import (
    Row,
    aside_text,
    due_text,
    period_text,
    role_text,
    share_text,
    state_text,
    value_text,
    with_unit,
)
from ui.targets import verdict_text

PORTRAITS_KEPT = 64
MOST_MISSING = 12
FEW_SERIES = 6  # more are folded
MOST_OPEN = 24  # figures told before the subjects after them are folded


def portrait(store: Store, edition: str, unit: Unit, lang: Lang, dark: bool) -> Markup:
    """Write the profile of a place.

    Parameters
    ----------
    edition, unit
        The place, or a commune of before July 2025, of which no figures are known.
    dark
        Whether the paper is dark.
    """
    return _portrait(store, edition, unit, lang, dark)


@kept_in_store(PORTRAITS_KEPT, drawn=True)
def _portrait(store: Store, edition: str, unit: Unit, lang: Lang, dark: bool) -> Markup:
    found = None if isinstance(unit, OldCommune) else profile(store, edition, unit.code)
    parts = [head_html(edition, unit, found, lang, dark)]
    if found is not None:
        sources, printed = Sources(store, lang), on_paper(found, store.catalog)
        parts += _figures(store, found, printed, sources, lang)
        parts += [_over_time(found, printed, sources, lang), peers_html(store, found.place, lang)]
        parts += [_not_carried(found, lang)]
        parts += [_missing(store, found, lang), _foot(found.place, sources, lang)]
    return el("article.atlas-profile", parts)


def _figures(
    store: Store, found: Profile, printed: Printed, sources: Sources, lang: Lang
) -> Iterator[Markup]:
    """Write the tables of figures, one for each domain, those after the first folded."""
    if not found.facts:
        return
    names = ("indicator", "value", "date", "rank", "against")
    heads = [t(f"profile.head.{name}", lang) for name in names]
    told = 0
    for domain, group in groupby(found.facts, key=lambda fact: fact.indicator.domain):
        facts = list(group)
        name = pick(store.catalog.domains[domain].title, lang)
        rows, any_printed = [], False
        for fact in facts:
            sources.printing = fact.indicator.id in printed.facts
            any_printed |= sources.printing
            rows.append(_row(fact, found.place, sources, lang))
        caption = t("profile.caption.of", lang, name=name)
        held = table(heads, [el("tbody", rows)], "table.figures", caption=caption)
        summary = el("summary", el("b", name), f" ({number(len(facts), lang)})")
        # Of the country most figures say how the programme is run: the map above says more of it.
        opened = told < MOST_OPEN and found.place.level is not Level.COUNTRY
        kind = "details.domain" if any_printed else f"details.domain.{OFF_PAPER}"
        yield el(kind, summary, held, open=opened)
        told += len(facts)
    sources.printing = True
    n, of = len(printed.facts), len(found.facts)
    if n < of:
        paper = t("profile.paper", lang, n=number(n, lang), of=number(of, lang))
        yield el("p.only-paper", el("small", paper))
    yield sources.notes(summed_note(found, lang))


def summed_note(found: Profile, lang: Lang) -> str:
    """Explain the mark of figures held against that no source gives, where there are any."""
    held = (yardstick for fact in found.facts for yardstick in fact.yardsticks)
    return t("profile.bar.note", lang) if any(not y.published for y in held) else ""


def _row(fact: Fact, place: Area, sources: Sources, lang: Lang) -> Markup:
    href = explore_href(fact.indicator, place, lang, carried=fact.carried)
    return row(
        link(href, pick(fact.indicator.short, lang)),
        _value(fact, place, sources, lang),
        period_text(fact.row, lang) if fact.row else "",
        rank_text(fact, place, lang),
        Markup(against_html(fact, place, lang)),
        head="row",
        tag="tr" if sources.printing else f"tr.{OFF_PAPER}",
    )


def _value(fact: Fact, place: Area, sources: Sources, lang: Lang) -> Markup:
    """Write the figure with its source, what contradicts it, and what is aimed at."""
    lines = []
    if fact.row is not None:
        text, letters, numbers = told_of(fact, place, sources, lang)
        lines.append(join(el("b", text), " ", cite(letters), " ", cite(numbers)))
        share = share_text(fact.row, fact.indicator, lang)
        lines += [el("small", share)] if share else []
    for text, numbers in others_of(fact, sources, lang):
        lines.append(el("small", text, " ", cite(numbers)))
    return el("br").join(lines)


def told_of(fact: Fact, place: Area, sources: Sources, lang: Lang) -> tuple[str, str, str]:
    """Return the figure of a fact as written, the letters of its notes, the numbers of sources."""
    row: Row = fact.row or {}
    text = out_of(written(rounded(row), fact.indicator, lang), fact, lang)
    ids = row.get("origins") or (row["origin"],)
    letters = "".join(sources.letter(note) for note in notes_of(fact, place, lang))
    return text or state_text(str(row["state"]), lang), letters, sources.numbers(ids)


def others_of(fact: Fact, sources: Sources, lang: Lang) -> list[tuple[str, str]]:
    """Return what contradicts a figure, and what is aimed at, each with its sources' numbers."""
    told = []
    for other in fact.alternatives:
        said = written(other, fact.indicator, lang)
        told.append((t("profile.other", lang, value=said), sources.numbers((other["origin"],))))
    for promise in fact.promises:
        text = role_text(str(promise["role"]), lang) + written(promise, fact.indicator, lang)
        when = due_text(promise, lang)
        # A date that is aimed at is its own deadline.
        if when and fact.indicator.kind != "date":
            # Words that name no deadline are told without calling them one.
            told_by = promise["role"] == "target" and not pd.isna(promise["deadline"])
            text += t("profile.by.target", lang, when=when) if told_by else f", {when}"
        told.append((text, sources.numbers((promise["origin"],))))
        if promise.get("progress"):
            told.append((verdict_text(promise["progress"], lang), ""))
    return told


def written(row: Row, indicator: Indicator, lang: Lang) -> str:
    """Write a figure with its unit."""
    return with_unit(value_text(row, indicator, lang), indicator, lang)


def rounded(row: Row) -> dict[str, Any]:
    """Round what was computed to what is worth reading; what was published stays as it is."""
    told = dict(row)
    if told["state"] == "recomputed" and not pd.isna(told["value"]):
        told["value"] = round(float(told["value"]), 4)
        if told.get("how") in ("ratio", "ratio_of_sums", "weighted_mean"):
            told["value"] = round(float(told["value"]), 2)
    if told.get("qualifier") == "computed" and told.get("how"):
        told["qualifier"] = ""
    return told


def notes_of(fact: Fact, place: Area, lang: Lang) -> Iterator[str]:
    """Remark on how a figure was made, where it was."""
    row = fact.row or {}
    if row.get("aside") == WITHHELD:
        yield aside_text(row, fact.indicator, str(place.level), lang)
    if fact.indicator.unranked:
        yield unranked_text(fact.indicator, lang)
    if fact.carried and "parts" in row:
        yield carried_note(row, lang)
    elif row["state"] == "recomputed":
        summed = row.get("how") in ("sum", "ratio")
        yield t(f"profile.summed.{row['how']}", lang) if summed else state_text("recomputed", lang)
    elif row["qualifier"] == "computed":
        yield t("profile.computed", lang)


def rank_text(fact: Fact, place: Area, lang: Lang) -> str:
    """Write the rank of a figure among how many; "" where none is told."""
    if fact.rank is None:
        return ""
    return rank_words(fact, place, lang)


def _over_time(found: Profile, printed: Printed, sources: Sources, lang: Lang) -> Markup:
    if not found.series:
        return Markup()
    name = t("profile.series", lang)
    rows = []
    for series in found.series:
        sources.printing = series.indicator.id in printed.series
        rows.append(_line(series, sources, lang))
    sources.printing = True
    seams = [series.day for series in found.series if series.day is not None]
    carried = any(row["is_carried"] for series in found.series for row in series.rows)
    notes = [t("profile.series.carried", lang)] if carried else []
    notes += [t("profile.series.seam", lang, day=day(seams[0], lang))] if seams else []
    told = el("p", el("small", " ".join(notes))) if notes else ""
    listed = table((), rows, "table.series", caption=name)
    kind = "details.domain.over" if printed.series else f"details.domain.over.{OFF_PAPER}"
    summary = el("summary", el("b", name), f" ({number(len(rows), lang)})")
    return el(kind, summary, listed, told, open=len(rows) <= FEW_SERIES)


def _line(series: Series, sources: Sources, lang: Lang) -> Markup:
    points, crossed = [], False
    for at in series.rows:
        if series.day and not crossed and at["side"] == "after":
            crossed = True
            points.append(el("i.seam", t("seam.here", lang, day=day(series.day, lang))))
        value = with_unit(value_text(rounded(at), series.indicator, lang), series.indicator, lang)
        figure = el("b", value, "°" if at["is_carried"] else "")
        cited = sources.cite(at.get("origins") or (at["origin"],))
        points.append(join(period_text(at, lang), ": ", figure, " ", cited))
    picture = Markup(line_html(series, lang))
    told = join(*points, by=" · ")
    tag = "tr" if sources.printing else f"tr.{OFF_PAPER}"
    return row(pick(series.indicator.short, lang), picture, told, head="row", tag=tag)


def _not_carried(found: Profile, lang: Lang) -> Markup:
    """Name the older figures that say nothing of the territory of today, and why."""
    if not found.not_carried:
        return Markup()
    by_state: dict[str, list[str]] = {}
    for fact in found.not_carried:
        state = str((fact.row or {})["state"])
        by_state.setdefault(state, []).append(pick(fact.indicator.short, lang))
    listed = items(
        (el("b", state_text(state, lang)), f": {'; '.join(names)}.")
        for state, names in by_state.items()
    )
    return el(f"section.{OFF_PAPER}", el("h2", t("profile.not_carried", lang)), listed)


def _missing(store: Store, found: Profile, lang: Lang) -> Markup:
    lines = []
    if found.empty_domains and found.facts:
        names = [pick(store.catalog.domains[id_].title, lang) for id_ in found.empty_domains]
        lines.append(t("profile.missing.domains", lang, names="; ".join(names)))
    if found.missing:
        key = "region" if found.place.level is Level.REGION else "others"
        told = [_gap(gap, lang) for gap in found.missing[:MOST_MISSING]]
        lines.append(t(f"profile.missing.{key}", lang, names="; ".join(told)))
        if len(found.missing) > MOST_MISSING:
            rest = number(len(found.missing) - MOST_MISSING, lang)
            lines.append(t("profile.missing.more", lang, n=rest))
    if not lines:
        return Markup()
    return el("section", el("h2", t("profile.missing", lang)), items(lines))


def _gap(gap: Gap, lang: Lang) -> str:
    name = pick(gap.indicator.short, lang)
    return t("profile.gap", lang, what=name, n=number(gap.n, lang), of=number(gap.of, lang))


def _foot(place: Area, sources: Sources, lang: Lang) -> Markup:
    listed = sources.foot()
    heading = el("h2", t("profile.sources", lang)) if listed else ""
    on = DRAWN_ON.get(place.edition, place.edition)
    level = place.level if has_layer(on, place.level) else Level.PROVINCE
    drawn = boundary_disclaimer(on, level, lang)
    credit = el("p", el("small", t("profile.credit", lang, boundaries=drawn)))
    return el("footer", heading, listed, credit)
