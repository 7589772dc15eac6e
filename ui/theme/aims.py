"""The blocks of a theme about what was aimed at, and about what nobody reports."""

from __future__ import annotations

from base.html import Markup, details, el, items, join, link, paragraphs
from base.words import Lang, number, pick, t
from geo.editions import Level
from metrics.briefs import Silence, Theme, best_covered
from metrics.store import Store
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
    goals = []
    for item in facts.targets[:MOST_ROWS]:
        goal = item.goal
        place = where_name(goal.edition, goal.area, lang)
        href = trace_href(lang, goal.indicator.id, goal.edition, goal.area)
        linked = link(href, pick(goal.indicator.title, lang))
        facts_ = (place, t("theme.due", lang, when=deadline_text(goal, lang)))
        last = figure_text(item, lang)
        told = [t(f"targets.reason.{item.reason}", lang)]
        if last:
            when = period_text(item.figure or {}, lang)
            figure = t("theme.last.of", lang, figure=last, when=when, what=by_text(item, lang))
            figure = figure if item.by else t("theme.last.when", lang, figure=last, when=when)
            told.append(t("theme.last", lang, figure=figure))
        gap = gap_text(item, lang)
        gap = f"{gap[:1].upper()}{gap[1:]}." if gap else ""
        told += [also_text(item, lang), gap, parts_text(store, goal, lang)]
        goals.append(
            (
                (linked, ": ", el("b", aim_text(goal, lang))),
                (el("br"), el("small", " · ".join(facts_))),
                (el("br"), state_html(item.state, lang), " "),
                el("small", join(*told, by=" ")),
            )
        )
    return block(
        t("theme.targets", lang),
        paragraphs([summary_text(store, facts.targets, lang)]),
        items(goals, "ul.goals"),
        paragraphs([left_out(len(facts.targets) - MOST_ROWS, lang)]),
        onward(page_href("targets", lang, theme=facts.domain.id), t("theme.open.targets", lang)),
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
