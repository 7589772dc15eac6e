"""What map, table, plot and square legend are handed to show two indicators at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from base.words import number, t
from geo.classify import NO_CLASS, Bivariate, Classes
from geo.maps import MARK_ASIDE, MARK_NO_DATA, MARK_OUTSIDE, MapView
from metrics.relate import Pairing
from ui.address import cell_text
from ui.compare.pair_words import cell_words, heading_of, third
from ui.scene import (
    Scene,
    class_labels,
    map_view,
    ranking_data,
    shared_by_all,
)

PLAIN = "#d9dcd9"  # of a point without a colour of its own


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crossing:
    """Two indicators that could be crossed.

    Attributes
    ----------
    x, y
        The figures of each.
    pairing
        Who has which.
    crossed
        Their thirds.
    """

    x: Scene
    y: Scene
    pairing: Pairing
    crossed: Bivariate

    @property
    def words(self) -> dict[str, str]:
        """Say of each area with both figures which thirds it is in."""
        return {
            code: cell_words(self.x, self.y, self.crossed, int(cell))
            for code, cell in zip(self.x.codes, self.crossed.index, strict=True)
            if cell != NO_CLASS
        }


def map_of(found: Crossing, sentences: tuple[str, ...]) -> MapView:
    """Draw the nine colours of the square on the map."""
    x, y, pairing, crossed = found.x, found.y, found.pairing, found.crossed
    words = found.words
    lang = x.lang
    alt = " ".join([t("pair.alt", lang, title=heading_of(x, y)), *sentences, t("alt.table", lang)])
    drawn = map_view(x, alt)
    one = {*pairing.only_x, *pairing.only_y}
    marks = []
    for code, cell, mark in zip(drawn.codes, crossed.index, drawn.marks, strict=True):
        if cell != NO_CLASS:
            marks.append(str(cell))
        elif code in one:
            marks.append(MARK_ASIDE)
        else:
            marks.append(MARK_NO_DATA if mark.isdigit() else mark)
    texts = [" · ".join(t for t in (x.figure(at), y.figure(at)) if t) for at in range(len(marks))]
    pairs = zip(x.whens, y.whens, strict=True)
    whens = [" · ".join(dict.fromkeys(when for when in both if when)) for both in pairs]
    dates = list(dict.fromkeys(whens))
    place = {text: at for at, text in enumerate(dates)}
    notes = {
        code: ". ".join(text for text in (words.get(code, ""), drawn.notes.get(code, "")) if text)
        for code in dict.fromkeys((*words, *drawn.notes))
    }
    return replace(
        drawn,
        marks="".join(marks),
        palette=crossed.palette,
        text=texts,
        when=[place[text] for text in whens],
        dates=dates,
        unit="",
        notes=notes,
        words={
            **drawn.words,
            MARK_ASIDE: t("pair.one_only", lang),
            MARK_OUTSIDE: t("pair.outside", lang),
        },
        circles=False,
        spots=(),
        card=False,
        sizes=(),
    )


def table_of(found: Crossing) -> dict[str, Any]:
    """List the areas with both figures."""
    x, y, crossed = found.x, found.y, found.crossed
    lang, data = x.lang, shared_by_all(ranking_data(x), x, y)
    at = {code: n for n, code in enumerate(x.codes)}
    rows = []
    for row in data["rows"]:
        n = at[row[0]]
        rows.append([*row[:7], int(crossed.index[n]), [y.measure.texts[n]]])
    usual = data["heads"]
    heads = {
        "rank": usual["rank"],
        "name": usual["name"],
        "value": _head("pair.across", x),
        "more0": _head("pair.up", y),
        "date": usual["date"],
        "source": usual["source"],
    }
    hints = {
        **data["hints"],
        "open": t("comparing.single_out", lang),
        "more": data["hints"]["source"],
    }
    return {**data, "rows": rows, "heads": heads, "hints": hints, "colors": list(crossed.palette)}


def _head(key: str, scene: Scene) -> str:
    lang, unit = scene.lang, scene.measure.unit
    return f"{t(key, lang)} ({unit})" if unit else t(key, lang)


def plot_of(found: Crossing) -> dict[str, Any]:
    """Put each area on a plane by its two figures."""
    x, y, crossed = found.x, found.y, found.crossed
    lang, codes, names = x.lang, x.codes, x.long_names
    points = [
        [codes[n], names[n], float(x.measure.numbers[n]), float(y.measure.numbers[n]),
         x.figure(n), y.figure(n), int(cell)]
        for n, cell in enumerate(crossed.index)
        if cell != NO_CLASS
    ]  # fmt: skip
    border = t("pair.border", lang)
    return {
        "label": t("pair.plot", lang, x=x.words.short, y=y.words.short),
        "lang": lang,
        "x": {"name": x.words.axis},
        "y": {"name": y.words.axis},
        "lines": {
            "x": [[edge, border] for edge in crossed.x.breaks[:-1]],
            "y": [[edge, border] for edge in crossed.y.breaks[:-1]],
        },
        "points": points,
        "colors": list(crossed.palette),
        "ink": PLAIN,
        "selected": "",
    }


def square_of(found: Crossing) -> dict[str, Any]:
    """Describe the square legend, which counts the areas of each of its cells."""
    x, y, crossed = found.x, found.y, found.crossed
    lang = x.lang

    def heads(scene: Scene, classes: Classes, steps: tuple[int, ...]) -> list[dict[str, str]]:
        ranges = class_labels(replace(scene, classes=classes))
        words = [third(step, lang) for step in steps]
        return [{"word": w, "range": r} for w, r in zip(words, ranges, strict=True)]

    def cell(row: int, column: int) -> dict[str, Any]:
        at, n = crossed.cell(row, column), int(crossed.counts[row, column])
        words = cell_words(x, y, crossed, at)
        return {
            "key": cell_text((crossed.x_steps[column], crossed.y_steps[row])),
            "n": number(n, lang),
            "color": crossed.palette[at],
            "label": t("pair.cell.counted", lang, words=words, n=number(n, lang)),
        }

    shown = range(crossed.y.k - 1, -1, -1)
    return {
        "caption": t("pair.square", lang, x=x.words.short, y=y.words.short),
        "x": x.words.axis,
        "y": y.words.axis,
        "columns": heads(x, crossed.x, crossed.x_steps),
        "rows": heads(y, crossed.y, crossed.y_steps)[::-1],
        "cells": [[cell(row, column) for column in range(crossed.x.k)] for row in shown],
        "chosen": "",
        "hint": t("pair.list", lang),
    }
