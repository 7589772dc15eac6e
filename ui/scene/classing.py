"""Classes and colours of what a scene draws: which methods fit it, and what they make of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from base.words import day, decimals_of, number, t
from geo.classify import (
    DEFAULT_METHOD,
    MANUAL,
    MAX_CLASSES,
    METHODS,
    NO_CLASS,
    Classes,
    around,
    classify,
    classify_at,
    classify_named,
    diverging,
    sequential,
    statuses,
)
from geo.classify import TARGET as TARGET_COLORS
from geo.editions import COUNTRY_CODE
from metrics.catalog import SCALES
from metrics.panel import Panel
from metrics.store import Store
from metrics.targets import ATTAINMENTS, NEAR_SHARE, attained, has_targets, targets_of
from ui.address import GRADES, TARGET, Refusal, View, write_breaks
from ui.scene.figures import FIGURES, with_unit
from ui.scene.measure import VALUE, Measure

# Of distances from a centre neither a mean nor what lies above it says anything.
AROUND = ("quantile", "equal_interval", "natural_breaks", MANUAL)


@dataclass(frozen=True, slots=True, eq=False)
class Coloured:
    """How a measure is coloured.

    Attributes
    ----------
    view
        The view, with the method and the breaks that are really used.
    classes, palette
        The class of each row, and a colour for each class.
    refused
        A method that does not fit, with the reason.
    note
        What the reader must know of a scale that was not made from the figures; "" for none.
    """

    view: View
    classes: Classes
    palette: tuple[str, ...]
    refused: tuple[Refusal, ...] = ()
    note: str = ""


def methods_for(store: Store, panel: Panel, measure: Measure) -> tuple[str, ...]:
    """List the methods that make sense for what is drawn.

    Targets and grades are of the figures themselves, so that differences have neither.
    """
    if measure.centre is not None:
        return AROUND
    own = []
    if measure.kind == VALUE and panel.indicator.grades:
        own.append(GRADES)
    if measure.kind == VALUE and has_targets(store, panel):
        own.append(TARGET)
    return (*METHODS, MANUAL, *own)


def in_classes(store: Store, view: View, panel: Panel, measure: Measure) -> Coloured:
    """Colour a measure that fills areas by classes of its numbers."""
    refused: tuple[Refusal, ...] = ()
    if view.method not in methods_for(store, panel, measure):
        asked, view = view.method, view.to(method=DEFAULT_METHOD, at=view.at, source=view.source)
        name = t(f"method.{asked}", view.lang)
        refused = (Refusal("method", asked, t("method.not_here", view.lang, method=name)),)
    if view.method == MANUAL and not view.breaks:
        view = view.to(breaks=suggested(measure, view.k), at=view.at, source=view.source)
        if not view.breaks:
            view = view.to(method=DEFAULT_METHOD, at=view.at, source=view.source)
    classes = _made(store, view, panel, measure)
    return Coloured(view, classes, _colors(classes, panel), refused, _note(store, view, panel))


def suggested(measure: Measure, k: int) -> tuple[float, ...]:
    """Return the breaks that a reader who sets their own begins with: those of quantiles."""
    if measure.centre is None:
        classes = classify(measure.numbers, DEFAULT_METHOD, k)
    else:
        classes = around(measure.numbers, measure.centre, DEFAULT_METHOD, k)
    inner = (float(write_breaks((upper,))) for _, upper in classes.bounds()[:-1])
    return tuple(sorted({b for b in inner if math.isfinite(b) and abs(b) < 1e12}))[
        : MAX_CLASSES - 1
    ]


def _note(store: Store, view: View, panel: Panel) -> str:
    lang = view.lang
    if view.method == GRADES:
        scale = SCALES[str(panel.indicator.grades)]
        return t(f"grades.note.{'checked' if scale.checked else 'unchecked'}", lang)
    if view.method != TARGET:
        return ""
    known = [goal for goal in targets_of(store, panel) if goal is not None]
    found = {(goal.value, goal.due, goal.area == COUNTRY_CODE): goal for goal in known}
    rule = t("target.rule", lang, share=number(100 * NEAR_SHARE, lang))
    if len(found) > 1:
        return f"{t('target.several', lang)}; {rule}"
    goal = known[0]
    reach = float(goal.value or 0)
    value = with_unit(number(reach, lang, decimals_of(reach)), panel.indicator, lang)
    whose = t("target.country" if goal.area == COUNTRY_CODE else "target.own", lang)
    due = f", {t('target.due', lang, day=day(goal.due, lang))}" if goal.due else ""
    return f"{t('target.single', lang, value=value, whose=whose)}{due}; {rule}"


def _made(store: Store, view: View, panel: Panel, measure: Measure) -> Classes:
    numbers = measure.numbers
    if view.method == GRADES:
        scale = SCALES[str(panel.indicator.grades)]
        return classify_at(numbers, scale.bounds, GRADES, names=scale.grades, from_below=True)
    if view.method == TARGET:
        goals = targets_of(store, panel)
        wanted = np.array([np.nan if goal is None else float(goal.value or 0) for goal in goals])
        index = attained(numbers, wanted, panel.indicator.direction)
        return classify_named(np.where(index < 0, NO_CLASS, index), ATTAINMENTS, TARGET)
    if measure.centre is not None:
        return around(numbers, measure.centre, view.method, view.k, view.breaks)
    if view.method == MANUAL:
        return classify_at(numbers, view.breaks)
    return classify(numbers, view.method, view.k)


def _colors(classes: Classes, panel: Panel) -> tuple[str, ...]:
    if classes.method == TARGET:
        return TARGET_COLORS
    if classes.steps:
        return diverging(classes.steps)
    return sequential(panel.indicator.domain, classes.k)


def in_circles(view: View, panel: Panel, measure: Measure) -> Coloured:
    """Colour circles: all alike, or by side of the centre."""
    if measure.centre is None:
        classes = classify(measure.numbers, DEFAULT_METHOD, 1)
    else:
        classes = around(measure.numbers, measure.centre, DEFAULT_METHOD, 1)
    return Coloured(view, classes, _colors(classes, panel))


def in_markers(view: View, panel: Panel, measure: Measure) -> Coloured:
    """Colour the markers of few figures, all alike."""
    index = np.where([text != "" for text in measure.texts], 0, NO_CLASS)
    counts = (int((index == 0).sum()),)
    classes = Classes(view.method, 1, 1, math.nan, (math.nan,), index, counts)
    return Coloured(view, classes, sequential(panel.indicator.domain, 1))


def in_categories(view: View, panel: Panel) -> Coloured:
    """Give each category of a status a class and a colour, in the order declared."""
    order = {category.id: i for i, category in enumerate(panel.categories)}
    rows = zip(panel.frame["category"], panel.frame["state"], strict=True)
    index = [order.get(name, NO_CLASS) if state in FIGURES else NO_CLASS for name, state in rows]
    return Coloured(view, _counted(index, len(order)), statuses(len(order)))


def _counted(index: Sequence[int], k: int) -> Classes:
    found = np.array(index, dtype=np.int64)
    counts = tuple(int((found == i).sum()) for i in range(k))
    return Classes("categories", k, k, math.nan, (), found, counts)


def uncoloured(view: View, panel: Panel) -> Coloured:
    """Return no class for any area, there being no figures."""
    none = np.full(len(panel.frame), np.nan)
    return Coloured(view, classify(none, DEFAULT_METHOD, view.k), ())
