"""Classes and colours of what a scene draws: which methods fit it, and what they make of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

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
from metrics.targets import ATTAINMENTS, NEAR_SHARE, attained, has_targets, targets_of
from ui.address import ALL_PERIODS, GRADES, TARGET, Refusal, View, write_breaks
from ui.scene.figures import with_unit
from ui.scene.found import Found
from ui.scene.measure import VALUE, Measure

# Of distances from a centre neither a mean nor what lies above it says anything.
AROUND = ("quantile", "equal_interval", "natural_breaks", MANUAL)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
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
    methods
        Ways of making classes that make sense for it.
    """

    view: View
    classes: Classes
    palette: tuple[str, ...]
    refused: tuple[Refusal, ...] = ()
    note: str = ""
    methods: tuple[str, ...] = ()


def methods_for(found: Found, measure: Measure) -> tuple[str, ...]:
    """List the methods that make sense for what is drawn.

    Targets and grades are of the figures themselves, so that differences have neither.
    """
    if measure.centre is not None:
        return AROUND
    own = []
    if measure.kind == VALUE and found.indicator.grades:
        own.append(GRADES)
    if measure.kind == VALUE and has_targets(found.store, found.panel):
        own.append(TARGET)
    return (*METHODS, MANUAL, *own)


def pooled(found: Found, measure: Measure) -> Measure:
    """Return the measure to make a scale of: its numbers, then those of the other periods.

    Returns
    -------
    Measure
        `measure` itself where the scale is that of the period shown.
    """
    if not is_pooled(found, measure):
        return measure
    shown = found.view.at or found.stops[0].at
    others = [found.numbers_at(stop.at) for stop in found.stops if stop.at != shown]
    return replace(measure, numbers=np.concatenate([measure.numbers, *others]))


def is_pooled(found: Found, measure: Measure) -> bool:
    """Tell whether the scale of a view is that of all its periods: one found in their figures."""
    numbers = measure.circles or found.view.method in METHODS
    asked = found.view.scale == ALL_PERIODS and len(found.stops) > 1
    return asked and measure.kind == VALUE and numbers


def part_of(classes: Classes, start: int, end: int) -> Classes:
    """Return classes for some of the values alone: the same bounds, their own counts."""
    if (start, end) == (0, len(classes.index)):
        return classes
    index = classes.index[start:end]
    counts = np.bincount(index[index != NO_CLASS], minlength=classes.k)
    return replace(classes, index=index, counts=tuple(int(count) for count in counts))


def in_classes(found: Found, measure: Measure) -> Coloured:
    """Colour a measure that fills areas by classes of its numbers."""
    view, refused = found.view, tuple[Refusal, ...]()
    methods = methods_for(found, measure)
    if view.method not in methods:
        asked, view = view.method, view.to(method=DEFAULT_METHOD, at=view.at, source=view.source)
        name = t(f"method.{asked}", view.lang)
        refused = (Refusal("method", asked, t("method.not_here", view.lang, method=name)),)
    if view.method == MANUAL and not view.breaks:
        view = view.to(breaks=suggested(measure, view.k), at=view.at, source=view.source)
        if not view.breaks:
            view = view.to(method=DEFAULT_METHOD, at=view.at, source=view.source)
    found = replace(found, view=view)
    classes = _made(found, measure)
    return Coloured(
        view=view,
        classes=classes,
        palette=_colors(found, classes),
        refused=refused,
        note=_note(found),
        methods=methods,
    )


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


def _note(found: Found) -> str:
    lang, method = found.lang, found.view.method
    if method == GRADES:
        scale = SCALES[str(found.indicator.grades)]
        return t(f"grades.note.{'checked' if scale.checked else 'unchecked'}", lang)
    if method != TARGET:
        return ""
    known = [goal for goal in targets_of(found.store, found.panel) if goal is not None]
    alike = {(goal.value, goal.due, goal.area == COUNTRY_CODE) for goal in known}
    rule = t("target.rule", lang, share=number(100 * NEAR_SHARE, lang))
    if len(alike) > 1:
        return f"{t('target.several', lang)}; {rule}"
    goal = known[0]
    reach = float(goal.value or 0)
    value = with_unit(number(reach, lang, decimals_of(reach)), found.indicator, lang)
    whose = t("target.country" if goal.area == COUNTRY_CODE else "target.own", lang)
    due = f", {t('target.due', lang, day=day(goal.due, lang))}" if goal.due else ""
    return f"{t('target.single', lang, value=value, whose=whose)}{due}; {rule}"


def _made(found: Found, measure: Measure) -> Classes:
    view, numbers = found.view, measure.numbers
    if view.method == GRADES:
        scale = SCALES[str(found.indicator.grades)]
        return classify_at(numbers, scale.bounds, GRADES, names=scale.grades, from_below=True)
    if view.method == TARGET:
        goals = targets_of(found.store, found.panel)
        wanted = np.array([np.nan if goal is None else float(goal.value or 0) for goal in goals])
        index = attained(numbers, wanted, found.indicator.direction)
        return classify_named(np.where(index < 0, NO_CLASS, index), ATTAINMENTS, TARGET)
    if measure.centre is not None:
        return around(numbers, measure.centre, view.method, view.k, view.breaks)
    if view.method == MANUAL:
        return classify_at(numbers, view.breaks)
    return classify(numbers, view.method, view.k)


def _colors(found: Found, classes: Classes) -> tuple[str, ...]:
    if classes.method == TARGET:
        return TARGET_COLORS
    if classes.steps:
        return diverging(classes.steps)
    return sequential(found.indicator.domain, classes.k)


def in_circles(found: Found, measure: Measure) -> Coloured:
    """Colour circles: all alike, or by side of the centre."""
    if measure.centre is None:
        classes = classify(measure.numbers, DEFAULT_METHOD, 1)
    else:
        classes = around(measure.numbers, measure.centre, DEFAULT_METHOD, 1)
    return Coloured(view=found.view, classes=classes, palette=_colors(found, classes))


def in_markers(found: Found, measure: Measure) -> Coloured:
    """Colour the markers of few figures, all alike."""
    index = np.where([text != "" for text in measure.texts], 0, NO_CLASS)
    counts = (int((index == 0).sum()),)
    classes = Classes(found.view.method, 1, 1, math.nan, (math.nan,), index, counts)
    return Coloured(view=found.view, classes=classes, palette=sequential(found.indicator.domain, 1))


def in_categories(found: Found) -> Coloured:
    """Give each category of a status a class and a colour, in the order declared."""
    order = {category.id: i for i, category in enumerate(found.panel.categories)}
    index = found.panel.frame["category"].map(order).where(found.has_figure)
    classes = _counted(index.fillna(NO_CLASS).to_numpy(dtype=np.int64), len(order))
    return Coloured(view=found.view, classes=classes, palette=statuses(len(order)))


def _counted(index: NDArray[np.int64], k: int) -> Classes:
    counts = tuple(int((index == i).sum()) for i in range(k))
    return Classes("categories", k, k, math.nan, (), index, counts)


def uncoloured(found: Found) -> Coloured:
    """Return no class for any area, there being no figures."""
    none = np.full(len(found.panel.frame), np.nan)
    return Coloured(
        view=found.view, classes=classify(none, DEFAULT_METHOD, found.view.k), palette=()
    )
