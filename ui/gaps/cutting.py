"""The profile of a path in finished words and shares of a plot: the same on page and figure."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from base.html import Markup, el
from base.words import Lang, number, t
from geo.coverage.ground import Floats
from geo.coverage.terrain import Section
from geo.figure import Key, Legend, SectionBody
from geo.figure.section import GROUND, RAY, STANDING, WORST, ZONE

HEIGHT: Final = 260  # px of the plot
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000)
_TICKS: Final = 5
# A path of some kilometres is not drawn with more points than a screen has.
_MOST_POINTS: Final = 900


def body_of(cut: Section, ends: tuple[str, str], lang: Lang) -> SectionBody:
    """Bring a path into a plot.

    Parameters
    ----------
    ends
        Names of the site and of the settlement.
    """
    whole = float(cut.km[-1]) or 1e-3
    lowest, highest, step = _scale(cut)
    some = _some(cut)

    def at(x: Floats, y: Floats) -> tuple[tuple[float, float], ...]:
        down = 1 - (y - lowest) / (highest - lowest)
        return tuple(zip((x / whole).round(5).tolist(), down.round(5).tolist(), strict=True))

    km, zone = cut.km[some], cut.zone[some]
    upper, lower = at(km, (cut.ray[some] + zone)), at(km, (cut.ray[some] - zone))
    known = np.isfinite(cut.ground).all()
    stands = known and bool((cut.top > cut.ground + 0.05).any())
    masts: list[tuple[tuple[float, float], ...]] = []
    if known:
        for end in (0, -1):
            x = np.array([cut.km[end]] * 2)
            masts.append(at(x, np.array([cut.ground[end], cut.ray[end]])))
    worst, told = None, ""
    if cut.worst is not None:
        ((x_worst, y_worst),) = at(cut.km[[cut.worst]], cut.top[[cut.worst]])
        worst = (min(1.0, max(0.0, x_worst)), min(1.0, max(0.0, y_worst)))
        told = worst_text(cut, lang)
    ticks = np.arange(math.ceil(lowest / step) * step, highest + 1e-6, step)
    downs = 1 - (ticks - lowest) / (highest - lowest)
    across = _nice(whole / _TICKS, whole)
    feet = [*np.arange(0, whole - across * 0.4, across).tolist(), whole]
    digits = 0 if across >= 1 else 1 if across >= 0.1 else 2
    return SectionBody(
        ground=at(km, cut.ground[some]) if known else (),
        top=at(km, cut.top[some]) if stands else (),
        ray=at(cut.km[[0, -1]], cut.ray[[0, -1]]) if known else (),
        zone=(*upper, *reversed(lower)) if known else (),
        masts=tuple(masts),
        worst=worst,
        told=told,
        ticks=tuple(
            (float(d), t("gaps.m", lang, n=number(float(v), lang)))
            for d, v in zip(downs, ticks, strict=True)
        ),
        foot=tuple(
            (x / whole, t("gaps.km", lang, n=number(x, lang, max(1, digits)))) for x in feet
        ),
        ends=ends,
    )


def _scale(cut: Section) -> tuple[float, float, float]:
    """Return the lowest and highest height of the plot, and the step of its lines."""
    heights = np.concatenate((cut.ground, cut.top, cut.ray, cut.ray - cut.zone, cut.ray + cut.zone))
    heights = heights[np.isfinite(heights)]
    if not len(heights):
        return 0.0, 1.0, 1.0
    ground = cut.ground[np.isfinite(cut.ground)]
    # The zone may reach far under the ground, of which nothing is to be seen.
    low = float(min(ground.min(), cut.ray.min())) if len(ground) else float(heights.min())
    high = float(heights.max())
    room = max(20.0, high - low)
    step = _nice(room / _TICKS, room)
    return low - room * 0.08, high + room * 0.05, step


def _nice(least: float, whole: float) -> float:
    small = 10 ** math.floor(math.log10(max(least, 1e-3)))
    return next((s * small for s in (1, 2, 5, 10) if s * small >= least), whole)


def _some(cut: Section) -> Any:
    n = len(cut.km)
    if n <= _MOST_POINTS:
        return np.arange(n)
    some = np.linspace(0, n - 1, _MOST_POINTS).round().astype(int)
    return np.unique(some if cut.worst is None else np.r_[some, cut.worst])


def worst_text(cut: Section, lang: Lang) -> str:
    """Say where the ground is in the way, or nearest to it, and by how much."""
    assert cut.worst is not None
    key = "gaps.section.blocked" if cut.over_m > 0 else "gaps.section.clear"
    return t(
        key,
        lang,
        km=number(float(cut.km[cut.worst]), lang, 1),
        m=number(abs(cut.over_m), lang),
        radii=number(abs(cut.clearance), lang, 1 if abs(cut.clearance) >= 10 else 2),
    )


def legend_of(body: SectionBody, lang: Lang) -> Legend:
    """Write the legend of a path."""
    return Legend(keys=tuple(Key(words, fill=color) for _, color, words in _keys(body, lang)))


def _keys(body: SectionBody, lang: Lang) -> Iterable[tuple[str, str, str]]:
    if body.ground:
        yield "ground", GROUND, t("gaps.section.ground", lang)
    if body.top:
        yield "standing", STANDING, t("gaps.section.standing", lang)
    if body.ray:
        yield "ray", RAY, t("gaps.section.ray", lang)
        yield "zone", ZONE, t("gaps.section.zone", lang)


def section_html(body: SectionBody, alt: str, lang: Lang) -> Markup:
    """Write a path as a chart: shapes in a picture that stretches, words over it that do not."""
    data = b64encode(_svg(body).encode()).decode()
    parts: list[object] = [
        (
            el("span.grid", style=f"top:{100 * share:.2f}%"),
            el("span.value", text, style=f"top:{100 * share:.2f}%"),
        )
        for share, text in body.ticks
    ]
    parts.append(el("img.lines", alt="", src=f"data:image/svg+xml;base64,{data}"))
    if body.worst is not None:
        x, y = body.worst
        parts.append(el("span.worst", style=f"left:{100 * x:.2f}%;top:{100 * y:.2f}%"))
    last = len(body.foot) - 1
    for at, (share, text) in enumerate(body.foot):
        kind = ".last" if at == last else ".dense" if at % 2 else ""
        parts.append(el(f"span.tick{kind}", text, style=f"left:{100 * share:.2f}%"))
    first, second = body.ends
    parts += [el("span.end", first), el("span.end.far", second)]
    keys = (el("li", el(f"i.{kind}"), words) for kind, _, words in _keys(body, lang))
    told = el("p.told", body.told) if body.told else Markup()
    return el(
        "figure.atlas-cut",
        el("div.plot", *parts, role="img", aria_label=alt, style=f"height:{HEIGHT}px"),
        el("ul.keys", keys),
        told,
    )


def _svg(body: SectionBody) -> str:
    def points(line: Iterable[tuple[float, float]]) -> str:
        return " ".join(f"{1000 * x:.1f},{HEIGHT * y:.2f}" for x, y in line)

    foot = ((1.0, 1.0), (0.0, 1.0))
    shapes = [
        f'<polygon points="{points(line)}" fill="{color}" fill-opacity="{alpha}"/>'
        for line, color, alpha in (
            (body.zone, ZONE, 0.3),
            (body.top + foot if body.top else (), STANDING, 0.75),
            (body.ground + foot if body.ground else (), GROUND, 0.85),
        )
        if line
    ]
    shapes += [
        f'<polyline points="{points(line)}" fill="none" stroke="{color}" stroke-width="{wide}" '
        'vector-effect="non-scaling-stroke"/>'
        for line, color, wide in (*((mast, WORST, 3) for mast in body.masts), (body.ray, RAY, 1.5))
        if line
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 {HEIGHT}" '
        f'preserveAspectRatio="none">{"".join(shapes)}</svg>'
    )
