"""The blocks of a theme about what was aimed at, and about what nobody reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from base.html import Markup, details, el, items, join, link, paragraphs
from base.words import Lang, number, pick, t
from geo.editions import Level
from metrics.briefs import Silence, Theme, best_covered
from metrics.store import Store
from metrics.targets import Progress, State
from ui.about import explore_href
from ui.scene import period_text, trace_href, where_name
from ui.targets import (
    aim_text,
    also_text,
    by_text,
    deadline_text,
    figure_text,
    gap_text,
    parts_text,
    reason_text,
    state_html,
    summary_text,
)
from ui.theme.blocks import MOST_ROWS, block, left_out, onward, page_href, see
from ui.theme.words import names_of, silence_text, thin_text

MOST_NAMES = 12
# Where the page of a theme tells what nobody reports.
SILENT = "silent"


def targets_block(store: Store, facts: Theme, lang: Lang) -> Markup:
    """Targets and deadlines: who is behind, who cannot be judged."""
    if not facts.targets:
        return block(t("theme.targets", lang), paragraphs([t("theme.no_targets", lang)]))
    alike = _alike(store, facts.targets, lang)
    goals = [_goal_html(told, places, lang) for told, places in alike[:MOST_ROWS]]
    left = sum(len(places) for _, places in alike[MOST_ROWS:])
    return block(
        t("theme.targets", lang),
        paragraphs([summary_text(store, facts.targets, lang)]),
        items(goals, "ul.goals"),
        paragraphs([left_out(left, lang)]),
        onward(page_href("targets", lang, theme=facts.domain.id), t("theme.open.targets", lang)),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of a target; the same of each place that it is said of."""

    what: str
    aim: str
    due: str
    state: State
    reasons: tuple[str, ...]


def _alike(
    store: Store, targets: Sequence[Progress], lang: Lang
) -> list[tuple[_Told, list[Markup]]]:
    """Write the targets, those that differ in their place alone together."""
    found: dict[_Told, list[Markup]] = {}
    for item in targets:
        goal = item.goal
        href = trace_href(lang, goal.indicator.id, goal.edition, goal.area)
        place = link(href, where_name(goal.edition, goal.area, lang))
        found.setdefault(_told(store, item, lang), []).append(place)
    return list(found.items())


def _told(store: Store, item: Progress, lang: Lang) -> _Told:
    goal = item.goal
    told = [reason_text(item, lang)]
    last = figure_text(item, lang)
    if last:
        when = period_text(item.figure or {}, lang)
        figure = t("theme.last.of", lang, figure=last, when=when, what=by_text(item, lang))
        figure = figure if item.by else t("theme.last.when", lang, figure=last, when=when)
        told.append(t("theme.last", lang, figure=figure))
    gap = gap_text(item, lang)
    gap = f"{gap[:1].upper()}{gap[1:]}." if gap else ""
    told += [also_text(item, lang), gap, parts_text(store, goal, lang)]
    due = t("theme.due", lang, when=deadline_text(goal, lang))
    title = pick(goal.indicator.title, lang)
    return _Told(title, aim_text(goal, lang), due, item.state, tuple(told))


def _goal_html(told: _Told, places: Sequence[Markup], lang: Lang) -> tuple[object, ...]:
    where = join(*places, by=", ")
    return (
        (el("span.what", told.what), ": ", el("b", told.aim)),
        (el("br"), el("small", where, " · ", told.due)),
        (el("br"), state_html(told.state, lang), " "),
        el("small", join(*told.reasons, by=" ")),
    )


def silence_block(facts: Theme, lang: Lang) -> Markup:
    """Tell what nobody reports: how many areas say nothing, plainly, and which."""
    parts = []
    for silence in facts.silence:
        way = see(_widest_href(facts, silence, lang), lang)
        parts.append(el("p", silence_text(silence, lang), " ", way))
        if silence.level is Level.PROVINCE and silence.heard and silence.silent:
            parts.append(_silent(silence, lang))
    thin = paragraphs([thin_text(facts, lang)])
    more = onward(page_href("known", lang), t("theme.open.known", lang))
    return block(t("theme.silent", lang), thin, parts, more, anchor=SILENT)


def _widest_href(facts: Theme, silence: Silence, lang: Lang) -> str:
    """Return the address of the best-covered indicator of these areas; "" where none has any."""
    at = (silence.edition, silence.level)
    best = best_covered([c for c in facts.reach if (c.edition, c.level) == at])
    return explore_href(best, lang) if best else ""


def _silent(silence: Silence, lang: Lang) -> Markup:
    n = number(len(silence.silent), lang)
    heading = t("theme.silent.names", lang, n=n)
    names = ", ".join(names_of(silence.edition, silence.silent, lang))
    return details(heading, el("p", names), open_=len(silence.silent) <= MOST_NAMES)
