"""A view with its figures, the manner that they are drawn in, and its words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import compress

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from base.words import number, pick, t, tn
from geo.classify import NO_CLASS, Classes
from geo.editions import COUNTRY_CODE, Level, area
from metrics.panel import is_ranked, least, ranks
from metrics.relate import RANK as RANK_CHANGE
from ui.scene.change import KIND as CHANGED
from ui.scene.figures import (
    FIGURES,
    WORDED,
    beside,
    period_text,
    range_text,
    value_text,
    with_unit,
)
from ui.scene.found import Found
from ui.scene.measure import NOT_COMPUTED, VALUE, Measure
from ui.scene.places import basis_name, level_name, place_name
from ui.scene.uploads import is_uploaded


class Manner(StrEnum):
    """How figures are drawn."""

    CLASSES = "classes"
    STATUSES = "statuses"
    CIRCLES = "circles"
    CARD = "card"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said of a scene, wherever it is shown.

    Attributes
    ----------
    title, subtitle
        What the map shows, where and when; how many areas have a figure, and between which values.
    when, as_of
        Period of the figures shown: one period, or the range of their dates; by itself, and as a
        remark. "" without figures.
    where
        Full name of the area whose parts are drawn.
    what
        Title of the indicator with what is made of its figures.
    heading
        The same, shorter, with its unit: the head of a legend.
    short, axis
        Shorter still, without and with unit: for running text, and for an axis or a column.
    polarity
        Whether more is better, or less; "" where neither is.
    recomputed
        How many figures were computed from others; "" for none.
    uploaded
        How many were loaded by users; "" for none.
    alt
        What the map shows, for those who do not see it.
    """

    title: str
    subtitle: str
    when: str
    as_of: str
    where: str
    what: str
    heading: str
    short: str
    axis: str
    polarity: str
    recomputed: str
    uploaded: str
    alt: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene(Found):
    """A view with its figures and what is drawn of them.

    Attributes
    ----------
    selected
        Code of the area with the outline: the place itself where it has no parts.
    measure
        The number drawn for each row, and how it is written: see `ui.scene.measure`.
    manner, classes, colours
        How it is drawn: the class of each row of the panel, and the colours on white paper.
    dark
        Whether it is drawn on dark paper; see `palette`.
    methods
        Ways of making classes that make sense for what is drawn.
    note
        What the legend says of a scale that was not made from the figures.
    largest
        Greatest size of a number on the scale: that of the largest circle. NaN without numbers.
    matched
        Which rows of the panel have what the filters ask for; None where nothing is asked.
    """

    selected: str | None
    measure: Measure
    manner: Manner
    classes: Classes
    colours: tuple[str, ...]
    dark: bool = False
    methods: tuple[str, ...] = ()
    note: str = ""
    largest: float = math.nan
    matched: NDArray[np.bool_] | None = None

    @property
    def palette(self) -> tuple[str, ...]:
        """Colours on its paper; those that rise are turned on dark: the highest stands out."""
        rises = self.manner is Manner.CLASSES and not self.classes.steps and not self.classes.names
        return self.colours[::-1] if self.dark and rises else self.colours

    @cached_property
    def words(self) -> Words:
        """What is said of it."""
        return words_of(self)

    @cached_property
    def states(self) -> list[str]:
        """State of each area; why a figure has no class: why it is aside, or `NOT_COMPUTED`."""
        frame = self.panel.frame
        rows = zip(frame["state"], frame["aside"], self.classes.index.tolist(), strict=True)
        return [
            str(aside or NOT_COMPUTED) if state in FIGURES and index == NO_CLASS else str(state)
            for state, aside, index in rows
        ]

    @cached_property
    def long_names(self) -> list[str]:
        """Name of each area; of a part of one of many provinces with its province."""
        edition, level = self.view.edition, self.view.level
        if self.province is not None or level is Level.PROVINCE:
            return self.names
        above = [area(edition, code).parent or COUNTRY_CODE for code in self.codes]
        known = {code: self.name(code) for code in {*above}}
        return [f"{name}, {known[code]}" for name, code in zip(self.names, above, strict=True)]

    @property
    def enough(self) -> bool:
        """Whether one may say who is first: by the indicator, and so many areas have a number."""
        enough = self.measure.n >= least(self.indicator, self.panel.frame)
        return enough and is_ranked(self.indicator)

    @cached_property
    def ranks(self) -> list[int | None]:
        """Rank of each area by what is drawn; None where it has none."""
        found = self.panel.frame["rank"]
        if self.measure.kind != VALUE:
            numbers = self.measure.numbers if self.enough else np.full(len(found), np.nan)
            # Of changes of ranks the largest gain is the best.
            gains = self.indicator.kind == "rank" or self.view.change == RANK_CHANGE
            found = ranks(pd.Series(numbers), self.indicator, gains=gains)
        return [None if rank is pd.NA else rank for rank in found.tolist()]

    def figure(self, at: int) -> str:
        """Write the number of the area in a row, with its unit."""
        return beside(self.measure.texts[at], self.measure.unit)

    def areas(self, n: int) -> str:
        """Name the level of the areas drawn, for so many of them: "provinces"."""
        return level_name(self.view.level, self.lang, n)


def words_of(scene: Scene) -> Words:
    """Say what a scene shows."""
    lang, indicator, unit = scene.lang, scene.indicator, scene.measure.unit
    what, name = (_made(scene, pick(text, lang)) for text in (indicator.title, indicator.short))
    where, when = place_name(scene.scope, lang, full=True), _when(scene)
    # What a change says of itself names both of its periods.
    key = "title.with_date" if when and scene.measure.kind != CHANGED else "title.plain"
    title = t(key, lang, what=what, where=where, when=when)
    short, subtitle = scene.measure.name or name, _subtitle(scene)
    polarity = "" if indicator.kind in WORDED else t(f"direction.{indicator.direction}", lang)
    n = scene.panel.frame["state"].tolist().count("recomputed")
    own = sum(map(is_uploaded, scene.panel.frame["dataset"].tolist()))
    return Words(
        title=title,
        subtitle=subtitle,
        when=when,
        as_of=t("legend.as_of", lang, when=when) if when else "",
        where=where,
        what=what,
        heading=_with_unit(name, unit),
        short=short,
        axis=_with_unit(short, unit),
        polarity=polarity,
        recomputed=tn("legend.recomputed", n, lang) if n else "",
        uploaded=tn("legend.uploaded", own, lang) if own else "",
        alt=" ".join([t("alt.map", lang, title=title), subtitle, t("alt.table", lang)]),
    )


def _with_unit(name: str, unit: str) -> str:
    return f"{name} ({unit})" if unit else name


def _made(scene: Scene, name: str) -> str:
    """Complete the name of an indicator by what is made of it."""
    phrase = scene.measure.phrase
    return t("title.made_of", scene.lang, what=name, made=phrase) if phrase else name


def _when(scene: Scene) -> str:
    kinds = {*compress(scene.spans, scene.has_figure)}
    return range_text(kinds, scene.lang)


def _subtitle(scene: Scene) -> str:
    lang, panel = scene.lang, scene.panel
    counted = tn(
        "subtitle.counted",
        panel.n_reported,
        lang,
        n=number(panel.n_reported, lang),
        of=number(panel.n_areas, lang),
        areas=scene.areas(panel.n_areas),
    )
    carried = ""
    if scene.carried:
        old = basis_name(scene.view.basis, panel.level, lang)
        carried = t("subtitle.carried", lang, basis=old)
    parts = [counted, _matched(scene), _extremes(scene), whole_text(scene), carried]
    return " ".join(part for part in parts if part)


def _matched(scene: Scene) -> str:
    """Say how many areas have what the filters ask for; "" without filters."""
    if scene.matched is None:
        return ""
    lang, n = scene.lang, len(scene.matched)
    kept = int(scene.matched.sum())
    told = {"n": number(kept, lang), "of": number(n, lang), "areas": scene.areas(n)}
    return tn("filters.matched", kept, lang, **told)


def _extremes(scene: Scene) -> str:
    measure, lang = scene.measure, scene.lang
    if scene.manner not in (Manner.CLASSES, Manner.CIRCLES) or measure.n < 2 or not scene.enough:
        return ""
    numbers = measure.numbers
    if scene.matched is not None:
        numbers = np.where(scene.matched, numbers, np.nan)
        if np.isfinite(numbers).sum() < 2:
            return ""
    if np.nanmax(numbers) == np.nanmin(numbers):
        held = np.flatnonzero(np.isfinite(numbers))
        n = tn("legend.areas", len(held), lang, n=number(len(held), lang))
        return t("subtitle.alike", lang, n=n, value=scene.figure(held[0]))
    ends = {}
    for end, value in (("high", np.nanmax(numbers)), ("low", np.nanmin(numbers))):
        holders = np.flatnonzero(numbers == value)
        ends[f"{end}_value"] = scene.figure(holders[0])
        ends[end] = (
            scene.name(scene.codes[holders[0]])
            if len(holders) == 1
            else tn("legend.areas", len(holders), lang, n=number(len(holders), lang))
        )
    if scene.indicator.kind == "rank" and measure.kind == VALUE:
        # The smallest number is the first place: neither "highest" nor "lowest" says it.
        return t("subtitle.ranked", lang, first=ends["low"], last=ends["high"])
    return t("subtitle.extremes", lang, **ends)


def whole_of(scene: Scene) -> tuple[float | None, str]:
    """Return the figure of the whole scope and how it is written, without unit; None without."""
    indicator, summary = scene.indicator, scene.panel.summary()
    if indicator.kind in WORDED:
        return None, ""
    if summary.how == "published" and summary.row is not None:
        value = summary.row["value"]
        return (None if pd.isna(value) else float(value)), value_text(
            summary.row, indicator, scene.lang
        )
    if summary.how in ("sum", "ratio") and summary.value is not None:
        text = number(summary.value, scene.lang, indicator.decimals, fixed=True)
        return float(summary.value), text
    return None, ""


def whole_when(scene: Scene) -> str:
    """Write the period of the published figure of the whole; "" where its parts are of that too."""
    row = scene.panel.summary().row
    told = "" if row is None else period_text(row, scene.lang)
    return "" if told == _when(scene) else told


def whole_text(scene: Scene) -> str:
    """Say the figure of the whole scope, where one can honestly be said."""
    lang, indicator = scene.lang, scene.indicator
    summary, where = scene.panel.summary(), place_name(scene.scope, lang)
    if summary.how == "published" and summary.row is not None:
        text = with_unit(value_text(summary.row, indicator, lang), indicator, lang)
        when = whole_when(scene)
        key = "subtitle.published_when" if when else "subtitle.published"
        return t(key, lang, where=where, value=text, when=when)
    if summary.how in ("sum", "ratio") and summary.value is not None:
        text = with_unit(
            number(summary.value, lang, indicator.decimals, fixed=True), indicator, lang
        )
        return t(f"subtitle.{summary.how}", lang, where=where, value=text)
    return ""
