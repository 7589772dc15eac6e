"""Two indicators in plain words: what is seen on the map, and what it does not say."""

from __future__ import annotations

import math

from base.html import Markup, el, items
from base.words import Lang, number, t, tn
from geo.classify import SIDE, Bivariate
from metrics.relate import Pairing
from ui.compare.fit import open_link
from ui.scene import ASIDE, Entry, Scene, entry, framed

# From here on a correlation may be chance.
CHANCE = 0.05
# From which absolute rank correlation on it is called weak, moderate, strong.
STRENGTHS = ((0.2, "none"), (0.4, "weak"), (0.7, "moderate"), (math.inf, "strong"))
# The cells that sentences count: thirds of the first and of the second.
CORNERS = {"both_high": (2, 2), "both_low": (0, 0), "high_low": (2, 0), "low_high": (0, 2)}


def heading_of(x: Scene, y: Scene) -> str:
    """Say which two indicators are compared, and where."""
    return t("pair.heading", x.lang, x=x.words.short, y=y.words.short, where=x.words.where)


def sentences_of(x: Scene, y: Scene, pairing: Pairing, crossed: Bivariate) -> tuple[str, ...]:
    """Say what the map shows: how many areas are alike, how far the two go together."""
    lang = x.lang
    told = (
        counted(x, pairing),
        corners(x, y, crossed),
        correlation(pairing, lang),
        t("pair.cause", lang),
        *warnings(x, y),
    )
    return tuple(text for text in told if text)


def counted(scene: Scene, pairing: Pairing) -> str:
    """Say how many areas have both figures."""
    lang, of = scene.lang, len(pairing.frame)
    return tn(
        "pair.counted",
        pairing.n,
        lang,
        n=number(pairing.n, lang),
        of=number(of, lang),
        areas=scene.areas(of),
    )


def corners(x: Scene, y: Scene, crossed: Bivariate) -> str:
    """Count the areas where both are high, both low, or one is high and the other low."""
    lang, names = x.lang, {"x": x.words.short, "y": y.words.short}
    parts = []
    for name, (column, row) in CORNERS.items():
        n = int(crossed.counts[crossed.y_steps.index(row), crossed.x_steps.index(column)])
        parts.append(t(f"pair.corner.{name}", lang, n=number(n, lang), **names))
    return t("pair.corners", lang, parts="; ".join(parts))


def correlation(pairing: Pairing, lang: Lang) -> str:
    """Say how far the orders of the areas agree."""
    rho = pairing.spearman
    if math.isnan(rho):
        return ""
    if pairing.p >= CHANCE:
        values = {"rho": rho, "p": pairing.p}
        told = {k: number(v, lang, 2, fixed=True) for k, v in values.items()}
        return t("pair.rho.unclear", lang, n=number(pairing.n, lang), **told)
    strength = next(name for limit, name in STRENGTHS if abs(rho) < limit)
    sign = "" if strength == "none" else ".same" if rho > 0 else ".opposite"
    return t(
        f"pair.rho.{strength}{sign}",
        lang,
        rho=number(rho, lang, 2, fixed=True),
        n=number(pairing.n, lang),
    )


def warnings(x: Scene, y: Scene) -> list[str]:
    """Say what makes two indicators less comparable than they look."""
    lang, said = x.lang, []
    one, other = x.words, y.words
    if one.when != other.when:
        names = {"x": one.short, "x_when": one.when, "y": other.short, "y_when": other.when}
        said.append(t("pair.unlike_dates", lang, **names))
    if x.indicator.family and x.indicator.family == y.indicator.family:
        said.append(t("pair.same_family", lang))
    return said


def third(step: int, lang: Lang) -> str:
    """Name a third: low, middle or high."""
    return t(f"pair.third.{step}", lang)


def cell_words(x: Scene, y: Scene, crossed: Bivariate, cell: int) -> str:
    """Say of a cell of the square which thirds it is."""
    lang = x.lang
    row, column = divmod(cell, crossed.x.k)
    return t(
        "pair.cell",
        lang,
        x=x.words.short,
        x_third=third(crossed.x_steps[column], lang),
        y=y.words.short,
        y_third=third(crossed.y_steps[row], lang),
    )


def legend_of(x: Scene, y: Scene, pairing: Pairing, crossed: Bivariate) -> Markup:
    """Write what stands below the map: what is missing, how it was divided, both dates."""
    head, entries = [t("pair.legend", x.lang)], pair_entries(x, y, pairing)
    return framed(head, entries, pair_notes(x, y, pairing, crossed))


def pair_entries(x: Scene, y: Scene, pairing: Pairing) -> list[Entry]:
    """Explain the areas that have only the first figure, only the second, neither."""
    lang = x.lang
    one = ((x.words.short, pairing.only_x), (y.words.short, pairing.only_y))
    return [
        *(entry(t("pair.only", lang, name=name), len(own), lang, ASIDE) for name, own in one),
        entry(t("pair.neither", lang), len(pairing.neither), lang, "no_data"),
    ]


def pair_notes(x: Scene, y: Scene, pairing: Pairing, crossed: Bivariate) -> list[str]:
    """Say how the areas were divided, and of when both figures are."""
    lang = x.lang
    said = [t("pair.method", lang, n=number(pairing.n, lang))]
    if crossed.x.k < SIDE or crossed.y.k < SIDE:
        said.append(t("pair.fewer", lang))
    for words in (x.words, y.words):
        told = {"name": words.axis, "polarity": words.polarity, "when": words.when}
        said.append(", ".join(filter(None, (t("pair.dated", lang, **told), words.recomputed))))
    return said


def card_html(x: Scene, y: Scene, words: str) -> Markup:
    """Tell of the area singled out: its two figures, and where they put it."""
    lang, codes = x.lang, x.codes
    if x.selected not in codes:
        return Markup()
    at = codes.index(x.selected)
    name = x.name(codes[at], full=True)
    missing = t("state.no_data", lang)
    return el(
        "div.atlas-card",
        el("p", name),
        items((own.words.short, ": ", el("b", own.figure(at) or missing)) for own in (x, y)),
        el("p", words),
        open_link(x, codes[at]),
    )
