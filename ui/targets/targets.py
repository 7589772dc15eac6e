"""The targets in words and as a table: what, where, by when, how far, as of which figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from base.html import Markup, el, items, link, row, table
from base.words import Lang, day, decimals_of, number, pick, t, tn
from metrics.catalog import Indicator
from metrics.observations import BOUNDS
from metrics.store import Store
from metrics.targets import Goal, Progress, Reason, State, as_of, by_place, counted
from ui import shell
from ui.scene import (
    BARE,
    RAW_KINDS,
    Row,
    category_title,
    date_text,
    due_text,
    map_name,
    period_text,
    source_name,
    trace_href,
    unit_text,
    value_text,
    where_name,
    with_unit,
)

HEADS = ("target", "place", "deadline", "state", "figure", "sources")
MOST_PLACES = 4
MOST_ALSO = 4
# Reasons that the state alone does not tell.
TOLD_WHY = (Reason.NONE_SINCE, Reason.DISAGREE, Reason.UNDECIDED)


def summary_text(store: Store, found: Sequence[Progress], lang: Lang) -> str:
    """Say in words how many targets there are and how far they have been reached."""
    if not found:
        return t("targets.none", lang)
    counts = counted(found)
    dated = sum(item.goal.due is not None for item in found)
    parts = [
        tn(
            "targets.count",
            len(found),
            lang,
            n=number(len(found), lang),
            dated=number(dated, lang),
        ),
        t(
            "targets.states",
            lang,
            **{str(state): number(n, lang) for state, n in counts.items()},
        ),
    ]
    for reason in (Reason.NO_FIGURE, Reason.NONE_SINCE):
        n = sum(item.reason is reason for item in found)
        if n:
            parts.append(tn(f"targets.unknown.{reason}", n, lang, n=number(n, lang)))
    parts.append(t("targets.as_of", lang, day=day(as_of(store), lang)))
    return " ".join(parts)


def aim_text(goal: Goal, lang: Lang) -> str:
    """Write what is to be reached: a category, a day, or a number with its unit."""
    indicator = goal.indicator
    if indicator.kind == "status":
        return category_title(indicator, goal.category, lang)
    if goal.value is None:
        return date_text(goal.category, lang)
    text = number(goal.value, lang, max(indicator.decimals and 1, decimals_of(goal.value)))
    if goal.qualifier not in BARE:
        text = t(f"qualifier.{goal.qualifier}", lang, value=text)
    return with_unit(text, indicator, lang)


def deadline_text(goal: Goal, lang: Lang) -> str:
    """Write by when; that the source names no day where it does not."""
    row: Row = {
        "period_start": goal.start,
        "period_end": goal.deadline,
        "grain": goal.grain,
        "period_text": goal.wording,
        "deadline": goal.due,
    }
    return due_text(row, lang) or t("targets.no_deadline", lang)


def figure_text(item: Progress, lang: Lang) -> str:
    """Write the figure that speaks, with its unit; "" without one."""
    if item.figure is None or item.reason is Reason.DISAGREE:
        return ""
    return _written(item.by or item.goal.indicator, item.figure, lang)


def _written(indicator: Indicator, figure: Row, lang: Lang) -> str:
    return with_unit(value_text(figure, indicator, lang), indicator, lang)


def by_text(item: Progress, lang: Lang) -> str:
    """Say what the figure that speaks is of, where that is not what is aimed at; else ""."""
    return pick(item.by.title, lang) if item.by is not None else ""


def also_text(item: Progress, lang: Lang) -> str:
    """List the other figures that answer a target, the newest first; "" without any."""
    told = [
        t(
            "targets.also.one",
            lang,
            figure=_written(indicator, figure, lang),
            when=period_text(figure, lang),
            what=pick(indicator.short, lang),
        )
        for indicator, figure in item.also[:MOST_ALSO]
    ]
    return t("targets.also", lang, figures="; ".join(told)) if told else ""


def gap_text(item: Progress, lang: Lang) -> str:
    """Say how much is missing to the target; "" where that cannot be told."""
    if item.gap is None or item.gap <= 0:
        return ""
    whole = item.by is not None and item.by.kind in RAW_KINDS and item.goal.value is None
    indicator = item.by if whole and item.by else item.goal.indicator
    text = number(item.gap, lang, max(indicator.decimals, decimals_of(item.gap, 2)))
    unit = unit_text(indicator, lang)
    unit = t("targets.points", lang) if unit.startswith("%") else unit
    return t("targets.gap", lang, gap=f"{text} {unit}".strip())


def parts_text(store: Store, goal: Goal, lang: Lang) -> str:
    """Say of a target of the country how far the places stand that have a figure."""
    found = by_place(store, goal)
    if not found:
        return ""
    told = []
    for state in State:
        places = [item.goal for item in found if item.state is state]
        if places:
            names = [where_name(place.edition, place.area, lang) for place in places]
            listed = ", ".join(names[:MOST_PLACES]) + (", …" if len(names) > MOST_PLACES else "")
            n = number(len(places), lang)
            told.append(t("targets.part", lang, n=n, state=state_text(state, lang), names=listed))
    return t("targets.parts", lang, parts="; ".join(told))


def verdict_text(item: Progress, lang: Lang) -> str:
    """Say in a few words how far a target has been reached, and by which other indicator."""
    state = state_text(item.state, lang)
    if item.figure is not None and item.by is not None:
        what, when = pick(item.by.short, lang), period_text(item.figure, lang)
        figure = t("targets.also.one", lang, figure=figure_text(item, lang), when=when, what=what)
        return t("profile.verdict", lang, state=state, told=figure)
    if item.reason in TOLD_WHY:
        return t("profile.verdict", lang, state=state, told=reason_text(item, lang))
    return state


def reason_text(item: Progress, lang: Lang) -> str:
    """Say why a target is judged as it is."""
    more = ""
    if item.reason is Reason.UNDECIDED:
        bound = (item.figure or {}).get("qualifier") in BOUNDS
        status = (item.by or item.goal.indicator).kind == "status"
        more = ".status" if status else ".bound" if bound else ".neutral"
    return t(f"targets.reason.{item.reason}{more}", lang)


def state_text(state: State, lang: Lang) -> str:
    """Name a state within a sentence."""
    return t(f"targets.state.{state}", lang)


def table_html(store: Store, found: Iterable[Progress], lang: Lang) -> Markup:
    """Write the table of targets.

    Parameters
    ----------
    found
        Targets in the order wanted.
    """
    heads = [t(f"targets.head.{name}", lang) for name in HEADS]
    rows = (
        row(
            *(
                el("td", cell, data_label=head)
                for head, cell in zip(heads, _cells(store, item, lang), strict=True)
            )
        )
        for item in found
    )
    return table(heads, rows, "table.atlas-targets", caption=t("targets.title", lang))


def _cells(store: Store, item: Progress, lang: Lang) -> tuple[object, ...]:
    goal = item.goal
    place = where_name(goal.edition, goal.area, lang)
    place = place[:1].upper() + place[1:]
    domain = store.catalog.domains[goal.indicator.domain]
    name = pick(goal.indicator.title, lang)
    href = trace_href(lang, goal.indicator.id, goal.edition, goal.area)
    sources = dict.fromkeys(source_name(store.catalog.origin(s.origin), lang) for s in goal.sources)
    reason = reason_text(item, lang)
    return (
        (
            link(href, name) if href else el("span", name),
            el("b", aim_text(goal, lang)),
            el("small", pick(domain.title, lang)),
        ),
        (place, _small(map_name(goal.edition, lang))),
        (deadline_text(goal, lang), _wording(goal, lang)),
        (
            state_html(item.state, lang),
            _small(reason),
            _small(parts_text(store, goal, lang)),
        ),
        _figure(item, lang),
        "; ".join(sources),
    )


def _small(text: str) -> Markup:
    return el("small", text) if text else Markup()


def _wording(goal: Goal, lang: Lang) -> Markup:
    """Quote the source's words for the deadline to those who read its language."""
    quoted = lang == "vi" and goal.wording and goal.wording not in deadline_text(goal, lang)
    return _small(f"“{goal.wording}”" if quoted else "")


def state_html(state: State, lang: Lang) -> Markup:
    """Write a state with its mark."""
    return shell.mark_html(state, state_text(state, lang))


def tally_html(found: Sequence[Progress], lang: Lang) -> Markup:
    """Write how many targets are in each state."""
    return shell.tally_html(
        (state, state_text(state, lang), n, number(n, lang)) for state, n in counted(found).items()
    )


def _figure(item: Progress, lang: Lang) -> object:
    text = figure_text(item, lang)
    if not text or item.figure is None:
        return "–"
    notes = (period_text(item.figure, lang), by_text(item, lang), gap_text(item, lang))
    return text, [_small(note) for note in (*notes, also_text(item, lang))]


def rules_html(lang: Lang) -> Markup:
    """Write the rules of `metrics.targets.progress` for the reader."""
    return el("div.atlas-text", items((t(f"targets.rule.{n}", lang) for n in range(1, 5)), "ol"))
